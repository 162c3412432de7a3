"""An organisation of any kind, written down by hand: who it is, how to reach it, what it calls the person."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.ui.models.counterparty_view import DetailsForm
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.presenters.vendors import kind_words
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.ui.widgets.text_area import TextArea
from vrm_desktop.wording.agenda import sentence
from vrm_desktop.wording.catalogue import _

LONGEST_LINE, LONGEST_POSTAL, LONGEST_NOTE = 200, 600, 4000


class CounterpartyPage(Page):
    """`kept` carries a `DetailsForm` as typed."""

    kept = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("An organisation"), parent)
        self._back = Button(look, _("All relationships"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self.keep = Button(look, _("Keep this"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self._notice = Notice(look)
        self.kind = Select(look, [(one.value, sentence(kind_words(one))) for one in OrganisationKind])
        self.lines = {name: QLineEdit() for name, _label, _hint in _lines()}
        for field in self.lines.values():
            field.setMaxLength(LONGEST_LINE)
            field.returnPressed.connect(self._keep)
        self.postal = TextArea(look, _("Postal address"), most=LONGEST_POSTAL, lines=4)
        self.note = TextArea(look, _("Note"), most=LONGEST_NOTE, lines=3)
        self._signed = False
        self._lay_out()
        self._back.clicked.connect(lambda: self.going.emit(PageId.RELATIONSHIPS))
        self.keep.clicked.connect(self._keep)
        self.lines["name"].textChanged.connect(self._enable)
        self._enable()

    def show_form(self, form: DetailsForm, title: str) -> None:
        """Show what is written down now; an empty form for one that is new."""
        self._signed = form.signed
        self._notice.hide()
        self.show_title(title, _("Its signed card says who it is; the rest is yours.") if form.signed else "")
        self.kind.choose(form.kind)
        for name, field in self.lines.items():
            field.setText(str(getattr(form, name)))
        self.postal.setPlainText(form.postal)
        self.note.setPlainText(form.note)
        for fixed in (self.kind, self.lines["name"]):
            fixed.setEnabled(not form.signed)
        self.to_top()
        self._enable()

    def show_refusal(self, title: str, words: str) -> None:
        """Say why it was not kept."""
        self._notice.say(title, words, Tone.BAD)
        self.to_top()

    def first_field(self) -> QWidget | None:
        """The name, or what comes after it."""
        return self.lines["email"] if self._signed else self.lines["name"]

    def _keep(self) -> None:
        if self.keep.isEnabled():
            typed = {name: field.text().strip() for name, field in self.lines.items()}
            form = DetailsForm(
                kind=self.kind.key,
                postal=self.postal.words.strip(),
                note=self.note.words.strip(),
                signed=self._signed,
                **typed,
            )
            self.kept.emit(form)

    def _enable(self) -> None:
        self.keep.setEnabled(bool(self.lines["name"].text().strip()))

    def _lay_out(self) -> None:
        look = self.look
        rows = {name: FormRow(look, label, self.lines[name], hint) for name, label, hint in _lines()}
        who, reach, yours = (Card(look, heading, gap=1.5) for heading in _headings())
        who.body.addWidget(rows["name"])
        who.body.addWidget(FormRow(look, _("What it is"), self.kind))
        for name in ("web", "country", "languages"):
            who.body.addWidget(rows[name])
        reach.body.addWidget(FormRow(look, _("Postal address"), self.postal))
        reach.body.addWidget(rows["email"])
        reach.body.addWidget(rows["phone"])
        yours.body.addWidget(rows["number"])
        yours.body.addWidget(rows["reply_to"])
        yours.body.addWidget(FormRow(look, _("Note"), self.note))
        for card in (who, reach, yours):
            card.body.addStretch(1)
        self.buttons.addWidget(self._back)
        self.buttons.addWidget(self.keep)
        self.body.addWidget(self._notice)
        self.body.addWidget(SideBySide(look, (who, reach)))
        self.body.addWidget(yours)
        self.body.addStretch(1)


def _headings() -> tuple[str, str, str]:
    return _("Who it is"), _("How to reach it"), _("Between you and it")


def _lines() -> tuple[tuple[str, str, str], ...]:
    return (
        ("name", _("Name"), ""),
        ("web", _("On the web"), _("Such as https://example.org")),
        ("country", _("Country"), _("Two letters, such as DE: whose law and holidays count")),
        ("languages", _("Languages it reads"), _("Such as de en")),
        ("email", _("E-mail"), ""),
        ("phone", _("Phone"), ""),
        ("number", _("What it calls you"), _("Your customer, contract or file number there")),
        ("reply_to", _("Your address for it alone"), _("If somebody else writes to it, you know who passed it on")),
    )
