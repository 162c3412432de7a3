"""Well-known files of other standards, read strictly: bytes in, what they say out. Fetches and believes nothing."""

from dataclasses import dataclass
from typing import assert_never

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.signals import NamedTerms, SignalPlace
from vrm_desktop.protocol.errors import Malformed

LARGEST_SIGNAL = 32 * 1024
MOST_TERMS = 40
_LONGEST_NAME, _LONGEST_LINK, _LONGEST_DATE = 200, 500, 40


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Saying:
    """What a file says: `terms` that it names, whether it `honours` privacy signals, `since` when."""

    terms: tuple[NamedTerms, ...] = ()
    honours: bool | None = None
    since: str = ""


def read_signal(place: SignalPlace, data: bytes) -> Saying:
    """What the file at `place` says, from its bytes. Members that are not known are passed over.

    Raises:
        Malformed: too large, not strict JSON, or not of the shape that such files have.
    """
    if len(data) > LARGEST_SIGNAL:
        raise Malformed("larger than such a file is")
    try:
        value = strict_json.decode(data)
    except CanonError as error:
        raise Malformed(f"{error.code}: {error}") from error
    if not isinstance(value, dict):
        raise Malformed("not an object")
    match place:
        case SignalPlace.GPC:
            return _privacy_control(value)
        case SignalPlace.MYTERMS_JSON | SignalPlace.MYTERMS:
            return _terms(value)
        case _:
            assert_never(place)


def _privacy_control(value: dict[str, JsonValue]) -> Saying:
    """https://www.w3.org/TR/gpc: `gpc` is true or false, `lastUpdate` a date."""
    honours = value.get("gpc")
    if not isinstance(honours, bool):
        raise Malformed("gpc is true or false")
    return Saying(honours=honours, since=_text(value.get("lastUpdate", ""), _LONGEST_DATE))


def _terms(value: dict[str, JsonValue]) -> Saying:
    """As static sites write it: `agreements` with `id` and `url`, `effective_date`."""
    listed = value.get("agreements")
    if not isinstance(listed, list) or len(listed) > MOST_TERMS:
        raise Malformed(f"agreements is a list of at most {MOST_TERMS}")
    return Saying(
        terms=tuple(_named(one) for one in listed), since=_text(value.get("effective_date", ""), _LONGEST_DATE)
    )


def _named(value: JsonValue) -> NamedTerms:
    if isinstance(value, str):
        return NamedTerms(name=_name(value))
    if not isinstance(value, dict):
        raise Malformed("an agreement is an id, or an object with one")
    return NamedTerms(name=_name(value.get("id")), link=_text(value.get("url", ""), _LONGEST_LINK))


def _name(value: JsonValue) -> str:
    name = _text(value, _LONGEST_NAME)
    if not name:
        raise Malformed("an agreement has an id")
    return name


def _text(value: JsonValue, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise Malformed(f"a line of at most {longest} characters")
    return value
