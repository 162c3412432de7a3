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
from vrm_desktop.vendor.dossier import Dossier
from vrm_desktop.vendor.errors import BadHome
from vrm_desktop.vendor.want import asked

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


def _is_document(key: str, value: JsonValue) -> bool:
    return key == "order" and isinstance(value, dict)
