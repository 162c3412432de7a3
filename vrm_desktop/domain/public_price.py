"""A public price: what a shop's page said on one day. No offer made for the person, and nobody is bound by it.

Never here: how a page is read (formats/product_page), nor any ranking: a public price is never ranked among offers.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.ways import Way

LONGEST_LINE = 200
LONGEST_LINK = 2000


class Availability(StrEnum):
    """What the page says about having it."""

    IN_STOCK = "in-stock"
    LIMITED = "limited"
    IN_STORE_ONLY = "in-store-only"
    PREORDER = "preorder"
    BACKORDER = "backorder"
    OUT_OF_STOCK = "out-of-stock"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PublicPrice:
    """One price on a page, kept for the want `intentcast` and seen at `at`.

    `low` is the price, or with `high` the cheapest of a range; both are above zero. `net`: the page says that tax
    comes on top. `shipping`, `condition` and `availability` are None where the page does not say. `link` is without the
    parameters named in `stripped`. `seller` is a name, `host` a domain; either is "" where the page has none.
    By another `way` than a page it is an entry in a shop's own list, and `item` is what the shop calls it.
    """

    id: str
    intentcast: IntentcastId
    title: str
    at: datetime
    low: Money
    high: Money | None = None
    net: bool = False
    shipping: Money | None = None
    condition: Condition | None = None
    availability: Availability | None = None
    seller: str = ""
    host: str = ""
    link: str = ""
    stripped: tuple[str, ...] = ()
    brand: str = ""
    gtin: str = ""
    sku: str = ""
    valid_until: date | None = None
    vendor: VendorId | None = None
    relationship: RelationshipId | None = None
    way: Way = Way.PAGE
    item: str = ""

    def __post_init__(self) -> None:
        lines = (self.title, self.seller, self.host, self.brand, self.gtin, self.sku)
        if not self.title.strip() or any(len(line) > LONGEST_LINE for line in lines) or len(self.link) > LONGEST_LINK:
            raise InvalidValue("a public price has a title of up to 200 characters, and a link of up to 2,000")
        if self.low.minor <= 0 or (self.high is not None and not self.low < self.high):
            raise InvalidValue("a public price is above zero, and a range goes up")

    @property
    def words(self) -> str:
        """Its title, its numbers and whose page it was."""
        parts = (self.title, self.brand, self.gtin, self.sku, self.seller, self.host)
        return " ".join(part for part in parts if part)

    @property
    def same_place(self) -> tuple[str, ...]:
        """Equal for prices of one product on one page: a page seen again replaces what it said before."""
        condition = self.condition.value if self.condition is not None else ""
        where = (self.intentcast, self.host, self.seller, self.link, self.title, self.gtin, self.sku)
        return (*where, condition, self.low.currency)
