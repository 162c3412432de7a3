"""Reading one folder of a mailbox over IMAP (RFC 3501, 9051) without changing anything in it.

Every command that can be said is in `_Command`, and none of them writes: the folder is opened by EXAMINE, and bodies
are peeked at, so that nothing is even marked as read. Whatever a server says is bounded, and an answer that was not
asked for ends the session. Never here: which mail is wanted (the caller decides by its head), and what it means.
"""

import base64
import binascii
import enum
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from vrm_desktop.courier.errors import (
    MailFolderGoneError,
    MailLoginRefusedError,
    MalformedAnswerError,
    RequestRefusedError,
    TlsFailedError,
    TooLargeError,
)
from vrm_desktop.courier.mail_line import MailConnector, MailLine, MailPlace, Protection

LARGEST_MAIL: Final = 10 * 1024 * 1024
LARGEST_HEAD: Final = 64 * 1024
MOST_FOLDERS: Final = 500
MOST_HEADS: Final = 2_000
MOST_MAILS: Final = 50
MOST_BYTES: Final = 40 * 1024 * 1024
_AT_ONCE: Final = 100
_LOGIN: Final = "the mail server refuses the login"
_HIGHEST_UID: Final = 2**32 - 1
_HEADERS: Final = b"TO CC DELIVERED-TO X-ORIGINAL-TO ENVELOPE-TO X-FORWARDED-TO IN-REPLY-TO REFERENCES"
_LITERAL: Final = re.compile(rb"\{([0-9]{1,10})\}\Z")
_NUMBER: Final = re.compile(rb"\[(UIDVALIDITY|UIDNEXT) ([0-9]{1,10})\]", re.IGNORECASE)
_UID: Final = re.compile(rb"\bUID ([0-9]{1,10})\b", re.IGNORECASE)
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE ([0-9]{1,12})\b", re.IGNORECASE)
_FETCHED: Final = re.compile(rb"\* [0-9]{1,10} FETCH \(", re.IGNORECASE)
_LISTED: Final = re.compile(
    rb'\* LIST \(([^)]*)\) (?:NIL|"(?:[^"\\]|\\.)") ("(?:[^"\\]|\\.)*"|[^\s"]+)\Z', re.IGNORECASE
)
_QUOTABLE: Final = re.compile(r"[\x20-\x7e]*")


class _Command(enum.Enum):
    """All that is ever said."""

    CAPABILITY = b"CAPABILITY"
    STARTTLS = b"STARTTLS"
    AUTHENTICATE = b"AUTHENTICATE PLAIN"
    LOGIN = b"LOGIN"
    LIST = b'LIST "" "*"'
    EXAMINE = b"EXAMINE"
    HEADS = b"UID FETCH %d:%d (UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (" + _HEADERS + b")])"
    MAIL = b"UID FETCH %d (UID BODY.PEEK[])"
    LOGOUT = b"LOGOUT"


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to which mail a folder was looked at: its UIDs count only together with `validity`."""

    validity: int = 0
    uid: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Fetched:
    """What a look brought: the wanted mails' bytes, and the mark to go on from.

    `heads`: how many mails' heads were looked at; `too_large`: wanted, but left there; `more`: there is more to look
    at next time.
    """

    mails: tuple[bytes, ...]
    mark: Mark
    heads: int
    too_large: int
    more: bool


@dataclass(frozen=True, slots=True, repr=False)
class _Said:
    """One response: its text, where `{n}` stands for literals, and these."""

    text: bytes
    literals: tuple[bytes, ...]


class Mailbox:
    """Looks into mailboxes, each time over a connection of its own."""

    def __init__(self, connector: MailConnector) -> None:
        self._connector = connector

    async def folders(self, place: MailPlace) -> tuple[str, ...]:
        """The names of the folders that can be opened, as people read them.

        Raises:
            CourierError: no connection, no login, or an answer that is not used.
        """
        async with self._connector.session(place) as line:
            talk = await _begin(line, place)
            said = await talk.ask(_Command.LIST.value)
            if len(said) > MOST_FOLDERS:
                raise TooLargeError("the mail server has too many folders")
            names = [_folder(one) for one in said]
            await talk.leave()
        return tuple(sorted(name for name in names if name))

    async def fetch(self, place: MailPlace, folder: str, *, since: Mark, wanted: Callable[[bytes], bool]) -> Fetched:
        """The mails after the mark whose head (a few headers of it) is wanted; of the others nothing more is read.

        A folder never looked at, or numbered anew, is looked at from its last `MOST_HEADS` numbers on.

        Raises:
            MailFolderGoneError: no such folder. CourierError: as for `folders`.
        """
        async with self._connector.session(place) as line:
            talk = await _begin(line, place)
            validity, after = await talk.examine(folder)
            first = since.uid + 1 if since.validity == validity else max(1, after - MOST_HEADS)
            last = min(after - 1, first + MOST_HEADS - 1)
            looked = _Looked(talk=talk, wanted=wanted)
            at = first
            while at <= last and not looked.is_full:
                at = await looked.window(at, min(at + _AT_ONCE - 1, last))
            await talk.leave()
        return Fetched(
            mails=tuple(looked.mails),
            mark=Mark(validity, max(at, first) - 1),
            heads=looked.heads,
            too_large=looked.too_large,
            more=at < after,
        )


class _Looked:
    """What has been seen of a folder so far."""

    def __init__(self, *, talk: "_Talk", wanted: Callable[[bytes], bool]) -> None:
        self._talk = talk
        self._wanted = wanted
        self.mails: list[bytes] = []
        self.heads = 0
        self.too_large = 0

    @property
    def is_full(self) -> bool:
        """Whether the rest is for the next time."""
        return len(self.mails) >= MOST_MAILS or sum(map(len, self.mails)) > MOST_BYTES

    async def window(self, first: int, last: int) -> int:
        """Look at the heads of these numbers, and take the mails that are wanted; the number to go on with."""
        told = await self._talk.ask(_Command.HEADS.value % (first, last), literal=LARGEST_HEAD)
        chosen: dict[int, int] = {}
        for one in told:
            if not _FETCHED.match(one.text):
                continue
            uid, size = _number(_UID, one), _number(_SIZE, one)
            if not first <= uid <= last or uid in chosen:
                raise MalformedAnswerError("the mail server tells of a mail that it was not asked for")
            self.heads += 1
            if one.literals and self._wanted(one.literals[0]):
                chosen[uid] = size
        for uid, size in sorted(chosen.items()):
            if self.is_full:
                return uid
            if size > LARGEST_MAIL:
                self.too_large += 1
            else:
                self.mails += await self._one(uid)
        return last + 1

    async def _one(self, uid: int) -> list[bytes]:
        told = await self._talk.ask(_Command.MAIL.value % uid, literal=LARGEST_MAIL)
        found = [one for one in told if _FETCHED.match(one.text) and one.literals]
        if len(found) > 1 or any(_number(_UID, one) != uid for one in found):
            raise MalformedAnswerError("the mail server sends a mail that it was not asked for")
        return [one.literals[0] for one in found]  # none: it was taken away meanwhile


class _Talk:
    """Commands and their answers on one line."""

    def __init__(self, line: MailLine) -> None:
        self.line = line
        self._told = 0

    async def ask(self, command: bytes, *, literal: int = LARGEST_HEAD, answer: bytes = b"") -> tuple[_Said, ...]:
        """What the server says to a command until it is done; `answer` goes where it asks for more.

        Raises:
            RequestRefusedError: it says no. CourierError: it does not answer as one does.
        """
        self._told += 1
        tag = b"a%d" % self._told
        self.line.send(tag + b" " + command + b"\r\n")
        said: list[_Said] = []
        while True:
            one = await self._response(literal)
            if one.text.startswith(b"+"):
                if not answer:
                    raise MalformedAnswerError("the mail server waits for what is not coming")
                self.line.send(answer + b"\r\n")
                answer = b""
            elif one.text.startswith(b"* "):
                said.append(one)
            elif one.text.startswith(tag + b" "):
                if one.text[len(tag) + 1 :][:2].upper() != b"OK":
                    raise RequestRefusedError("the mail server says no")
                return tuple(said)
            else:
                raise MalformedAnswerError("the mail server does not answer as one does")

    async def examine(self, folder: str) -> tuple[int, int]:
        """Open a folder for reading; which numbering it has, and the number that its next mail will get."""
        try:
            said = await self.ask(_Command.EXAMINE.value + b" " + _quoted(_encoded(folder)))
        except RequestRefusedError as error:
            raise MailFolderGoneError("the mail server has no such folder") from error
        found = {name.upper(): int(number) for one in said for name, number in _NUMBER.findall(one.text)}
        validity, after = found.get(b"UIDVALIDITY", 0), found.get(b"UIDNEXT", 0)
        if not 0 < validity <= _HIGHEST_UID or not 0 < after <= _HIGHEST_UID:
            raise MalformedAnswerError("the mail server does not number its mails")
        return validity, after

    async def leave(self) -> None:
        """Say goodbye; whatever is answered does not matter any more."""
        self.line.send(b"z " + _Command.LOGOUT.value + b"\r\n")

    async def _response(self, most: int) -> _Said:
        literals: list[bytes] = []
        text = b""
        while True:
            part = await self.line.line()
            text += part
            found = _LITERAL.search(part)
            if found is None:
                return _Said(text, tuple(literals))
            size = int(found[1])
            if size > most or len(literals) >= 8:
                raise TooLargeError("the mail server sends more than it was asked for")
            literals.append(await self.line.exactly(size))


async def _begin(line: MailLine, place: MailPlace) -> _Talk:
    """Greeted, protected, signed in."""
    greeting = (await line.line()).upper()
    talk = _Talk(line)
    if not greeting.startswith((b"* OK", b"* PREAUTH")):
        raise MalformedAnswerError("this is no mail server that can be read from")
    can = await _capabilities(talk)
    if place.protection is Protection.UPGRADED:
        if b"STARTTLS" not in can or greeting.startswith(b"* PREAUTH"):
            raise TlsFailedError("the mail server offers no protection")
        await talk.ask(_Command.STARTTLS.value)
        await line.protect()
        can = await _capabilities(talk)
    if not greeting.startswith(b"* PREAUTH"):
        await _sign_in(talk, place, can)
    return talk


async def _capabilities(talk: _Talk) -> set[bytes]:
    said = await talk.ask(_Command.CAPABILITY.value)
    return {word for one in said if one.text.upper().startswith(b"* CAPABILITY") for word in one.text.upper().split()}


async def _sign_in(talk: _Talk, place: MailPlace, can: set[bytes]) -> None:
    try:
        if b"AUTH=PLAIN" in can:
            words = base64.b64encode(f"\0{place.user}\0{place.password}".encode())
            await talk.ask(_Command.AUTHENTICATE.value, answer=words)
            return
        if b"LOGINDISABLED" in can or not _QUOTABLE.fullmatch(place.user + place.password):
            raise MailLoginRefusedError(_LOGIN)
        user, password = place.user.encode("ascii"), place.password.encode("ascii")
        await talk.ask(_Command.LOGIN.value + b" " + _quoted(user) + b" " + _quoted(password))
    except RequestRefusedError as error:
        raise MailLoginRefusedError(_LOGIN) from error


def _number(pattern: re.Pattern[bytes], said: _Said) -> int:
    found = pattern.search(said.text)
    return int(found[1]) if found is not None else 0


def _quoted(text: bytes) -> bytes:
    if any(sign < 0x20 or sign > 0x7E for sign in text):
        raise RequestRefusedError("a name that no mail server takes")
    return b'"' + text.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def _folder(said: _Said) -> str:
    """The folder that a line of the list names; "" where it names none that can be opened."""
    found = _LISTED.fullmatch(said.text)
    if found is None or b"\\NOSELECT" in found[1].upper() or b"\\NONEXISTENT" in found[1].upper():
        return ""
    name = found[2]
    if said.literals:
        name = said.literals[0]
    elif name.startswith(b'"'):
        name = re.sub(rb"\\(.)", rb"\1", name[1:-1])
    return "".join(_letters(name.decode("ascii", "replace")))[:500]


def _letters(name: str) -> Iterator[str]:
    """Modified UTF-7 (RFC 3501, 5.1.3) read; what is none stands as it is."""
    for index, part in enumerate(re.split(r"&([A-Za-z0-9+,]*)-", name)):
        if index % 2 == 0:
            yield part
        elif not part:
            yield "&"
        else:
            try:
                yield base64.b64decode(part.replace(",", "/") + "===").decode("utf-16-be")
            except (binascii.Error, UnicodeDecodeError):
                yield f"&{part}-"


def _encoded(name: str) -> bytes:
    """The same written."""

    def packed(found: re.Match[str]) -> str:
        letters = base64.b64encode(found.group().encode("utf-16-be")).decode("ascii")
        return f"&{letters.rstrip('=').replace('/', ',')}-"

    return re.sub(r"[^\x20-\x7e]+", packed, name.replace("&", "&-")).encode("ascii")
