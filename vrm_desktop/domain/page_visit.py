"""A page or file of a site that was asked for: written down before it leaves, as it tells the site that somebody came.

Never here: what the page said, nor anything about the person, of whom a visit says no more than the network address.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId

LONGEST_ADDRESS = 2048


class VisitFor(StrEnum):
    """Why it was asked for. The value is stored."""

    PERSON = "person"
    WATCH = "watch"
    ROBOTS = "robots"
    DISCOVERY = "discovery"
    TERMS = "terms"
    KEY = "key"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PageVisit:
    """One address, asked for `times` times for one reason, first at `at` and last at `last`.

    `outcome` is the code of what went wrong last, or `""`; before an answer is known it is `leaving`.
    """

    id: str
    at: datetime
    address: str
    last: datetime
    why: VisitFor
    times: int = 1
    outcome: str = ""
    vendor: VendorId | None = None
    relationship: RelationshipId | None = None

    def __post_init__(self) -> None:
        if not self.address or len(self.address) > LONGEST_ADDRESS:
            raise InvalidValue("a visit has an address of up to 2,048 characters")

    @property
    def words(self) -> str:
        """The address."""
        return self.address

    def again(self, now: datetime) -> "PageVisit":
        """The same, asked for once more."""
        return replace(self, last=now, times=self.times + 1, outcome=LEAVING)


LEAVING = "leaving"
