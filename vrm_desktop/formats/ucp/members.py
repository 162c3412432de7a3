"""Members of a shop's JSON, read one by one within bounds. What does not fit is as if it were not there.

All of it is somebody else's text: no member is ever an instruction. Never here: which members mean what.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final, TypeAlias

from vrm_desktop.canon.loose_json import Loose, Number, read_loose
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.money import LARGEST, Money
from vrm_desktop.formats.clean_link import clean_link
from vrm_desktop.formats.errors import NotAShopAnswer

Object: TypeAlias = "dict[str, Loose]"
LARGEST_ANSWER: Final = 1024 * 1024
_LINE: Final = 200
_TEXT: Final = 1_000
_ID: Final = 500
_LINK: Final = 2_000
_WHOLE: Final = re.compile(r"-?[0-9]{1,16}", re.ASCII)


def read_object(data: bytes) -> Object:
    """The object that an answer is.

    Raises:
        NotAShopAnswer: no JSON object, or beyond the bounds.
    """
    if len(data) > LARGEST_ANSWER:
        raise NotAShopAnswer("larger than 1 MiB")
    try:
        value = read_loose(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise NotAShopAnswer("no UTF-8") from error
    if not isinstance(value, dict):
        raise NotAShopAnswer("no JSON object")
    return value


def inner(members: Object, name: str) -> Object:
    """The object under this name, or an empty one."""
    value = members.get(name)
    return value if isinstance(value, dict) else {}


def objects(members: Object, name: str, most: int) -> Iterator[Object]:
    """The objects in the list under this name, at most so many. A single object counts as a list of one."""
    value = members.get(name)
    listed = value if isinstance(value, list) else [value]
    yield from (one for one in listed[:most] if isinstance(one, dict))


def counted(members: Object, name: str) -> int:
    """How long the list under this name is."""
    value = members.get(name)
    return len(value) if isinstance(value, list) else 0


def line(members: Object, name: str, most: int = _LINE) -> str:
    """Text on one line, without signs that cannot be seen or that turn the text round; "" where there is none."""
    value = members.get(name)
    return one_line(value, most) if isinstance(value, str) else ""


def one_line(text: str, most: int = _LINE) -> str:
    """This text on one line, likewise."""
    visible = "".join(sign if sign.isprintable() else " " for sign in text[: most * 4])
    return " ".join(visible.split())[:most].strip()


def passage(members: Object, name: str) -> str:
    """Longer text, on one line as well."""
    return line(members, name, _TEXT)


def name_of(members: Object, name: str) -> str:
    """An id exactly as it is, or "" where it has signs that cannot be said again unchanged."""
    value = members.get(name)
    fits = isinstance(value, str) and 0 < len(value) <= _ID and value.isprintable() and value == value.strip()
    return value if fits and isinstance(value, str) else ""


def whole(members: Object, name: str) -> int | None:
    """A whole number, or None: decimals could mean another unit, so they mean nothing."""
    value = members.get(name)
    if not isinstance(value, Number) or _WHOLE.fullmatch(value.text) is None or abs(int(value.text)) > LARGEST:
        return None
    return int(value.text)


def currency_of(members: Object) -> str:
    """The currency, or ""."""
    value = members.get("currency")
    return value if isinstance(value, str) else ""


def money(members: Object, name: str, currency: str) -> Money | None:
    """The amount in minor units of `currency`."""
    minor = whole(members, name)
    try:
        return None if minor is None else Money(minor=minor, currency=currency)
    except InvalidValue:
        return None


def link(members: Object, name: str) -> str:
    """A web link without what follows people, or "". Where it leads is not judged here."""
    value = members.get(name)
    found = clean_link(value) if isinstance(value, str) else None
    return found.link if found is not None and len(found.link) <= _LINK else ""


def exact_link(members: Object, name: str) -> str:
    """A web link exactly as it is, for going on where the shop's own parameters matter; "" where it is none."""
    value = members.get(name)
    fits = isinstance(value, str) and len(value) <= _LINK and clean_link(value) is not None
    return value if fits and isinstance(value, str) else ""


def instant(members: Object, name: str) -> datetime | None:
    """An instant with its zone."""
    value = members.get(name)
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(value)
        return found if found.utcoffset() is not None else None
    except ValueError:
        return None
