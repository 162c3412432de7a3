"""What a mail proposes and the person has, or has not, confirmed. A proposal is no offer and is ranked nowhere.

Never here: how mails are read (formats/mail_offer), and the offer that a confirmed proposal becomes (offer).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.mail_reading import MailReading, TaxBasis
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import Price


class ProposalState(StrEnum):
    """What the person made of a proposal."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class MailWarning(StrEnum):
    """What the person has to look at and confirm, each by itself, before a mail counts as an offer."""

    NO_SENDER = "no-sender"
    SENDER_ELSEWHERE = "sender-elsewhere"
    REPLY_ELSEWHERE = "reply-elsewhere"
    AUTHENTICATION_FAILED = "authentication-failed"
    HIDDEN_TEXT = "hidden-text"
    LINK_ELSEWHERE = "link-elsewhere"
    CUT = "cut"
    BANK_DETAILS = "bank-details"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailProposal:
    """What one mail seems to offer for a want. `mail` is the id of the mail's paper, `digest` the hash of its bytes.

    `dated` is the day from which its periods count. `terms_accepted`: the person says that the vendor accepts her
    terms in this mail. `offer` is what it became, once confirmed.
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    intentcast: IntentcastId
    mail: str
    digest: Digest
    sender: str
    dated: date
    reading: MailReading
    warnings: tuple[MailWarning, ...] = ()
    state: ProposalState = ProposalState.PROPOSED
    terms_accepted: bool = False
    offer: MessageId | None = None

    def __post_init__(self) -> None:
        if (self.state is ProposalState.CONFIRMED) != (self.offer is not None):
            raise InvalidValue("a proposal has its offer exactly when it was confirmed")
        if len(set(self.warnings)) != len(self.warnings):
            raise InvalidValue("each warning is given once")

    @property
    def words(self) -> str:
        """Who wrote."""
        return self.sender

    def confirmed(self, offer: MessageId) -> "MailProposal":
        """The proposal, which became an offer."""
        return replace(self, state=ProposalState.CONFIRMED, offer=offer)

    def dropped(self) -> "MailProposal":
        """The proposal, which the person put aside."""
        return replace(self, state=ProposalState.DROPPED, offer=None)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ConfirmedValues:
    """What the person says that the mail offers: as proposed, or corrected. `by` is the day by which it comes."""

    total: Money
    valid_until: date
    items: Money | None = None
    shipping: Money | None = None
    tax: TaxBasis | None = None
    by: date | None = None
    returns_days: int | None = None
    warranty_months: int | None = None
    binding: bool = False

    def __post_init__(self) -> None:
        parts = (self.total, *(one for one in (self.items, self.shipping) if one is not None))
        if self.total.minor <= 0 or any(one.minor < 0 for one in parts):
            raise InvalidValue("an offer costs something")
        if len({one.currency for one in parts}) != 1:
            raise InvalidValue("an offer has one currency")
        if min(self.returns_days or 0, self.warranty_months or 0) < 0:
            raise InvalidValue("days and months are not negative")

    @property
    def price(self) -> Price:
        """The all-in price in its parts: what is neither shipping nor, for net prices, the goods is tax.

        Raises:
            InvalidValue: the parts come to more than the total, or gross parts do not come to it.
        """
        sent = self.shipping.minor if self.shipping is not None else 0
        goods = self.items.minor if self.items is not None else self.total.minor - sent
        tax = self.total.minor - goods - sent
        if tax and self.tax is not TaxBasis.NET:
            raise InvalidValue("goods and shipping do not come to the total")
        return Price(currency=self.total.currency, items=goods, shipping=sent, fees=0, tax=tax, total=self.total.minor)
