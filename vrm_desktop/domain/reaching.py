"""How a counterparty can be reached, and what else can be done for a want that nobody answers: as it is shown.

Never here: finding it out (services), and words for it (wording).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.organisation import Organisation
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import KnownWay, Shown, Way


class TermsKnown(StrEnum):
    """What is known about whether a counterparty takes the person's terms."""

    SIGNS = "signs"
    NAMES = "names"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorWays:
    """How a counterparty can be reached, the best way first.

    `site` is what would be asked ("": no site is known); `looked` when it was asked last; `asked` what was asked for
    just now, in order; `trouble` the code of what went wrong then.
    """

    vendor: Counterparty
    ways: tuple[KnownWay, ...]
    terms: TermsKnown
    site: str = ""
    looked: datetime | None = None
    asked: tuple[str, ...] = ()
    trouble: str = ""


def ways_of_entry(entry: Organisation) -> tuple[Way, ...]:
    """By which ways an entry of an imported list can be reached, as far as the list says."""
    named = ((Way.MAIL, entry.email), (Way.PAGE, entry.web), (Way.LETTER, entry.postal))
    return tuple(way for way, address in named if address.strip())


class Because(StrEnum):
    """Why other ways are worth a look."""

    NOBODY_KNOWN = "nobody-known"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"
    UNSURE = "unsure"
    NO_OFFER = "no-offer"
    EXPIRED = "expired"
    NOTHING_WRONG = "nothing-wrong"


class NextKind(StrEnum):
    """What can be done next."""

    ASK = "ask"
    USE_PRICE = "use-price"
    LOOK = "look"
    DISCOVER = "discover"
    WRITE = "write"
    CHOOSE_FROM_LIST = "choose-from-list"
    ADD = "add"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NextWay:
    """One way on. `tells` is all that it would tell by name; `shows` what the other side sees besides.

    `vendor` is None where it is about nobody yet, `price` is set for a public price that is kept already, `address`
    is where it goes ("": nowhere yet), `count` how many a list has.
    """

    kind: NextKind
    way: Way | None = None
    vendor: Counterparty | None = None
    price: PublicPrice | None = None
    tells: tuple[PlannedField, ...] = ()
    shows: Shown = Shown.NOTHING
    address: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NextWays:
    """The ways on for one want, the best first, and why they are shown; none where nothing is wrong."""

    want: Intentcast
    because: Because
    ways: tuple[NextWay, ...]
