"""What a shop says about itself and how it answers: the values of `desk.toml`, checked. Reading the file is elsewhere.

All of a desk's character is in these values; no code asks which shop it runs for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.intentcast import Fulfilment
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.terms import CAST_TERMS, SERVICE_TERMS
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.vendor.account import Account
from vrm_desktop.vendor.connectors.settings import ConnectorSettings
from vrm_desktop.vendor.drp.settings import DrpSettings
from vrm_desktop.vendor.errors import BadSettings
from vrm_desktop.vendor.rules import AnswerRules, Rule

ADDRESS = (
    "profile.name",
    "profile.address.street",
    "profile.address.postcode",
    "profile.address.locality",
    "profile.address.country",
)


class Otherwise(StrEnum):
    """What a shop does with terms it does not sign as proffered."""

    COUNTER = "counter"
    DECLINE = "decline"


class PayMethod(StrEnum):
    """Ways to pay (the wire's words)."""

    SEPA_TRANSFER = "sepa-transfer"
    VENDOR_LINK = "vendor-link"
    ON_DELIVERY = "on-delivery"
    CASH = "cash"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRules:
    """The roster ids signed as proffered, for the cast and the service; a counter names the first of each."""

    cast: tuple[str, ...] = (CAST_TERMS,)
    service: tuple[str, ...] = (SERVICE_TERMS,)
    otherwise: Otherwise = Otherwise.DECLINE
    note: str = ""

    def __post_init__(self) -> None:
        if self.otherwise is Otherwise.COUNTER and not (self.cast and self.service):
            raise BadSettings("terms.otherwise = counter needs at least one id in terms.cast and in terms.service")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRules:
    """How things reach people: the ways in order of preference, the shop's flat price (None: free), days until then."""

    ways: tuple[Fulfilment, ...] = (Fulfilment.DELIVERED, Fulfilment.COLLECTED)
    price: Money | None = None
    days: int = 5
    collect_days: int = 1

    def __post_init__(self) -> None:
        if not self.ways or Fulfilment.ANY in self.ways:
            raise BadSettings("delivery.ways names at least one of delivered, collected, on-site")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRules:
    """What every offer says. `lowest_percent` of the list price is the floor when a person bargains."""

    binding: bool = True
    valid_days: int = 7
    returns_days: int = 14
    warranty_months: int = 0
    lowest_percent: int = 100
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRules:
    """What is asked of somebody who accepts, and for how many days it is used."""

    delivered: tuple[str, ...] = ADDRESS
    collected: tuple[str, ...] = ("profile.name",)
    days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRules:
    """How the shop is paid. A transfer needs the account, a vendor's link the link."""

    methods: tuple[PayMethod, ...] = (PayMethod.ON_DELIVERY,)
    account: Account | None = None
    link: str = ""

    def __post_init__(self) -> None:
        if PayMethod.SEPA_TRANSFER in self.methods and self.account is None:
            raise BadSettings("payment.methods names sepa-transfer, so payment.payee and payment.iban are needed")
        if PayMethod.VENDOR_LINK in self.methods and not self.link:
            raise BadSettings("payment.methods names vendor-link, so payment.link is needed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long the shop takes to answer each kind of question, and when to look again."""

    terms: timedelta = timedelta()
    offers: timedelta = timedelta()
    orders: timedelta = timedelta()
    ask_again: timedelta = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """A daily window, in UTC, in which the desk takes nothing in. It may go over midnight."""

    begins: time
    ends: time

    def left(self, now: datetime) -> timedelta | None:
        """How long the window still lasts at `now`; None outside of it."""
        clock = now.time().replace(tzinfo=None)
        over_midnight = self.ends <= self.begins
        inside = clock >= self.begins or clock < self.ends if over_midnight else self.begins <= clock < self.ends
        if not inside:
            return None
        end = datetime.combine(now.date(), self.ends, tzinfo=now.tzinfo)
        return end - now if end > now else end + timedelta(days=1) - now


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The intake budget: new conversations and messages in all a minute; and connections at once. Of one process."""

    conversations_per_minute: int = 600
    messages_per_minute: int = 6000
    connections: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A ready-made answer for the shop's people: `note` goes with the offer, the numbers fill the form."""

    name: str
    note: str = ""
    valid_days: int | None = None
    discount_percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRules:
    """What the desk does by itself after an order: whether it cancels one that is not yet away."""

    cancel_before_shipping: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WishTemplate:
    """A ready-made wish for more data: which fields, what for, for how many days, why, and what comes back for it.

    `in_return` is due so many days after it is asked; `amount` is what it is worth, if it is worth an amount.
    """

    name: str
    fields: tuple[str, ...]
    purpose: Purpose
    days: int
    why: str
    in_return: str = ""
    in_return_days: int = 14
    amount: Money | None = None
    answer_days: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSettings:
    """Everything in `desk.toml`. Empty `categories` means: those of the catalogue; empty `regions`: everywhere."""

    name: str
    kind: OrganisationKind = OrganisationKind.SHOP
    about: str = ""
    email: str = ""
    url: str = ""
    privacy: str = ""
    languages: tuple[str, ...] = ("en",)
    categories: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    catalogue: str = ""
    terms: TermsRules = TermsRules()
    delivery: DeliveryRules = DeliveryRules()
    offers: OfferRules = OfferRules()
    orders: OrderRules = OrderRules()
    payment: PaymentRules = PaymentRules()
    pace: Pace = Pace()
    maintenance: tuple[Maintenance, ...] = ()
    limits: Limits = Limits()
    product_types: Mapping[str, str] = field(default_factory=dict)
    answers: AnswerRules = AnswerRules()
    rules: tuple[Rule, ...] = ()
    templates: tuple[Template, ...] = ()
    service: ServiceRules = ServiceRules()
    wishes: tuple[WishTemplate, ...] = ()
    connectors: tuple[ConnectorSettings, ...] = ()
    drp: DrpSettings | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.name) <= 120:
            raise BadSettings("name has 1 to 120 characters")
