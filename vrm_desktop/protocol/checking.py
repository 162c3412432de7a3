"""What a payload's shape alone cannot say: real dates, sums, counts, `must`. Looks at one message, never at state."""

from collections.abc import Iterator

from msgspec import UnsetType

from vrm_desktop.domain.kinds import Kind
from vrm_desktop.protocol.disclosures import PAD_TO
from vrm_desktop.protocol.errors import Malformed, NotServed, Unsupported
from vrm_desktop.protocol.messages import (
    VERSION,
    Accept,
    AnyMessage,
    Case,
    CaseAnswer,
    Closure,
    Contact,
    Contract,
    DataWish,
    End,
    Grant,
    InReturn,
    Item,
    Notice,
    Offer,
    OrderChange,
    Ping,
    PriceClaim,
    Receipt,
    Reveal,
    Status,
    TermsAnswer,
    Update,
    UseReport,
    WiderItem,
)
from vrm_desktop.protocol.shapes import read_day, read_instant


def kind_of(message: AnyMessage) -> Kind:
    """The kind of a message."""
    return Kind(str(message.__struct_config__.tag))


def outcome_of(message: AnyMessage) -> str:
    """What tells apart the transitions of one kind: the answer on terms; "" for all other kinds."""
    return message.answer if isinstance(message, TermsAnswer) else ""


def check_version(value: object) -> None:
    """Refuse another version before its shape is judged by this one's.

    Raises:
        NotServed: `v` is another number.
    """
    match value:
        case {"v": int(version)} if version != VERSION:
            raise NotServed(f"version {version}")


def check_message(message: AnyMessage) -> None:
    """Check what the shape cannot say.

    Raises:
        Malformed: a day that does not exist, parts that do not sum up, a wrong count.
        Unsupported: `must` names a member that this version does not know.
    """
    if not isinstance(message.must, UnsetType):
        unknown = set(message.must) - {"kind", *message.__struct_fields__}
        if unknown:
            raise Unsupported(", ".join(sorted(unknown)))
    (read_instant if "T" in message.exp else read_day)(message.exp)
    for day in _days(message):
        read_day(day)
    match message:
        case Ping() | Contact():
            _check_digests(message.digests)
        case TermsAnswer():
            if len(message.agreements) != (0 if message.answer == "decline" else 2):
                raise Malformed("an accepting or countering answer has two agreements, a declining one none")
        case Offer():
            read_instant(message.valid_until)
            check_price(message.price)
            check_contract(message.contract)
        case Receipt():
            check_price(message.price)
        case _:
            _check_living(message)


def _check_living(message: AnyMessage) -> None:
    match message:
        case Case() | CaseAnswer():
            _check_amount(message)
        case DataWish() if not isinstance(message.in_return, UnsetType):
            _check_amount(message.in_return)
        case Status():
            if isinstance(message.of, UnsetType) != isinstance(message.answer, UnsetType):
                raise Malformed("an answer to an order-change names it, and says yes or no")
        case UseReport():
            if isinstance(message.until, UnsetType) == (message.state == "extended"):
                raise Malformed("a report says until when exactly if it takes longer")
        case _:
            pass


def carried(message: AnyMessage) -> tuple[str, ...]:
    """The digests of the values that ride beside a message, in its order."""
    match message:
        case Reveal() | Accept() | OrderChange() | Update() | Grant():
            return tuple(item.digest for item in message.items)
        case UseReport():
            return message.digests
        case _:
            return ()


def check_price(price: PriceClaim | UnsetType) -> None:
    """Check that the parts of a price sum up.

    Raises:
        Malformed: they do not.
    """
    if not isinstance(price, UnsetType) and price.items + price.shipping + price.fees + price.tax != price.total:
        raise Malformed("the parts of a price sum to its total")


def check_contract(contract: Contract | UnsetType) -> None:
    """Check a running contract: a real first day, and renewal only of what ends.

    Raises:
        Malformed: it is not so.
    """
    if isinstance(contract, UnsetType):
        return
    for day in _set(contract.starts):
        read_day(day)
    if contract.renews_months and not contract.months:
        raise Malformed("a contract without end does not renew")


def _check_amount(said: Case | CaseAnswer | InReturn) -> None:
    if isinstance(said.amount, UnsetType) != isinstance(said.currency, UnsetType):
        raise Malformed("an amount has its currency")


def _check_digests(digests: tuple[str, ...]) -> None:
    if not digests or len(digests) % PAD_TO or sorted(set(digests)) != list(digests):
        raise Malformed(f"digests are sorted, each once, their number a multiple of {PAD_TO}")


def _days(message: AnyMessage) -> Iterator[str]:
    match message:
        case Ping():
            yield message.answers_by
            yield from _set(message.needed_by)
        case Offer() | Status() | Case() | CaseAnswer() | Notice():
            yield from _set(message.by)
        case Reveal() | Accept() | Update() | Grant():
            yield from _until(message.items)
        case OrderChange():
            yield from _set(message.by)
            yield from _until(message.items)
        case DataWish():
            yield from _set(message.by)
            if not isinstance(message.in_return, UnsetType):
                yield message.in_return.due
        case UseReport():
            yield from _set(message.until)
            yield from (value.until for value in message.held)
            yield from (use.day for use in message.uses)
        case End():
            yield from (kept.until for kept in message.keep)
        case Closure():
            yield from (kept.until for kept in message.kept)
        case _:
            pass


def _until(items: tuple[Item | WiderItem, ...]) -> Iterator[str]:
    yield from (item.until for item in items)


def _set(day: str | UnsetType) -> Iterator[str]:
    if not isinstance(day, UnsetType):
        yield day
