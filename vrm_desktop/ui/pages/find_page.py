"""Find: one field, and everything that holds its words, by what it is. Opening a row goes where the thing belongs."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from vrm_desktop.domain.found import FoundKind
from vrm_desktop.ui.models.find_view import FindView, FoundLine
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.pages.page import Page
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.chip import FilterChip
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.empty_state import EmptyState
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.found import found_kind_label

LONGEST = 200
TYPING_MS = 150


class FindPage(Page):
    """`asked` carries the words once typing pauses, `opened` the place of a thing in what was shown last."""

    asked = Signal(str)
    opened = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Find"), parent)
        self._view = FindView(words="")
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Words of anything you keep: a want, a vendor, what was told or said"))
        self.search.setAccessibleName(_("Find"))
        self.search.setMaxLength(LONGEST)
        self._chips = {kind: FilterChip(look, sentence_case(found_kind_label(kind))) for kind in FoundKind}
        self._count = PlainLabel(kind=LabelKind.MUTED)
        self.table = DataTable(look, _("What was found"), _columns())
        self._open = Button(look, _("Open"), role=ButtonRole.PRIMARY, icon=Icon.ARROW_RIGHT)
        self._nothing = EmptyState(look, Icon.SEARCH, "", _("Show all of them"), Icon.LIST_CHECKS)
        self._states = QStackedWidget()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._lay_out()
        self._connect()
        self.show_found(self._view)

    def show_found(self, view: FindView) -> None:
        """Show what was found. The kinds that are asked for stay."""
        self._view = view
        self.table.show_rows([_row(one) for one in view.lines])
        for kind, chip in self._chips.items():
            chip.setVisible(chip.isChecked() or any(one.kind is kind for one in view.lines))
        self._filter()

    def ask(self, words: str, kinds: frozenset[FoundKind] = frozenset()) -> None:
        """Put these words into the field, and ask for these kinds only."""
        self.search.setText(words)
        for kind, chip in self._chips.items():
            chip.setChecked(kind in kinds)

    def first_field(self) -> QWidget | None:
        """The field for words."""
        return self.search

    def _filter(self) -> None:
        kinds = {kind for kind, chip in self._chips.items() if chip.isChecked()}
        fitting = {str(one.place) for one in self._view.lines if not kinds or one.kind in kinds}
        self.table.keep(lambda shown: shown.id in fitting)
        if self.table.chosen_id is None:
            self.table.choose_first()
        count = len(self._view.lines)
        counted = ngettext("{shown} of {all} thing found", "{shown} of {all} things found", count)
        self._count.setText(counted.format(shown=len(fitting), all=count) if count else "")
        self._nothing.say(_why_nothing(self._view))
        self._nothing.button.setVisible(bool(kinds and count))
        self._states.setCurrentWidget(self._surface if fitting else self._nothing)
        self._open.setVisible(bool(fitting))

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._typed)
        self._typing.timeout.connect(self._ask)
        for chip in self._chips.values():
            chip.toggled.connect(self._filter)
        self._nothing.chosen.connect(lambda: self.ask(self.search.text()))
        self._open.clicked.connect(lambda: self._opened(self.table.chosen_id))
        self.table.row_opened.connect(self._opened)

    def _typed(self) -> None:
        """Enter asks at once, and goes to the rows when they are there."""
        if self._typing.isActive() or self._view.words != self.search.text():
            self._typing.stop()
            self._ask()
        elif self._view.lines:
            self.table.setFocus()

    def _ask(self) -> None:
        self.asked.emit(self.search.text())

    def _opened(self, key: str | None) -> None:
        if key:
            self.opened.emit(int(key))

    def _lay_out(self) -> None:
        chips = Flow(self.look)
        for chip in self._chips.values():
            chips.addWidget(chip)
        narrowing = row(self.look, gap=2)
        narrowing.addLayout(chips, 1)
        narrowing.addWidget(self._count)
        self._surface = Card(self.look, margins=(1.5, 0.5))
        self._surface.body.addWidget(self.table)
        self._surface.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._states.addWidget(self._surface)
        self._states.addWidget(self._nothing)
        self.buttons.addWidget(self._open)
        self.body.addWidget(self.search)
        self.body.addLayout(narrowing)
        self.body.addWidget(self._states, 1)


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="what", title=_("What"), narrowest=26, widest=60, stretches=True),
        Column(key="kind", title=_("Where"), narrowest=14, widest=20),
        Column(key="vendor", title=_("Vendor"), narrowest=14, widest=28),
        Column(key="when", title=_("When"), narrowest=14, widest=20),
    )


def _row(line: FoundLine) -> Row:
    return Row(
        id=str(line.place),
        cells=(
            Cell(main=line.title, sub=line.text, strong=True, order=line.title.casefold()),
            Cell(main=line.kind_words, tone=Tone.NEUTRAL, order=line.place),
            Cell(main=line.vendor, order=line.vendor.casefold()),
            Cell(main=line.when, order=line.order),
        ),
    )


def _why_nothing(view: FindView) -> str:
    if not view.words.strip():
        return _("Type a word or two. Beginnings are enough, accents and capitals do not matter.")
    if not view.lines:
        return _("Nothing you keep holds all of these words.")
    return _("Nothing of this kind holds all of these words.")
