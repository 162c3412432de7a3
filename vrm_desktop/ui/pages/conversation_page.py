"""Begin a conversation: what it is about, the words, what may be told; and all of that shown before it leaves."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.domain.living import ContactAbout
from vrm_desktop.ui.models.counterparty_view import ConversationForm, ConversationStages, Pair
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card, Rule
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.ui.widgets.text_area import TextArea
from vrm_desktop.wording.agenda import sentence
from vrm_desktop.wording.asked import contact_about_label
from vrm_desktop.wording.catalogue import _

LONGEST_WORDS, LONGEST_SUBJECT = 4000, 200
NOBODY = ""


class ConversationPage(Page):
    """`changed` when the plan has to be worked out again; `begun` when the person begins it."""

    changed = Signal()
    begun = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("A conversation"), parent)
        self._back = Button(look, _("Back to its file"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self.begin = Button(look, "", role=ButtonRole.PRIMARY, icon=Icon.SEND)
        self.about = Select(look, [(one.value, sentence(contact_about_label(one))) for one in ContactAbout])
        self.subject = QLineEdit()
        self.subject.setMaxLength(LONGEST_SUBJECT)
        self.words = TextArea(look, _("Your words"), most=LONGEST_WORDS, lines=7)
        self.number = CheckBox(look, _("My customer number there"))
        self.fields: dict[str, CheckBox] = {}
        self.known = Select(look)
        self._notice = Notice(look)
        self._at_once, self._after = KeyValues(look, label_width=18), KeyValues(look, label_width=18)
        self._when_once = PlainLabel(kind=LabelKind.STRONG, wrap=True)
        self._when_after = PlainLabel(kind=LabelKind.STRONG, wrap=True)
        self._use = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self._form: ConversationForm | None = None
        self._ready = False
        self._lay_out()
        self._back.clicked.connect(lambda: self.going.emit(PageId.RELATIONSHIP))
        self.begin.clicked.connect(self.begun)
        self.words.textChanged.connect(self._enable)
        for choice in (self.about, self.known):
            choice.chosen.connect(self.changed)
        self.number.toggled.connect(self.changed)

    @property
    def told(self) -> tuple[str, ...]:
        """The keys of the profile fields that are ticked."""
        return tuple(key for key, box in self.fields.items() if box.isChecked())

    def show_form(self, form: ConversationForm) -> None:
        """Show whom it goes to and what can be chosen; the words begin anew for another one."""
        if self._form is None or self._form.vendor != form.vendor:
            self.words.clear()
            self.subject.clear()
            self.number.setChecked(False)
        self._form = form
        self.show_title(_("Write to {vendor}").format(vendor=form.vendor), _letter() if form.by_letter else _terms())
        self.number.setVisible(bool(form.number))
        self._known_row.setVisible(bool(form.earlier) and not form.by_letter)
        self._subject_row.setVisible(form.by_letter)
        self.known.offer([(NOBODY, _("Show nothing of that")), *form.earlier])
        self._offer_fields(form.fields)
        self.begin.setText(_("Draft this letter") if form.by_letter else _("Begin the conversation"))
        self._enable()

    def show_stages(self, stages: ConversationStages) -> None:
        """Show what would be told, and when."""
        letter = self._form is not None and self._form.by_letter
        self._when_once.setText(_("In the letter") if letter else _("1. The first question says"))
        more = _("2. Once they have signed your conditions, your words go, and")
        self._when_after.setText(more if stages.after_terms else _("2. Once they have signed them, your words go."))
        self._at_once.show_facts([Fact(label=label, value=value) for label, value in stages.at_once])
        self._after.show_facts([Fact(label=label, value=value) for label, value in stages.after_terms])
        self._use.setText(stages.use)
        for part in (self._rule, self._when_after, self._after):
            part.setVisible(not letter)
        self._ready = not stages.problem
        if stages.problem:
            self._notice.say(_("This cannot be begun like that."), stages.problem, Tone.CAUTION)
        else:
            self._notice.hide()
        self._enable()

    def first_field(self) -> QWidget | None:
        """The words."""
        return self.words

    def _offer_fields(self, fields: tuple[Pair, ...]) -> None:
        if tuple(self.fields) == tuple(key for key, _label in fields):
            return
        for box in self.fields.values():
            box.hide()
            box.deleteLater()
        self.fields = {key: CheckBox(self.look, label) for key, label in fields}
        for box in self.fields.values():
            box.toggled.connect(self.changed)
            self._boxes.addWidget(box)

    def _enable(self) -> None:
        self.begin.setEnabled(self._ready and bool(self.words.words.strip()))

    def _lay_out(self) -> None:
        look = self.look
        say = Card(look, _("What you say"), gap=1.5)
        say.body.addWidget(FormRow(look, _("What it is about"), self.about))
        self._subject_row = FormRow(look, _("Subject"), self.subject)
        say.body.addWidget(self._subject_row)
        say.body.addWidget(FormRow(look, _("Your words"), self.words))
        say.body.addStretch(1)
        may = Card(look, _("What they may know of you"), gap=1.25)
        may.body.addWidget(self.number)
        self._boxes = column(look, gap=1.25)
        may.body.addLayout(self._boxes)
        self._known_row = FormRow(look, _("Be known as their customer"), self.known, _why_known())
        may.body.addWidget(self._known_row)
        plan = Card(look, _("What they will learn"), gap=1)
        self._rule = Rule()
        for part in (self._when_once, self._at_once, self._rule, self._when_after, self._after, self._use):
            plan.body.addWidget(part)
        plan.body.addStretch(1)
        right = QWidget()
        lines = column(look, right, gap=2)
        lines.addWidget(may)
        lines.addWidget(plan)
        lines.addStretch(1)
        self.buttons.addWidget(self._back)
        self.buttons.addWidget(self.begin)
        self.body.addWidget(self._notice)
        self.body.addWidget(SideBySide(look, (say, right)))
        self.body.addStretch(1)


def _terms() -> str:
    return _("They sign your conditions first. Until then they learn only what it is about, and not who asks.")


def _letter() -> str:
    return _("They have no program that understands this, so it becomes a letter or an e-mail that you send.")


def _why_known() -> str:
    return _("They, and nobody else, can then see that both conversations are one customer’s.")
