"""Handing mail to the mail server that whoever runs the program has named: SMTP submission, protected or not at all.

Here: the connection, its limits and its TLS rules. Never here: what is written, or to whom.
"""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from ipaddress import ip_address

from vrm_desktop.courier.addresses import is_loopback
from vrm_desktop.courier.errors import (
    CertificateRefusedError,
    ConnectFailedError,
    ConnectionLostError,
    MailRefusedError,
    RequestRefusedError,
    TimedOutError,
)

_STEP_SECONDS = 10.0
_MOST_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A submission server. `wrapped`: TLS from the first byte; else STARTTLS, which only this computer may lack."""

    host: str
    port: int
    wrapped: bool = False
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it runs on this computer, so that nothing crosses a network."""
        try:
            return is_loopback(ip_address(self.host))
        except ValueError:
            return self.host == "localhost"


class Mailer:
    """Sends one mail at a time, each over a connection of its own, in a thread."""

    def __init__(self, server: MailServer, *, ssl_context: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._context = ssl_context

    async def send(self, mail: EmailMessage) -> None:
        """Hand one mail over.

        Raises:
            CourierError: it was not taken, or nobody knows (`may_have_arrived`).
        """
        data = mail.as_bytes()
        if len(data) > _MOST_BYTES:
            raise RequestRefusedError("the mail is too large")
        await asyncio.to_thread(self._exchange, mail)

    async def greet(self) -> None:
        """Connect, protect and sign in, and send nothing. Raises `CourierError`."""
        await asyncio.to_thread(self._exchange, None)

    def _exchange(self, mail: EmailMessage | None) -> None:
        sending = False
        try:
            with self._connected() as line:
                if mail is not None:
                    sending = True
                    line.send_message(mail)
        except smtplib.SMTPResponseException as error:
            raise MailRefusedError(error.smtp_code) from error
        except smtplib.SMTPRecipientsRefused as error:
            raise MailRefusedError(max(status for status, _words in error.recipients.values())) from error
        except smtplib.SMTPServerDisconnected as error:
            raise ConnectionLostError("the mail server hung up", may_have_arrived=sending) from error
        except ssl.SSLCertVerificationError as error:
            raise CertificateRefusedError("the mail server does not prove who it is") from error
        except TimeoutError as error:
            raise TimedOutError("the mail server does not answer in time", may_have_arrived=sending) from error
        except (OSError, smtplib.SMTPException) as error:
            raise ConnectFailedError("the mail server does not answer as one does") from error

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        line: smtplib.SMTP
        if server.wrapped:
            line = smtplib.SMTP_SSL(server.host, server.port, timeout=_STEP_SECONDS, context=self._trust())
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=_STEP_SECONDS)
        try:
            line.ehlo()
            if not server.wrapped and (line.has_extn("starttls") or not server.is_here):
                line.starttls(context=self._trust())
                line.ehlo()
            if server.user:
                line.login(server.user, server.password)
        except BaseException:
            line.close()
            raise
        return line

    def _trust(self) -> ssl.SSLContext:
        context = self._context or ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context
