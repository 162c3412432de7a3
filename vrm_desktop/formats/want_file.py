"""A want as a JSON file: members as `vrm intentcast show --json` names them; all but title, category, area optional."""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.intentcast import Condition, Fulfilment, Intentcast, Weights
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.formats.errors import NotAWantFile

T = TypeVar("T")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MEMBERS = frozenset(
    {
        "title",
        "category",
        "area",
        "details",
        "attributes",
        "condition",
        "fulfilment",
        "place",
        "quantity",
        "needed_by",
        "answers_by",
        "price_cap",
        "payment",
        "weights",
        "sealed_offers",
    }
)


def read_want(data: bytes) -> WantDraft:
    """The want in a JSON file.

    Raises:
        NotAWantFile: not a JSON object, a member that is unknown, or one of another kind.
    """
    try:
        value = strict_json.decode(data)
    except CanonError as error:
        raise NotAWantFile(f"{error.code}: {error}") from error
    if not isinstance(value, dict):
        raise NotAWantFile("not an object")
    unknown = sorted(set(value) - MEMBERS)
    if unknown:
        raise NotAWantFile(f"unknown: {', '.join(unknown)}")
    try:
        return _draft(value)
    except (DomainError, KeyError, TypeError, ValueError) as error:
        raise NotAWantFile(str(error)) from error


def write_want(want: Intentcast, *, with_cap: bool = False) -> bytes:
    """A want for somebody else to make their own: what it is, and nothing of whose it was.

    Place, region, days, ways to pay and weights stay here, and so does the most that one would pay, unless `with_cap`.
    """
    value: dict[str, object] = {
        "title": want.title,
        "category": want.category,
        "area": want.area.country,
        "attributes": dict(want.attributes),
        "condition": want.condition.value,
        "fulfilment": want.fulfilment.value,
        "quantity": want.quantity,
    }
    if want.details:
        value["details"] = want.details
    if with_cap and want.price_cap is not None:
        value["price_cap"] = {"minor": want.price_cap.minor, "currency": want.price_cap.currency}
    return strict_json.encode(value)


def _draft(value: dict[str, JsonValue]) -> WantDraft:
    return WantDraft(
        title=_text(value, "title"),
        category=_text(value, "category"),
        area=_optional(value, "area", _area),
        details=_text(value, "details"),
        attributes=_optional(value, "attributes", _texts) or {},
        condition=_optional(value, "condition", lambda one: Condition(_word(one))),
        fulfilment=_optional(value, "fulfilment", lambda one: Fulfilment(_word(one))),
        place=_text(value, "place"),
        quantity=_optional(value, "quantity", _number),
        needed_by=_optional(value, "needed_by", _day),
        answers_by=_optional(value, "answers_by", _day),
        price_cap=_optional(value, "price_cap", _money),
        payment=_optional(value, "payment", _list) or (),
        weights=_optional(value, "weights", _weights),
        sealed_offers=_optional(value, "sealed_offers", _truth) or False,
    )


def _optional(value: dict[str, JsonValue], name: str, read: Callable[[JsonValue], T]) -> T | None:
    member = value.get(name)
    return None if member is None else read(member)


def _text(value: dict[str, JsonValue], name: str) -> str:
    return _optional(value, name, _word) or ""


def _word(member: JsonValue) -> str:
    if not isinstance(member, str):
        raise NotAWantFile("a text is expected")
    return member


def _truth(member: JsonValue) -> bool:
    if not isinstance(member, bool):
        raise NotAWantFile("true or false is expected")
    return member


def _object(member: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(member, dict):
        raise NotAWantFile("an object is expected")
    return member


def _number(member: JsonValue) -> int:
    if not isinstance(member, int) or isinstance(member, bool):
        raise NotAWantFile("a whole number is expected")
    return member


def _day(member: JsonValue) -> date:
    text = _word(member)
    if not _DAY.fullmatch(text):
        raise NotAWantFile("a day looks like 2026-11-27")
    return date.fromisoformat(text)


def _money(member: JsonValue) -> Money:
    amount = _object(member)
    return Money(minor=_number(amount["minor"]), currency=_word(amount["currency"]))


def _area(member: JsonValue) -> Area:
    if isinstance(member, str):
        return Area.from_code(member)
    area = _object(member)
    region, prefix = area.get("region"), area.get("postal_prefix")
    return Area(
        country=_word(area["country"]),
        region=None if region is None else _word(region),
        postal_prefix=None if prefix is None else _word(prefix),
    )


def _texts(member: JsonValue) -> dict[str, str]:
    return {key: _word(text) for key, text in _object(member).items()}


def _list(member: JsonValue) -> tuple[str, ...]:
    if not isinstance(member, list):
        raise NotAWantFile("a list is expected")
    return tuple(_word(one) for one in member)


def _weights(member: JsonValue) -> Weights:
    return Weights(**{name: _number(weight) for name, weight in _object(member).items()})
