"""One mail: who wrote it as it says, what is odd about it, its text, and beside it the values that it proposes."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from vrm_desktop.ui.models.mails_view import MailView
from vrm_desktop.ui.pages.mail_values import MailValues
from vrm_desktop.ui.pages.mail_warnings import MailWarnings
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.ui.widgets.quoted_text import QuotedText
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _, ngettext


class MailPage(Page):
    """All signals carry the id of what they are about first: of the mail, or of what it proposes.

    `confirmed`: the values as typed and the warnings that were looked at; `accepted`: whether it accepts my terms;
    `confirms`: the mail confirms an order.
    """

    confirmed = Signal(str, object, list)
    dismissed = Signal(str)
    accepted = Signal(str, bool)
    assigned = Signal(str, str)
    answers = Signal(str, str)
    offers_opened = Signal(str)
    saved = Signal(str, str)
    dropped = Signal(str)
    confirms = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Mail"), parent)
        self._view: MailView | None = None
        self._sure = False
        self._dialog: QFileDialog | None = None
        self._back = Button(look, _("All mails"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self.save = Button(look, _("Save as it came…"), icon=Icon.DOWNLOAD)
        self.drop = Button(look, "", role=ButtonRole.DANGER, icon=Icon.TRASH_2)
        self.state = Pill()
        self._facts = KeyValues(look)
        self.whose, self.want = Select(look), Select(look)
        self.assign = Button(look, _("It is theirs"), icon=Icon.CHECK)
        self.read = Button(look, _("Read it as an answer to that"), icon=Icon.FILE_SEARCH)
        self._whose_row = FormRow(
            look, _("Whose mail is it?"), self.whose, _("Only you can say; it was not found out.")
        )
        self._want_row = FormRow(look, _("What does it answer?"), self.want)
        self.confirms_order = Button(look, _("It confirms my order"), icon=Icon.CHECK)
        self.warnings = MailWarnings(look)
        self.text = QuotedText(look, _("The text of the mail"))
        self._notes = Points(look)
        self.values = MailValues(look)
        self._doubts = Notice(look)
        self._wrong = Notice(look)
        self._left = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self.is_offer = Button(look, _("This is the offer"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self.no_offer = Button(look, _("No offer in it"), icon=Icon.X)
        self.terms = Button(look, "", icon=Icon.HANDSHAKE)
        self.to_offers = Button(look, _("See all offers"), icon=Icon.ARROW_RIGHT)
        self._lay_out()
        self._connect()

    def show_mail(self, view: MailView) -> None:
        """Show it. What is being corrected and ticked stays, unless it is another mail or it was read anew."""
        if self._view is None or self._view.id != view.id:
            self._wrong.hide()
            self._ask_again(sure=False)
        self._view = view
        self.show_title(view.title, view.subtitle)
        self.state.setText(view.state)
        self.state.set_tone(view.tone)
        self._facts.show_facts([Fact(label=label, value=value) for label, value in view.facts])
        self.warnings.show_warnings(view.warnings, asks=view.open)
        self.text.show_text(view.text, view.passages)
        self._notes.show_points(view.notes)
        self._notes.setVisible(bool(view.notes))
        self.whose.offer(view.vendors)
        self.want.offer(view.wants)
        for part in (self._whose_row, self.assign):
            part.setVisible(bool(view.vendors))
        for part in (self._want_row, self.read):
            part.setVisible(bool(view.wants) and not view.vendors)
        self.confirms_order.setVisible(view.can_confirm)
        self._card.setVisible(bool(view.proposal))
        self.values.show_values(view.values, view.passages, view.today)
        self.values.setEnabled(view.open)
        if view.doubts and view.open:
            self._doubts.say(_("Not everything could be read"), "\n".join(view.doubts), Tone.CAUTION)
        else:
            self._doubts.hide()
        self.terms.setText(
            _("It does not accept my conditions") if view.terms_accepted else _("It accepts my conditions")
        )
        self.to_offers.setVisible(view.confirmed)
        for button in (self.is_offer, self.no_offer):
            button.setVisible(view.open)
        self._enable()

    def show_error(self, field: str, words: str) -> None:
        """What is wrong with one of the values, or with all of them where `field` is ""."""
        self.values.show_error(field, words)
        if field:
            self._wrong.hide()
        else:
            self._wrong.say(words, tone=Tone.BAD)
        self._enable()

    def first_field(self) -> QWidget | None:
        """The way back, which is first on the page."""
        return self._back

    def _enable(self) -> None:
        left = self.warnings.open
        self.is_offer.setEnabled(not left)
        told = ngettext("Look at {count} warning above first.", "Look at {count} warnings above first.", left)
        self._left.setText(told.format(count=left))
        self._left.setVisible(bool(left))

    def _confirm(self) -> None:
        if self._view is not None and self.is_offer.isEnabled():
            self._wrong.hide()
            self.values.show_error("", "")
            self.confirmed.emit(self._view.proposal, self.values.values, list(self.warnings.seen))

    def _drop(self) -> None:
        """The first press only asks, for what is gone is gone."""
        if self._sure and self._view is not None:
            self.dropped.emit(self._view.id)
        self._ask_again(sure=not self._sure)

    def _ask_again(self, *, sure: bool) -> None:
        self._sure = sure
        self.drop.setText(_("Yes, discard this mail") if sure else _("Discard this mail"))

    def _connect(self) -> None:
        self._back.clicked.connect(lambda: self.going.emit(PageId.MAILS))
        self.warnings.changed.connect(self._enable)
        self.values.pointed.connect(self.text.point_at)
        self.is_offer.clicked.connect(self._confirm)
        self.drop.clicked.connect(self._drop)
        self.save.clicked.connect(self._choose_file)
        self.no_offer.clicked.connect(lambda: self._with(lambda view: self.dismissed.emit(view.proposal)))
        self.to_offers.clicked.connect(lambda: self._with(lambda view: self.offers_opened.emit(view.want)))
        self.confirms_order.clicked.connect(lambda: self._with(lambda view: self.confirms.emit(view.id)))
        self.terms.clicked.connect(
            lambda: self._with(lambda view: self.accepted.emit(view.proposal, not view.terms_accepted))
        )
        self.assign.clicked.connect(lambda: self._with(lambda view: self.assigned.emit(view.id, self.whose.key)))
        self.read.clicked.connect(lambda: self._with(lambda view: self.answers.emit(view.id, self.want.key)))

    def _with(self, act: Callable[[MailView], None]) -> None:
        if self._view is not None:
            act(self._view)

    def _choose_file(self) -> None:
        view = self._view
        if view is None:
            return
        dialog = QFileDialog(self, _("Save this mail as it came"), f"{_('mail')}.eml")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.saved.emit(view.id, path))
        self._dialog = dialog
        dialog.open()

    def _lay_out(self) -> None:
        look = self.look
        self.buttons.addWidget(self._back)
        head = Card(look, gap=1.5)
        head.body.addWidget(self.state)
        head.body.addWidget(self._facts)
        head.body.addWidget(self.confirms_order)
        for line, button in ((self._whose_row, self.assign), (self._want_row, self.read)):
            head.body.addWidget(line)
            head.body.addWidget(button)
        written = Card(look, _("What it says"), gap=1.25)
        written.body.addWidget(self.text, 1)
        written.body.addWidget(self._notes)
        keeping = Flow(look)
        for button in (self.save, self.drop):
            keeping.addWidget(button)
        written.body.addLayout(keeping)
        written.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._card = Card(look, _("What was read from it"), gap=1.25)
        told = _(
            "A proposal, no offer: it counts once you say so. Correct what is wrong; the words that it was read "
            "from are marked."
        )
        self._card.body.addWidget(PlainLabel(told, kind=LabelKind.MUTED, wrap=True))
        self._card.body.addWidget(self._doubts)
        self._card.body.addWidget(self.values)
        self._card.body.addWidget(self._wrong)
        self._card.body.addWidget(self._left)
        acts = Flow(look)
        for button in (self.is_offer, self.to_offers, self.no_offer, self.terms):
            acts.addWidget(button)
        self._card.body.addLayout(acts)
        self._card.body.addStretch(1)
        self.body.addWidget(head)
        self.body.addWidget(self.warnings)
        self.body.addWidget(SideBySide(look, (written, self._card)), 1)
