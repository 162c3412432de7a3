"""What one page says: prices as they stand there, before anybody keeps them. No reading here."""

from dataclasses import dataclass
from datetime import date

from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.public_price import Availability


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PagePrice:
    """One product's price. `high` is set for a range; `link` is as the page gives it, not yet cleaned, or ""."""

    title: str
    low: Money
    high: Money | None = None
    net: bool = False
    shipping: Money | None = None
    condition: Condition | None = None
    availability: Availability | None = None
    seller: str = ""
    link: str = ""
    brand: str = ""
    gtin: str = ""
    sku: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PageRead:
    """One page's prices, in its order. `unclear`: how many offers had no clear price; `more`: not all was read."""

    prices: tuple[PagePrice, ...]
    unclear: int
    more: bool
