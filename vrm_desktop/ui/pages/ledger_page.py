"""Who knows what: every single thing that was told, to whom, for what, until when, and the proof of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from vrm_desktop.ui.models.ledger_view import LedgerFilter, LedgerLine, LedgerView
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.chip import FilterChip
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.empty_state import EmptyState
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _, ngettext

_STAGES = (LedgerFilter.PING, LedgerFilter.REVEAL, LedgerFilter.ORDER, LedgerFilter.LATER)
EVERYBODY = ""
EVERYTHING = ""


class LedgerPage(Page):
    """`verify_requested` asks to check the proof."""

    verify_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Who knows what"), parent)
        self._view = LedgerView(lines=())
        self.verify = Button(look, _("Check the proof"), icon=Icon.SHIELD_CHECK)
        self._proof = Notice(look)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search what, whom or what for"))
        self.search.setAccessibleName(_("Search who knows what"))
        self.search.setClearButtonEnabled(False)
        self.search.setMaxLength(200)
        self.vendor = Select(look, name=_("Vendor"))
        self.what = Select(look, name=_("What was told"))
        self.by = Select(look, _groups(), name=_("Put together by"))
        self._who = Notice(look)
        self.consents = Button(look, _("Consents and rules"), icon=Icon.SCALE)
        self._chips = {one: FilterChip(look, words) for one, words in _filters()}
        self._count = PlainLabel(kind=LabelKind.MUTED)
        self.table = DataTable(look, _("Who knows what"), _columns())
        self._what = ElidedLabel(kind=LabelKind.HEADING)
        self._state = Pill()
        self._value = PlainLabel(wrap=True, selectable=True)
        self._facts = KeyValues(look)
        self._details = Card(look, gap=1, margins=(2.5, 2))
        self._none_yet = EmptyState(look, Icon.BOOK_USER, _none_yet(), _("Say what I want"), Icon.RADIO)
        self._none_fit = EmptyState(look, Icon.SEARCH, _none_fit(), _("Show everything"), Icon.LIST_CHECKS)
        self._states = QStackedWidget()
        self._lay_out()
        self._connect()
        self._bar.hide()
        self._details.hide()
        self._who.hide()
        self.verify.hide()

    def show_ledger(self, view: LedgerView) -> None:
        """Show all of it. Search, filters, order and the chosen row stay."""
        if view.vendors != self._view.vendors or self.vendor.count() == 0:
            self._fill_vendors(view.vendors)
        self.what.offer([(EVERYTHING, _("Everything")), *((label, label) for label, _told in view.who)])
        self._view = view
        self.show_title(_("Who knows what"), view.summary)
        self._fill_table()
        self._filter()

    def show_proof(self, title: str, words: str, tone: Tone) -> None:
        """Say what checking the proof came to."""
        self.verify.setEnabled(True)
        self._proof.say(title, words, tone)

    def show_checking(self) -> None:
        """The proof is being checked."""
        self.verify.setEnabled(False)
        self._proof.say(_("Checking every link…"))

    def ask(self, asked: frozenset[LedgerFilter], words: str = "", vendor: str = EVERYBODY) -> None:
        """Switch search and filters to exactly these."""
        self.search.setText(words)
        self.vendor.choose(vendor)
        self.what.choose(EVERYTHING)
        for one, chip in self._chips.items():
            chip.setChecked(one in asked)
        self._filter()

    def first_field(self) -> QWidget | None:
        """The table."""
        return self.table

    def _fill_table(self) -> None:
        by = self.by.key
        lines = sorted(self._view.lines, key=lambda one: _group(one, by)[0])
        self.table.show_rows([_row(one, _group(one, by)[1]) for one in lines])

    def _regroup(self) -> None:
        self._fill_table()
        self._filter()

    def _fill_vendors(self, vendors: tuple[str, ...]) -> None:
        self.vendor.offer([(EVERYBODY, _("Everybody")), *((name, name) for name in vendors)])

    def _filter(self) -> None:
        stages = {one for one in _STAGES if self._chips[one].isChecked()}
        held = self._chips[LedgerFilter.STILL_HELD].isChecked()
        month = self._chips[LedgerFilter.THIS_MONTH].isChecked()
        words, vendor, what = self.search.text().casefold().split(), self.vendor.key, self.what.key
        fitting = {
            one.id
            for one in self._view.lines
            if (not stages or stages & one.facts)
            and (not held or LedgerFilter.STILL_HELD in one.facts)
            and (not month or LedgerFilter.THIS_MONTH in one.facts)
            and (vendor in (EVERYBODY, one.vendor))
            and (what in (EVERYTHING, one.what))
            and all(word in one.searched for word in words)
        }
        self.table.keep(lambda shown: shown.id in fitting)
        if self.table.chosen_id is None:
            self.table.choose_first()
        count = len(self._view.lines)
        counted = ngettext("{shown} of {all} thing told", "{shown} of {all} things told", count)
        self._count.setText(counted.format(shown=len(fitting), all=count))
        self._bar.setVisible(bool(self._view.lines))
        told = dict(self._view.who).get(what, "")
        self._who.setVisible(bool(told))
        if told:
            self._who.say(told)
        state = self._none_yet if not self._view.lines else self._none_fit if not fitting else self._surface
        self._states.setCurrentWidget(state)
        if state is self._none_yet and self.isVisible():
            self._none_yet.button.setFocus()
        self.verify.setVisible(bool(self._view.lines))
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.table.chosen_id
        line = next((one for one in self._view.lines if one.id == chosen), None)
        self._details.setVisible(line is not None and self._states.currentWidget() is self._surface)
        if line is None:
            return
        told = _("{vendor} was told: {what}").format(vendor=line.vendor, what=line.what)
        self._what.setText(told)
        self._state.setText(line.state)
        self._state.set_tone(line.tone)
        self._value.setText(line.value)
        self._facts.show_facts([Fact(label=label, value=value) for label, value in line.proof])

    def _connect(self) -> None:
        self.verify.clicked.connect(self.verify_requested)
        self.search.textChanged.connect(self._filter)
        self.vendor.chosen.connect(self._filter)
        self.what.chosen.connect(self._filter)
        self.by.chosen.connect(self._regroup)
        self.consents.clicked.connect(lambda: self.going.emit(PageId.CONSENTS))
        for chip in self._chips.values():
            chip.toggled.connect(self._filter)
        self.table.row_chosen.connect(self._show_chosen)
        self._none_yet.chosen.connect(lambda: self.going.emit(PageId.WANTS))
        self._none_fit.chosen.connect(lambda: self.ask(frozenset()))

    def _lay_out(self) -> None:
        look = self.look
        self.buttons.addWidget(self.consents)
        self.buttons.addWidget(self.verify)
        self._bar = QWidget()
        bar = column(look, self._bar, gap=1)
        finding = row(look, gap=1.5)
        finding.addWidget(self.search, 2)
        finding.addWidget(self.vendor, 1)
        finding.addWidget(self.what, 1)
        finding.addWidget(self.by, 1)
        chips = Flow(look)
        for chip in self._chips.values():
            chips.addWidget(chip)
        narrowing = row(look, gap=2)
        narrowing.addLayout(chips, 1)
        narrowing.addWidget(self._count)
        bar.addLayout(finding)
        bar.addLayout(narrowing)
        self._surface = Card(look, margins=(1.5, 0.5))
        self._surface.body.addWidget(self.table)
        self._surface.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        head = row(look, gap=1.5)
        head.addWidget(self._what)
        head.addWidget(self._state)
        head.addStretch(1)
        self._details.body.addLayout(head)
        self._details.body.addWidget(self._value)
        self._details.body.addWidget(self._facts)
        for state in (self._surface, self._none_yet, self._none_fit):
            self._states.addWidget(state)
        self.body.addWidget(self._proof)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._who)
        self.body.addWidget(self._states, 1)
        self.body.addWidget(self._details)


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="what", title=_("What"), narrowest=22, widest=40, stretches=True),
        Column(key="vendor", title=_("Who knows it"), narrowest=16, widest=28),
        Column(key="purpose", title=_("What for"), narrowest=15, widest=22),
        Column(key="until", title=_("Until"), narrowest=14, widest=20),
        Column(key="state", title=_("What became of it"), narrowest=16, widest=28),
    )


def _groups() -> tuple[tuple[str, str], ...]:
    return (
        ("", _("Newest first")),
        ("vendor", _("By who knows it")),
        ("what", _("By what it is")),
        ("purpose", _("By what for")),
        ("about", _("By whom it is about")),
        ("month", _("By when it lapses")),
    )


def _group(line: LedgerLine, by: str) -> tuple[str, str]:
    """What a line is put in order by, and what stands under its name then; newest first keeps what is told."""
    match by:
        case "vendor" | "what" | "purpose" | "about":
            key = str(getattr(line, by))
            return key.casefold(), line.value if by in {"vendor", "what", "purpose"} else f"{line.value} · {key}"
        case "month":
            return f"{line.until_day:09}", f"{line.value} · {line.month}"
        case _:
            return "", line.value


def _row(line: LedgerLine, sub: str) -> Row:
    return Row(
        id=line.id,
        cells=(
            Cell(main=line.what, sub=sub, strong=True, order=line.what.casefold()),
            Cell(main=line.vendor, sub=line.stage, order=line.vendor.casefold()),
            Cell(main=line.purpose, order=line.purpose),
            Cell(main=line.until, order=line.until_day),
            Cell(main=line.state, tone=line.tone, order=line.state),
        ),
    )


def _filters() -> tuple[tuple[LedgerFilter, str], ...]:
    return (
        (LedgerFilter.PING, _("First questions")),
        (LedgerFilter.REVEAL, _("Details")),
        (LedgerFilter.ORDER, _("Orders")),
        (LedgerFilter.LATER, _("Later on")),
        (LedgerFilter.STILL_HELD, _("Still held")),
        (LedgerFilter.THIS_MONTH, _("Lapses this month")),
    )


def _none_yet() -> str:
    return _("Nobody knows anything of you from here. Whatever a vendor is told will stand here first.")


def _none_fit() -> str:
    return _("Nothing that was told fits this.")
