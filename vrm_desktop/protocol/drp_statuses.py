"""What a business answers over the Data Rights Protocol: a token, a status, an error. Bytes in, values out."""

from collections.abc import Mapping
from datetime import datetime

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.drp import REASONS, DrpReason, DrpReport, DrpStatus
from vrm_desktop.protocol.drp_members import TEXT_LENGTH, link, moment, text, written
from vrm_desktop.protocol.errors import Malformed

TOKEN_LENGTH = 4000


def report_members(report: DrpReport) -> dict[str, JsonValue]:
    """A status as a business gives it; what is not known is not there."""
    moments: dict[str, datetime | None] = {
        "received_at": report.received_at,
        "expected_by": report.expected_by,
        "expires_at": report.expires_at,
    }
    texts: dict[str, str] = {
        "agent_request_id": report.agent_request_id,
        "reason": report.reason.value if report.reason else "",
        "processing_details": report.details,
        "user_verification_url": report.verification_url,
        "results_url": report.results_url,
    }
    return {
        "request_id": report.request_id,
        "status": report.status.value,
        **{key: value for key, value in texts.items() if value},
        **{key: written(value) for key, value in moments.items() if value is not None},
    }


def read_report(data: bytes, *, known: str = "") -> DrpReport:
    """The status in an answer; `known` is the request's id where it was asked for by that.

    A reason that nobody knows reads as none, or as `other` where the request is denied; a moment that cannot be read
    as none; details are cut; links that are not https are left out.

    Raises:
        Malformed: no object, no status that is known, or no request id.
    """
    members = _object(data)
    said = text(members, "status", needed=True)
    if said not in set(DrpStatus):
        raise Malformed("a status that nobody knows")
    status = DrpStatus(said)
    identity = text(members, "request_id") or known
    if not identity:
        raise Malformed("no request_id")
    details = members.get("processing_details")
    return DrpReport(
        request_id=identity,
        status=status,
        reason=_reason(members, status),
        agent_request_id=_lenient(members, "agent_request_id"),
        received_at=_moment(members, "received_at"),
        expected_by=_moment(members, "expected_by"),
        details=details.strip()[:TEXT_LENGTH] if isinstance(details, str) else "",
        verification_url=link(members, "user_verification_url"),
        results_url=link(members, "results_url"),
        expires_at=_moment(members, "expires_at"),
    )


def read_token(data: bytes, *, agent_id: str) -> str:
    """The bearer token in the answer to a setup.

    Raises:
        Malformed: none, one that no header can carry, or one for another agent.
    """
    members = _object(data)
    token = text(members, "token", most=TOKEN_LENGTH, needed=True)
    if not token.isascii() or not token.isprintable() or " " in token:
        raise Malformed("a token that no header can carry")
    if text(members, "agent-id") not in {"", agent_id}:
        raise Malformed("a token for another agent")
    return token


def read_fatal(data: bytes) -> bool:
    """Whether an error says that the request is denied for good; whatever cannot be read says nothing."""
    try:
        return _object(data).get("fatal") is True
    except Malformed:
        return False


def error_members(status: int, message: str, *, fatal: bool) -> dict[str, JsonValue]:
    """An error as a business gives it."""
    return {"code": str(status), "message": message, "fatal": fatal}


def _object(data: bytes) -> Mapping[str, JsonValue]:
    try:
        members = strict_json.decode(data)
    except CanonError as error:
        raise Malformed(f"{error.code}: {error}") from error
    if not isinstance(members, dict):
        raise Malformed("not an object")
    return members


def _reason(members: Mapping[str, JsonValue], status: DrpStatus) -> DrpReason | None:
    allowed = REASONS.get(status, frozenset())
    said = members.get("reason")
    found = next((reason for reason in allowed if reason.value == said), None)
    return DrpReason.OTHER if found is None and status is DrpStatus.DENIED else found


def _moment(members: Mapping[str, JsonValue], key: str) -> datetime | None:
    try:
        return moment(members, key)
    except Malformed:
        return None


def _lenient(members: Mapping[str, JsonValue], key: str) -> str:
    try:
        return text(members, key)
    except Malformed:
        return ""
