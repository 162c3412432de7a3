"""Who answers the Data Rights Protocol: directories read at the person's wish, each entry in a counterparty's file."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from vrm_desktop.domain.drp import DrpEntry
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.protocol.drp_directory import Business, read_directory
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction

SOURCE = "drp-directory"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DirectoryRead:
    """What a directory brought: entries by name, how many counterparties are new, how many rows could not be used.

    `agents` says how many agents it listed: those are for organisations, and nothing is kept of them.
    """

    entries: tuple[DrpEntry, ...]
    new: int
    left_out: int
    agents: int


async def import_directory(means: Means, data: bytes) -> DirectoryRead:
    """Read a businesses file: each business goes to the counterparty of its site or name, or to a new one.

    Raises:
        Malformed: it is no directory.
    """
    directory = read_directory(data)

    def change(tx: Transaction) -> DirectoryRead:
        before = len(tx.vendors())
        entries = [_keep(tx, means, business) for business in directory.businesses]
        return DirectoryRead(
            entries=tuple(sorted(entries, key=lambda one: (one.name.casefold(), one.id))),
            new=len(tx.vendors()) - before,
            left_out=directory.left_out,
            agents=len(directory.agents),
        )

    return await means.vault.write(change)


async def entries(means: Means) -> tuple[DrpEntry, ...]:
    """Everybody known to answer the protocol, by name."""
    found = await means.vault.read(lambda tx: tx.papers(DrpEntry))
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def entry_of(tx: Transaction, vendor: VendorId) -> DrpEntry | None:
    """The counterparty's entry, if it answers the protocol."""
    return next(iter(tx.papers(DrpEntry, vendor=vendor)), None)


def _keep(tx: Transaction, means: Means, business: Business) -> DrpEntry:
    known = tx.paper(DrpEntry, business.id)
    vendor = known.vendor if known is not None else _vendor(tx, means, business)
    entry = DrpEntry(
        id=business.id,
        vendor=vendor,
        at=means.clock.now(),
        name=business.name,
        api_base=business.api_base,
        actions=business.actions,
        asks=business.asks,
        web=business.web,
        privacy=business.privacy,
        contact=business.contact,
    )
    tx.keep_paper(entry)
    return entry


def _vendor(tx: Transaction, means: Means, business: Business) -> VendorId:
    site, name = _host(business.web), business.name.casefold()
    for one in tx.vendors():
        hosts = {_host(one.web), _host(one.address)} - {""}
        if site in hosts or one.name.casefold() == name:
            return one.id
    made = Counterparty(
        id=VendorId(means.new_id("vendor")),
        name=business.name,
        kind=OrganisationKind.OTHER,
        added=means.clock.now(),
        web=business.web,
        email=business.contact if "@" in business.contact else "",
        source=SOURCE,
    )
    tx.save_vendor(made)
    return made.id


def _host(address: str) -> str:
    try:
        host = urlsplit(address if "://" in address else f"https://{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
