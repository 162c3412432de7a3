"""Ask an organisation, or several at once: which right, whom, and what they may find me by."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.rights_choice import AskWay
from vrm_desktop.ui.models.rights_view import AskChoices, AskedLine, TypedAsking
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.ui.widgets.text_area import TextArea
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.rights import right_label


class RightsAskPage(Page):
    """`searched` carries words; `listed` a file; `asked` what was typed.

    `wondered` carries the ids chosen and the right: their laws and ways are wanted.
    """

    searched = Signal(str)
    listed = Signal(str)
    asked = Signal(object)
    wondered = Signal(object, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Ask an organisation"), parent)
        self._dialog: QFileDialog | None = None
        self._found: tuple[AskedLine, ...] = ()
        self._chosen: dict[str, AskedLine] = {}
        rights = tuple((one.value, _sentence(right_label(one))) for one in DataRight)
        self.right = Select(look, rights, name=_("What you ask for"))
        self.regime, self.way = Select(look), Select(look)
        self._regime_row = FormRow(look, _("Under which law"), self.regime)
        self._way_row = FormRow(look, _("Which way"), self.way)
        self._choices: AskChoices | None = None
        self.words = TextArea(look, _("What you say beside it"), most=2000, lines=3)
        self._beside = FormRow(
            look, _("What you say beside it"), self.words, _("What to correct, why, which data; or nothing.")
        )
        self._little = PlainLabel(_why_little(), kind=LabelKind.CAPTION, wrap=True)
        self.mail = CheckBox(look, _("It may find me by my e-mail address"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Name or web address"))
        self.search.setMaxLength(200)
        self.table = DataTable(look, _("Organisations found"), _columns())
        self.add = Button(look, _("Ask this one"), icon=Icon.PLUS)
        self.list_file = Button(look, _("Take in a public list…"), role=ButtonRole.QUIET, icon=Icon.DOWNLOAD)
        self._back = Button(look, _("My rights"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        self._whom = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self.clear = Button(look, _("Begin anew"), role=ButtonRole.QUIET, icon=Icon.X)
        self.ask = Button(look, _("Write the request"), role=ButtonRole.PRIMARY, icon=Icon.FILE_PEN)
        self._lay_out()
        self.search.textChanged.connect(self.searched)
        self.table.row_opened.connect(self._take)
        self.table.row_chosen.connect(self._enable)
        self.add.clicked.connect(lambda: self._take(self.table.chosen_id or ""))
        self.clear.clicked.connect(self.begin)
        self.ask.clicked.connect(self._ask)
        self.list_file.clicked.connect(self._choose_file)
        self.right.chosen.connect(self._wonder)
        self.regime.chosen.connect(self._say_what_is_chosen)
        self.way.chosen.connect(self._say_what_is_chosen)
        self._back.clicked.connect(lambda: self.going.emit(PageId.RIGHTS))
        self.show_title(_("Ask an organisation"), _lead())
        self._enable()

    def show_found(self, found: tuple[AskedLine, ...]) -> None:
        """Who fits what is searched for."""
        self._found = found
        self.table.show_rows(
            [Row(id=one.id, cells=(Cell(main=one.name, strong=True), Cell(main=one.note))) for one in found]
        )
        if self.table.chosen_id is None:
            self.table.choose_first()
        self._enable()

    def take(self, one: AskedLine) -> None:
        """Choose somebody who need not be in the list shown."""
        self._chosen[one.id] = one
        self._wonder()

    def begin(self) -> None:
        """Nobody is chosen."""
        self._chosen.clear()
        self.words.clear()
        self.regime.choose("")
        self.way.choose("")
        self._wonder()

    def show_choices(self, choices: AskChoices) -> None:
        """The laws and ways for whoever is chosen. What the person chose of them stays while it is there."""
        self._choices = choices
        self.regime.offer([(one.key, one.label) for one in choices.regimes])
        self.way.offer([(one.key, one.label) for one in choices.ways])
        self._say_what_is_chosen()

    @property
    def typed(self) -> TypedAsking:
        """What was chosen and typed."""
        return TypedAsking(
            ids=tuple(self._chosen),
            right=self.right.key,
            regime=self.regime.key,
            way=self.way.key,
            text=self.words.words.strip(),
            mail=self.mail.isChecked(),
        )

    def first_field(self) -> QWidget | None:
        """The search."""
        return self.search

    def _take(self, key: str) -> None:
        found = next((one for one in self._found if one.id == key), None)
        if found is not None:
            self._chosen[key] = found
        self._wonder()

    def _wonder(self) -> None:
        self.wondered.emit(tuple(self._chosen), self.right.key)
        self._enable()

    def _say_what_is_chosen(self) -> None:
        if self._choices is not None:
            for row_, select, every in (
                (self._regime_row, self.regime, self._choices.regimes),
                (self._way_row, self.way, self._choices.ways),
            ):
                row_.show_hint(next((one.hint for one in every if one.key == select.key), ""))
        self._enable()

    def _enable(self) -> None:
        names = ", ".join(one.name for one in self._chosen.values())
        self._whom.setText(_("You ask: {names}").format(names=names) if names else _("You have chosen nobody yet."))
        self.add.setEnabled(self.table.chosen_id is not None)
        self.clear.setVisible(bool(self._chosen))
        self.ask.setEnabled(bool(self._chosen))
        over_drp = self.way.key == AskWay.DRP  # its own plan says what it is told
        for part in (self._beside, self.mail, self._little):
            part.setVisible(not over_drp)
        count = len(self._chosen)
        many = _("Write {count} requests").format(count=count)
        one = _("Go on in its file") if over_drp else _("Write the request")
        self.ask.setText(many if count > 1 else one)

    def _ask(self) -> None:
        self.asked.emit(self.typed)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Choose a list of organisations, authorities or sites"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.listed)
        self._dialog = dialog
        dialog.open()

    def _lay_out(self) -> None:
        look = self.look
        what = Card(look, _("What"), gap=1.25)
        what.body.addWidget(FormRow(look, _("What you ask for"), self.right))
        what.body.addWidget(self._regime_row)
        what.body.addWidget(self._way_row)
        what.body.addWidget(self._beside)
        what.body.addWidget(self.mail)
        what.body.addWidget(self._little)
        what.body.addStretch(1)
        whom = Card(look, _("Whom"), gap=1.25)
        whom.body.addWidget(FormRow(look, _("Search"), self.search))
        whom.body.addWidget(self.table, 1)
        line = Flow(look)
        line.addWidget(self.add)
        line.addWidget(self.list_file)
        whom.body.addLayout(line)
        self.body.addWidget(SideBySide(look, (what, whom)), 1)
        self.buttons.addWidget(self._back)
        foot = row(look, gap=1.5)
        foot.addWidget(self._whom, 1)
        foot.addWidget(self.clear)
        foot.addWidget(self.ask)
        self.body.addLayout(foot)


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="name", title=_("Organisation"), narrowest=16, widest=34, stretches=True),
        Column(key="note", title=_("How to reach it"), narrowest=14, widest=30, stretches=True),
    )


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lead() -> str:
    return _("It is asked directly where it understands that, and by letter or e-mail draft everywhere else.")


def _why_little() -> str:
    return _("Your name is always told; your address only in a letter by post. More is rarely needed.")
