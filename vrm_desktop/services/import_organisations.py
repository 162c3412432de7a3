"""Public lists at the person's wish: organisations, authorities, hints about sites; and turning to one of them.

What is imported stays an entry of a list until the person turns to it; then it is a counterparty that says where it
comes from. Never here: how a list is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.organisation import HintKind, Organisation, SiteHint, hint_id
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.formats.organisation_lists import read_organisations, read_sites
from vrm_desktop.formats.web_domains import host_of, registrable
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction

MOST_FOUND = 200


class ListKind(StrEnum):
    """What a file lists."""

    COMPANIES = "companies"
    AUTHORITIES = "authorities"
    DELETION = "deletion"
    EXPORT = "export"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import came to: entries taken, how many of them lack or have something wrong, and refused lines."""

    kind: ListKind
    taken: int
    flawed: int
    refused: tuple[int, ...]


async def import_list(means: Means, kind: ListKind, data: bytes, source: str) -> Imported:
    """Take a list in, or a newer one over it; `source` is its file's name.

    Raises:
        NotAList: the file cannot be read; nothing was changed.
    """
    now = means.clock.now()
    taken: tuple[Organisation, ...] | tuple[SiteHint, ...]
    if kind in {ListKind.COMPANIES, ListKind.AUTHORITIES}:
        companies = read_organisations(data, source=source, at=now, authorities=kind is ListKind.AUTHORITIES)
        taken, refused = companies.entries, companies.refused
        flawed = sum(bool(one.troubles) for one in companies.entries)
    else:
        hint = HintKind.DELETE if kind is ListKind.DELETION else HintKind.EXPORT
        sites = read_sites(data, hint, source=source, at=now)
        taken, refused, flawed = sites.hints, sites.refused, 0

    def change(tx: Transaction) -> None:
        for one in taken:
            tx.keep_paper(one)

    await means.vault.write(change)
    return Imported(kind=kind, taken=len(taken), flawed=flawed, refused=refused)


async def organisations(
    means: Means, words: str = "", *, country: str = "", authorities: bool = False, most: int = MOST_FOUND
) -> tuple[Organisation, ...]:
    """The entries that fit, by name: names or web addresses with all words, meant for a country if one is given."""

    def look(tx: Transaction) -> tuple[Organisation, ...]:
        fitting = (
            one
            for one in tx.papers(Organisation)
            if one.authority is authorities and one.matches(words) and (not country or one.serves(country))
        )
        return tuple(sorted(fitting, key=lambda one: (one.name.casefold(), one.id))[:most])

    return await means.vault.read(look)


async def counted(means: Means) -> int:
    """How many organisations the imported lists name."""
    return await means.vault.read(lambda tx: sum(not one.authority for one in tx.papers(Organisation)))


async def turn_to(means: Means, key: str) -> VendorId:
    """The counterparty for an entry: the one that is there already, or a new one.

    Raises:
        NotFound: no such entry.
    """
    return await means.vault.write(lambda tx: counterparty_of(tx, means, key).id)


def counterparty_of(tx: Transaction, means: Means, key: str) -> Counterparty:
    """Inside one transaction: the counterparty for an entry (see `turn_to`)."""
    filled = as_counterparty(tx, means, key)
    tx.save_vendor(filled)
    return filled


def as_counterparty(tx: Transaction, means: Means, key: str) -> Counterparty:
    """What the counterparty for an entry is or would be; nothing is kept (see `turn_to`)."""
    entry = tx.paper(Organisation, key)
    if entry is None:
        raise NotFound(key)
    mark = f"{entry.source}#{entry.id}"
    known = tx.vendors()
    there = next((one for one in known if one.source == mark), None) or _same_site(known, entry)
    if there is None:
        there = Counterparty(
            id=VendorId(means.new_id("vendor")),
            name=entry.name,
            kind=OrganisationKind.PUBLIC_OFFICE if entry.authority else OrganisationKind.OTHER,
            added=means.clock.now(),
            country=_country(entry),
        )
    return replace(
        there,
        postal=there.postal or entry.postal,
        email=there.email or entry.email,
        phone=there.phone or entry.phone,
        web=there.web or entry.web,
        languages=there.languages or ((entry.language,) if entry.language else ()),
        source=there.source or mark,
        identity=there.identity or ("id-document" if entry.identity else ""),
    )


def hints_for(tx: Transaction, vendor: Counterparty) -> tuple[SiteHint, ...]:
    """What the lists say about deleting an account or fetching data at a counterparty's site."""
    names = _names(vendor.web or vendor.address or vendor.email)
    found = []
    for kind in HintKind:
        hints = (tx.paper(SiteHint, hint_id(kind, name)) for name in names)
        found.append(next((one for one in hints if one is not None), None))
    return tuple(one for one in found if one is not None)


async def hints(means: Means, vendor: VendorId) -> tuple[SiteHint, ...]:
    """The same by a counterparty's id.

    Raises:
        NotFound: no such counterparty.
    """

    def look(tx: Transaction) -> tuple[SiteHint, ...]:
        known = tx.vendor(vendor)
        if known is None:
            raise NotFound(vendor)
        return hints_for(tx, known)

    return await means.vault.read(look)


def _names(address: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in (registrable(address), host_of(address)) if one))


def _same_site(known: Iterable[Counterparty], entry: Organisation) -> Counterparty | None:
    site = registrable(entry.web)
    free = (one for one in known if site and not one.source)  # another entry's counterparty is another organisation
    return next((one for one in free if site in {registrable(one.web), registrable(one.address)}), None)


def _country(entry: Organisation) -> str:
    named = [one for one in entry.countries if one != "all"]
    return named[0].upper() if len(named) == 1 else ""
