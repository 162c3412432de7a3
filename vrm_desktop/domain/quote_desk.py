"""Desks that quote through tools: a desk's profile as data, and what was asked of one. No JSON, no network, no wording.

Paths name a place inside an answer or a request: members and numbers of a list joined by dots, `lines.0.quantity`.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.profile import FieldPath

SHORTEST_WAIT = 60
LONGEST_WAIT = 7 * 24 * 3600
MOST_ARGUMENTS = 40
LONGEST_TEXT = 4000
MOST_TOOLS = 50
LONGEST_SCHEMA = 16 * 1024
_PATH = re.compile(r"[A-Za-z_][A-Za-z0-9_\-]{0,63}(\.([A-Za-z_][A-Za-z0-9_\-]{0,63}|[0-9]{1,2})){0,7}")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./\-]{0,127}")
_DESK = re.compile(r"[a-z0-9][a-z0-9\-]{0,63}")


class Fills(StrEnum):
    """What the program puts into an argument by itself. The price cap is not among them."""

    TITLE = "want.title"
    DETAILS = "want.details"
    CONTEXT = "want.context"
    WORDS = "want.words"
    QUANTITY = "want.quantity"
    PLACE = "want.place"
    NEEDED_BY = "needed-by"
    ANSWERS_BY = "answers-by"
    REPEAT_KEY = "repeat-key"
    NAME = "profile.name"
    EMAIL = "profile.email"
    ORGANIZATION = "profile.organization"
    PHONE = "profile.phone"
    POSTCODE = "profile.address.postcode"
    COUNTRY = "profile.address.country"

    @property
    def field(self) -> FieldPath | None:
        """The field of the profile that it is, None for the want's own."""
        return FieldPath(self.value.removeprefix("profile.")) if self.value.startswith("profile.") else None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Argument:
    """One argument of the asking tool and what fills it (None: only the person). What is not required and personal
    is left out unless the person puts it in.
    """

    path: str
    fills: Fills | None = None
    required: bool = False

    def __post_init__(self) -> None:
        _check_path(self.path)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Looking:
    """How an answer is asked for: the tool, the arguments for id and token, and what its status means.

    A status in none of the lists is taken for waiting. `every` is in seconds.
    """

    tool: str
    id_argument: str
    token_argument: str = ""
    status: str = "status"
    ready: tuple[str, ...] = ("ready",)
    over: tuple[str, ...] = ()
    every: int = 900

    def __post_init__(self) -> None:
        _check_tool(self.tool)
        _check_path(self.id_argument)
        _check_path(self.status)
        if self.token_argument:
            _check_path(self.token_argument)
        if not self.ready or not SHORTEST_WAIT <= self.every <= LONGEST_WAIT:
            raise InvalidValue("a desk names its word for ready, and is asked every minute at most")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Quoting:
    """Where a quote stands in the answer; "" where a desk does not say it. Amounts are decimals of the currency.

    `each` is a list of quotes that exclude each other, and all other paths then begin in one of them. Of `lines`, the
    next four are paths in a line; without `lines` they are paths in the quote, for its one line. `currency_usual` is
    the currency where the answer names none.
    """

    each: str = ""
    lines: str = ""
    title: str = ""
    quantity: str = ""
    unit: str = ""
    line_total: str = ""
    total: str = ""
    shipping: str = ""
    fees: str = ""
    tax: str = ""
    currency: str = ""
    currency_usual: str = ""
    valid_until: str = ""
    by: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        amounts = (self.unit, self.line_total, self.total, self.shipping, self.fees, self.tax, self.currency)
        for path in (*amounts, self.each, self.lines, self.title, self.quantity, self.valid_until, self.by, self.note):
            _check_path(path or "x")
        if self.currency_usual:
            Money(minor=0, currency=self.currency_usual)
        if not (self.currency or self.currency_usual) or not (self.total or self.unit or self.line_total):
            raise InvalidValue("a quote has a currency, and a total or the prices of its lines")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Accepting:
    """How a quote is accepted: the tool, its arguments, and where the answer names the order and how to pay."""

    tool: str
    id_argument: str
    token_argument: str = ""
    confirm_argument: str = ""
    order: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        _check_tool(self.tool)
        for path in (self.id_argument, self.token_argument, self.confirm_argument, self.order, self.link):
            _check_path(path or "x")
        if not self.id_argument:
            raise InvalidValue("a quote is accepted by its id")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DeskProfile:
    """How one kind of desk is asked. `id_at` and `token_at` are paths in the answer to the asking tool.

    Without `looking` the answer comes by another way (by mail, say). `checked`: somebody has seen it work; else it is
    after what is published about the desk.
    """

    name: str
    title: str
    tool: str
    arguments: tuple[Argument, ...]
    id_at: str = ""
    token_at: str = ""
    looking: Looking | None = None
    quoting: Quoting | None = None
    accepting: Accepting | None = None
    checked: bool = False

    def __post_init__(self) -> None:
        if _DESK.fullmatch(self.name) is None or not 0 < len(self.title.strip()) <= 100:
            raise InvalidValue("a desk has a short name of a-z, 0-9 and -, and a title")
        _check_tool(self.tool)
        paths = [argument.path for argument in self.arguments]
        if len(set(paths)) != len(paths) or len(paths) > MOST_ARGUMENTS:
            raise InvalidValue(f"a desk has up to {MOST_ARGUMENTS} arguments, each once")
        for path in (self.id_at, self.token_at):
            _check_path(path or "x")
        if self.looking is not None and (not self.id_at or self.quoting is None):
            raise InvalidValue("whoever is asked again has given an id, and quotes somewhere")

    @property
    def demands(self) -> tuple[Fills, ...]:
        """What of the person's profile it demands."""
        filled = (one.fills for one in self.arguments if one.required and one.fills is not None)
        return tuple(one for one in filled if one.field is not None)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DeskTool:
    """One tool as its desk describes it, a stranger's words; `schema` is the JSON of its arguments ("": too long)."""

    name: str
    title: str
    description: str
    schema: str

    def __post_init__(self) -> None:
        if len(self.schema) > LONGEST_SCHEMA or len(self.description) > LONGEST_TEXT:
            raise InvalidValue("a tool's description is too long")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class QuoteDesk:
    """One counterparty's desk: its profile (None: the person fills its form), and its tools as last seen.

    `more`: it has more tools than are kept.
    """

    id: str
    vendor: VendorId
    at: datetime
    profile: DeskProfile | None = None
    tools: tuple[DeskTool, ...] = ()
    seen: datetime | None = None
    more: bool = False
    relationship: RelationshipId | None = None

    @property
    def words(self) -> str:
        """What kind of desk it is."""
        return self.profile.title if self.profile is not None else ""

    def tool(self, name: str) -> DeskTool | None:
        """The tool of that name, as last seen."""
        return next((one for one in self.tools if one.name == name), None)


class QuoteState(StrEnum):
    """How far asking a desk has come. The value is stored.

    `UNCLEAR`: it answered something that cannot be taken for an offer without the person. `ELSEWHERE`: it has taken
    the request, and answers by another way.
    """

    DRAFT = "draft"
    HELD = "held"
    PENDING = "pending"
    ELSEWHERE = "elsewhere"
    REFUSED = "refused"
    UNCLEAR = "unclear"
    QUOTED = "quoted"
    ACCEPTING = "accepting"
    ORDERED = "ordered"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Typed:
    """What the person puts into one argument: "@" for what the desk's profile would fill, "" to leave it out."""

    path: str
    text: str

    def __post_init__(self) -> None:
        _check_path(self.path)
        if len(self.text) > LONGEST_TEXT:
            raise InvalidValue("an argument has up to 4,000 characters")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class QuoteAsked:
    """What is, or was, asked of one desk for one want. In a draft, `typed` holds what the person put in.

    `tool` "" is the profile's. `number` and `token` are the desk's, `said` its last words, `link` where it wants to be
    paid; `link_elsewhere`: that is not its own site. `two_totals` are the sum of the parts and the total it names.
    """

    id: str
    vendor: VendorId
    at: datetime
    intentcast: IntentcastId
    state: QuoteState = QuoteState.DRAFT
    relationship: RelationshipId | None = None
    tool: str = ""
    typed: tuple[Typed, ...] = ()
    number: str = ""
    token: str = ""
    polls: int = 0
    next_look: datetime | None = None
    status: str = ""
    said: str = ""
    trouble: str = ""
    two_totals: tuple[Money, ...] = ()
    offers: tuple[MessageId, ...] = ()
    order: str = ""
    link: str = ""
    link_elsewhere: bool = False

    def __post_init__(self) -> None:
        if len({one.path for one in self.typed}) != len(self.typed) or len(self.typed) > MOST_ARGUMENTS:
            raise InvalidValue("each argument is put in once")
        if max(len(self.number), len(self.token)) > 500 or len(self.said) > LONGEST_TEXT:
            raise InvalidValue("a desk's id and token have up to 500 characters, its words up to 4,000")

    @property
    def words(self) -> str:
        """The desk's number and words."""
        return f"{self.number} {self.said}".strip()

    def now(self, state: QuoteState, trouble: str = "") -> "QuoteAsked":
        """The same in another state."""
        return replace(self, state=state, trouble=trouble)


def steps(path: str) -> tuple[str | int, ...]:
    """A path's members and numbers in order."""
    return tuple(int(part) if part.isdecimal() else part for part in path.split("."))


def _check_path(path: str) -> None:
    if _PATH.fullmatch(path) is None:
        raise InvalidValue(f"no path: {path!r}")


def _check_tool(name: str) -> None:
    if _NAME.fullmatch(name) is None:
        raise InvalidValue(f"no name of a tool: {name!r}")
