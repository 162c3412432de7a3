"""Ways to reach a counterparty, what each can carry, and by which of them a counterparty is known to answer.

Never here: how a way works (channels), and what is asked by it (services).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from vrm_desktop.domain.disclosure import BasisKind
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId

_ADDRESS_LENGTH = 2000
_DETAIL_LENGTH = 500


class Way(StrEnum):
    """A way to reach a counterparty. The value is also the ledger's word for it."""

    NATIVE = "native"
    UCP = "ucp"
    MCP = "mcp"
    MAIL = "mail"
    PAGE = "page"
    LETTER = "letter"


class Shown(StrEnum):
    """What a counterparty sees of who asks, over and above the network address."""

    NOTHING = "nothing"
    SEARCH = "search"
    VISIT = "visit"
    DEMANDED = "demanded"
    SENDER = "sender"


class AnswersBy(StrEnum):
    """How an answer comes back."""

    POLL = "poll"
    AT_ONCE = "at-once"
    MAIL = "mail"
    BY_HAND = "by-hand"


class Yields(StrEnum):
    """What an answer by this way is: an offer made for the person, or a price that stands there for everybody."""

    OFFER = "offer"
    PUBLIC_PRICE = "public-price"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carries:
    """What a way can carry. The price cap is never told by itself, also where a way could carry it.

    `bases`: on what sending may rest, the first as a rule; only a signed agreement is terms-first. `binding`: whether
    an answer can bind the counterparty before the person accepts it.
    """

    price_cap: bool
    deadline: bool
    terms: bool
    counter: bool
    binding: bool
    bases: tuple[BasisKind, ...]
    shows: Shown
    answers: AnswersBy
    yields: Yields

    @property
    def terms_first(self) -> bool:
        """Whether nothing personal leaves before the person's terms are signed."""
        return self.bases == (BasisKind.SIGNED_AGREEMENT,)


CARRIES: Final[Mapping[Way, Carries]] = MappingProxyType(
    {
        Way.NATIVE: Carries(
            price_cap=False,
            deadline=True,
            terms=True,
            counter=True,
            binding=True,
            bases=(BasisKind.SIGNED_AGREEMENT,),
            shows=Shown.NOTHING,
            answers=AnswersBy.POLL,
            yields=Yields.OFFER,
        ),
        Way.UCP: Carries(
            price_cap=True,
            deadline=False,
            terms=False,
            counter=False,
            binding=False,
            bases=(BasisKind.OWN_ACT,),
            shows=Shown.SEARCH,
            answers=AnswersBy.AT_ONCE,
            yields=Yields.PUBLIC_PRICE,
        ),
        Way.MCP: Carries(
            price_cap=True,
            deadline=True,
            terms=False,
            counter=False,
            binding=True,
            bases=(BasisKind.OWN_ACT,),
            shows=Shown.DEMANDED,
            answers=AnswersBy.POLL,
            yields=Yields.OFFER,
        ),
        Way.MAIL: Carries(
            price_cap=True,
            deadline=True,
            terms=True,
            counter=True,
            binding=True,
            bases=(BasisKind.OWN_ACT, BasisKind.WRITTEN_ACCEPTANCE),
            shows=Shown.SENDER,
            answers=AnswersBy.MAIL,
            yields=Yields.OFFER,
        ),
        Way.PAGE: Carries(
            price_cap=False,
            deadline=False,
            terms=False,
            counter=False,
            binding=False,
            bases=(BasisKind.OWN_ACT,),
            shows=Shown.VISIT,
            answers=AnswersBy.AT_ONCE,
            yields=Yields.PUBLIC_PRICE,
        ),
        Way.LETTER: Carries(
            price_cap=True,
            deadline=True,
            terms=True,
            counter=True,
            binding=True,
            bases=(BasisKind.OWN_ACT, BasisKind.WRITTEN_ACCEPTANCE),
            shows=Shown.SENDER,
            answers=AnswersBy.BY_HAND,
            yields=Yields.OFFER,
        ),
    }
)


class FoundBy(StrEnum):
    """How it became known that a counterparty can be reached by a way."""

    DISCOVERY = "discovery"
    PERSON = "person"
    LIST = "list"
    RECORD = "record"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class KnownWay:
    """One way that a counterparty can be reached by, as of `at`; one of each kind.

    `address` is an address of the web or of e-mail; `versions` those that it speaks, newest first; `detail` a plain
    line about it; `trouble` the code of what went wrong at the last look ("": it answered, or was not asked). Found by
    `RECORD`: it follows from what is written down about the counterparty, and is not kept a second time.
    """

    id: str
    vendor: VendorId
    at: datetime
    way: Way
    address: str
    found: FoundBy
    versions: tuple[str, ...] = ()
    detail: str = ""
    trouble: str = ""
    relationship: RelationshipId | None = None

    def __post_init__(self) -> None:
        if not self.address or len(self.address) > _ADDRESS_LENGTH or len(self.detail) > _DETAIL_LENGTH:
            raise InvalidValue("a way has an address of up to 2,000 characters, and a line of up to 500 about it")

    @property
    def words(self) -> str:
        """Its address."""
        return self.address
