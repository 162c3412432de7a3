"""The Data Rights Protocol as the person keeps it: who speaks it, what was asked of whom, and what became of it.

The closed lists are those of the Data Rights Protocol 1.0. Never here: JSON, signatures, sending.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId

_TEXT_LENGTH = 4000
_LABEL_LENGTH = 200


class DrpAction(StrEnum):
    """What can be asked. The last four are this program's own extension, off unless the person asks for it."""

    ACCESS = "access"
    ACCESS_CATEGORIES = "access:categories"
    ACCESS_SPECIFIC = "access:specific"
    DELETION = "deletion"
    SALE_OPT_OUT = "sale:opt-out"
    SALE_OPT_IN = "sale:opt-in"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    RECTIFICATION = "rectification"
    RESTRICTION = "restriction"


class DrpRegime(StrEnum):
    """Under which rules. `VOLUNTARY` is said by leaving the regime out; `GDPR` is this program's own extension."""

    CCPA = "ccpa"
    VOLUNTARY = "voluntary"
    GDPR = "gdpr"


EXTENSION = frozenset(
    {DrpAction.PORTABILITY, DrpAction.OBJECTION, DrpAction.RECTIFICATION, DrpAction.RESTRICTION, DrpRegime.GDPR}
)
"""What the protocol does not know."""


class DrpClaim(StrEnum):
    """What can be told about the person."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone_number"
    ADDRESS = "address"


class DrpStatus(StrEnum):
    """How far the organisation says it is."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    FULFILLED = "fulfilled"
    REVOKED = "revoked"
    DENIED = "denied"
    EXPIRED = "expired"


FINAL = frozenset({DrpStatus.FULFILLED, DrpStatus.REVOKED, DrpStatus.DENIED, DrpStatus.EXPIRED})


class DrpReason(StrEnum):
    """Why it is so."""

    NEED_USER_VERIFICATION = "need_user_verification"
    SUSPECTED_FRAUD = "suspected_fraud"
    INSUFFICIENT_VERIFICATION = "insuf_verification"
    NO_MATCH = "no_match"
    CLAIM_NOT_COVERED = "claim_not_covered"
    OUTSIDE_JURISDICTION = "outside_jurisdiction"
    TOO_MANY_REQUESTS = "too_many_requests"
    OTHER = "other"


REASONS: dict[DrpStatus, frozenset[DrpReason]] = {
    DrpStatus.IN_PROGRESS: frozenset({DrpReason.NEED_USER_VERIFICATION}),
    DrpStatus.DENIED: frozenset(DrpReason) - {DrpReason.NEED_USER_VERIFICATION},
}
"""Which statuses have a reason, and which ones."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DrpIdentity:
    """Who somebody is, as far as it is told. What is not told is an empty text; `phone` is in E.164 form."""

    name: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    locality: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""

    @property
    def claims(self) -> tuple[DrpClaim, ...]:
        """What of it is told."""
        address = self.street or self.locality or self.region or self.postal_code or self.country
        told = (self.name, self.email, self.phone, address)
        return tuple(claim for claim, value in zip(DrpClaim, told, strict=True) if value)

    def may_be(self, other: "DrpIdentity") -> bool:
        """Whether both may be one person: the same e-mail address or phone number, or the same names in any order."""
        mail = self.email.casefold()
        return (
            (bool(mail) and mail == other.email.casefold())
            or (bool(self.phone) and self.phone == other.phone)
            or (bool(self.name) and _name_words(self.name) == _name_words(other.name))
        )


def _name_words(name: str) -> list[str]:
    return sorted(name.replace(",", " ").casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DrpReport:
    """One status as the organisation gave it. Links are https; what it left out is an empty text or None."""

    request_id: str
    status: DrpStatus
    reason: DrpReason | None = None
    agent_request_id: str = ""
    received_at: datetime | None = None
    expected_by: datetime | None = None
    details: str = ""
    verification_url: str = ""
    results_url: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DrpEntry:
    """One organisation of a directory, in a counterparty's file: it answers the Data Rights Protocol.

    `actions` are spelled as the directory spells them; `asks` is what it wants to know (empty: the agent's choice).
    """

    id: str
    vendor: VendorId
    at: datetime
    name: str
    api_base: str
    actions: tuple[str, ...] = ()
    asks: tuple[DrpClaim, ...] = ()
    web: str = ""
    privacy: str = ""
    contact: str = ""
    relationship: RelationshipId | None = None

    def __post_init__(self) -> None:
        if not self.id or not self.api_base or len(self.id) > _LABEL_LENGTH:
            raise InvalidValue("an entry has an id and an address")

    @property
    def words(self) -> str:
        """Its name and id."""
        return f"{self.name}\n{self.id}"

    def spelled(self, action: DrpAction) -> str:
        """The action as this organisation spells it: live directories have `sale:opt_out`, too."""
        other = action.value.replace("-", "_")
        return other if other in self.actions and action.value not in self.actions else action.value

    def takes(self, action: DrpAction) -> bool:
        """Whether it says that it takes this action; one that says nothing may take any of the protocol's."""
        return self.spelled(action) in self.actions if self.actions else action not in EXTENSION


class DrpStanding(StrEnum):
    """What the person knows of a request, whatever the organisation's server says or loses."""

    LEAVING = "leaving"
    RUNNING = "running"
    SETTLED = "settled"
    LOST = "lost"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DrpExercise:
    """One request over the protocol.

    `source` is the rights request that it serves, if there is one; `business` the entry it went to; `identity` what was
    told. `report` is the last status heard, at `heard`; `trouble` the code of the last difficulty, at `tried`.
    `revoking` says that the person took it back, which the organisation may not have confirmed yet.
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId
    at: datetime
    business: str
    action: DrpAction
    regime: DrpRegime
    agent_request_id: str
    identity: DrpIdentity
    source: str = ""
    standing: DrpStanding = DrpStanding.LEAVING
    report: DrpReport | None = None
    heard: datetime | None = None
    tried: datetime | None = None
    trouble: str = ""
    revoking: bool = False
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.agent_request_id or len(self.reason) > _TEXT_LENGTH:
            raise InvalidValue("a request has a number of its own, and up to 4,000 characters of reason")
        if self.standing in {DrpStanding.RUNNING, DrpStanding.SETTLED} and self.report is None:
            raise InvalidValue("a request runs or is settled only by what the organisation said")

    @property
    def words(self) -> str:
        """Its number here and there, and what the organisation said."""
        told = (self.report.request_id, self.report.details) if self.report else ()
        return "\n".join(part for part in (self.agent_request_id, *told, self.reason) if part)

    @property
    def open(self) -> bool:
        """Whether something may still come of it over the wire."""
        return self.standing in {DrpStanding.LEAVING, DrpStanding.RUNNING}

    @property
    def by_letter(self) -> bool:
        """Whether the way over the wire is at its end without an answer, so that a letter is next."""
        return self.standing in {DrpStanding.LOST, DrpStanding.FAILED} and not self.revoking

    def after(self, report: DrpReport, now: datetime) -> "DrpExercise":
        """The request after a status was heard. What was heard once and is left out now stays: details, links, dates.

        A final status stays final: a server that goes back behind it is not followed.
        """
        before = self.report
        if before is not None and before.status in FINAL:
            return replace(self, heard=now, tried=now, trouble="")
        if before is not None:
            report = replace(
                report,
                received_at=report.received_at or before.received_at,
                expected_by=report.expected_by or before.expected_by,
                results_url=report.results_url or before.results_url,
            )
        standing = DrpStanding.SETTLED if report.status in FINAL else DrpStanding.RUNNING
        return replace(self, report=report, standing=standing, heard=now, tried=now, trouble="")

    def troubled(self, code: str, now: datetime, standing: DrpStanding | None = None) -> "DrpExercise":
        """The request after the organisation could not be asked, or answered in no useful way."""
        return replace(self, trouble=code, tried=now, standing=standing or self.standing)
