"""Values as other programs' JSON has them, written as JSON text: members in their order, numbers by their digits.

For what leaves to software that is not ours. Our own messages are written by `canon/strict_json.py`. Never here: what
the members mean.
"""

import re

import msgspec

from vrm_desktop.canon.errors import NotStrictJson
from vrm_desktop.canon.loose_json import DEPTH, Loose, Number

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)


def write_loose(value: Loose) -> str:
    """The value on one line.

    Raises:
        NotStrictJson: deeper than `DEPTH`, a lone surrogate, or a number that is none.
    """
    try:
        return msgspec.json.encode(_raw(value, DEPTH)).decode()
    except UnicodeEncodeError as error:
        raise NotStrictJson("a lone surrogate") from error


def show_loose(value: Loose) -> str:
    """The same over several lines, for people's eyes; its value is exactly that of `write_loose`."""
    return msgspec.json.format(write_loose(value), indent=2)


def is_number(text: str) -> bool:
    """Whether this is a number as JSON writes it."""
    return _NUMBER.fullmatch(text) is not None


def _raw(value: Loose, depth: int) -> object:
    match value:
        case Number(text=text):
            if not is_number(text):
                raise NotStrictJson("a number that is none")
            return msgspec.Raw(text.encode("ascii"))
        case list() | dict() if depth == 0:
            raise NotStrictJson("too deep")
        case list():
            return [_raw(item, depth - 1) for item in value]
        case dict():
            return {name: _raw(item, depth - 1) for name, item in value.items()}
        case _:
            return value
