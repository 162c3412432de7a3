"""Opening a case, calmly and step by step: what happened, what I want, by when, what proves it."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.living import CaseAbout, Remedy
from vrm_desktop.ui.models.claims_view import CaseFormView, TypedCase
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.day_field import DayField
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.ui.widgets.text_area import TextArea
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.claims import about_label, remedy_label

_USUAL = timedelta(days=14)
_LONGEST = 4000


class CaseFormPage(Page):
    """`opened` carries a `TypedCase`; `wanted` the remedy and the day of receiving, for what the law says."""

    opened = Signal(object)
    wanted = Signal(str, object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Open a case"), parent)
        self._back = Button(look, _("Back to the file"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self._problem = Notice(look)
        self.about = Select(look, [(one.value, about_label(one)) for one in CaseAbout], name=_("What it is about"))
        self.order = CheckBox(look, _("It is about the order"))
        self.what = TextArea(look, _("What happened"), most=_LONGEST, lines=4)
        self.want = Select(look, [(one.value, remedy_label(one)) for one in Remedy], name=_("What you want"))
        self.amount = QLineEdit()
        self.received = DayField(look, _("On"), _("When it came"))
        self.by = DayField(look, _("On"), _("By when"))
        self._hints = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._evidence = QWidget()
        self._boxes: dict[str, CheckBox] = {}
        self._evidence_lines = column(look, self._evidence, gap=0.5)
        self._way = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self.open_it = Button(look, _("Open this case"), role=ButtonRole.PRIMARY, icon=Icon.SEND)
        self._lay_out()
        self._back.clicked.connect(lambda: self.going.emit(PageId.RELATIONSHIP))
        self.open_it.clicked.connect(self._open)
        self.want.chosen.connect(self._ask_law)
        self.received.changed.connect(self._ask_law)

    def begin(self, view: CaseFormView) -> None:
        """Begin anew."""
        self.show_title(_("Open a case"), _("With {vendor}").format(vendor=view.vendor))
        self._problem.hide()
        self.what.clear()
        self.amount.setText(view.amount if view.order else "")
        self.order.setVisible(bool(view.order))
        self.order.setChecked(bool(view.order))
        self.order.setText(_("It is about the order: {what}").format(what=view.order[:80]))
        self.about.choose(CaseAbout.ORDER if view.order else CaseAbout.PRODUCT)
        self.received.show_day(None, earliest=date(1970, 1, 1), usual=view.today)
        self.by.show_day(view.today + _USUAL, earliest=view.today, usual=view.today + _USUAL)
        self._way.setText(_by_wire() if view.by_wire else _by_letter())
        self._show_evidence(view.evidence)
        self.show_hints(())
        self._ask_law()
        self.to_top()

    def show_hints(self, hints: tuple[str, ...]) -> None:
        """What the law says about what is wanted."""
        words = (*hints, _("These periods are a hint, no advice.")) if hints else ()
        self._hints.setText("\n".join(words))
        self._hints.setVisible(bool(hints))

    def show_problem(self, words: str) -> None:
        """What is wrong with what was typed."""
        self._problem.say(words, "", Tone.BAD)
        self.to_top()

    def first_field(self) -> QWidget | None:
        """What happened."""
        return self.what

    def _show_evidence(self, evidence: tuple[tuple[str, str], ...]) -> None:
        with rebuilding(self._evidence):
            while (item := self._evidence_lines.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            self._boxes = {key: CheckBox(self.look, words) for key, words in evidence}
            for box in self._boxes.values():
                self._evidence_lines.addWidget(box)
            if not evidence:
                nothing = _("Nothing signed was said here yet. Documents can be added once the case is open.")
                self._evidence_lines.addWidget(PlainLabel(nothing, kind=LabelKind.MUTED, wrap=True))

    def _ask_law(self) -> None:
        self.wanted.emit(self.want.key, self.received.day)

    def _open(self) -> None:
        if not self.what.words.strip():
            self.show_problem(_("Please say what happened."))
            self.what.setFocus()
            return
        self.opened.emit(
            TypedCase(
                about=self.about.key,
                what=self.what.words.strip(),
                want=self.want.key,
                about_order=self.order.isVisibleTo(self) and self.order.isChecked(),
                amount=self.amount.text().strip(),
                by=self.by.day,
                received=self.received.day,
                evidence=tuple(key for key, box in self._boxes.items() if box.isChecked()),
            )
        )

    def _lay_out(self) -> None:
        look = self.look
        self.buttons.addWidget(self._back)
        self.buttons.addWidget(self.open_it)
        self.amount.setMaxLength(20)
        self.amount.setPlaceholderText(_("29.90 EUR"))
        happened = Card(look, _("1. What happened"), gap=1.25)
        happened.body.addWidget(FormRow(look, _("What it is about"), self.about))
        happened.body.addWidget(self.order)
        happened.body.addWidget(FormRow(look, _("In your words"), self.what))
        wish = Card(look, _("2. What you want"), gap=1.25)
        wish.body.addWidget(FormRow(look, _("What you want"), self.want))
        wish.body.addWidget(FormRow(look, _("Amount"), self.amount, _("If it is about money.")))
        wish.body.addWidget(FormRow(look, _("When it came"), self.received, _("Legal periods count from then.")))
        wish.body.addWidget(self._hints)
        wish.body.addStretch(1)
        until = Card(look, _("3. By when, and what proves it"), gap=1.25)
        until.body.addWidget(FormRow(look, _("By when"), self.by))
        until.body.addWidget(PlainLabel(_("Messages that prove it"), kind=LabelKind.STRONG))
        until.body.addWidget(self._evidence)
        until.body.addStretch(1)
        self.body.addWidget(self._problem)
        self.body.addWidget(happened)
        self.body.addWidget(SideBySide(look, (wish, until), stacked_below=90))
        self.body.addWidget(self._way)
        self.body.addStretch(1)


def _by_wire() -> str:
    return _("It goes to the vendor signed, and its answers come back signed.")


def _by_letter() -> str:
    return _("This vendor does not take cases over the wire: you get a letter to send.")
