"""An event as it is told: read again from the signed messages and what is still held beside them. Keeps nothing."""

from collections.abc import Mapping
from datetime import UTC, datetime

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.protocol.messages import OrderText
from vrm_desktop.protocol.orders import placed
from vrm_desktop.vendor.connectors.port import ERASED, Event
from vrm_desktop.vendor.connectors.rows import Waiting
from vrm_desktop.vendor.dealings import Dealings
from vrm_desktop.vendor.dossier import Dossier, Held
from vrm_desktop.vendor.errors import BadHome
from vrm_desktop.vendor.holdings import FOR_THE_ORDER, Holding, holdings
from vrm_desktop.vendor.want import OF_THE_WANT, asked

_PLAIN = frozenset(
    {
        *("amount", "answer", "asked", "binding", "by", "currency", "erased", "fulfilment", "lines", "method"),
        *("number", "offer", "of", "order", "price", "returns_days", "state", "total", "valid_until"),
        "warranty_months",
    }
)
_FREE = frozenset({"note", "text"})
_CHOSEN_REASON = frozenset({Kind.TERMS_ANSWER, Kind.DECLINE, Kind.CLOSURE})
"""Kinds whose `reason` is one of a list; elsewhere it is the person's own words."""


def event_from(waiting: Waiting, dossier: Dossier, jws: str, *, values: bool) -> Event:
    """The event; `jws` is its message's signed text (empty for an erasure). `values` says whether personal ones go too.

    Raises:
        ProtocolError, BadHome: what is stored cannot be read.
    """
    dealings = Dealings(dossier)
    accept = dossier.last(Side.PERSON, Kind.ACCEPT)
    side = next((entry.side for entry in dossier.entries if entry.id == waiting.event), Side.VENDOR)
    return Event(
        id=waiting.event,
        conversation=waiting.conversation,
        kind=waiting.kind,
        side=side,
        at=datetime.fromtimestamp(waiting.at, UTC),
        state=dossier.conversation.state,
        want=dealings.want() if values else asked(dealings.opening()),
        content=_content(waiting, jws, values=values),
        order=_order(dossier, dealings),
        given=dealings.given() if values and accept is not None else {},
    )


def handed_on(dossier: Dossier) -> tuple[Held, ...]:
    """The values that stand in an event that is told with values: `want` and `given`, each as it was told last."""
    ordered = dossier.last(Side.PERSON, Kind.ACCEPT) is not None
    told = {
        one.name: (one.number, one.place)
        for one in holdings(dossier)
        if one.usable and (one.name in OF_THE_WANT or (ordered and _given(one)))
    }
    places = set(told.values())
    return tuple(held for held in dossier.held if (held.number, held.place) in places)


def redacted(text: str, event: Event) -> str:
    """`text` (a program's complaint) without the personal values of the event."""
    personal = {*event.given.values(), event.want.title, event.want.details}
    for value in sorted((each for each in personal if each), key=len, reverse=True):
        text = text.replace(value, "…")
    return " ".join(text.split())


def _order(dossier: Dossier, dealings: Dealings) -> OrderText | None:
    if dossier.last(Side.PERSON, Kind.ACCEPT) is None:
        return None
    return placed(dealings.accept().order, dossier.conversation)


def _content(waiting: Waiting, jws: str, *, values: bool) -> Mapping[str, JsonValue]:
    """The members that say something by themselves: no signatures, documents, digests or bank details."""
    if waiting.kind == ERASED:
        return {}
    members = strict_json.decode(base64url.decode(jws.split(".")[1]))
    if not isinstance(members, dict):
        raise BadHome("a stored message is something else")
    shown = _PLAIN | (_FREE if values else frozenset())
    told = {key: value for key, value in members.items() if key in shown and not _is_document(key, value)}
    if "reason" in members and (values or waiting.kind in _CHOSEN_REASON):
        told["reason"] = members["reason"]
    return told


def _given(one: Holding) -> bool:
    return one.purpose in FOR_THE_ORDER and not one.name.startswith("want.")


def _is_document(key: str, value: JsonValue) -> bool:
    return key == "order" and isinstance(value, dict)
