"""A quote desk's profile as a JSON file: shipped ones, and those that a person writes or edits. Strict; pure.

Members are those of `domain/quote_desk.py`'s dataclasses, by their names; what is left out has its usual value.
"""

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, Final, TypeVar

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.quote_desk import Accepting, Argument, DeskProfile, Fills, Looking, Quoting
from vrm_desktop.formats.errors import NotADeskProfile

LARGEST: Final = 64 * 1024
T = TypeVar("T")


def read_profile(data: bytes) -> DeskProfile:
    """The profile in a file.

    Raises:
        NotADeskProfile: larger than 64 KiB, not an object, or a member that is unknown, missing or of another kind.
    """
    if len(data) > LARGEST:
        raise NotADeskProfile("larger than 64 KiB")
    try:
        value = strict_json.decode(data)
        return _made(DeskProfile, value)
    except (CanonError, DomainError, ValueError) as error:
        raise NotADeskProfile(str(error)) from error


def write_profile(profile: DeskProfile) -> bytes:
    """A profile as a file to edit; what has its usual value is left out."""
    return strict_json.encode(_plain(profile))


def _made(kind: type[T], value: JsonValue) -> T:
    if not isinstance(value, dict):
        raise NotADeskProfile(f"{kind.__name__}: an object is expected")
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type] # all kinds here are dataclasses
    unknown = sorted(set(value) - set(known))
    if unknown:
        raise NotADeskProfile(f"unknown: {', '.join(unknown)}")
    missing = [name for name, field in known.items() if field.default is MISSING and name not in value]
    if missing:
        raise NotADeskProfile(f"missing: {', '.join(missing)}")
    readers = _READERS[kind]
    return kind(**{name: readers.get(name, _text)(member) for name, member in value.items()})


def _text(member: JsonValue) -> str:
    if not isinstance(member, str):
        raise NotADeskProfile("a text is expected")
    return member


def _texts(member: JsonValue) -> tuple[str, ...]:
    if not isinstance(member, list):
        raise NotADeskProfile("a list of texts is expected")
    return tuple(_text(one) for one in member)


def _truth(member: JsonValue) -> bool:
    if not isinstance(member, bool):
        raise NotADeskProfile("true or false is expected")
    return member


def _number(member: JsonValue) -> int:
    if not isinstance(member, int) or isinstance(member, bool):
        raise NotADeskProfile("a whole number is expected")
    return member


def _arguments(member: JsonValue) -> tuple[Argument, ...]:
    if not isinstance(member, list):
        raise NotADeskProfile("a list of arguments is expected")
    return tuple(_made(Argument, one) for one in member)


_READERS: Final[dict[type[Any], dict[str, Callable[[JsonValue], Any]]]] = {
    Argument: {"fills": lambda member: Fills(_text(member)), "required": _truth},
    Looking: {"ready": _texts, "over": _texts, "every": _number},
    Quoting: {},
    Accepting: {},
    DeskProfile: {
        "arguments": _arguments,
        "looking": lambda member: _made(Looking, member),
        "quoting": lambda member: _made(Quoting, member),
        "accepting": lambda member: _made(Accepting, member),
        "checked": _truth,
    },
}


def _plain(value: Any) -> object:
    match value:
        case Argument() | Looking() | Quoting() | Accepting() | DeskProfile():
            told = ((field, getattr(value, field.name)) for field in fields(value))
            return {field.name: _plain(member) for field, member in told if member != field.default}
        case tuple():
            return [_plain(one) for one in value]
        case Fills():
            return value.value
        case _:
            return value
