"""How far each change has come with each counterparty, as its acts, letters and receipts say. Changes nothing."""

from dataclasses import dataclass
from enum import StrEnum

from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.change import Change, Told, Way
from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.services.draft_letters import has_address
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction


class Standing(StrEnum):
    """Where one thing that is told stands."""

    WAITS_FOR_DAY = "waits-for-day"
    HELD = "held"
    LEAVING = "leaving"
    TOLD = "told"
    RECEIVED = "received"
    LETTER = "letter"
    LETTER_OUT = "letter-out"
    SENT = "sent"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"
    OVER = "over"


DONE = frozenset({Standing.RECEIVED, Standing.TAKEN_BACK, Standing.OVER})
"""Nothing more is to come or to do."""
TO_DO = frozenset({Standing.LETTER, Standing.LETTER_OUT, Standing.REFUSED})
"""It is the person's turn."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ToldView:
    """One counterparty's part. `trouble` is the code of what went wrong; `addressed`: a letter has somewhere to go."""

    told: Told
    vendor_name: str
    standing: Standing
    trouble: str = ""
    addressed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ChangeView:
    """One change and how far it has come."""

    change: Change
    rows: tuple[ToldView, ...]

    def count(self, *standings: Standing) -> int:
        """How many of its rows stand so."""
        return sum(row.standing in standings for row in self.rows)

    @property
    def finished(self) -> bool:
        """Whether nothing is waited for and nothing is to do."""
        return self.change.undone or (self.change.applied and all(row.standing in DONE for row in self.rows))

    @property
    def can_take_back(self) -> bool:
        """Whether something of it has not left yet."""
        early = (Standing.WAITS_FOR_DAY, Standing.HELD, Standing.LETTER)
        return not self.change.undone and (not self.change.applied or self.count(*early) > 0)


async def changes(means: Means) -> tuple[ChangeView, ...]:
    """All changes, the newest first."""
    return await means.vault.read(lambda tx: tuple(_view(tx, one) for one in reversed(tx.papers(Change))))


async def change(means: Means, key: str) -> ChangeView:
    """One change.

    Raises:
        NotFound: none under this id.
    """

    def look(tx: Transaction) -> ChangeView:
        found = tx.paper(Change, key)
        if found is None:
            raise NotFound(key)
        return _view(tx, found)

    return await means.vault.read(look)


def _view(tx: Transaction, one: Change) -> ChangeView:
    rows = sorted((_row(tx, told) for told in one.told), key=lambda row: (row.vendor_name.casefold(), row.told.key))
    return ChangeView(change=one, rows=tuple(rows))


def _row(tx: Transaction, told: Told) -> ToldView:
    vendor = tx.vendor(told.vendor)
    standing, trouble = _by_wire(tx, told) if told.way is Way.WIRE else (_by_letter(tx, told), "")
    return ToldView(
        told=told,
        vendor_name=vendor.name if vendor is not None else told.vendor,
        standing=Standing.RECEIVED if told.received is not None else standing,
        trouble=trouble,
        addressed=told.way is Way.WIRE or (vendor is not None and has_address(vendor)),
    )


def _by_wire(tx: Transaction, told: Told) -> tuple[Standing, str]:
    if told.act is None:
        return Standing.WAITS_FOR_DAY, ""
    entry, owner = tx.act(told.act), tx.relationship(told.relationship)
    if entry is None or entry.state is ActState.UNDONE:
        return Standing.TAKEN_BACK, ""
    if entry.state is ActState.FAILED:
        return Standing.REFUSED, entry.trouble
    if entry.state is ActState.DELIVERED:
        over = owner is None or owner.state is RelationshipState.ENDED
        return (Standing.OVER if over else Standing.TOLD), ""
    return (Standing.HELD if entry.state is ActState.HELD else Standing.LEAVING), entry.trouble


def _by_letter(tx: Transaction, told: Told) -> Standing:
    letter = tx.paper(Letter, told.letter)
    if letter is None:
        return Standing.TAKEN_BACK
    return {
        LetterState.DRAFT: Standing.LETTER,
        LetterState.HANDED_OUT: Standing.LETTER_OUT,
        LetterState.SENT: Standing.SENT,
        LetterState.DROPPED: Standing.TAKEN_BACK,
    }[letter.state]
