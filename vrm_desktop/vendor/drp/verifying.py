"""Whether a signed message may be taken: the protocol's six checks, in its order. Says which failed."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from vrm_desktop.protocol.drp_directory import Agent
from vrm_desktop.protocol.drp_members import Members, moment, text
from vrm_desktop.protocol.drp_requests import LONGEST_WINDOW
from vrm_desktop.protocol.drp_signing import split_combined, verify_combined
from vrm_desktop.protocol.errors import BadSignature, Malformed
from vrm_desktop.vendor.errors import VendorError


class Check(StrEnum):
    """What is looked at, in order."""

    DECODES = "decodes"
    SIGNATURE = "signature"
    AGENT = "agent"
    BUSINESS = "business"
    ISSUED = "issued"
    EXPIRES = "expires"


class DrpRefused(VendorError):
    """A message of an agent is not taken. `status` is HTTP's; `fatal` that the same message never will be."""

    code: ClassVar[str] = "drp-message-refused"

    def __init__(self, message: str, *, status: int, fatal: bool, check: Check | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.fatal = fatal
        self.check = check


def signed_by(agent: Agent, body: str) -> Members:
    """The members of a message that the agent signed: the first two checks.

    Raises:
        DrpRefused: one of them failed.
    """
    try:
        split_combined(body)
    except Malformed as error:
        raise _refused(Check.DECODES, 400, str(error)) from error
    try:
        return verify_combined(body, agent.key)
    except BadSignature as error:
        raise _refused(Check.SIGNATURE, 403, str(error)) from error
    except Malformed as error:
        raise _refused(Check.DECODES, 400, str(error)) from error


def verified(agent: Agent, body: str, *, business: str, now: datetime) -> Members:
    """The members of a message that this agent signed for this business, and that holds now: all checks.

    Raises:
        DrpRefused: the first one that failed.
    """
    members = signed_by(agent, body)
    if _text(members, "agent-id", Check.AGENT) != agent.id:
        raise _refused(Check.AGENT, 403, "agent-id is another agent")
    if _text(members, "business-id", Check.BUSINESS) != business:
        raise _refused(Check.BUSINESS, 400, "business-id is another business")
    issued = _moment(members, "issued-at", Check.ISSUED)
    if not now > issued:
        raise _refused(Check.ISSUED, 400, "issued-at is to come")
    expires = _moment(members, "expires-at", Check.EXPIRES)
    if not now < expires:
        raise _refused(Check.EXPIRES, 400, "expires-at is past")
    if expires - issued > LONGEST_WINDOW:
        raise _refused(Check.EXPIRES, 400, "expires-at is more than ten minutes after issued-at")
    return members


def _refused(check: Check, status: int, message: str) -> DrpRefused:
    return DrpRefused(message, status=status, fatal=True, check=check)


def _text(members: Members, key: str, check: Check) -> str:
    try:
        return text(members, key, needed=True)
    except Malformed as error:
        raise _refused(check, 400, str(error)) from error


def _moment(members: Members, key: str, check: Check) -> datetime:
    try:
        found = moment(members, key)
    except Malformed as error:
        raise _refused(check, 400, str(error)) from error
    if found is None:
        raise _refused(check, 400, f"{key} is missing")
    return found
