"""Mail to the shop's people over a real SMTP conversation: what has come in, where to look, and nothing personal."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from tests.fakes.asking_person import DELIVERY, WANT
from tests.fakes.connected_desk import ConnectedDesk, person_at
from tests.fakes.held_port import held_port
from vrm_desktop.courier.errors import ConnectFailedError, CourierError, RequestRefusedError
from vrm_desktop.courier.mail import Mailer, MailServer
from vrm_desktop.vendor.connectors.mail import Mail
from vrm_desktop.vendor.connectors.settings import ConnectorKind, ConnectorSettings


class Postbox:
    """Keeps what comes; `answer` is what the server says to each mail."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802 - aiosmtpd's
        if self.answer.startswith("250"):
            self.mails.append(envelope.content)  # type: ignore[attr-defined]
        return self.answer


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, MailServer]]:
    """A mail server on this computer."""
    box = Postbox()
    with held_port() as port:
        controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=60)
        controller.start()
        yield box, MailServer(host="127.0.0.1", port=port)
        controller.stop()


SETTINGS = ConnectorSettings(
    name="post",
    kind=ConnectorKind.MAIL,
    url="smtp://127.0.0.1",
    sender="desk@shop.example",
    to=("ada@shop.example", "bob@shop.example"),
    inbox="https://shop.example",
    events=frozenset({"ping", "accept", "end"}),
)


def test_a_mail_says_what_came_and_nothing_of_whom(tmp_path: Path, postbox: tuple[Postbox, MailServer]) -> None:
    box, server = postbox

    async def run() -> str:
        mail = Mail(Mailer(server), replace(SETTINGS, values=True), shop="Rad & Tat")
        desk = ConnectedDesk(tmp_path, mail, replace(SETTINGS, values=True))
        try:
            await desk.start()
            assert await mail.check() == "the mail server answers"
            person = person_at(desk)
            for build in (person.ping, person.reveal, person.accept):
                await desk.send(person, build())
            await desk.tell_all()
            box.answer = "451 later"
            await desk.send(person, person.end())
            await desk.tell_all()
            assert (await desk.waiting()).resume > 0
            box.answer = "554 never"
            desk.later(seconds=5)
            await desk.tell_all()
            assert (await desk.waiting()).resume == 0
            assert (await desk.waiting()).waiting == 1
            return str(person.conversation.id)
        finally:
            await desk.close()

    conversation = asyncio.run(run())
    first, second = (BytesParser(policy=default).parsebytes(data) for data in box.mails)
    assert first["Subject"] == "Rad & Tat: Somebody asks · Bicycle"
    assert second["Subject"] == "Rad & Tat: An order has come · Bicycle"
    assert first["To"] == "ada@shop.example, bob@shop.example"
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Auto-Submitted"] == "auto-generated"
    body = first.get_content()
    assert f"https://shop.example/desk/c/{conversation}" in body
    everything = b"".join(box.mails).decode()
    assert not any(value in everything for value in (*WANT.values(), *DELIVERY.values()))


def test_nothing_goes_unprotected_to_another_computer() -> None:
    assert MailServer(host="127.0.0.1", port=25).is_here
    assert MailServer(host="localhost", port=25).is_here
    assert not MailServer(host="mail.example", port=587).is_here


def test_a_server_without_protection_is_not_trusted_with_a_mail_that_crosses_a_network(
    postbox: tuple[Postbox, MailServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    box, server = postbox
    monkeypatch.setattr(MailServer, "is_here", property(lambda _self: False))
    with pytest.raises(ConnectFailedError):
        asyncio.run(Mailer(server).send(_mail("Hello")))
    assert box.mails == []


def test_nobody_there_is_said_so() -> None:
    with held_port() as closed, pytest.raises(CourierError):
        asyncio.run(Mailer(MailServer(host="127.0.0.1", port=closed)).greet())


def test_a_mail_beyond_the_limit_is_not_sent(postbox: tuple[Postbox, MailServer]) -> None:
    box, server = postbox
    with pytest.raises(RequestRefusedError):
        asyncio.run(Mailer(server).send(_mail("x" * 300_000)))
    assert box.mails == []


def _mail(text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "desk@shop.example", "ada@shop.example"
    mail.set_content(text)
    return mail
