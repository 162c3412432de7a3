"""A cast under way: how far each vendor is, what it asks of the person, and what went wrong."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.models.cast_view import STEPS, CastRow, CastView, RowDeed
from vrm_desktop.ui.pages.cast_counter import CastCounter
from vrm_desktop.ui.pages.next_ways_card import NextWaysCard
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card, Rule
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding, row
from vrm_desktop.ui.widgets.progress_row import Progress, ProgressRow
from vrm_desktop.wording.catalogue import _, ngettext


class _Part(QWidget):
    """One vendor's line, and under it what it asks of the person. `decided` carries a `RowDeed` and its id."""

    decided = Signal(object, str)

    def __init__(self, look: Look, shown: CastRow) -> None:
        super().__init__()
        self._look = look
        self.progress = ProgressRow(look, _progress(shown))
        self.counter: CastCounter | None = None
        self.deeds: dict[RowDeed, Button] = {}
        self._shown: tuple[tuple[RowDeed, str], ...] = ()
        self._buttons = Flow(look)
        self.lines = column(look, self, gap=1, margins=(0, 0, 0, 0.75))
        self.lines.addWidget(self.progress)
        self.lines.addLayout(self._buttons)

    def show_row(self, shown: CastRow) -> CastCounter | None:
        """Show how it stands now; a counter that is new is returned, to be listened to."""
        self.progress.show_progress(_progress(shown))
        self._show_deeds(shown)
        if (self.counter.counter if self.counter else None) == shown.counter:
            return None
        if self.counter is not None:
            self.lines.removeWidget(self.counter)
            self.counter.hide()
            self.counter.deleteLater()
            self.counter = None
        if shown.counter is not None:
            self.counter = CastCounter(self._look, shown.counter)
            self.lines.addWidget(self.counter)
        return self.counter

    def _show_deeds(self, shown: CastRow) -> None:
        if shown.deeds == self._shown:
            return
        self._shown = shown.deeds
        for button in self.deeds.values():
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.deeds = {}
        for deed, key in shown.deeds:
            words, icon = _deed_words(deed)
            made = self.deeds[deed] = Button(self._look, words, icon=icon)
            made.setAccessibleDescription(f"{shown.vendor}: {shown.state}")
            made.clicked.connect(lambda _checked=False, what=deed, about=key: self.decided.emit(what, about))
            self._buttons.addWidget(made)


def _deed_words(deed: RowDeed) -> tuple[str, Icon]:
    return {
        RowDeed.OPEN_LETTER: (_("Open the letter"), Icon.FILE_TEXT),
        RowDeed.ASK_AGAIN: (_("Ask again"), Icon.REFRESH_CW),
        RowDeed.LEAVE_IT: (_("Leave it at that"), Icon.CHECK),
        RowDeed.SEE_PRICES: (_("See public prices"), Icon.RECEIPT),
    }[deed]


class CastPage(Page):
    """`terms_accepted`, `terms_refused` carry the id of a relationship, `decided` a `RowDeed` and its id."""

    decided = Signal(object, str)
    terms_accepted = Signal(str)
    terms_refused = Signal(str)
    take_back_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Asking"), parent)
        self.parts: dict[str, _Part] = {}
        self.take_back = Button(look, _("Take the question back"), icon=Icon.UNDO_2)
        self.compare = Button(look, "", role=ButtonRole.PRIMARY, icon=Icon.SCALE)
        self.buttons.addWidget(self.take_back)
        self.buttons.addWidget(self.compare)
        self._count = PlainLabel(kind=LabelKind.HEADING)
        self._standing = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        head = row(look, gap=2)
        head.addWidget(self._count)
        head.addWidget(self._standing, 1)
        self._card = Card(look, gap=1, margins=2.5)
        self._card.body.addLayout(head)
        self._rows = column(look, gap=0.5)
        self._card.body.addLayout(self._rows)
        self.next_ways = NextWaysCard(look)
        self.body.addWidget(self._card)
        self.body.addWidget(self.next_ways)
        self.body.addStretch(1)
        self.take_back.clicked.connect(self.take_back_requested)
        self.compare.clicked.connect(lambda: self.going.emit(PageId.OFFERS))

    def show_cast(self, view: CastView) -> None:
        """Show how it stands; lines stay where they are."""
        self.show_title(view.title, view.summary)
        counted = _("{answered} of {all} answered").format(answered=view.answered, all=len(view.rows))
        self._count.setText(counted if view.rows else _("Nobody was asked yet"))
        self._standing.setText(view.standing)
        if [row.relationship for row in view.rows] != list(self.parts):
            with rebuilding(self._card):
                self._rebuild(view.rows)
        for shown in view.rows:
            counter = self.parts[shown.relationship].show_row(shown)
            if counter is not None:
                counter.accepted.connect(self.terms_accepted)
                counter.refused.connect(self.terms_refused)
        self.take_back.setVisible(view.can_take_back)
        words = ngettext("Compare {count} offer", "Compare {count} offers", view.offers).format(count=view.offers)
        self.compare.setText(words)
        self.compare.setVisible(bool(view.offers))

    def first_field(self) -> QWidget | None:
        """What waits for the person, else the offers."""
        waiting = next((part.counter for part in self.parts.values() if part.counter is not None), None)
        if waiting is not None:
            return waiting.accept
        mine = next((button for part in self.parts.values() for button in part.deeds.values()), None)
        if mine is not None:
            return mine
        return self.compare if not self.compare.isHidden() else self.take_back

    def _rebuild(self, rows: tuple[CastRow, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.parts = {}
        for at, shown in enumerate(rows):
            if at:
                self._rows.addWidget(Rule())
            made = self.parts[shown.relationship] = _Part(self.look, shown)
            made.decided.connect(self.decided)
            self._rows.addWidget(made)


def _progress(shown: CastRow) -> Progress:
    return Progress(
        title=shown.vendor, state=shown.state, detail=shown.detail, done=shown.done, total=STEPS, tone=shown.tone
    )
