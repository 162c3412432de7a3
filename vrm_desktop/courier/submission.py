"""Handing one mail of the person's to the mail server that the person has named: SMTP submission (RFC 6409).

Says nothing of this computer: its greeting is the same everywhere. Sends once; whether a mail may have been taken is
told by `may_have_arrived`. Never here: what is written, and trying again.
"""

import base64
import re
from typing import Final

from vrm_desktop.courier.errors import (
    MailLoginRefusedError,
    MailRefusedError,
    MalformedAnswerError,
    RequestRefusedError,
    TlsFailedError,
)
from vrm_desktop.courier.mail_line import MailConnector, MailLine, MailPlace, Protection

LARGEST: Final = 1024 * 1024
_NEUTRAL_NAME: Final = b"[127.0.0.1]"
_LOGIN: Final = "the mail server refuses the login"
_MOST_LINES: Final = 100
_REPLY: Final = re.compile(rb"([2-5][0-9][0-9])(?:([ -])(.*))?", re.DOTALL)
_ADDRESS: Final = re.compile(r"[!#-'*+\-/-9=?A-Z^-~.]{1,64}@[A-Za-z0-9.\-]{1,253}")
_BARE: Final = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_READY, _OK, _MORE, _LATER = 220, 250, 354, 400


class Submission:
    """Sends mails one at a time, each over a connection of its own."""

    def __init__(self, connector: MailConnector) -> None:
        self._connector = connector

    async def send(self, place: MailPlace, data: bytes, *, sender: str, to: str) -> str:
        """Hand one mail over, with CR LF at its lines' ends; what the server answered to it.

        Raises:
            CourierError: it was not taken, or nobody knows (`may_have_arrived`).
        """
        if len(data) > LARGEST or _BARE.search(data):
            raise RequestRefusedError("the mail is too large, or its lines do not end as they should")
        if not all(_ADDRESS.fullmatch(address) for address in (sender, to)):
            raise RequestRefusedError("an address is none that is mailed to")
        async with self._connector.session(place) as line:
            await self._greet(line, place)
            await _say(line, f"MAIL FROM:<{sender}>".encode("ascii"))
            await _say(line, f"RCPT TO:<{to}>".encode("ascii"))
            await _say(line, b"DATA", wanted=_MORE)
            stuffed = re.sub(rb"(?m)^\.", b"..", data)
            line.may_have_arrived = True
            line.send(stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            status, text = await _reply(line)
            if status >= _LATER:
                line.may_have_arrived = False  # it was refused as a whole
            _expect(status, _OK)
            line.send(b"QUIT\r\n")
        return f"{status} {text}"[:500]

    async def greet(self, place: MailPlace) -> None:
        """Connect, protect, sign in, and send nothing. Raises `CourierError`."""
        async with self._connector.session(place) as line:
            await self._greet(line, place)
            line.send(b"QUIT\r\n")

    async def _greet(self, line: MailLine, place: MailPlace) -> None:
        _expect((await _reply(line))[0], _READY)
        can = await _say(line, b"EHLO " + _NEUTRAL_NAME)
        if place.protection is Protection.UPGRADED:
            if "STARTTLS" not in can.upper().split("\n"):
                raise TlsFailedError("the mail server offers no protection")
            await _say(line, b"STARTTLS", wanted=_READY)
            await line.protect()
            can = await _say(line, b"EHLO " + _NEUTRAL_NAME)
        if place.user:
            await _sign_in(line, place, can)


async def _sign_in(line: MailLine, place: MailPlace, can: str) -> None:
    ways = next((one.split()[1:] for one in can.upper().split("\n") if one.startswith("AUTH ")), [])
    user, password = place.user.encode(), place.password.encode()
    if "PLAIN" in ways:
        line.send(b"AUTH PLAIN " + base64.b64encode(b"\0" + user + b"\0" + password) + b"\r\n")
    elif "LOGIN" in ways:
        for word in (b"AUTH LOGIN", base64.b64encode(user)):
            line.send(word + b"\r\n")
            if (await _reply(line))[0] != 334:  # "go on"
                raise MailLoginRefusedError(_LOGIN)
        line.send(base64.b64encode(password) + b"\r\n")
    else:
        raise MailLoginRefusedError(_LOGIN)
    if (await _reply(line))[0] != 235:  # "signed in"
        raise MailLoginRefusedError(_LOGIN)


async def _say(line: MailLine, command: bytes, *, wanted: int = _OK) -> str:
    line.send(command + b"\r\n")
    status, text = await _reply(line)
    _expect(status, wanted)
    return text


async def _reply(line: MailLine) -> tuple[int, str]:
    """A whole reply: its number, and its lines' texts."""
    lines: list[str] = []
    for _ in range(_MOST_LINES):
        found = _REPLY.fullmatch(await line.line())
        if found is None:
            raise MalformedAnswerError("the mail server does not answer as one does")
        lines.append((found[3] or b"").decode("utf-8", "replace").strip())
        if found[2] != b"-":
            return int(found[1]), "\n".join(lines)
    raise MalformedAnswerError("the mail server's answer does not end")


def _expect(status: int, wanted: int) -> None:
    if status != wanted and not (wanted == _OK and _OK <= status < 300):
        raise MailRefusedError(status)
