"""Which data protection authority a complaint goes to: those that may take it, and the one proposed, with why.

A person may complain where she lives, where she works, or where it happened (GDPR, article 77); the authority of the
place where the organisation is has the say over it. Never here: the complaint, and how lists of authorities are read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vrm_desktop.domain.gazetteer import PLACES, PlaceKind
from vrm_desktop.domain.organisation import Organisation
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.rights_choice import AuthorityReason
from vrm_desktop.services.exercise_rights import found
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.rights_basis import own_country

GERMAN_STATES = {
    "DE-BW": "debawueldb",
    "DE-BY": "debaylda",
    "DE-BE": "deberlbdi",
    "DE-BB": "debralda",
    "DE-HB": "debrelfdi",
    "DE-HH": "dehmbbfdi",
    "DE-HE": "dehessbdi",
    "DE-MV": "demvldi",
    "DE-NI": "dendslfd",
    "DE-NW": "denrwldi",
    "DE-RP": "derlpbdi",
    "DE-SL": "desaarudz",
    "DE-SN": "desaechsdsb",
    "DE-ST": "desalbd",
    "DE-SH": "deshuld",
    "DE-TH": "detlfdi",
}
"""In Germany each state has its own authority for companies: which entry of the public list it is."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AuthorityChoice:
    """Who may take the complaint. With a `reason`, the first is proposed; `place` is the region that speaks for it."""

    options: tuple[Organisation, ...]
    reason: AuthorityReason | None = None
    place: Area | None = None

    @property
    def proposed(self) -> Organisation | None:
        """The one that fits best; None where nothing speaks for one more than for another."""
        return self.options[0] if self.reason is not None else None


async def authorities(means: Means, key: str) -> AuthorityChoice:
    """Who may take a complaint about a request.

    Raises:
        NotFound: no such request.
    """
    return await means.vault.read(lambda tx: choice(tx, key))


def choice(tx: Transaction, key: str) -> AuthorityChoice:
    """The same inside one transaction."""
    request = found(tx, key)
    vendor = tx.vendor(request.vendor)
    home = own_country(tx).upper().partition("-")[0]
    seat = (request.country or home).upper().partition("-")[0]
    listed = [one for one in tx.papers(Organisation) if one.authority]
    near = [one for one in listed if any(one.serves(land) for land in (seat, home) if land)] or listed
    chosen = tx.vendor(request.authority) if request.authority is not None else None
    before = chosen.source.rpartition("#")[2] if chosen is not None else ""
    its, mine = _region(seat, vendor.postal if vendor is not None else ""), _region(home, _where_i_live(tx))
    here = (
        (AuthorityReason.YOUR_REGION, mine, GERMAN_STATES.get(mine.code if mine is not None else "")),
        (AuthorityReason.YOUR_COUNTRY, None, _only(near, home)),
    )
    there = (
        (AuthorityReason.ITS_REGION, its, GERMAN_STATES.get(its.code if its is not None else "")),
        (AuthorityReason.ITS_COUNTRY, None, _only(near, seat)),
    )
    # At home the person is heard in her own language; in one country, the place of the organisation has the say.
    order = (*here, *there) if home and home != seat else (there[0], here[0], there[1])
    options = sorted(near, key=lambda one: (one.name.casefold(), one.id))
    for reason, place, wished in ((AuthorityReason.CHOSEN, None, before), *order):
        best = next((one for one in options if one.id == wished), None)
        if best is not None:
            others = (one for one in options if one is not best)
            return AuthorityChoice(options=(best, *others), reason=reason, place=place)
    return AuthorityChoice(options=tuple(options))


def _only(listed: Iterable[Organisation], country: str) -> str | None:
    """The one authority of a country that has only one."""
    theirs = [one.id for one in listed if country and one.serves(country)]
    return theirs[0] if len(theirs) == 1 else None


def _where_i_live(tx: Transaction) -> str:
    profile = {field.path: field.value for field in reversed(tx.profile())}
    return "\n".join(profile.get(path, "") for path in (FieldPath.REGION, FieldPath.LOCALITY))


def _region(country: str, address: str) -> Area | None:
    """The region that an address lies in, from its last line up; None where no line names a place of just one."""
    for line in reversed(address.splitlines()):
        named = set(_named(country, line))
        if len(named) == 1:
            return Area.from_code(named.pop())
    return None


def _named(country: str, line: str) -> Iterator[str]:
    plain = line.casefold()
    for place in PLACES:
        region = place.area.region
        if region is None or place.area.country != country or place.kind is PlaceKind.COUNTRY:
            continue
        there = (name.casefold() for name in place.names if name.casefold() in plain)
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain) for name in there):
            yield region
