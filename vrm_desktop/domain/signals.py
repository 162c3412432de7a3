"""What a vendor says about terms and privacy elsewhere than on its card: files at well-known addresses of its site.

A signal is a claim: it is shown, with where and when it was found, and never taken for an acceptance of anything.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SignalPlace(StrEnum):
    """Where on its site a vendor may say something, below `/.well-known/`."""

    MYTERMS_JSON = "myterms.json"
    MYTERMS = "myterms"
    GPC = "gpc.json"


class SignalState(StrEnum):
    """What was found there."""

    FOUND = "found"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    UNREACHED = "unreached"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NamedTerms:
    """An agreement that a vendor names, in its own words: `name` may be an id, an alias or anything else."""

    name: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorSignal:
    """What one place said when it was last asked.

    `honours` is whether the vendor says that it heeds Global Privacy Control (None where it does not say); `since` is
    the date that the file names, as it stands there.
    """

    place: SignalPlace
    state: SignalState
    asked: datetime
    terms: tuple[NamedTerms, ...] = ()
    honours: bool | None = None
    since: str = ""
