"""Reading a mailbox: a real server, on which nothing changes, and servers that lie, flood and stall."""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from tests.fakes.mail_servers import PASSWORD, USER, Dovecot
from tests.fakes.scripted_server import raw_server
from vrm_desktop.courier import imap
from vrm_desktop.courier.dialling import SystemResolver
from vrm_desktop.courier.errors import (
    ConnectionLostError,
    CourierError,
    MailFolderGoneError,
    MailLoginRefusedError,
    MalformedAnswerError,
    RequestRefusedError,
    TimedOutError,
    TlsFailedError,
    TooLargeError,
)
from vrm_desktop.courier.imap import Fetched, Mailbox, Mark
from vrm_desktop.courier.mail_line import MailConnector, MailLimits, MailPlace, Protection

PLACE = MailPlace(host="127.0.0.1", port=1, protection=Protection.NONE, user=USER, password=PASSWORD)
ANSWER = b"From: shop@rad.example\r\nTo: me+a1@mail.example\r\nSubject: Angebot\r\n\r\n799 EUR\r\n"
PRIVATE = b"From: mum@home.example\r\nTo: me@mail.example\r\nSubject: Sunday\r\n\r\nSecret cake\r\n"
ALLOWED = re.compile(
    rb"a[0-9]+ (CAPABILITY|STARTTLS|AUTHENTICATE PLAIN|LOGIN .*|LIST \"\" \"\*\"|EXAMINE \".*\""
    rb"|UID FETCH [0-9]+(:[0-9]+)? \(UID (RFC822\.SIZE )?BODY\.PEEK\[.*\]\))|z LOGOUT"
)


def _mailbox(limits: MailLimits | None = None, context: ssl.SSLContext | None = None) -> Mailbox:
    return Mailbox(MailConnector(resolver=SystemResolver(threads=1), limits=limits, ssl_context=context))


def _for_us(head: bytes) -> bool:
    return b"me+a1@" in head


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def dovecot(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    pem = tmp_path_factory.mktemp("tls") / "server.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(pem))
    pem.chmod(0o644)
    server = Dovecot(pem)
    try:
        server.put(PRIVATE)
        server.put(ANSWER)
        server.put(ANSWER.replace(b"799", b"699"), "Angebote &- W&APw-nsche")
        server.start()
        yield server
    finally:
        server.remove()


@asynccontextmanager
async def _recorded(port: int) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A way to the server on which every line that the client says is written down."""
    said: list[bytes] = []

    async def back(far: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await far.read(65_536):
            writer.write(data)

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far, far_writer = await asyncio.open_connection("127.0.0.1", port)
        answers = asyncio.create_task(back(far, writer))
        try:
            while line := await reader.readline():
                said.append(line)
                far_writer.write(line)
        finally:
            far_writer.close()
            answers.cancel()
            await asyncio.gather(answers, return_exceptions=True)

    async with raw_server(pass_on) as server:
        yield server.port, said


@pytest.mark.services("dovecot")
def test_only_mails_that_may_answer_are_taken_and_nothing_changes(dovecot: Dovecot) -> None:
    async def run() -> tuple[Fetched, Fetched, list[bytes]]:
        async with _recorded(dovecot.port) as (port, said):
            place = replace(PLACE, port=port)
            first = await _mailbox().fetch(place, "INBOX", since=Mark(), wanted=_for_us)
            again = await _mailbox().fetch(place, "INBOX", since=first.mark, wanted=_for_us)
            await _mailbox().folders(place)
            return first, again, said

    before = dovecot.flags()
    first, again, said = asyncio.run(run())
    assert first.mails == (ANSWER,)
    assert (first.heads, first.too_large, first.more) == (2, 0, False)
    assert first.mark.validity > 0
    assert first.mark.uid == 2
    assert (again.mails, again.heads, again.mark) == ((), 0, first.mark)
    assert dovecot.flags() == before
    commands = [line.rstrip() for line in said if line[:1] in b"az" and b" " in line]
    assert [line for line in commands if not ALLOWED.fullmatch(line)] == []
    assert len(commands) > 12
    bodies = [line for line in commands if b"BODY.PEEK[]" in line]
    assert bodies == [b"a5 UID FETCH 2 (UID BODY.PEEK[])"]


@pytest.mark.services("dovecot")
def test_folders_are_named_as_people_name_them(dovecot: Dovecot, authority: trustme.CA) -> None:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    place = replace(PLACE, port=dovecot.port, protection=Protection.UPGRADED)

    async def run() -> tuple[tuple[str, ...], Fetched]:
        names = await _mailbox(context=context).folders(place)
        found = await _mailbox(context=context).fetch(place, "Angebote & Wünsche", since=Mark(), wanted=_for_us)
        return names, found

    names, found = asyncio.run(run())
    assert names == ("Angebote & Wünsche", "INBOX")
    assert found.mails == (ANSWER.replace(b"799", b"699"),)


@pytest.mark.services("dovecot")
def test_a_wrong_password_and_a_folder_that_is_gone(dovecot: Dovecot) -> None:
    place = replace(PLACE, port=dovecot.port)
    with pytest.raises(MailLoginRefusedError):
        asyncio.run(_mailbox().folders(replace(place, password="wrong")))
    with pytest.raises(MailFolderGoneError):
        asyncio.run(_mailbox().fetch(place, "Nowhere", since=Mark(), wanted=_for_us))
    with pytest.raises(CourierError):  # its certificate is not one that this computer trusts
        asyncio.run(_mailbox().folders(replace(place, protection=Protection.UPGRADED)))


@pytest.mark.services("dovecot")
def test_a_folder_numbered_anew_is_looked_at_from_the_start(dovecot: Dovecot) -> None:
    place = replace(PLACE, port=dovecot.port)
    found = asyncio.run(_mailbox().fetch(place, "INBOX", since=Mark(validity=1, uid=2), wanted=_for_us))
    assert found.mails == (ANSWER,)


Say = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
OPENED = b"* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT %d] ok\r\n%b OK done\r\n"


def scripted(*answers: bytes, uidnext: int = 3) -> Say:
    """A server that lets anybody in, opens the folder, and then says these; `TAG` stands for the command's tag."""

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK hello\r\n")
        waiting = list(answers)
        while line := await reader.readline():
            tag, _, command = line.rstrip().partition(b" ")
            if command.startswith(b"CAPABILITY"):
                writer.write(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK\r\n")
            elif command.startswith(b"LOGIN"):
                writer.write(tag + b" OK\r\n")
            elif command.startswith(b"EXAMINE"):
                writer.write(OPENED % (uidnext, tag))
            elif waiting:
                writer.write(waiting.pop(0).replace(b"TAG", tag))
            else:
                await asyncio.Event().wait()

    return server


def _fetch(say: Say, limits: MailLimits | None = None) -> Fetched:
    async def run() -> Fetched:
        async with raw_server(say) as server:
            mailbox = _mailbox(limits or MailLimits(session_seconds=60))
            return await mailbox.fetch(replace(PLACE, port=server.port), "INBOX", since=Mark(), wanted=_for_us)

    return asyncio.run(run())


def _head(uid: int, head: bytes = b"To: me+a1@x\r\n\r\n", size: int = 99) -> bytes:
    return b"* 1 FETCH (UID %d RFC822.SIZE %d BODY[HEADER.FIELDS (TO)] {%d}\r\n%b)\r\n" % (uid, size, len(head), head)


def _body(uid: int, data: bytes = ANSWER) -> bytes:
    return b"* 1 FETCH (UID %d BODY[] {%d}\r\n%b)\r\nTAG OK\r\n" % (uid, len(data), data)


def test_a_proper_server_is_read() -> None:
    found = _fetch(scripted(b"* 5 EXISTS\r\n" + _head(1) + _head(2, b"To: b@c\r\n\r\n") + b"TAG OK\r\n", _body(1)))
    assert (found.mails, found.heads, found.mark) == ((ANSWER,), 2, Mark(7, 2))


def test_a_mail_that_is_gone_or_too_large_is_passed_by() -> None:
    large = imap.LARGEST_MAIL + 1
    found = _fetch(scripted(_head(1) + _head(2, size=large) + b"TAG OK\r\n", b"TAG OK\r\n"))
    assert (found.mails, found.too_large, found.mark.uid) == ((), 1, 2)


def test_a_large_folder_is_looked_at_in_turns() -> None:
    windows = [b"TAG OK\r\n"] * 20
    first = _fetch(scripted(*windows, uidnext=9_001))
    assert first.mark == Mark(7, 9_000)  # from the last two thousand numbers on
    assert not first.more


def test_what_is_left_for_the_next_look_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "MOST_MAILS", 1)
    found = _fetch(scripted(_head(1) + _head(2) + b"TAG OK\r\n", _body(1)))
    assert (len(found.mails), found.mark.uid, found.more) == (1, 1, True)


LIES: dict[str, tuple[tuple[bytes, ...], type[CourierError]]] = {
    "a head never asked for": ((_head(9) + b"TAG OK\r\n",), MalformedAnswerError),
    "one head twice": ((_head(1) + _head(1) + b"TAG OK\r\n",), MalformedAnswerError),
    "no number": ((b"* 1 FETCH (BODY[] {3}\r\nabc)\r\nTAG OK\r\n",), MalformedAnswerError),
    "another mail": ((_head(1) + b"TAG OK\r\n", _body(2)), MalformedAnswerError),
    "two mails": ((_head(1) + b"TAG OK\r\n", _body(1).replace(b"TAG OK\r\n", b"") + _body(1)), MalformedAnswerError),
    "a literal of gigabytes": ((b"* 1 FETCH (UID 1 BODY[] {4000000000}\r\n",), TooLargeError),
    "a mail larger than it said": (
        (_head(1) + b"TAG OK\r\n", b"* 1 FETCH (UID 1 BODY[] {%d}\r\n" % (imap.LARGEST_MAIL + 1)),
        TooLargeError,
    ),
    "many literals": ((b"* 1 FETCH (UID 1 " + b"{1}\r\na" * 20 + b")\r\n",), TooLargeError),
    "an endless line": ((b"* " + b"a" * 1_000_000,), TooLargeError),
    "endless lines": ((b"* 1 EXISTS\r\n" * 30_000,), TooLargeError),
    "nonsense": ((b"250 OK\r\n",), MalformedAnswerError),
    "somebody else's tag": ((b"a77 OK\r\n",), MalformedAnswerError),
    "waiting for more": ((b"+ go on\r\n",), MalformedAnswerError),
    "no": ((b"TAG NO\r\n",), RequestRefusedError),
    "silence": ((), TimedOutError),
    "half an answer": ((b"* 1 FETCH (UID 1 BODY[] {50}\r\nabc",), TimedOutError),
}


@pytest.mark.parametrize("name", LIES)
def test_servers_that_lie_are_left(name: str) -> None:
    answers, error = LIES[name]
    seconds = 0.4 if error is TimedOutError else 60.0
    with pytest.raises(error) as raised:
        _fetch(scripted(*answers), MailLimits(session_seconds=seconds))
    assert type(raised.value) is error
    assert not raised.value.may_have_arrived


def test_other_servers_are_left_too() -> None:
    async def web(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")

    async def gone(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        return

    with pytest.raises(MalformedAnswerError):
        _fetch(web)
    with pytest.raises(ConnectionLostError):
        _fetch(gone)
    with pytest.raises(MalformedAnswerError):
        _fetch(scripted(uidnext=0))


@pytest.mark.parametrize("greeting", [b"* OK hello\r\n", b"* PREAUTH hello\r\n"])
def test_nobody_signs_in_where_no_protection_is_offered(greeting: bytes) -> None:
    said: list[bytes] = []

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        while line := await reader.readline():
            said.append(line)
            starttls = b" STARTTLS" if b"PREAUTH" in greeting else b""
            writer.write(b"* CAPABILITY IMAP4rev1" + starttls + b"\r\n" + line.split()[0] + b" OK\r\n")

    async def run() -> None:
        async with raw_server(server) as peer:
            place = replace(PLACE, port=peer.port, protection=Protection.UPGRADED)
            await _mailbox().folders(place)

    with pytest.raises(TlsFailedError):
        asyncio.run(run())
    assert [line.split()[1] for line in said] == [b"CAPABILITY"]


def test_names_of_folders_in_every_form() -> None:
    listed = (
        b'* LIST (\\HasNoChildren) "/" INBOX\r\n'
        b'* LIST (\\HasNoChildren) "/" "A \\"b\\" \\\\c"\r\n'
        b"* LIST () NIL {4}\r\nd}e \r\n"
        b'* LIST (\\Noselect) "/" Hidden\r\n'
        b'* LIST () "/" "&AOQ-&-&A-"\r\n'
        b"* LIST nonsense\r\nTAG OK\r\n"
    )

    async def run() -> tuple[str, ...]:
        async with raw_server(scripted(listed)) as server:
            return await _mailbox().folders(replace(PLACE, port=server.port))

    assert set(asyncio.run(run())) == {"INBOX", 'A "b" \\c', "d}e ", "ä&&A-"}


def test_a_password_that_login_cannot_carry_is_not_sent() -> None:
    async def run(place: MailPlace) -> None:
        async with raw_server(scripted()) as server:
            await _mailbox().folders(replace(place, port=server.port))

    with pytest.raises(MailLoginRefusedError):
        asyncio.run(run(replace(PLACE, password="ä\r\na1 DELETE INBOX")))
    with pytest.raises(RequestRefusedError):
        asyncio.run(run(replace(PLACE, host="imap.example", protection=Protection.NONE)))


def test_a_folder_name_cannot_hold_a_command() -> None:
    said: list[bytes] = []

    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK hello\r\n")
        while line := await reader.readline():
            said.append(line)
            writer.write(line.split()[0] + (b" NO\r\n" if b"EXAMINE" in line else b" OK\r\n"))

    async def run() -> None:
        async with raw_server(server) as peer:
            place = replace(PLACE, port=peer.port)
            await _mailbox().fetch(place, 'A"\r\na9 DELETE INBOX', since=Mark(), wanted=_for_us)

    with pytest.raises(CourierError):
        asyncio.run(run())
    assert not any(b"DELETE" in line for line in said if not line.startswith(b'a3 EXAMINE "A\\"&AA0ACg-a9 DELETE'))


def test_the_source_says_no_command_that_writes() -> None:
    source = Path(imap.__file__).read_text(encoding="utf-8")
    for verb in ("STORE", "APPEND", "COPY", "MOVE", "EXPUNGE", "DELETE", "CREATE", "RENAME", "SELECT ", "SUBSCRIBE"):
        assert not re.search(rf'b"[^"]*\b{verb}', source), verb
