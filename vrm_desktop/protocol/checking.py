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
    Closure,
    End,
    Item,
    Offer,
    Ping,
    PriceClaim,
    Receipt,
    Reveal,
    Status,
    TermsAnswer,
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
        case Ping():
            _check_digests(message.digests)
        case TermsAnswer():
            if len(message.agreements) != (0 if message.answer == "decline" else 2):
                raise Malformed("an accepting or countering answer has two agreements, a declining one none")
        case Offer():
            read_instant(message.valid_until)
            check_price(message.price)
        case Receipt():
            check_price(message.price)
        case _:
            pass


def check_price(price: PriceClaim | UnsetType) -> None:
    """Check that the parts of a price sum up.

    Raises:
        Malformed: they do not.
    """
    if not isinstance(price, UnsetType) and price.items + price.shipping + price.fees + price.tax != price.total:
        raise Malformed("the parts of a price sum to its total")


def _check_digests(digests: tuple[str, ...]) -> None:
    if not digests or len(digests) % PAD_TO or sorted(set(digests)) != list(digests):
        raise Malformed(f"digests are sorted, each once, their number a multiple of {PAD_TO}")


def _days(message: AnyMessage) -> Iterator[str]:
    match message:
        case Ping():
            yield message.answers_by
            yield from _set(message.needed_by)
        case Offer() | Status():
            yield from _set(message.by)
        case Reveal() | Accept():
            yield from _until(message.items)
        case End():
            yield from (kept.until for kept in message.keep)
        case Closure():
            yield from (kept.until for kept in message.kept)
        case _:
            pass


def _until(items: tuple[Item, ...]) -> Iterator[str]:
    yield from (item.until for item in items)


def _set(day: str | UnsetType) -> Iterator[str]:
    if not isinstance(day, UnsetType):
        yield day
