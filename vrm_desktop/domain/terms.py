"""The roster: standard agreements a person proffers (IEEE 7012 ids), in this project's own words. No foreign texts."""

from dataclasses import dataclass
from enum import StrEnum

from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import Digest, Kid


class TermsFrom(StrEnum):
    """From which moment an agreement holds."""

    PING = "ping"
    ACCEPT = "accept"


class UnknownTerms(DomainError):
    """A roster id, version or entry hash that this program does not know."""

    code = "unknown-terms"


class Standing(StrEnum):
    """What this program makes of terms that somebody names."""

    KNOWN = "known"
    REDEFINED = "redefined"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """Our published entry for one roster id; `entry` hashes its canonical form, `official` waits for the text."""

    id: str
    version: str
    title: str
    summary: str
    allows: tuple[str, ...]
    forbids: tuple[str, ...]
    requires: tuple[str, ...]
    aliases: tuple[str, ...]
    entry: Digest
    official: Digest | None = None
    offered_to_vendors: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AgreementTerms:
    """What one agreement binds: entry, parties, from when. The meaning of an agreement text on the wire."""

    roster: str
    version: str
    entry: Digest
    begins: TermsFrom
    person: Kid
    vendor: Kid


CAST_TERMS = "PDC-INTENT"
SERVICE_TERMS = "SD-BASE"
