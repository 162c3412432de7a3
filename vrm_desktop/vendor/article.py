"""One thing the shop sells, as its catalogue row says. Reading the file is elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """`price` includes taxes; `shipping` None means the shop's flat price; `attributes` are what the row tells.

    `quantity` None means that the row does not count pieces; `cost` is what the shop itself pays for one.
    """

    id: str
    title: str
    category: str
    price: Money
    description: str = ""
    link: str = ""
    in_stock: bool = True
    condition: Condition = Condition.ANY
    brand: str = ""
    gtin: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    shipping: Money | None = None
    quantity: int | None = None
    cost: Money | None = None

    @property
    def single(self) -> bool:
        """Whether there is only this one piece: what was used before is not sold by the dozen."""
        return self.condition in {Condition.USED, Condition.REFURBISHED}

    @property
    def pieces(self) -> int | None:
        """How many there are; None when that is not told."""
        if self.quantity is not None:
            return self.quantity
        return 1 if self.single else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All articles of one shop, in the file's order, in one currency. `name` is what people call it."""

    name: str
    articles: tuple[Article, ...]

    @property
    def currency(self) -> str:
        """The one currency of all prices."""
        return self.articles[0].price.currency

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that have an article, sorted."""
        return tuple(sorted({article.category for article in self.articles}))
