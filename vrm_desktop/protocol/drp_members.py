"""Single members of the Data Rights Protocol's JSON: texts, moments, links, and who somebody is. No whole messages.

An empty text is as good as an absent one, on both sides.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit

from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.drp import DrpIdentity
from vrm_desktop.protocol.cards import check_endpoint
from vrm_desktop.protocol.errors import BadCard, Malformed

Members = Mapping[str, JsonValue]
TEXT_LENGTH = 4000
LABEL_LENGTH = 200
LINK_LENGTH = 2000
_DAY_LENGTH = 10
_ADDRESS = ("street_address", "locality", "region", "postal_code", "country")


def text(members: Members, key: str, *, most: int = LABEL_LENGTH, needed: bool = False) -> str:
    """A text of at most `most` characters, "" where it is absent, null or empty.

    Raises:
        Malformed: another type, too long, or needed and not there.
    """
    value = members.get(key)
    if value is None:
        value = ""
    if not isinstance(value, str) or len(value) > most:
        raise Malformed(f"{key} is a text of at most {most} characters")
    if needed and not value.strip():
        raise Malformed(f"{key} is missing")
    return value.strip()


def moment(members: Members, key: str) -> datetime | None:
    """An ISO 8601 instant in UTC, None where it is absent; one without a zone is UTC, a bare day is its end.

    Raises:
        Malformed: there is something else.
    """
    value = text(members, key, most=64)
    if not value:
        return None
    try:
        if len(value) == _DAY_LENGTH:
            return datetime.combine(date.fromisoformat(value), time(23, 59, 59), UTC)
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Malformed(f"{key} is an ISO 8601 instant") from error


def written(instant: datetime) -> str:
    """An instant as it goes out, such as `2026-11-22T08:00:00Z`."""
    return instant.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def link(members: Members, key: str) -> str:
    """An https link (or plain http to loopback) as it may be shown to a person; "" for anything else, or nothing."""
    value = members.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= LINK_LENGTH:
        return ""
    try:
        parts = urlsplit(value)
        check_endpoint(f"{parts.scheme}://{parts.netloc}")
    except (ValueError, BadCard):
        return ""
    fits = value.isascii() and value.isprintable() and not set(value) & set(' \\"<>')
    return value if fits else ""


def texts(members: Members, key: str, *, most: int = 20) -> tuple[str, ...]:
    """A list of texts; whatever in it is no text is left out.

    Raises:
        Malformed: not a list, or too long a list.
    """
    value = members.get(key)
    if value is None or value == "":
        return ()
    if not isinstance(value, list) or len(value) > most:
        raise Malformed(f"{key} is a list of up to {most} texts")
    return tuple(one for one in value if isinstance(one, str) and 0 < len(one) <= LABEL_LENGTH)


def identity_members(identity: DrpIdentity) -> dict[str, JsonValue]:
    """Who the person is, as members of a request; what is not told is not there."""
    told: dict[str, JsonValue] = {"name": identity.name, "email": identity.email, "phone_number": identity.phone}
    parts = (identity.street, identity.locality, identity.region, identity.postal_code, identity.country)
    address: dict[str, JsonValue] = {key: value for key, value in zip(_ADDRESS, parts, strict=True) if value}
    return {**{key: value for key, value in told.items() if value}, **({"address": address} if address else {})}


def read_identity(members: Members) -> DrpIdentity:
    """Who somebody is said to be. Names may come as `Jane Doe`, as `Doe, Jane` or in two members.

    Raises:
        Malformed: a member of another type, or too long.
    """
    address = members.get("address")
    if isinstance(address, str):
        address = {"formatted": address}
    if address is not None and not isinstance(address, dict):
        raise Malformed("address is an object")
    street, locality, region, code, country = (text(address or {}, key, most=TEXT_LENGTH) for key in _ADDRESS)
    if not (street or locality or region or code or country):
        street = text(address or {}, "formatted", most=TEXT_LENGTH)
    name = text(members, "name")
    if not name:
        name = " ".join(filter(None, (text(members, "given_name"), text(members, "family_name"))))
    return DrpIdentity(
        name=_in_order(name),
        email=text(members, "email"),
        phone=text(members, "phone_number"),
        street=street,
        locality=locality,
        region=region,
        postal_code=code,
        country=country,
    )


def _in_order(name: str) -> str:
    match [part.strip() for part in name.split(",")]:
        case [family, given] if family and given:
            return f"{given} {family}"
        case _:
            return name
