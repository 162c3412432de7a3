"""Whom I can ask: by which ways each can be reached, what it says about itself, and adding one by its address."""

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QProgressBar, QSizePolicy, QStackedWidget, QWidget

from vrm_desktop.services.count_trust import Trust
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.models.vendors_view import AddingView, VendorRow, VendorsView
from vrm_desktop.ui.pages.lists_card import ListsCard
from vrm_desktop.ui.pages.page import Page
from vrm_desktop.ui.pages.recommend_card import RecommendCard
from vrm_desktop.ui.pages.vendor_ways import VendorWaysPart
from vrm_desktop.ui.presenters.trust import count_facts
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.empty_state import EmptyState
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.trust_words import only_here

_LONGEST_ADDRESS = 500


class VendorsPage(Page):
    """`counts_wanted` carries the chosen vendor's id, for what was counted with it.

    `add_requested` and `refresh_requested` carry an address; `copy_requested` a text; `look_requested` the id of a
    vendor whose site shall be asked how it can be reached, and whether that was done before.

    What is added may also be a recommendation: its text, or a file, typed, pasted or dropped. `code_requested` carries
    a vendor's id and a note, `card_saved` these and a file.
    """

    counts_wanted = Signal(str)
    add_requested = Signal(str)
    code_requested = Signal(str, str)
    card_saved = Signal(str, str, str)
    refresh_requested = Signal(str)
    look_requested = Signal(str, bool)
    copy_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Whom I can ask"), parent)
        self._view = VendorsView(rows=())
        self._is_working = False
        self.address = QLineEdit()
        self.address.setMaxLength(_LONGEST_ADDRESS)
        self.address.setPlaceholderText(_("the-shop.example"))
        self._field = FormRow(look, _("Domain, address or recommendation"), self.address, _hint())
        self.add = Button(look, _("Add vendor"), role=ButtonRole.PRIMARY, icon=Icon.PLUS)
        self._working = QProgressBar()
        self._working.setRange(0, 0)
        self._working.setTextVisible(False)
        self._working.setAccessibleName(_("Asking the vendor's site"))
        self.table = DataTable(look, _("Whom I can ask"), _columns())
        self.details = _Details(look)
        self.recommend = RecommendCard(look)
        self.lists = ListsCard(look)
        self._none_yet = EmptyState(look, Icon.STORE, _none_yet(), _("Type an address"), Icon.PENCIL)
        self._states = QStackedWidget()
        self._lay_out()
        self.add.clicked.connect(self._add)
        self.address.returnPressed.connect(self._add)
        self._none_yet.chosen.connect(self.address.setFocus)
        self.table.row_chosen.connect(self._show_chosen)
        self.details.refresh.clicked.connect(lambda: self.refresh_requested.emit(self.details.address))
        self.details.ways.look_requested.connect(self._look)
        self.details.copy.clicked.connect(lambda: self.copy_requested.emit(self.details.key))
        self.recommend.asked.connect(lambda note: self.code_requested.emit(self.table.chosen_id or "", note))
        self.recommend.saved.connect(lambda note, file: self.card_saved.emit(self.table.chosen_id or "", note, file))
        self.recommend.copied.connect(self.copy_requested)
        self.details.hide()
        self.recommend.hide()
        self.setAcceptDrops(True)
        self.address.setAcceptDrops(False)
        self.show_adding(AddingView())

    def show_vendors(self, view: VendorsView) -> None:
        """Show all of them. Order and the chosen one stay."""
        self._view = view
        count = len(view.rows)
        told = ngettext("You know {count} vendor.", "You know {count} vendors.", count).format(count=count)
        self.show_title(_("Whom I can ask"), told if count else "")
        self.table.show_rows([_row(one) for one in view.rows])
        if self.table.chosen_id is None:
            self.table.choose_first()
        self._states.setCurrentWidget(self._surface if count else self._none_yet)
        self._show_chosen()

    def show_counts(self, trust: Trust) -> None:
        """What was counted with a vendor, if it is still the chosen one."""
        if trust.vendor == self.table.chosen_id:
            self.details.show_counts(count_facts(trust))

    def ask_for_counts(self) -> None:
        """What was counted with the chosen one may be different now."""
        if self.table.chosen_id is not None:
            self.counts_wanted.emit(self.table.chosen_id)

    def show_adding(self, view: AddingView) -> None:
        """Show how adding goes."""
        self._working.setVisible(view.working)
        self.add.setEnabled(not view.working)
        self.add.setText(_("Asking its site…") if view.working else _("Add vendor"))
        self.details.refresh.setEnabled(not view.working)
        self._is_working = view.working
        vendor = self._chosen()
        if vendor is not None:
            self.details.ways.show_vendor(vendor, working=view.working)
        self._field.show_error(view.error)

    def added(self, vendor_id: str) -> None:
        """A vendor is there now: choose it and make room for the next address."""
        self.address.clear()
        self.table.choose(vendor_id)
        self._show_chosen()

    def first_field(self) -> QWidget | None:
        """The address."""
        return self.address

    def _add(self) -> None:
        typed = self.address.text().strip()
        if not self.add.isEnabled():
            return
        if typed:
            self.add_requested.emit(typed)
        else:
            self._field.show_error(_("Please type the vendor's web address."))
            self.address.setFocus()

    def _chosen(self) -> VendorRow | None:
        return next((one for one in self._view.rows if one.id == self.table.chosen_id), None)

    def _look(self) -> None:
        vendor = self._chosen()
        if vendor is not None:
            self.look_requested.emit(vendor.id, vendor.looked_before)

    def _show_chosen(self) -> None:
        vendor = self._chosen()
        self.details.setVisible(vendor is not None)
        if vendor is not None:
            self.details.show_vendor(vendor, working=self._is_working)
            self.ask_for_counts()
            self.recommend.begin(vendor.name)
        self.recommend.setVisible(vendor is not None and bool(vendor.key))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped here."""
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file that recommends a vendor: take it as if its name had been typed."""
        file = _dropped(event.mimeData())
        if file and self.add.isEnabled():
            event.acceptProposedAction()
            self.add_requested.emit(file)

    def _lay_out(self) -> None:
        look = self.look
        asking = Card(look, gap=1, margins=2)
        line = row(look, gap=1.5)
        line.addWidget(self._field, 1)
        beside = column(look, gap=0.5)
        beside.addWidget(PlainLabel(" ", kind=LabelKind.STRONG))
        beside.addWidget(self.add)
        beside.addStretch(1)
        line.addLayout(beside)
        asking.body.addLayout(line)
        asking.body.addWidget(self._working)
        self._surface = Card(look, margins=(1.5, 0.5))
        self._surface.body.addWidget(self.table)
        self._surface.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for state in (self._surface, self._none_yet):
            self._states.addWidget(state)
        self.body.addWidget(asking)
        self.body.addWidget(self.lists)
        self.body.addWidget(self._states, 1)
        self.body.addWidget(self.details)
        self.body.addWidget(self.recommend)


class _Details(Card):
    """What one vendor says about itself. Its words are shown as words."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, gap=1.25, margins=(2.5, 2))
        self.vendor_id, self.address, self.key = "", "", ""
        self._name = ElidedLabel(kind=LabelKind.HEADING)
        self._signs = Pill()
        self._trouble = Notice(look)
        self._about = PlainLabel(kind=LabelKind.MUTED, wrap=True, cap=1000)
        self._facts = KeyValues(look)
        self._counts_title = PlainLabel(_("Promises and what became of them"), kind=LabelKind.OVERLINE)
        self.counts = KeyValues(look)
        self._only_here = PlainLabel(only_here(), kind=LabelKind.CAPTION, wrap=True)
        self._key_title = PlainLabel(_("Its key"), kind=LabelKind.OVERLINE)
        self._key = PlainLabel(kind=LabelKind.CODE, wrap=True, selectable=True)
        self._pinned = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self.copy = Button(look, _("Copy the key"), icon=Icon.COPY)
        self.refresh = Button(look, _("Fetch its card again"), icon=Icon.REFRESH_CW)
        head = row(look, gap=1.5)
        head.addWidget(self._name)
        head.addWidget(self._signs)
        head.addStretch(1)
        foot = row(look, gap=1)
        foot.addWidget(self.copy)
        foot.addWidget(self.refresh)
        foot.addStretch(1)
        self.body.addLayout(head)
        key = QWidget()
        lines = column(look, key, gap=0.75)
        self.ways = VendorWaysPart(look)
        lines.addWidget(self.ways)
        for part in (self._key_title, self._key, self._pinned):
            lines.addWidget(part)
        lines.addStretch(1)
        self.body.addWidget(self._trouble)
        self.body.addWidget(self._about)
        self.body.addWidget(SideBySide(look, (self._facts, key), stacked_below=70))
        self.body.addWidget(self._counts_title)
        self.body.addWidget(self.counts)
        self.body.addWidget(self._only_here)
        self.body.addLayout(foot)
        self.show_counts(())

    def show_vendor(self, vendor: VendorRow, *, working: bool) -> None:
        """Show all of it; `working`: some site is being asked."""
        if vendor.id != self.vendor_id:
            self.vendor_id = vendor.id
            self.show_counts(())
        self.ways.show_vendor(vendor, working=working)
        self.address, self.key = vendor.address, vendor.key.replace(" ", "")
        self._name.setText(_("{name}, {kind}").format(name=vendor.name, kind=vendor.kind))
        self._signs.setText(vendor.signs)
        self._signs.set_tone(vendor.signs_tone)
        if vendor.trouble:
            self._trouble.say(vendor.trouble, "", Tone.CAUTION)
        else:
            self._trouble.hide()
        self._about.setText(_("“{words}”").format(words=vendor.about))
        self._about.setVisible(bool(vendor.about))
        self._facts.show_facts([Fact(label=label, value=value) for label, value in vendor.facts])
        self._key.setText(vendor.key)
        self._pinned.setText(vendor.pinned)
        for part in (self._key_title, self._key, self._pinned, self.copy):
            part.setVisible(bool(vendor.key))
        self.refresh.setVisible(bool(vendor.address and vendor.key))

    def show_counts(self, counts: tuple[tuple[str, str], ...]) -> None:
        """What was counted with it; nothing is shown where there is nothing to count."""
        self.counts.show_facts([Fact(label=label, value=value) for label, value in counts])
        for part in (self._counts_title, self.counts, self._only_here):
            part.setVisible(bool(counts))


def _columns() -> tuple[Column, ...]:
    return (
        Column(key="name", title=_("Vendor"), narrowest=20, widest=36, stretches=True),
        Column(key="reached", title=_("Can be reached"), narrowest=24, widest=56, stretches=True),
        Column(key="signs", title=_("Conditions"), narrowest=18, widest=36),
        Column(key="checked", title=_("Last looked"), narrowest=14, widest=20),
    )


def _row(vendor: VendorRow) -> Row:
    return Row(
        id=vendor.id,
        cells=(
            Cell(main=vendor.name, sub=vendor.kind, strong=True, order=vendor.name.casefold()),
            Cell(main=vendor.reached, sub=vendor.answers_for, order=vendor.reached.casefold()),
            Cell(main=vendor.signs, tone=vendor.signs_tone, order=vendor.signs),
            Cell(main=vendor.checked, order=vendor.checked_order),
        ),
    )


def _dropped(data: QMimeData) -> str:
    """The one local file that was dropped, or nothing."""
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else ""


def _hint() -> str:
    return _("Its site is asked once how it can be reached and what it says of conditions. Nothing about you is sent.")


def _none_yet() -> str:
    return _("You know no vendor yet. Add a shop by its domain, and see how it can be asked for offers.")
