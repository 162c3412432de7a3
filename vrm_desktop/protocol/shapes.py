"""From signed bytes to the structs of `messages` and back: the gate of form. Signatures and state live elsewhere."""

from datetime import UTC, date, datetime
from typing import TypeAlias, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.protocol.errors import Malformed

S = TypeVar("S", bound=msgspec.Struct)
INSTANT = "%Y-%m-%dT%H:%M:%SZ"


LeftOut: TypeAlias = UnsetType
"""What an optional member of a message is where it is left out."""

LEFT_OUT = UNSET
"""The one value of `LeftOut`."""


def payload_of(struct: msgspec.Struct) -> bytes:
    """The canonical form of a struct, its optional members left out where unset.

    Raises:
        Malformed: a text in it has no canonical form (a lone surrogate).
    """
    try:
        return strict_json.encode(msgspec.to_builtins(struct))
    except CanonError as error:
        raise Malformed(f"{error.code}: {error}") from error


def revalidated(struct: S) -> S:
    """The same struct, its bounds checked: a struct's own constructor checks nothing.

    Raises:
        Malformed: a value is out of bounds.
    """
    return struct_of(msgspec.to_builtins(struct), type(struct))


def canonical_value(data: bytes) -> JsonValue:
    """The value of bytes that must be in canonical form.

    Raises:
        Malformed: they are not.
    """
    try:
        return strict_json.decode_canonical(data)
    except CanonError as error:
        raise Malformed(f"{error.code}: {error}") from error


def struct_of(value: object, kind: type[S]) -> S:
    """`value` as a struct of `kind`; unknown members are ignored.

    Raises:
        Malformed: it has another shape.
    """
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise Malformed(str(error)) from error


def read_day(text: str) -> date:
    """The civil date of `YYYY-MM-DD`.

    Raises:
        Malformed: there is no such day.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Malformed("no such day") from error
    if day.isoformat() != text:
        raise Malformed("a day in another form")
    return day


def read_instant(text: str) -> datetime:
    """The instant of `YYYY-MM-DDThh:mm:ssZ`.

    Raises:
        Malformed: there is no such instant.
    """
    try:
        moment = datetime.strptime(text, INSTANT).replace(tzinfo=UTC)
    except ValueError as error:
        raise Malformed("no such instant") from error
    if write_instant(moment) != text:
        raise Malformed("an instant in another form")
    return moment


def write_instant(moment: datetime) -> str:
    """`moment`, which carries its zone, in UTC and whole seconds: `YYYY-MM-DDThh:mm:ssZ`.

    Raises:
        Malformed: it carries no zone.
    """
    if moment.tzinfo is None:
        raise Malformed("an instant carries its zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def altered(struct: S, **members: object) -> S:
    """The same message with these members otherwise."""
    return msgspec.structs.replace(struct, **members)
