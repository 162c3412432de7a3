"""The courier as its callers see it: lines, one per relationship, that post and get and return plain answers.

The home of httpx. Two lines share nothing a peer could see: no connection, no TLS session, no cookie, no header that
differs.
"""

import logging
import re
import ssl
from collections.abc import Mapping
from types import TracebackType
from typing import Final, Self

import httpx

from vrm_desktop.courier.answers import Answer
from vrm_desktop.courier.connecting import Connector
from vrm_desktop.courier.dialling import Dial, Resolver, SystemResolver, open_socket
from vrm_desktop.courier.errors import LineClosedError, RequestRefusedError
from vrm_desktop.courier.idle import IdleConnections
from vrm_desktop.courier.limits import Limits
from vrm_desktop.courier.proxies import ProxySettings
from vrm_desktop.courier.reading import Listener
from vrm_desktop.courier.targets import parse_target
from vrm_desktop.courier.transport import ANSWER, ERRAND, Errand, LineTransport, Observer

# The same for everybody: nothing here tells one person's program, version or language from another's.
NEUTRAL_HEADERS: Final = {
    "User-Agent": "intentcast",
    "Accept": "application/json, application/problem+json;q=0.9, */*;q=0.1",
    "Accept-Encoding": "identity",
    "Sec-GPC": "1",
}
_NO_HEADERS: Final[Mapping[str, str]] = {}
# What a caller may say for itself. Everything else is the courier's business, or would tell people apart.
CALLERS_HEADERS: Final = frozenset(
    (
        *("accept", "content-type", "if-none-match", "if-modified-since", "idempotency-key", "prefer", "authorization"),
        *("webhook-id", "webhook-timestamp", "webhook-signature"),  # a shop's signed word to its own programs
        *("mcp-session-id", "mcp-protocol-version", "last-event-id"),  # which session of a quote desk, in its own words
        *("ucp-agent", "content-digest", "signature-input", "signature"),  # whose page is named to a shop, and a proof
    )
)
_HEADER_VALUE: Final = re.compile(r"[\x21-\x7e](?:[\t\x20-\x7e]{0,4094}[\x21-\x7e])?", re.ASCII)


class Line:
    """One line to a vendor: its own connections, used for one relationship and nothing else."""

    def __init__(self, transport: LineTransport, *, limits: Limits, own_hosts: frozenset[str]) -> None:
        self._limits = limits
        self._own_hosts = own_hosts
        self._client = httpx.AsyncClient(
            transport=transport,
            headers=NEUTRAL_HEADERS,
            trust_env=False,
            follow_redirects=False,
        )

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] = _NO_HEADERS,
        deadline_seconds: float | None = None,
        answer_bytes: int | None = None,
        listener: Listener | None = None,
    ) -> Answer:
        """Fetch. A redirect is an answer like any other. Raises `CourierError`, see `post_json`."""
        return await self._exchange("GET", url, None, headers, deadline_seconds, answer_bytes, listener)

    async def post_json(
        self,
        url: str,
        body: bytes,
        *,
        headers: Mapping[str, str] = _NO_HEADERS,
        deadline_seconds: float | None = None,
        answer_bytes: int | None = None,
        listener: Listener | None = None,
    ) -> Answer:
        """Post exactly these bytes, as `application/json` unless the caller names another content type.

        `deadline_seconds` is for the whole exchange, at most `Limits.longest_deadline_seconds`; `answer_bytes` is the
        largest body accepted. Sent once: the courier never posts again by itself. Raises `CourierError`, whose
        `may_have_arrived` says whether the bytes may be with the peer; on cancellation, they may.

        A `listener` hears the body of a stream of events (200, `text/event-stream`) piece by piece while it comes, and
        the answer's own body is then empty. When it has heard enough it says so with False, and the line hangs up. All
        of it stays within the same deadline and the same number of bytes.
        """
        sent = {"content-type": "application/json", **_lower(headers)}
        return await self._exchange("POST", url, body, sent, deadline_seconds, answer_bytes, listener)

    async def delete(
        self,
        url: str,
        body: bytes,
        *,
        headers: Mapping[str, str] = _NO_HEADERS,
        deadline_seconds: float | None = None,
        answer_bytes: int | None = None,
    ) -> Answer:
        """Ask for a deletion with these bytes, sent once as in `post_json`; the caller names their content type."""
        return await self._exchange("DELETE", url, body, headers, deadline_seconds, answer_bytes, None)

    async def _exchange(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str],
        deadline_seconds: float | None,
        answer_bytes: int | None,
        listener: Listener | None,
    ) -> Answer:
        errand = Errand(
            target=parse_target(url, limits=self._limits, own_hosts=self._own_hosts),
            deadline_seconds=self._limits.deadline_seconds if deadline_seconds is None else deadline_seconds,
            answer_bytes=self._limits.answer_bytes if answer_bytes is None else answer_bytes,
            listener=listener,
        )
        self._check(errand, headers, body or b"")
        if self._client.is_closed:
            msg = "the line is hung up"
            raise LineClosedError(msg)
        request = self._client.build_request(
            method, errand.target.url, content=body, headers=headers, extensions={ERRAND: errand}
        )
        response = await self._client.send(request)
        answer: Answer = response.extensions[ANSWER]
        return answer

    def _check(self, errand: Errand, headers: Mapping[str, str], body: bytes) -> None:
        if not 0 < errand.deadline_seconds <= self._limits.longest_deadline_seconds:
            msg = "the deadline is none or too far"
            raise RequestRefusedError(msg)
        if errand.answer_bytes < 0 or len(body) > self._limits.request_bytes:
            msg = "the request or the answer it asks for is too large"
            raise RequestRefusedError(msg)
        for name, value in headers.items():
            if name.lower() not in CALLERS_HEADERS or _HEADER_VALUE.fullmatch(value) is None:
                msg = f"the header {name!r} is not the caller's to set, or not so"
                raise RequestRefusedError(msg)

    async def close(self) -> None:
        """Hang up. Exchanges under way end with `ConnectionLostError` or `LineClosedError`."""
        await self._client.aclose()


class Courier:
    """Hands out lines and holds what they have in common: limits, trust and the way out.

    Belongs to one event loop. `resolver` and `dial` replace the system's; `ssl_context` replaces the system's trust
    (it is hardened in place, and must check certificates and host names); `on_io` is told of every exchange the
    moments before sending, after sending and after receiving. `own_hosts` are those that whoever runs the program named
    as theirs: they may be on a private network, and are spoken to without a proxy; a person's courier has none.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        resolver: Resolver | None = None,
        ssl_context: ssl.SSLContext | None = None,
        proxy: ProxySettings | None = None,
        dial: Dial = open_socket,
        on_io: Observer | None = None,
        own_hosts: frozenset[str] = frozenset(),
    ) -> None:
        self._limits = limits
        self._own_hosts = own_hosts
        self._on_io = on_io
        self._lines: dict[str, Line] = {}
        self._is_closed = False
        self._idle = IdleConnections(limits=limits)
        self._system_resolver = SystemResolver(threads=limits.resolver_threads)
        self._connector = Connector(
            limits=limits,
            resolver=resolver or self._system_resolver,
            dial=dial,
            ssl_context=ssl_context,
            proxy=proxy,
        )
        # httpx writes every URL to its log, and URLs say whom a person deals with.
        logging.getLogger("httpx").setLevel(logging.WARNING)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def line(self, purpose_key: str) -> Line:
        """The line for this purpose, the same one each time until it is hung up. `LineClosedError` after `close`."""
        if self._is_closed:
            msg = "the courier is closed"
            raise LineClosedError(msg)
        if purpose_key not in self._lines:
            transport = LineTransport(
                purpose_key,
                limits=self._limits,
                connector=self._connector,
                idle=self._idle,
                on_io=self._on_io,
            )
            self._lines[purpose_key] = Line(transport, limits=self._limits, own_hosts=self._own_hosts)
        return self._lines[purpose_key]

    async def hang_up(self, purpose_key: str) -> None:
        """Close this purpose's line and its connections; unknown purposes are no error."""
        line = self._lines.pop(purpose_key, None)
        if line is not None:
            await line.close()

    async def close(self) -> None:
        """Close every line. Nothing of the courier is left open afterwards, but a name look-up may still be ending."""
        self._is_closed = True
        for purpose_key in list(self._lines):
            await self.hang_up(purpose_key)
        self._system_resolver.close()


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
