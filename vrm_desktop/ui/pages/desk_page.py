"""A counterparty's quote desk: what to ask it, exactly what would leave, and what came of it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.models.desk_view import DeskView, Leaving
from vrm_desktop.ui.pages.desk_form import DeskForm
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.pages.quote_block import QuoteBlock
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.code_box import CodeBox
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.quotes import no_terms_warning

_LONGEST_WORDS = 2000


class DeskPage(Page):
    """`looked` asks for the desk's tools; `chosen` carries want and tool, `previewed` what was typed too."""

    looked = Signal(str)
    chosen = Signal(str, str)
    previewed = Signal(str, str, dict)
    asked = Signal()
    decided = Signal(str, bool)
    undone = Signal(str)
    total_chosen = Signal(str, str)
    offers_opened = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Quote desk"), parent)
        self._view: DeskView | None = None
        self._quotes: tuple[object, ...] = ()
        self._refusal = ""  # stays through a reading, until something else is put in
        self._back = Button(look, _("Their file"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self.look_at = Button(look, _("Ask what it can do"), icon=Icon.REFRESH_CW)
        self._facts = KeyValues(look)
        self._unchecked = PlainLabel(_unchecked(), kind=LabelKind.CAPTION, wrap=True)
        self.want, self.tool = Select(look), Select(look)
        self._want_row = FormRow(look, _("For what you want"), self.want)
        self._tool_row = FormRow(look, _("With its tool"), self.tool)
        self._words_head = PlainLabel(_("The desk says about it:"), kind=LabelKind.MUTED)
        self._words = CodeBox(look, _("The desk's own words about this tool"))
        self.form = DeskForm(look)
        self._left_out = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._wrong = Notice(look)
        self.preview = Button(look, _("Show what would leave"), icon=Icon.EYE)
        self._leaves_at = PlainLabel(wrap=True, selectable=True)
        self._body = CodeBox(look, _("The exact text that would leave"))
        self._tells = KeyValues(look)
        self._terms = Notice(look)
        self.send = Button(look, _("Send exactly this"), role=ButtonRole.PRIMARY, icon=Icon.SEND)
        self._nothing = PlainLabel(_("Nothing was asked of it yet."), kind=LabelKind.MUTED, wrap=True)
        self._lay_out()
        self._connect()
        self.show_leaving(None)

    def show_desk(self, view: DeskView) -> None:
        """Show it. What is being typed stays while the form is the same."""
        if self._view is None or (self._view.vendor, self._view.want, self._view.tool) != (
            view.vendor,
            view.want,
            view.tool,
        ):
            self._refusal = ""
            self.show_leaving(None)
        self._view = view
        self.show_title(_("Quote desk of {vendor}").format(vendor=view.name))
        self._facts.show_facts([Fact(label=label, value=value) for label, value in view.facts])
        self._unchecked.setVisible(view.unchecked)
        self.want.offer(view.wants)
        self.want.choose(view.want)
        self.tool.offer([(one.key, one.label) for one in view.tools])
        self.tool.choose(view.tool)
        self._want_row.setVisible(bool(view.wants))
        self._tool_row.setVisible(bool(view.tools))
        words = next((one.words for one in view.tools if one.key == view.tool), "")
        self._words.show_text(words[:_LONGEST_WORDS])
        for part in (self._words, self._words_head):
            part.setVisible(bool(words))
        self.form.show_fields(view.fields)
        left_out = _("Cannot be filled in here: {fields}").format(fields=", ".join(view.left_out))
        self._left_out.setText(left_out)
        self._left_out.setVisible(bool(view.left_out))
        self._say_wrong(view.wrong or self._refusal)
        self.preview.setEnabled(bool(view.wants) and bool(view.tool))
        self._show_quotes(view)

    def show_leaving(self, leaving: Leaving | None) -> None:
        """Show exactly what would leave; None: it is to be looked at again."""
        self._leaves.setVisible(leaving is not None)
        if leaving is None:
            return
        self.show_refusal("")
        self._leaves_at.setText(_("To {address}, exactly so:").format(address=leaving.address))
        self._body.show_text(leaving.body)
        self._tells.show_facts([Fact(label=label, value=value) for label, value in leaving.tells])
        self._terms.say(no_terms_warning(), tone=Tone.CAUTION)
        self.send.setEnabled(True)
        self.send.setFocus()

    def show_refusal(self, words: str) -> None:
        """Why it cannot be asked so, "" for nothing."""
        self._refusal = words
        self._say_wrong(words)
        self.look_at.setEnabled(True)
        self.send.setEnabled(True)

    def first_field(self) -> QWidget | None:
        """The way back, which is first on the page."""
        return self._back

    def _say_wrong(self, words: str) -> None:
        if words:
            self._wrong.say(words, tone=Tone.CAUTION)
        else:
            self._wrong.hide()

    def _show_quotes(self, view: DeskView) -> None:
        self.look_at.setEnabled(True)
        self._nothing.setVisible(not view.quotes)
        if view.quotes == self._quotes:
            return
        self._quotes = view.quotes
        with rebuilding(self._answers):
            while (item := self._blocks.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            for line in view.quotes:
                block = QuoteBlock(self.look, line)
                block.decided.connect(self.decided)
                block.undone.connect(self.undone)
                block.chosen.connect(self.total_chosen)
                block.offers_opened.connect(self.offers_opened)
                self._blocks.addWidget(block)

    def _connect(self) -> None:
        self._back.clicked.connect(lambda: self.going.emit(PageId.RELATIONSHIP))
        self.look_at.clicked.connect(self._look)
        self.want.chosen.connect(self._choose)
        self.tool.chosen.connect(self._choose)
        self.form.changed.connect(lambda: self.show_leaving(None))
        self.preview.clicked.connect(lambda: self.previewed.emit(self.want.key, self.tool.key, self.form.typed))
        self.send.clicked.connect(self._send)

    def _look(self) -> None:
        self.look_at.setEnabled(False)
        self._with(lambda view: self.looked.emit(view.vendor))

    def _choose(self) -> None:
        self.show_leaving(None)
        self.chosen.emit(self.want.key, self.tool.key)

    def _send(self) -> None:
        self.send.setEnabled(False)
        self.asked.emit()

    def _with(self, act: Callable[[DeskView], None]) -> None:
        if self._view is not None:
            act(self._view)

    def _lay_out(self) -> None:
        look = self.look
        for button in (self._back, self.look_at):
            self.buttons.addWidget(button)
        about = Card(look, gap=1)
        about.body.addWidget(self._facts)
        about.body.addWidget(self._unchecked)
        ask = Card(look, _("What to ask"), gap=1.25)
        asked = (self._want_row, self._tool_row, self._words_head, self._words, self.form, self._left_out)
        for line in asked:
            ask.body.addWidget(line)
        ask.body.addWidget(self._wrong)
        acts = Flow(look)
        acts.addWidget(self.preview)
        ask.body.addLayout(acts)
        ask.body.addStretch(1)
        right = QWidget()
        lines = column(look, right, gap=1.5)
        self._leaves = Card(look, _("What would leave"), gap=1.25)
        for part in (self._leaves_at, self._body, self._tells, self._terms):
            self._leaves.body.addWidget(part)
        sending = Flow(look)
        sending.addWidget(self.send)
        self._leaves.body.addLayout(sending)
        lines.addWidget(self._leaves)
        lines.addWidget(PlainLabel(_("What came of it"), kind=LabelKind.HEADING))
        lines.addWidget(self._nothing)
        self._answers = QWidget()
        self._blocks = column(look, self._answers, gap=1.5)
        lines.addWidget(self._answers)
        lines.addStretch(1)
        self.body.addWidget(about)
        self.body.addWidget(SideBySide(look, (ask, right)))
        self.body.addStretch(1)


def _unchecked() -> str:
    return _("How this kind of desk is asked is after what is published about it; nobody has checked it here.")
