"""Handing mail over in real SMTP conversations: protected or not at all, signed in, and honest about what arrived."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
import trustme

from tests.fakes.mail_servers import PASSWORD, USER, smtp_server
from tests.fakes.proxy_server import socks_proxy
from tests.fakes.scripted_server import raw_server
from vrm_desktop.courier.dialling import SystemResolver
from vrm_desktop.courier.errors import (
    CertificateRefusedError,
    ConnectionLostError,
    CourierError,
    MailLoginRefusedError,
    MailRefusedError,
    MalformedAnswerError,
    RequestRefusedError,
    TimedOutError,
    TlsFailedError,
    TooLargeError,
)
from vrm_desktop.courier.mail_line import MailConnector, MailLimits, MailPlace, Protection
from vrm_desktop.courier.proxies import ProxyKind, ProxySettings
from vrm_desktop.courier.submission import Submission

MAIL = b"From: me+a1@mail.example\r\nTo: shop@rad.example\r\nSubject: Rad\r\n\r\nHello\r\n.hidden dot\r\n"
PLACE = MailPlace(host="127.0.0.1", port=1, protection=Protection.NONE)
SIGNED_IN = replace(PLACE, user=USER, password=PASSWORD)


def _submission(context: ssl.SSLContext | None = None, **more: Any) -> Submission:
    resolver = SystemResolver(threads=1)
    return Submission(MailConnector(resolver=resolver, ssl_context=context, **more))


def _send(place: MailPlace, context: ssl.SSLContext | None = None, mail: bytes = MAIL) -> str:
    sending = _submission(context).send(place, mail, sender="me+a1@mail.example", to="shop@rad.example")
    return asyncio.run(sending)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def _trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def _server_side(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_a_mail_arrives_as_it_is_and_nothing_tells_of_this_computer() -> None:
    with smtp_server() as (box, port):
        assert _send(replace(PLACE, port=port)) == "250 OK queued as 7"
    assert box.mails == [MAIL]
    assert (box.senders, box.recipients) == (["me+a1@mail.example"], ["shop@rad.example"])
    assert box.greetings == ["[127.0.0.1]"]


def test_starttls_protects_before_anybody_signs_in(authority: trustme.CA) -> None:
    with smtp_server(tls_context=_server_side(authority), require_starttls=True, auth_required=True) as (box, port):
        place = replace(SIGNED_IN, port=port, protection=Protection.UPGRADED)
        assert _send(place, _trusting(authority)).startswith("250")
        asyncio.run(_submission(_trusting(authority)).greet(place))
        with pytest.raises(MailLoginRefusedError):
            _send(replace(place, password="wrong"), _trusting(authority))
    assert box.mails == [MAIL]


def test_tls_from_the_first_byte(authority: trustme.CA) -> None:
    with smtp_server(ssl_context=_server_side(authority)) as (box, port):
        assert _send(replace(PLACE, port=port, protection=Protection.WRAPPED), _trusting(authority)).startswith("250")
    assert box.mails == [MAIL]


def test_a_server_that_does_not_prove_who_it_is_gets_nothing(authority: trustme.CA) -> None:
    other = trustme.CA()
    with smtp_server(tls_context=_server_side(authority), require_starttls=True) as (box, port):
        place = replace(SIGNED_IN, port=port, protection=Protection.UPGRADED)
        with pytest.raises(CertificateRefusedError) as refused:
            _send(place, _trusting(other))
    assert not refused.value.may_have_arrived
    assert box.mails == []


def test_without_protection_nothing_is_said() -> None:
    with smtp_server() as (box, port):
        with pytest.raises(TlsFailedError):
            _send(replace(PLACE, port=port, protection=Protection.UPGRADED))
        with pytest.raises(MailLoginRefusedError):  # no way of signing in is offered without protection
            _send(replace(SIGNED_IN, port=port))
    assert box.mails == []
    with pytest.raises(RequestRefusedError):
        _send(replace(PLACE, host="mail.example"))
    with pytest.raises(RequestRefusedError):
        _send(replace(PLACE, port=0))


@pytest.mark.parametrize(("answer", "permanent"), [("451 later", False), ("554 never", True)])
def test_a_refused_mail_has_not_arrived(answer: str, permanent: object) -> None:
    with smtp_server() as (box, port):
        box.answer = answer
        with pytest.raises(MailRefusedError) as refused:
            _send(replace(PLACE, port=port))
    assert refused.value.permanent is permanent
    assert not refused.value.may_have_arrived


@pytest.mark.parametrize("address", ["", "a b@c", "a@b\r\nRCPT TO:<x@y>", "<a@b>", "a@b>", "ä@b.example"])
def test_addresses_are_plain(address: str) -> None:
    with pytest.raises(RequestRefusedError):
        asyncio.run(_submission().send(PLACE, MAIL, sender=address, to="shop@rad.example"))


@pytest.mark.parametrize("mail", [b"a\nb\r\n", b"a\r\n.\r\r\n", b"\r\n" + b"a" * 2_000_000])
def test_lines_that_could_end_the_mail_early_do_not_leave(mail: bytes) -> None:
    with pytest.raises(RequestRefusedError):
        _send(PLACE, mail=mail)


Say = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def _against(
    say: Say, *, until: CourierError | type[CourierError], limits: MailLimits | None = None, **more: Any
) -> CourierError:
    async def run() -> CourierError:
        async with raw_server(say) as server:
            submission = _submission(limits=limits or MailLimits())
            with pytest.raises(CourierError) as raised:
                await submission.send(
                    replace(PLACE, port=server.port, **more), MAIL, sender="a@b.example", to="c@d.example"
                )
            return raised.value

    error = asyncio.run(run())
    assert type(error) is until
    return error


async def _polite(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 hello\r\n")
    for answer in (b"250-here\r\n250 AUTH LOGIN\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"):
        await reader.readline()
        writer.write(answer)


async def _hangs_up_after_the_mail(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await _polite(reader, writer)
    await reader.readuntil(b"\r\n.\r\n")


async def _never_answers_the_mail(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await _polite(reader, writer)
    await reader.read()
    await asyncio.Event().wait()


async def _endless_line(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"220" + b"a" * 60_000)
        await writer.drain()


async def _endless_lines(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"220-a\r\n" * 1000)
        await writer.drain()


async def _nonsense(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")


async def _speaks_before_its_time(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 hello\r\n")
    await reader.readline()
    writer.write(b"250 STARTTLS\r\n")
    await reader.readline()
    writer.write(b"220 go\r\n250 AUTH PLAIN\r\n")
    await reader.read()


def test_a_mail_that_nobody_answers_for_may_have_arrived() -> None:
    assert _against(_hangs_up_after_the_mail, until=ConnectionLostError).may_have_arrived
    slow = MailLimits(session_seconds=1.0)
    assert _against(_never_answers_the_mail, until=TimedOutError, limits=slow).may_have_arrived


def test_hostile_servers_are_left() -> None:
    assert not _against(_endless_line, until=TooLargeError).may_have_arrived
    assert not _against(_endless_lines, until=MalformedAnswerError).may_have_arrived
    assert not _against(_nonsense, until=MalformedAnswerError).may_have_arrived
    early = _against(_speaks_before_its_time, until=MalformedAnswerError, protection=Protection.UPGRADED)
    assert not early.may_have_arrived


def test_login_is_spoken_where_plain_is_not() -> None:
    said: list[bytes] = []

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        for answer in (b"250 AUTH LOGIN\r\n", b"334 VXNlcg==\r\n", b"334 UGFzcw==\r\n", b"535 no\r\n"):
            said.append(await reader.readline())
            writer.write(answer)

    _against(server, until=MailLoginRefusedError, user="a", password="b")
    assert said[1:] == [b"AUTH LOGIN\r\n", b"YQ==\r\n", b"Yg==\r\n"]


def test_a_proxy_is_never_gone_past(authority: trustme.CA) -> None:
    with smtp_server(ssl_context=_server_side(authority, "mail.example")) as (box, port):

        async def run() -> list[bytes]:
            async with socks_proxy(port) as proxy:
                settings = ProxySettings(kind=ProxyKind.SOCKS5, host="127.0.0.1", port=proxy.port)
                submission = _submission(_trusting(authority), proxy=settings)
                place = MailPlace(host="mail.example", port=465, protection=Protection.WRAPPED)
                await submission.send(place, MAIL, sender="a@b.example", to="c@d.example")
                return proxy.asked

        (asked,) = asyncio.run(run())
    assert b"mail.example" in asked
    assert box.mails == [MAIL]


def test_passwords_stay_out_of_sight() -> None:
    assert PASSWORD not in repr(SIGNED_IN)
    assert USER not in repr(SIGNED_IN)
