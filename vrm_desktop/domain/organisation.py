"""Organisations as public lists name them, before the person has anything to do with them; and hints about sites.

An entry keeps where it comes from and what is missing or wrong in it. It becomes a counterparty when the person turns
to it. Never here: how a list is read, and whom the person knows.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId

_NAME_LENGTH = 300


class EntryTrouble(StrEnum):
    """What is missing or wrong in an entry."""

    NO_ADDRESS = "no-address"
    NO_EMAIL = "no-email"
    WRONG_EMAIL = "wrong-email"
    WRONG_WEB = "wrong-web"
    UNCHECKED = "unchecked"
    OBSOLETE = "obsolete"
    NO_WAY = "no-way"


class Difficulty(StrEnum):
    """How hard a site makes it, as the list judges."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
    LIMITED = "limited"
    IMPOSSIBLE = "impossible"


class HintKind(StrEnum):
    """What a hint about a site is for."""

    DELETE = "delete"
    EXPORT = "export"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Organisation:
    """One entry; its `id` is the list's own short name. `authority`: it is a data protection authority.

    `language` is in which it wants letters; `required` what it says it needs to find somebody; `identity`: it asks for
    a copy of an identity document; `templates` pairs of a right and the template that fits it; `source` the list.
    """

    id: str
    name: str
    at: datetime
    source: str
    postal: str = ""
    email: str = ""
    web: str = ""
    form: str = ""
    phone: str = ""
    fax: str = ""
    countries: tuple[str, ...] = ()
    language: str = ""
    medium: str = ""
    required: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    templates: tuple[tuple[str, ...], ...] = ()
    identity: bool = False
    authority: bool = False
    troubles: tuple[EntryTrouble, ...] = ()
    vendor: VendorId | None = None
    relationship: RelationshipId | None = None

    def __post_init__(self) -> None:
        if not self.id or not self.name.strip() or len(self.name) > _NAME_LENGTH:
            raise InvalidValue("an organisation has a short name and a name of up to 300 characters")

    @property
    def words(self) -> str:
        """Nothing: thousands of strangers would hide what the person keeps."""
        return ""

    def serves(self, country: str) -> bool:
        """Whether the entry is meant for people in this country (ISO 3166-1, any case)."""
        return "all" in self.countries or country.lower() in self.countries

    def template_for(self, right: str) -> str:
        """The name of the template that the list prefers for this right, or ""."""
        return next((pair[1] for pair in self.templates if len(pair) > 1 and pair[0] == right), "")

    def matches(self, words: str) -> bool:
        """Whether every word stands in its names or its web address."""
        text = "\n".join((self.id, self.name, self.web, *self.runs)).casefold()
        return all(word in text for word in words.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SiteHint:
    """Where to delete an account, or to fetch one's data, at one site; `id` is made by `hint_id`."""

    id: str
    kind: HintKind
    domain: str
    name: str
    at: datetime
    source: str
    link: str
    difficulty: Difficulty
    notes: str = ""
    vendor: VendorId | None = None
    relationship: RelationshipId | None = None

    @property
    def words(self) -> str:
        """Nothing: see `Organisation`."""
        return ""


def hint_id(kind: HintKind, domain: str) -> str:
    """Under which id a hint about this domain is kept."""
    return f"{kind.value}:{domain}"
