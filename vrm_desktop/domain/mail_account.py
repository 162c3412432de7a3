"""The person's own mail account: where mail leaves, where answers are read, and what of the person a request shows.

Never here: connecting. Passwords hide from every printed form.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from vrm_desktop.domain.errors import InvalidValue

_LONGEST = 254
_HIGHEST_PORT = 65_535


class MailSecurity(StrEnum):
    """How the connection is protected. `NONE` is for a server on this computer alone."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


SENDING_PORTS: Final = {MailSecurity.TLS: 465, MailSecurity.STARTTLS: 587, MailSecurity.NONE: 25}
READING_PORTS: Final = {MailSecurity.TLS: 993, MailSecurity.STARTTLS: 143, MailSecurity.NONE: 143}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailBox:
    """A mail server and who signs in there; `user` "": nobody does."""

    host: str
    port: int
    security: MailSecurity = MailSecurity.TLS
    user: str = ""
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        plain = self.host.isascii() and self.host.isprintable() and " " not in self.host
        if not self.host or not plain or len(self.host) > _LONGEST or not 0 < self.port <= _HIGHEST_PORT:
            raise InvalidValue("a mail server has a host and a port")
        if self.security is MailSecurity.NONE and self.host not in {"localhost", "127.0.0.1", "::1"}:
            raise InvalidValue("only a mail server on this computer is spoken to without protection")
        if len(self.user) > _LONGEST or len(self.password) > 4 * _LONGEST or not self.user.isprintable():
            raise InvalidValue("a user name is one line of up to 254 characters")
        if self.password and not self.user:
            raise InvalidValue("a password needs a user")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailAccount:
    """`sends` hands mail over (None: the person's own mail program does), `reads` is looked at for answers (None: it
    is not), in `folder` alone. `address` is the account's own address.

    With `as_alias` a mail is written as from the counterparty's own reply address, else from `address` with that reply
    address beside it. `signs`: requests are signed with the name of the profile.
    """

    address: str
    sends: MailBox | None = None
    reads: MailBox | None = None
    folder: str = "INBOX"
    as_alias: bool = True
    signs: bool = False

    def __post_init__(self) -> None:
        local, _, host = self.address.rpartition("@")
        plain = self.address.isascii() and self.address.isprintable() and not set(" <>,;\"'()") & set(self.address)
        if not local or not host or not plain or len(self.address) > _LONGEST:
            raise InvalidValue("an account has one plain mail address")
        if not self.folder or len(self.folder) > _LONGEST or not self.folder.isprintable():
            raise InvalidValue("a folder has a name")
