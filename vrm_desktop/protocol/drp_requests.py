"""What an agent asks over the Data Rights Protocol: setting up, exercising, revoking. Members only, unsigned."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.drp import DrpAction, DrpIdentity, DrpRegime
from vrm_desktop.protocol.drp_members import (
    LABEL_LENGTH,
    TEXT_LENGTH,
    Members,
    identity_members,
    moment,
    read_identity,
    text,
    texts,
    written,
)
from vrm_desktop.protocol.errors import Malformed, Unsupported

VERSION = "1.0"
LEEWAY = timedelta(seconds=30)
"""A request says that it was made so much earlier: the other side's clock may be behind, and must be past that."""
WINDOW = timedelta(minutes=9)
"""How long a request holds from now; the protocol recommends at most ten minutes in all."""
LONGEST_WINDOW = timedelta(minutes=11)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Header:
    """Who asks whom, and from when until when the request holds."""

    agent_id: str
    business_id: str
    issued_at: datetime
    expires_at: datetime

    @property
    def members(self) -> dict[str, JsonValue]:
        """The five keys that every signed message but a revocation has; alone they are a setup request."""
        return {
            "agent-id": self.agent_id,
            "business-id": self.business_id,
            "issued-at": written(self.issued_at),
            "expires-at": written(self.expires_at),
            "drp.version": VERSION,
        }


def header_for(agent_id: str, business_id: str, now: datetime) -> Header:
    """The header of a message that is sent now."""
    return Header(agent_id=agent_id, business_id=business_id, issued_at=now - LEEWAY, expires_at=now + WINDOW)


def read_header(members: Members) -> Header:
    """The header of a verified message.

    Raises:
        Malformed: a key is missing or of another form.
    """
    issued, expires = moment(members, "issued-at"), moment(members, "expires-at")
    if issued is None or expires is None:
        raise Malformed("issued-at or expires-at is missing")
    return Header(
        agent_id=text(members, "agent-id", needed=True),
        business_id=text(members, "business-id", needed=True),
        issued_at=issued,
        expires_at=expires,
    )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Exercise:
    """One request to exercise a right, without its header. `spelled` is the action as the other side spells it."""

    action: DrpAction
    regime: DrpRegime
    identity: DrpIdentity
    agent_request_id: str = ""
    relationships: tuple[str, ...] = ()
    spelled: str = ""


def exercise_members(header: Header, exercise: Exercise) -> dict[str, JsonValue]:
    """The members of an exercise request, the person's claims flat among them."""
    regime = {} if exercise.regime is DrpRegime.VOLUNTARY else {"regime": exercise.regime.value}
    number = {"agent-request-id": exercise.agent_request_id} if exercise.agent_request_id else {}
    return {
        **header.members,
        **number,
        **regime,
        "exercise": exercise.spelled or exercise.action.value,
        "relationships": list(exercise.relationships),
        **identity_members(exercise.identity),
    }


def read_exercise(members: Members) -> Exercise:
    """The request in verified members.

    Raises:
        Malformed: a member of another type, too long, or missing.
        Unsupported: an action or a regime that nobody knows.
    """
    action = text(members, "exercise", needed=True).replace("_", "-")
    regime = text(members, "regime") or DrpRegime.VOLUNTARY.value
    if action not in set(DrpAction) or regime not in set(DrpRegime):
        raise Unsupported(f"{action} under {regime}")
    return Exercise(
        action=DrpAction(action),
        regime=DrpRegime(regime),
        identity=read_identity(members),
        agent_request_id=text(members, "agent-request-id", most=LABEL_LENGTH),
        relationships=texts(members, "relationships"),
    )


def revoke_members(reason: str) -> dict[str, JsonValue]:
    """The members of a revocation."""
    return {"reason": reason}


def read_revocation(members: Members) -> str:
    """The reason in a verified revocation, "" where none is given.

    Raises:
        Malformed: the reason is no text, or too long.
    """
    return text(members, "reason", most=TEXT_LENGTH)
