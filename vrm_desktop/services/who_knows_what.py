"""Who knows what: the ledger of disclosures, and the proof that journal and ledger are whole."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vrm_desktop.domain.disclosure import LedgerRow, LedgerState, Purpose
from vrm_desktop.domain.ids import Digest, VendorId
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LedgerEntry:
    """One disclosure with the vendor's name as the person knows it."""

    row: LedgerRow
    vendor_name: str


async def ledger(means: Means, vendor: VendorId | None = None) -> tuple[LedgerEntry, ...]:
    """All disclosures, or those to one vendor, the newest first."""

    def look(tx: Transaction) -> tuple[LedgerEntry, ...]:
        names = {one.id: one.name for one in tx.vendors()}
        rows = sorted(tx.ledger(vendor=vendor), key=lambda row: row.seq, reverse=True)
        return tuple(LedgerEntry(row=row, vendor_name=names.get(row.vendor, row.vendor)) for row in rows)

    return await means.vault.read(look)


STILL_HELD = frozenset(
    {LedgerState.LEAVING, LedgerState.SENT, LedgerState.MAYBE, LedgerState.EXPIRED, LedgerState.ERASURE_ASKED}
)
"""The fates after which a vendor still holds it, as far as anybody knows here."""


class GroupBy(StrEnum):
    """What the ledger can be put together by."""

    VENDOR = "vendor"
    FIELD = "field"
    PURPOSE = "purpose"
    SUBJECT = "subject"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LedgerQuery:
    """What is asked of the ledger; what is left out asks nothing.

    `field` is a name on the wire, with or without `profile.`, or the beginning of one up to a dot (`address`); `lapses`
    is any day of the month in which it lapses; `words` must all stand in what was told, to whom or what for.
    """

    vendor: VendorId | None = None
    field: str = ""
    purpose: Purpose | None = None
    subject: str = ""
    held: bool = False
    lapses: date | None = None
    words: str = ""

    def fits(self, entry: LedgerEntry) -> bool:
        """Whether a disclosure is asked for."""
        row = entry.row
        text = f"{row.name} {row.value} {entry.vendor_name} {row.purpose}".casefold()
        month = self.lapses is None or (row.until.year, row.until.month) == (self.lapses.year, self.lapses.month)
        return (
            month
            and (self.vendor is None or row.vendor == self.vendor)
            and (not self.field or names(row.name, self.field))
            and (self.purpose is None or row.purpose is self.purpose)
            and (not self.subject or row.subject == self.subject)
            and (not self.held or row.state in STILL_HELD)
            and all(word in text for word in self.words.casefold().split())
        )


def names(name: str, asked: str) -> bool:
    """Whether a wire name is what somebody asks for: `phone`, `profile.phone`, or `address` for all of an address."""
    short, wanted = name.removeprefix("profile."), asked.strip().removeprefix("profile.")
    return short == wanted or short.startswith(f"{wanted}.")


async def asked(means: Means, query: LedgerQuery) -> tuple[LedgerEntry, ...]:
    """The disclosures that fit, the newest first."""
    return tuple(entry for entry in await ledger(means, query.vendor) if query.fits(entry))


_KEYS: Mapping[GroupBy, Callable[[LedgerEntry], str]] = {
    GroupBy.VENDOR: lambda entry: entry.vendor_name,
    GroupBy.FIELD: lambda entry: entry.row.name,
    GroupBy.PURPOSE: lambda entry: entry.row.purpose.value,
    GroupBy.SUBJECT: lambda entry: entry.row.subject,
    GroupBy.MONTH: lambda entry: entry.row.until.strftime("%Y-%m"),
}


def grouped(entries: Iterable[LedgerEntry], by: GroupBy) -> dict[str, tuple[LedgerEntry, ...]]:
    """The disclosures by vendor's name, wire name, purpose, about whom, or month of lapsing; keys in their order."""
    groups: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        groups.setdefault(_KEYS[by](entry), []).append(entry)
    return {key: tuple(groups[key]) for key in sorted(groups, key=str.casefold)}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Proof:
    """How many rows of journal and ledger were followed link by link, and the head of the ledger's chain."""

    journal: int
    ledger: int
    head: str


async def verify(means: Means) -> Proof:
    """Follow both chains from their first row.

    Raises:
        Whatever the vault raises for the first row that does not fit.
    """

    def look(tx: Transaction) -> Proof:
        journal, rows = tx.verify_chains()
        return Proof(journal=journal, ledger=rows, head=tx.ledger_head())

    return await means.vault.read(look)


async def agreement_names(means: Means) -> dict[Digest, str]:
    """The roster id of every agreement, by its hash: what the ledger's rows rest on."""

    def look(tx: Transaction) -> dict[Digest, str]:
        return {record.hash: record.roster for one in tx.relationships() for record in tx.agreements(one.id)}

    return await means.vault.read(look)
