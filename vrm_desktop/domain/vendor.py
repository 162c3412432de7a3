"""Counterparties and what they publish about themselves. A counterparty is not an endpoint: it may have none."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.ids import Digest, Kid, VendorId
from vrm_desktop.domain.kinds import BEYOND_CORE, Kind
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.signals import VendorSignal


class OrganisationKind(StrEnum):
    """What kind of organisation a counterparty is."""

    SHOP = "shop"
    MAKER = "maker"
    SERVICE = "service"
    UTILITY = "utility"
    BANK = "bank"
    INSURER = "insurer"
    HEALTH = "health"
    SCHOOL = "school"
    PUBLIC_OFFICE = "public-office"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedTerms:
    """One roster entry a vendor says it signs: id, version and the hash of the entry it means."""

    roster: str
    version: str
    entry: Digest


def _may_meet(code: str, area: Area) -> bool:
    """Whether a card's region code ("DE", "DE-NW") may overlap the area; whatever is no such code meets nothing."""
    if code == area.country:
        return True
    return code.startswith(f"{area.country}-") and area.region in (None, code)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorCard:
    """A verified vendor card (made by protocol). `regions` are ISO 3166 codes; `endpoint` has no trailing slash."""

    key: Kid
    name: str
    serial: int
    expires: datetime
    endpoint: str
    versions: tuple[int, ...]
    categories: tuple[str, ...]
    regions: tuple[str, ...]
    terms: tuple[AcceptedTerms, ...]
    currencies: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kind: OrganisationKind = OrganisationKind.SHOP
    about: str = ""
    email: str = ""
    url: str = ""
    privacy: str = ""
    kinds: tuple[str, ...] = ()

    def understands(self, kind: Kind) -> bool:
        """Whether a person's message of this kind may be sent to this desk: the core's always, newer ones if listed."""
        return kind not in BEYOND_CORE or kind.value in self.kinds

    def serves(self, *, category: str, area: Area) -> bool:
        """Whether the card says that it answers this category, and its regions are not known to be apart from `area`.

        A person may say only the country where the card names one of its regions: the vendor can still decline.
        """
        in_category = any(category == own or category.startswith(own + ".") for own in self.categories)
        return in_category and (not self.regions or any(_may_meet(code, area) for code in self.regions))

    def accepts(self, roster: str, version: str) -> bool:
        """Whether the card lists this roster entry."""
        return any(terms.roster == roster and terms.version == version for terms in self.terms)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Counterparty:
    """An organisation the person knows of; without `card` it has no endpoint. `pinned` is the key first seen.

    `address` is where its card is; `postal` where letters go, several lines. `number` is what the organisation calls
    the person (a customer number); `reply_to` the address that the person gave to it alone; `source` who named it, if
    a list did; `identity` what it wants to see before it answers (`id-document`, or nothing known).
    """

    id: VendorId
    name: str
    kind: OrganisationKind
    added: datetime
    address: str = ""
    card: VendorCard | None = None
    card_bytes: bytes = b""
    pinned: Kid | None = None
    refreshed: datetime | None = None
    trouble: str = ""
    postal: str = ""
    email: str = ""
    phone: str = ""
    web: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    number: str = ""
    reply_to: str = ""
    source: str = ""
    identity: str = ""
    note: str = ""
    signals: tuple[VendorSignal, ...] = ()
