"""What the desk does with a message of an agent, and with a word of the shop's people. Sans-IO but for its rows.

A person is never told apart by more than what the agent claims; whether the claims are true is for the shop's people.
"""

import hmac
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from vrm_desktop.canon import base64url
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.drp import FINAL, DrpReason, DrpReport, DrpStatus
from vrm_desktop.domain.ids import Digest
from vrm_desktop.protocol.drp_directory import Agent
from vrm_desktop.protocol.drp_requests import read_exercise, read_revocation
from vrm_desktop.protocol.errors import Malformed, Unsupported
from vrm_desktop.vendor.drp.rows import Asked, DrpRows, Kept
from vrm_desktop.vendor.drp.settings import DrpSettings, read_agents
from vrm_desktop.vendor.drp.verifying import DrpRefused, signed_by, verified
from vrm_desktop.vendor.errors import HandRefused

KEPT = timedelta(days=60)
"""So long after the end the desk still knows whom a request was about."""
_TOKEN_BYTES = 32


def open_drp(
    settings: DrpSettings | None, folder: Path, *, api_base: str, random: Callable[[int], bytes]
) -> "DrpDesk | None":
    """The desk with the agents that the home folder lists; None where the shop does not answer the protocol.

    Raises:
        BadHome, BadSettings: the agents' file is missing or cannot be read.
    """
    if settings is None:
        return None
    return DrpDesk(settings, read_agents(settings, folder), api_base=api_base, random=random)


class DrpDesk:
    """The desk of one business, for the agents that its file lists. `api_base` is where they ask."""

    def __init__(
        self, settings: DrpSettings, agents: Mapping[str, Agent], *, api_base: str, random: Callable[[int], bytes]
    ) -> None:
        self.settings = settings
        self.api_base = api_base
        self._agents = dict(agents)
        self._random = random

    def set_up(self, rows: DrpRows, agent_id: str, body: str, *, now: datetime) -> str:
        """A token for the agent, which proves itself by its signature.

        Raises:
            DrpRefused: nobody of that id is listed, or a check failed.
        """
        agent = self._agents.get(agent_id)
        if agent is None:
            raise _stranger()
        verified(agent, body, business=self.settings.business, now=now)
        token = base64url.encode(self._random(_TOKEN_BYTES))
        rows.give(agent.id, _hash(token), now)
        return token

    def bearer(self, rows: DrpRows, token: str) -> Agent:
        """The agent that comes with this token; one that is no longer listed has none.

        Raises:
            DrpRefused: it is nobody's.
        """
        found = rows.agent(_hash(token))
        agent = self._agents.get(found) if found is not None else None
        if agent is None:
            raise _stranger()
        return agent

    def check(self, rows: DrpRows, token: str, agent_id: str) -> None:
        """Make sure that the token is this agent's.

        Raises:
            DrpRefused: it is not.
        """
        if not hmac.compare_digest(self.bearer(rows, token).id.encode(), agent_id.encode()):
            raise _stranger()

    def exercise(self, rows: DrpRows, token: str, body: str, *, now: datetime) -> DrpReport:
        """Take a request in, once: the same number of the same agent gets the same answer.

        Raises:
            DrpRefused: a check failed, or the desk does not take such requests.
        """
        agent = self.bearer(rows, token)
        members = verified(agent, body, business=self.settings.business, now=now)
        try:
            request = read_exercise(members)
        except Malformed as error:
            raise DrpRefused(str(error), status=400, fatal=True) from error
        except Unsupported as error:
            raise _unsupported() from error
        if request.action not in self.settings.actions:
            raise _unsupported()
        if request.agent_request_id:
            known = rows.numbered(agent.id, request.agent_request_id)
            if known is not None:
                return known.report
        report = DrpReport(
            request_id=str(uuid.UUID(bytes=self._random(16), version=4)),
            status=DrpStatus.IN_PROGRESS,
            agent_request_id=request.agent_request_id,
            received_at=now,
            expected_by=now + timedelta(days=self.settings.days),
        )
        asked = Asked(action=request.action, regime=request.regime, relationships=request.relationships)
        rows.take(
            Kept(
                agent=agent.id,
                number=request.agent_request_id,
                asked=asked,
                person=request.identity,
                report=report,
                changed=now,
            )
        )
        return report

    def status(self, rows: DrpRows, token: str, key: str) -> DrpReport:
        """How a request of this agent stands.

        Raises:
            DrpRefused: it is not this agent's, or there is none: nobody may tell the two apart.
        """
        return self._own(rows, self.bearer(rows, token), key).report

    def revoke(self, rows: DrpRows, token: str, key: str, body: str, *, now: datetime) -> DrpReport:
        """Take a request back; one that is over stays as it is.

        Raises:
            DrpRefused: the signature, the token or the request is not this agent's.
        """
        agent = self.bearer(rows, token)
        members = signed_by(agent, body)
        try:
            reason = read_revocation(members)
        except Malformed as error:
            raise DrpRefused(str(error), status=400, fatal=True) from error
        kept = self._own(rows, agent, key)
        if kept.report.status in FINAL:
            return kept.report
        report = replace(kept.report, status=DrpStatus.REVOKED, reason=None, details=reason, verification_url="")
        rows.change(replace(kept, report=report, changed=now, expires=now + KEPT))
        return report

    def say(self, rows: DrpRows, key: str, word: DrpReport, *, now: datetime) -> DrpReport:
        """The shop's people's word on a request: `word` has its new status, reason, details, days and links.

        Raises:
            HandRefused: there is no such request, it is over, or the word lacks what it needs.
        """
        kept = rows.one(key)
        if kept is None or kept.report.status in FINAL:
            raise HandRefused("the request is over, or there is none")
        _check_word(word)
        before = kept.report
        report = replace(
            before,
            status=word.status,
            reason=word.reason,
            details=word.details,
            verification_url=word.verification_url,
            results_url=word.results_url,
            expected_by=word.expected_by or before.expected_by,
            expires_at=word.expires_at,
        )
        expires = now + KEPT if word.status in FINAL else word.expires_at
        rows.change(replace(kept, report=report, changed=now, expires=expires))
        return report

    def _own(self, rows: DrpRows, agent: Agent, key: str) -> Kept:
        kept = rows.one(key)
        if kept is None or kept.agent != agent.id:
            raise _stranger()
        return kept


def _hash(token: str) -> Digest:
    return Digest(digest(token.encode("utf-8", "replace")))


def _check_word(word: DrpReport) -> None:
    verifying = word.reason is DrpReason.NEED_USER_VERIFICATION
    if word.status in {DrpStatus.OPEN, DrpStatus.REVOKED, DrpStatus.EXPIRED}:
        raise HandRefused("that is not the shop's to say")
    if (word.status is DrpStatus.DENIED) != (word.reason is not None and not verifying):
        raise HandRefused("a refusal has a reason, and nothing else has one")
    if verifying and not (word.verification_url and word.expires_at):
        raise HandRefused("whoever shall show who they are needs a link by https, and a day until when")


def _stranger() -> DrpRefused:
    return DrpRefused("not this agent's", status=403, fatal=False)


def _unsupported() -> DrpRefused:
    return DrpRefused("Unsupported rights actions submitted.", status=400, fatal=True)
