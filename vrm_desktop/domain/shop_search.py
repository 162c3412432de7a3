"""What one search of a shop's catalogue came to, in numbers and the shop's own words. What was found is kept apart."""

from dataclasses import dataclass
from datetime import datetime

from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.shop import ShopMessage, ShopPolicy, Signed


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShopSearch:
    """The last search of one shop for one want.

    `kept` things were kept, `above_cap` cost more than the person would pay, `unclear` had no clear price. `more`: the
    shop has more than was read; `total` is how many it says it has. `refused`: it said why it does not search.
    `signed` is what the signatures of its answers are worth, the worst of them.
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId
    intentcast: IntentcastId
    at: datetime
    kept: int
    above_cap: int = 0
    unclear: int = 0
    more: bool = False
    total: int | None = None
    refused: bool = False
    signed: Signed = Signed.NONE
    messages: tuple[ShopMessage, ...] = ()
    policies: tuple[ShopPolicy, ...] = ()

    @property
    def words(self) -> str:
        """What the shop said."""
        return " ".join(one.text for one in self.messages)
