"""What can go wrong on the way to a peer and back, as one small tree with stable codes.

Never people's wording (that is `vrm_desktop.wording`), and never a path, a query or a body: messages name hosts only.
"""

from typing import ClassVar, Final

_PERMANENT: Final = 500  # SMTP: beyond, the same mail is never taken


class CourierError(Exception):
    """An exchange that brought no answer.

    `may_have_arrived` is true as soon as one byte of the request may have left: what it carried then counts as
    "may have been disclosed".
    """

    code: ClassVar[str] = "courier-error"

    def __init__(self, message: str, *, may_have_arrived: bool) -> None:
        super().__init__(message)
        self.may_have_arrived = may_have_arrived


class NothingSentError(CourierError):
    """A failure before the first byte of the request left."""

    def __init__(self, message: str) -> None:
        super().__init__(message, may_have_arrived=False)


class AddressRefusedError(NothingSentError):
    """The address, or what its name resolves to, is none the courier goes to."""

    code = "address-refused"


class RequestRefusedError(NothingSentError):
    """The caller asked for something the courier never sends: reserved headers, too long a wait, too large a body."""

    code = "request-refused"


class LineClosedError(NothingSentError):
    """The line was hung up, or the courier closed, before the request left."""

    code = "line-closed"


class NameNotFoundError(NothingSentError):
    """The host's name resolves to nothing."""

    code = "name-not-found"


class ConnectFailedError(NothingSentError):
    """Nobody answered at any address of the host."""

    code = "connect-failed"


class ProxyFailedError(NothingSentError):
    """The proxy could not be reached, refused, or spoke nonsense."""

    code = "proxy-failed"


class TlsFailedError(NothingSentError):
    """No protected connection came about."""

    code = "tls-failed"


class CertificateRefusedError(TlsFailedError):
    """The peer could not prove that it is the host asked for."""

    code = "certificate-refused"


class TimedOutError(CourierError):
    """The deadline of the whole exchange, or of connecting, passed."""

    code = "timed-out"


class ConnectionLostError(CourierError):
    """The connection ended before the answer was complete."""

    code = "connection-lost"


class AnsweredBadlyError(CourierError):
    """The request arrived; what came back is not used."""

    code = "answered-badly"

    def __init__(self, message: str) -> None:
        super().__init__(message, may_have_arrived=True)


class TooLargeError(AnsweredBadlyError):
    """The answer passes a limit in bytes or in count."""

    code = "too-large"


class MalformedAnswerError(AnsweredBadlyError):
    """The answer is not HTTP/1.1 as this program reads it, strictly."""

    code = "malformed-answer"


class EncodingRefusedError(AnsweredBadlyError):
    """The answer is compressed or encoded although plain bytes were asked for."""

    code = "encoding-refused"


class MailRefusedError(CourierError):
    """A mail server does not take a mail: for now, or for good when it is `permanent`."""

    code = "mail-refused"

    def __init__(self, status: int) -> None:
        super().__init__(f"the mail server answers {status}", may_have_arrived=False)
        self.permanent = status >= _PERMANENT


class MailLoginRefusedError(NothingSentError):
    """A mail server does not take the name and password, or no way of signing in that is spoken here."""

    code = "mail-login-refused"


class MailFolderGoneError(NothingSentError):
    """There is no such folder on the mail server."""

    code = "mail-folder-gone"
