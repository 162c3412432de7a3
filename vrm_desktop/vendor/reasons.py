"""Why the desk answered as it did: a code and the few facts that go with it. Their wording is not here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """The grounds of one answer, or of leaving it to a person of the shop."""

    TERMS_LISTED = "terms-listed"
    TERMS_COUNTERED = "terms-countered"
    TERMS_UNLISTED = "terms-unlisted"
    BEST_FIT = "best-fit"
    BID_MET = "bid-met"
    NO_ARTICLE = "no-article"
    NO_CONDITION = "no-condition"
    NO_MATCH = "no-match"
    NO_STOCK = "no-stock"
    NO_WAY = "no-way"
    OUT_OF_BOUNDS = "out-of-bounds"
    BID_TOO_LOW = "bid-too-low"
    BID_UNREADABLE = "bid-unreadable"
    PRICE_MET = "price-met"
    PRICE_FLOOR = "price-floor"
    PRICE_STANDS = "price-stands"
    ORDER_FITS = "order-fits"
    OFFER_GONE = "offer-gone"
    NOT_SERVED = "not-served"
    SAID_NO = "said-no"
    LEFT_TO_HAND = "left-to-hand"
    BY_HAND = "by-hand"
    CANCELLED_IN_TIME = "cancelled-in-time"
    RIGHT_MET = "right-met"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    TERMS_DO_NOT_ALLOW = "terms-do-not-allow"


NO_OFFER = frozenset(
    {
        Why.NO_ARTICLE,
        Why.NO_CONDITION,
        Why.NO_MATCH,
        Why.NO_STOCK,
        Why.NO_WAY,
        Why.OUT_OF_BOUNDS,
        Why.BID_TOO_LOW,
        Why.BID_UNREADABLE,
        Why.TERMS_UNLISTED,
        Why.NOT_SERVED,
        Why.SAID_NO,
    }
)
"""What somebody asked for and the shop could not offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One reason. `facts` never hold a value that somebody disclosed; `by` is who of the shop decided, or empty."""

    why: Why
    facts: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
