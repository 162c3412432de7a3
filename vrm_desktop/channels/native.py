"""The native channel: the wire of docs/protocol.md over HTTP. Carries bytes; signs, stores and decides nothing."""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urljoin, urlsplit

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.channels.signals import ask_for_signals
from vrm_desktop.courier.answers import Answer, retry_after_seconds
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.errors import CourierError
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.signals import VendorSignal
from vrm_desktop.domain.vendor import VendorCard
from vrm_desktop.protocol.cards import parse_card
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.services.ports import ChannelError, Clock, Delivered, Inbound, Received

CARD_PATH: Final = "/.well-known/intentcast.json"
CARD_BYTES: Final = 32 * 1024
LONGEST_WAIT: Final = 30
SLACK: Final = 4.0
SHORTEST_RETRY: Final = 1
LONGEST_RETRY: Final = 3600
MOST_MESSAGES: Final = 32
OK, ACCEPTED, NOT_MODIFIED = 200, 202, 304
PASSING: Final = frozenset({"busy", "missing", "unknown-conversation"})
"""Problems that may go away (a desk that was restored from a backup, say); every other is final for these bytes."""
PROBLEMS: Final = frozenset(
    {
        "malformed",
        "too-large",
        "wrong-type",
        "bad-signature",
        "wrong-audience",
        "expired",
        "not-served",
        "unsupported",
        "fork",
        "missing",
        "not-allowed-now",
        "bad-disclosure",
        "bad-agreement",
        "bad-order",
        "bad-seen",
        "unknown-conversation",
        "full",
        "busy",
    }
)


class NativeChannel:
    """Speaks to vendor desks through the courier, one line a relationship."""

    def __init__(self, courier: Courier, clock: Clock) -> None:
        self._courier = courier
        self._clock = clock

    async def fetch_card(self, url: str, *, pinned: Kid | None, last_serial: int | None) -> tuple[VendorCard, bytes]:
        """The verified card of the vendor at `url` (its site, or the card's own address), and its bytes."""
        target = url if url.endswith(CARD_PATH) else url.rstrip("/") + CARD_PATH
        line = f"card {target}"
        try:
            answer = await self._courier.line(line).get(target, answer_bytes=CARD_BYTES)
        except CourierError as error:
            raise _unreached(error) from error
        finally:
            await self._courier.hang_up(line)
        if answer.status != OK:
            raise ChannelError("no-card", str(answer.status), may_have_arrived=True, final=True)
        try:
            card = parse_card(answer.body, now=self._clock.now(), pinned=pinned, last_serial=last_serial)
        except ProtocolError as error:
            raise ChannelError(error.code, str(error), may_have_arrived=True, final=True) from error
        return card, answer.body

    async def read_signals(self, address: str, leaving: Callable[[str], Awaitable[None]]) -> tuple[VendorSignal, ...]:
        """What the vendor's site says at other standards' well-known addresses; a failure is an answer, too.

        `leaving` is told each address before it is asked for.
        """
        return await ask_for_signals(self._courier, address, leaving, now=self._clock.now())

    async def open(self, endpoint: str, envelope: bytes, *, line: str) -> Delivered:
        """Post a ping; the conversation's address must lie below the endpoint and end in the ping's id."""
        answer = await self._post(f"{endpoint}/conversations", envelope, line)
        expected = f"{endpoint}/conversations/{Envelope.from_bytes(envelope).message_id}"
        if not _points_to(f"{endpoint}/conversations", answer.headers.get("location", ""), expected):
            raise ChannelError("wrong-location", may_have_arrived=True, final=False)
        return Delivered(address=expected, retry_after=self._retry_after(answer))

    async def post(self, address: str, envelope: bytes, *, line: str) -> Delivered:
        """Post any further message."""
        answer = await self._post(f"{address}/messages", envelope, line)
        return Delivered(address="", retry_after=self._retry_after(answer))

    async def fetch(
        self, address: str, *, secret: str, side: str, after: tuple[int, int], wait: int, line: str
    ) -> Inbound:
        """What the vendor (or both sides) said after the numbers given, waiting up to `wait` seconds for it."""
        numbers = f"{after[0]},{after[1]}" if side == "both" else str(after[0])
        headers = {"authorization": f"Bearer {secret}"}
        held = min(wait, LONGEST_WAIT)
        if held:
            headers["prefer"] = f"wait={held}"
        deadline = held + SLACK if held else None
        try:
            answer = await self._courier.line(line).get(
                f"{address}/messages?side={side}&after={numbers}", headers=headers, deadline_seconds=deadline
            )
        except CourierError as error:
            raise _unreached(error) from error
        if answer.status == NOT_MODIFIED:
            return Inbound(messages=(), more=False, retry_after=self._retry_after(answer))
        if answer.status != OK:
            raise self._refusal(answer)
        messages, more = _read_list(answer.body)
        return Inbound(messages=messages, more=more, retry_after=self._retry_after(answer))

    async def _post(self, url: str, envelope: bytes, line: str) -> Answer:
        try:
            answer = await self._courier.line(line).post_json(url, envelope)
        except CourierError as error:
            raise _unreached(error) from error
        if answer.status != ACCEPTED:
            raise self._refusal(answer)
        return answer

    def _refusal(self, answer: Answer) -> ChannelError:
        code = _problem(answer)
        known = code in PROBLEMS
        return ChannelError(
            code if known else "answered-badly",
            str(answer.status),
            may_have_arrived=True,
            final=known and code not in PASSING,
            retry_after=self._retry_after(answer),
        )

    def _retry_after(self, answer: Answer) -> int | None:
        seconds = retry_after_seconds(answer.headers, now=self._clock.now())
        return None if seconds is None else max(SHORTEST_RETRY, min(seconds, LONGEST_RETRY))


def _points_to(asked: str, location: str, expected: str) -> bool:
    """Whether a `Location`, absolute or relative to the address asked, is the one that a conversation must have."""
    try:
        return urlsplit(urljoin(asked, location)) == urlsplit(expected)
    except ValueError:
        return False


def _unreached(error: CourierError) -> ChannelError:
    final = error.code in {"address-refused", "request-refused"}
    return ChannelError(error.code, str(error), may_have_arrived=error.may_have_arrived, final=final)


def _problem(answer: Answer) -> str:
    if not answer.headers.get("content-type", "").startswith("application/problem+json"):
        return ""
    try:
        value = strict_json.decode(answer.body)
    except CanonError:
        return ""
    kind = value.get("type") if isinstance(value, dict) else None
    prefix = "urn:intentcast:error:"
    return kind.removeprefix(prefix) if isinstance(kind, str) and kind.startswith(prefix) else ""


def _read_list(body: bytes) -> tuple[tuple[Received, ...], bool]:
    try:
        value = strict_json.decode(body)
    except CanonError as error:
        raise _bad_list(error.code) from error
    match value:
        case {"messages": list(rows), **rest} if len(rows) <= MOST_MESSAGES:
            return tuple(_read_row(row) for row in rows), rest.get("more") is True
        case _:
            raise _bad_list("no list of messages, or too many")


def _read_row(row: JsonValue) -> Received:
    if not isinstance(row, dict):
        raise _bad_list("not an object")
    number, side, envelope = row.get("number"), row.get("side"), row.get("envelope")
    if (
        not isinstance(number, int)
        or not isinstance(side, str)
        or side not in set(Side)
        or not isinstance(envelope, dict)
    ):
        raise _bad_list("not a message")
    return Received(number=number, side=Side(side), envelope=strict_json.encode(envelope))


def _bad_list(detail: str) -> ChannelError:
    return ChannelError("answered-badly", detail, may_have_arrived=True, final=False)
