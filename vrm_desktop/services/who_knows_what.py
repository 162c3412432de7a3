"""Who knows what: the ledger of disclosures, and the proof that journal and ledger are whole."""

from dataclasses import dataclass

from vrm_desktop.domain.disclosure import LedgerRow
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
