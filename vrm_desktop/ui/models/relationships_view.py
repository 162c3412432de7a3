"""What the list of relationships shows, worded and formatted."""

from dataclasses import dataclass
from enum import Enum

from vrm_desktop.ui.theme.tokens import Tone


class RelationshipFilter(Enum):
    """What can be asked of a relationship; several at once must all hold."""

    OPEN = "open"
    ORDERED = "ordered"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RelationshipRow:
    """One relationship. `holds` counts what the vendor still has of the person; `since_order` sorts `since`."""

    id: str
    vendor: str
    about: str
    state: str
    tone: Tone
    standing: str
    holds: int
    since: str
    since_order: int
    facts: frozenset[RelationshipFilter]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RelationshipsView:
    """All relationships, the newest first."""

    rows: tuple[RelationshipRow, ...]
    summary: str = ""
