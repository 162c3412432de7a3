"""The form of the mail account. A password that is kept is never in it, only that there is one."""

from dataclasses import dataclass, field

from vrm_desktop.domain.mail_account import MailSecurity


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ServerForm:
    """A mail server as typed; `port` "" is the usual one."""

    used: bool = False
    host: str = ""
    port: str = ""
    security: MailSecurity = MailSecurity.TLS


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailAccountForm:
    """The whole form. `password` is what was typed anew, "" to leave what is kept; `kept`: an account is set."""

    address: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    has_password: bool = False
    sending: ServerForm = ServerForm()
    reading: ServerForm = ServerForm()
    folder: str = "INBOX"
    as_alias: bool = True
    signs: bool = False
    kept: bool = False
