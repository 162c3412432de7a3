"""What lies in a counterparty's file beside the conversation: one registry of all kinds of paper, and what they share.

A paper is a frozen dataclass that the vault keeps whole under its kind and id. Each kind has a module of its own here
in the domain; never here: what any of them means.
"""

from datetime import datetime
from typing import Protocol

from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.booking import Booking
from vrm_desktop.domain.case import Case
from vrm_desktop.domain.change import Change
from vrm_desktop.domain.checkout import Checkout
from vrm_desktop.domain.consent import Consent
from vrm_desktop.domain.contract import Contract
from vrm_desktop.domain.drp import DrpEntry, DrpExercise
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.leak import Leak, ReplyReference
from vrm_desktop.domain.letter import Letter
from vrm_desktop.domain.limits import Limit, LimitUse
from vrm_desktop.domain.mail import MailIn, MailOut
from vrm_desktop.domain.mail_offer import MailProposal
from vrm_desktop.domain.order_change import ChangeAsked
from vrm_desktop.domain.organisation import Organisation, SiteHint
from vrm_desktop.domain.outside import OutsideAct, OutsideRecord
from vrm_desktop.domain.page_visit import PageVisit
from vrm_desktop.domain.payment import PaymentHandover
from vrm_desktop.domain.price_watch import PriceWatch
from vrm_desktop.domain.promise import Promise
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.quote_desk import QuoteAsked, QuoteDesk
from vrm_desktop.domain.rights import RightsRequest
from vrm_desktop.domain.shop import Shop
from vrm_desktop.domain.shop_search import ShopSearch
from vrm_desktop.domain.thing import Thing
from vrm_desktop.domain.voice import Voice
from vrm_desktop.domain.ways import KnownWay
from vrm_desktop.domain.wish import Wish
from vrm_desktop.domain.wish_rules import WishRule


class Paper(Protocol):
    """What every paper says about itself. `vendor` and `relationship` are None where it belongs to no single one."""

    @property
    def id(self) -> str:
        """Its local id, unique among papers of its kind; never sent."""
        ...

    @property
    def vendor(self) -> VendorId | None:
        """In whose file it lies."""
        ...

    @property
    def relationship(self) -> RelationshipId | None:
        """The relationship that it belongs to."""
        ...

    @property
    def at(self) -> datetime:
        """When it came into the file."""
        ...

    @property
    def words(self) -> str:
        """What a search finds it by."""
        ...


NAME_OF: dict[type[Paper], str] = {
    Attachment: "attachment",
    Booking: "booking",
    Case: "case",
    ChangeAsked: "order-change",
    Change: "change",
    Checkout: "checkout",
    Consent: "consent",
    Contract: "contract",
    Leak: "leak",
    DrpEntry: "drp-entry",
    DrpExercise: "drp-exercise",
    KnownWay: "known-way",
    Letter: "letter",
    MailIn: "mail-in",
    MailOut: "mail-out",
    MailProposal: "mail-proposal",
    Limit: "limit",
    LimitUse: "limit-use",
    Organisation: "organisation",
    OutsideAct: "outside-act",
    OutsideRecord: "outside-record",
    PageVisit: "page-visit",
    PriceWatch: "price-watch",
    PaymentHandover: "payment-handover",
    Promise: "promise",
    PublicPrice: "public-price",
    QuoteAsked: "quote-asked",
    QuoteDesk: "quote-desk",
    ReplyReference: "reply-reference",
    RightsRequest: "rights-request",
    Shop: "shop",
    ShopSearch: "shop-search",
    SiteHint: "site-hint",
    Thing: "thing",
    Voice: "voice",
    Wish: "wish",
    WishRule: "wish-rule",
}
"""Under which name the vault keeps each kind. A name is never given to another kind."""

PAPER_OF: dict[str, type[Paper]] = {name: kind for kind, name in NAME_OF.items()}
