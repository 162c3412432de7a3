"""What the kit asks a vendor for: given by whoever runs it, or derived from the vendor's card. Nothing is sent here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vrm_desktop.conformance.errors import BadAsk, NotToBeHad
from vrm_desktop.domain.categories import CATEGORIES, check_attributes
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.terms import CAST_TERMS, SERVICE_TERMS, RosterEntry, UnknownTerms
from vrm_desktop.domain.vendor import VendorCard
from vrm_desktop.protocol.roster import Roster

_WORDS = "A request made to try this desk out; nobody means to buy."
_ANYWHERE = "DE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What whoever runs the kit named; None or empty means: derive it from the card."""

    category: str | None = None
    region: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    words: str | None = None
    cast_terms: str | None = None
    service_terms: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One want, the same for all the made-up people of a run. `terms` are proffered for the cast and the service."""

    category: str
    area: Area
    attributes: Mapping[str, str]
    title: str
    details: str
    terms: tuple[RosterEntry, RosterEntry]
    other_terms: tuple[RosterEntry, RosterEntry] | None = None
    unserved_category: str | None = None
    unserved_area: Area | None = None


def ask_for(card: VendorCard, wishes: Wishes, roster: Roster) -> Ask:
    """The want that fits the card and the wishes.

    Raises:
        BadAsk: a wish that the protocol's closed lists do not hold.
        NotToBeHad: the card names nothing to ask for.
    """
    category = wishes.category or _first_category(card)
    try:
        check_attributes(category, wishes.attributes)
        area = Area.from_code(wishes.region or next(iter(card.regions), _ANYWHERE))
        terms = _terms(card, wishes, roster)
    except (DomainError, UnknownTerms) as error:
        raise BadAsk(f"{error.code}: {error}") from error
    return Ask(
        category=category,
        area=area,
        attributes=wishes.attributes,
        title=wishes.words or CATEGORIES[category].label,
        details=_WORDS,
        terms=terms,
        other_terms=_others(card, terms, roster),
        unserved_category=next((id for id in CATEGORIES if not _in_categories(card, id)), None),
        unserved_area=_elsewhere(card, category),
    )


def _first_category(card: VendorCard) -> str:
    for listed in card.categories:
        for known in CATEGORIES:
            if known == listed or known.startswith(listed + "."):
                return known
    raise NotToBeHad("the card names no category of the closed list; name one with --category")


def _in_categories(card: VendorCard, category: str) -> bool:
    return any(category == own or category.startswith(own + ".") for own in card.categories)


def _elsewhere(card: VendorCard, category: str) -> Area | None:
    areas = (Area(country=code) for code in ("NZ", "IS", "UY"))
    return next((area for area in areas if card.regions and not card.serves(category=category, area=area)), None)


def _terms(card: VendorCard, wishes: Wishes, roster: Roster) -> tuple[RosterEntry, RosterEntry]:
    listed = [terms.roster for terms in card.terms]
    cast = wishes.cast_terms or (CAST_TERMS if CAST_TERMS in listed or not listed else listed[0])
    service = wishes.service_terms or (SERVICE_TERMS if SERVICE_TERMS in listed or not listed else listed[-1])
    return roster.get(cast), roster.get(service)


def _others(
    card: VendorCard, terms: tuple[RosterEntry, RosterEntry], roster: Roster
) -> tuple[RosterEntry, RosterEntry] | None:
    """The same cast terms, and service terms that the card does not list."""
    listed = {each.roster for each in card.terms}
    other = next((entry for entry in roster.entries if entry.id not in listed and entry.offered_to_vendors), None)
    return (terms[0], other) if other is not None else None
