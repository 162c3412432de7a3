"""Shops that anybody may ask by the Universal Commerce Protocol: what they publish, and what their catalogue says.

All text in here is the shop's: shown as text, never obeyed. Never here: how it is read (formats/ucp), asked for
(channels/ucp), or what becomes of a cart (domain/basket).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.public_price import Availability


class Edition(StrEnum):
    """The editions of the protocol that can be spoken."""

    FIRST = "2026-01-11"
    SECOND = "2026-01-23"
    THIRD = "2026-04-08"
    FOURTH = "2026-08-25"


NEWEST = Edition.FOURTH


class Transport(StrEnum):
    """How a shop's endpoint is spoken to."""

    REST = "rest"
    MCP = "mcp"


class Can(StrEnum):
    """What a shop may say that it can do; whatever else it says is not used."""

    SEARCH = "dev.ucp.shopping.catalog.search"
    LOOK_UP = "dev.ucp.shopping.catalog.lookup"
    CART = "dev.ucp.shopping.cart"
    CHECKOUT = "dev.ucp.shopping.checkout"
    ORDER = "dev.ucp.shopping.order"


class MessageKind(StrEnum):
    """What kind of message a shop sends along."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Severity(StrEnum):
    """What an error means for going on. The values are the protocol's."""

    RECOVERABLE = "recoverable"
    BUYER_INPUT = "requires_buyer_input"
    BUYER_REVIEW = "requires_buyer_review"
    UNRECOVERABLE = "unrecoverable"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShopMessage:
    """One message of a shop. `severity` is None where it gives none; a `must_show` one is never folded away."""

    kind: MessageKind
    text: str
    code: str = ""
    severity: Severity | None = None
    must_show: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShopPolicy:
    """A rule that a shop names: `kind` is its word for it (`return`, `warranty`, …), `link` a web address or ""."""

    kind: str
    text: str
    link: str = ""


class Signed(StrEnum):
    """What a shop's own signature of its answer is worth, judged by the keys on its page about itself.

    `UNCHECKED`: the key does not stand there, or it is of a kind, or made in a way, that is not known.
    """

    NONE = "none"
    RIGHT = "right"
    WRONG = "wrong"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShopKey:
    """A public key that a shop signs with: `x` and `y` are base64url as the shop wrote them, `y` "" where none is."""

    kid: str
    curve: str
    x: str
    y: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Endpoint:
    """One endpoint of a shop, without a slash at the end."""

    transport: Transport
    address: str
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShopProfile:
    """What a shop publishes about itself.

    `says` is the version in its own words, `speaks` the edition that it is spoken to in; `newer`: it says one that is
    newer than all known. `abilities` are those of `Can` that it lists. `keys` are its public keys.
    """

    says: str
    speaks: Edition
    newer: bool
    endpoints: tuple[Endpoint, ...]
    abilities: frozenset[Can]
    keys: tuple[ShopKey, ...] = ()

    def __post_init__(self) -> None:
        if not self.endpoints:
            raise InvalidValue("a shop has an endpoint")

    def endpoint(self) -> Endpoint:
        """The endpoint to speak to: plain calls first, then tools."""
        order = tuple(Transport)
        return min(self.endpoints, key=lambda one: order.index(one.transport))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Shop:
    """A shop that was found, as of `at`; one in a counterparty's file. `domain` is where it was looked for.

    `keys` are those that its answers are judged by.
    """

    id: str
    vendor: VendorId
    at: datetime
    domain: str
    says: str
    speaks: Edition
    endpoint: str
    transport: Transport
    abilities: tuple[Can, ...]
    newer: bool = False
    relationship: RelationshipId | None = None
    keys: tuple[ShopKey, ...] = ()

    def __post_init__(self) -> None:
        if not self.domain or not self.endpoint:
            raise InvalidValue("a shop has a domain and an endpoint")

    @property
    def words(self) -> str:
        """Its domain."""
        return self.domain

    def can(self, what: Can) -> bool:
        """Whether it lists this ability."""
        return what in self.abilities


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShopItem:
    """One thing in a catalogue: `id` is what a cart asks for, `product` what it is a variant of.

    `low` is its price, or with `high` the cheapest of a range; both are the shop's numbers. `unit` is what one is
    sold by ("" for a piece).
    """

    id: str
    title: str
    low: Money
    high: Money | None = None
    product: str = ""
    availability: Availability | None = None
    link: str = ""
    sku: str = ""
    gtin: str = ""
    seller: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CataloguePage:
    """What one answer of a catalogue came to.

    `unclear` counts entries without a clear price, `cut` says that there was more in the answer than is read, and
    `cursor` asks for the next page ("": there is none). `total` is how many the shop says it has.
    """

    items: tuple[ShopItem, ...]
    cursor: str = ""
    total: int | None = None
    unclear: int = 0
    cut: bool = False
    messages: tuple[ShopMessage, ...] = ()
    policies: tuple[ShopPolicy, ...] = ()


class Errand(StrEnum):
    """What a shop is asked to do. The value is the tool's name where tools are called."""

    SEARCH = "search_catalog"
    LOOK_UP = "lookup_catalog"
    CREATE_CART = "create_cart"
    CREATE_CHECKOUT = "create_checkout"
    GET_CHECKOUT = "get_checkout"
    GET_ORDER = "get_order"
    CANCEL_CART = "cancel_cart"
    CANCEL_CHECKOUT = "cancel_checkout"

    @property
    def only_reads(self) -> bool:
        """Whether it changes nothing at the shop."""
        return self in {Errand.SEARCH, Errand.LOOK_UP, Errand.GET_CHECKOUT, Errand.GET_ORDER}

    @property
    def cancels(self) -> bool:
        """Whether it takes something back that was made before."""
        return self in {Errand.CANCEL_CART, Errand.CANCEL_CHECKOUT}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShopCall:
    """One call to a shop: `body` is the exact JSON that leaves, "" where nothing but an id does.

    `profile` is the page about whoever asks that is named to the shop, `key` lets the same call take effect once, `of`
    is the id of what is asked for, and `line` keeps the connections of one relationship apart from all others. By
    `keys`, the shop's own, its answer is judged.
    """

    errand: Errand
    endpoint: Endpoint
    body: str
    profile: str
    line: str
    key: str = ""
    of: str = ""
    keys: tuple[ShopKey, ...] = ()
