"""What a search by words finds: one shape for all kinds of things. Never here: how they are found, or shown."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.kinds import Side


class FoundKind(StrEnum):
    """What kind of thing was found, in the order in which they are shown."""

    WANT = "want"
    VENDOR = "vendor"
    FIELD = "field"
    OFFER = "offer"
    TOLD = "told"
    STORY = "story"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Found:
    """One thing. `name` says which (a field's or a paper kind's name, else a title), `text` what of it was found.

    `id` is the thing's own; `vendor` its vendor's name, "" where it has none; `sender` who said it; `relationship` and
    `intentcast` say where it belongs.
    """

    kind: FoundKind
    id: str
    name: str
    text: str
    at: datetime
    vendor: str = ""
    sender: Side | None = None
    relationship: RelationshipId | None = None
    intentcast: IntentcastId | None = None
