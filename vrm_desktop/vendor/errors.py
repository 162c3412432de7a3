"""The vendor room's errors: what is the shop's own. What a stranger's message may do wrong is in `protocol.errors`."""

from datetime import datetime
from typing import ClassVar


class VendorError(Exception):
    """Something in the shop's own files or folder is not as it must be; the text names the place."""

    code: ClassVar[str] = "vendor"


class BadCatalogue(VendorError):
    """The catalogue cannot be read; `row` is the line of the `file` (1 is the header), `reason` what is wrong there."""

    code: ClassVar[str] = "bad-catalogue"

    def __init__(self, row: int, reason: str, *, file: str = "") -> None:
        super().__init__(f"{file}, line {row}: {reason}" if file else f"line {row}: {reason}")
        self.row = row
        self.reason = reason


class BadSettings(VendorError):
    """`desk.toml` cannot be read; the text names the member."""

    code: ClassVar[str] = "bad-settings"


class BadHome(VendorError):
    """The home folder, its key or its database cannot be used."""

    code: ClassVar[str] = "bad-home"


class HomeInUse(BadHome):
    """Another process serves from this home folder."""

    code: ClassVar[str] = "home-in-use"


class KeyHeld(VendorError):
    """The desk's last change of key is too young: the key before it is still needed, through `until`."""

    code: ClassVar[str] = "key-held"

    def __init__(self, until: datetime) -> None:
        super().__init__(f"the key changed not long ago, and the old one is needed until {until.date().isoformat()}")
        self.until = until


class UnknownConversation(VendorError):
    """No such conversation, or a wrong read secret: nobody may tell the two apart."""

    code: ClassVar[str] = "unknown-conversation"


class Busy(VendorError):
    """Over budget; `retry_after` in seconds; `closed` for everybody (503), or only too much at once (429)."""

    code: ClassVar[str] = "busy"

    def __init__(self, *, retry_after: int, closed: bool) -> None:
        super().__init__(f"again in {retry_after} s")
        self.retry_after = retry_after
        self.closed = closed


class BadSignIn(VendorError):
    """Somebody may not sign in: another name or password, or one that must not be used."""

    code: ClassVar[str] = "bad-sign-in"


class HandRefused(VendorError):
    """What a person of the shop wants to say cannot be said now: things moved on, or a value is wrong."""

    code: ClassVar[str] = "hand-refused"


class ConnectorAway(VendorError):
    """A connector's program cannot be reached, or takes nothing now: everything for it waits."""

    code: ClassVar[str] = "connector-away"


class ConnectorRefused(VendorError):
    """A connector's program does not take this one thing; the text says why, in the program's words."""

    code: ClassVar[str] = "connector-refused"
