"""Quote desks as one of the ways beyond our own wire: asked with exactly what was shown, looked at now and then.

Never here: what an answer means (quote_answers), and what a call says (compose_quotes).
"""

from dataclasses import replace
from datetime import datetime

from vrm_desktop.canon.loose_json import Loose, read_loose
from vrm_desktop.canon.loose_writing import show_loose
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.offer import Offer, OfferState
from vrm_desktop.domain.outside import OutsideAct, OutsideKind, OutsideRecord
from vrm_desktop.domain.plan import VendorPlan
from vrm_desktop.domain.quote_desk import DeskProfile, QuoteAsked, QuoteState
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import KnownWay, Way
from vrm_desktop.formats.mcp_tools import ToolResult
from vrm_desktop.formats.tool_form import built
from vrm_desktop.services import outside_acts
from vrm_desktop.services.compose_quotes import call_in, compose, desk_of, draft_of
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_ways import Carried, Composed
from vrm_desktop.services.ports import Changes, ChannelError, Transaction
from vrm_desktop.services.ports_outside import QuoteDesks
from vrm_desktop.services.quote_answers import Heard, accepted, changes_of, looked, taken_in, text_of


class QuoteWay:
    """The port `OutsideWay` for desks that quote through tools."""

    def compose(
        self,
        tx: Transaction,
        means: Means,
        want: Intentcast,
        vendor: Counterparty,
        known: KnownWay,  # noqa: ARG002 - the port's form
    ) -> Composed:
        """The call."""
        return compose(tx, means, want, vendor)

    def ask(
        self, tx: Transaction, means: Means, relationship: Relationship, plan: VendorPlan, not_before: datetime
    ) -> None:
        """Hold the call; what the person had put in becomes what was asked."""
        if relationship.intentcast is None:
            raise NotPossibleNow("a desk is asked for a want")
        now = means.clock.now()
        draft = draft_of(tx, relationship.vendor, relationship.intentcast)
        tool, _arguments = call_in(plan.body)
        asked = draft or QuoteAsked(
            id=means.new_id("quote"), vendor=relationship.vendor, at=now, intentcast=relationship.intentcast
        )
        asked = replace(asked, relationship=relationship.id, tool=tool, at=now)
        tx.keep_paper(asked.now(QuoteState.HELD))
        act = _act(means, asked, OutsideKind.QUOTE, relationship.endpoint, plan.body, not_before)
        outside_acts.hold(tx, replace(act, tells=plan.reveal))

    async def carry(self, means: Means, act: OutsideAct) -> Carried:
        """Call the tool with exactly what the body says."""
        tool, arguments = call_in(act.body)
        result = await _desks(means).call(act.address, tool, arguments, line=act.relationship)
        take = accepted if act.kind is OutsideKind.QUOTE_ACCEPT else taken_in

        def settle(tx: Transaction) -> Changes:
            asked = tx.paper(QuoteAsked, act.serves)
            return take(_heard(tx, means, asked, result)) if asked is not None else Changes()

        return Carried(answered=text_of(result), settle=settle)

    def accept(self, tx: Transaction, means: Means, offer: Offer, plan: VendorPlan, payment: str) -> Changes:  # noqa: ARG002 - nothing but the desk's own number is told
        """Hold the call that accepts; it tells the desk's own number, and nothing else."""
        asked = asked_for(tx, offer)
        desk = desk_of(tx, offer.vendor)
        profile = desk.profile if desk is not None else None
        relationship = tx.relationship(offer.relationship)
        if profile is None or profile.accepting is None or relationship is None:
            raise NotPossibleNow("this desk is answered by another way")
        how = profile.accepting
        values = _numbers(asked, how.id_argument, how.token_argument)
        if how.confirm_argument:
            values[how.confirm_argument] = True
        body = show_loose({"tool": how.tool, "arguments": built(values)})
        address = relationship.endpoint
        act = _act(means, asked, OutsideKind.QUOTE_ACCEPT, address, body, means.clock.now())
        outside_acts.hold(tx, replace(act, accepts=offer.id))
        tx.set_offer_state(offer.id, OfferState.ACCEPTED)
        tx.keep_paper(asked.now(QuoteState.ACCEPTING))
        return changes_of(asked)

    def next_look(self, tx: Transaction, relationship: Relationship) -> datetime | None:
        """When the desk is asked again, while it lets wait."""
        asked = _pending(tx, relationship.id)
        return asked.next_look if asked is not None else None

    async def look(self, means: Means, relationship: Relationship) -> Changes:
        """Ask the desk how it stands; an answer that is new is kept for proof."""

        def begin(tx: Transaction) -> tuple[QuoteAsked, DeskProfile] | None:
            asked, desk = _pending(tx, relationship.id), desk_of(tx, relationship.vendor)
            profile = desk.profile if desk is not None else None
            return (asked, profile) if asked is not None and profile is not None else None

        found = await means.vault.read(begin)
        if found is None or found[1].looking is None:
            return Changes()
        asked, how = found[0], found[1].looking
        arguments = built(_numbers(asked, how.id_argument, how.token_argument))
        result = await _desks(means).call(relationship.endpoint, how.tool, arguments, line=relationship.id)
        sent = show_loose({"tool": how.tool, "arguments": arguments})

        def settle(tx: Transaction) -> Changes:
            current = tx.paper(QuoteAsked, asked.id)
            if current is None or current.state is not QuoteState.PENDING:
                return Changes()
            _prove(tx, means, relationship, current, sent, text_of(result))
            return looked(_heard(tx, means, current, result))

        return await means.vault.write(settle)


def asked_for(tx: Transaction, offer: Offer) -> QuoteAsked:
    """What was asked that this offer answers.

    Raises:
        NotFound: nothing that is known.
    """
    asked = tx.papers(QuoteAsked, relationship=offer.relationship)
    found = next((one for one in asked if offer.id in one.offers), None)
    if found is None:
        raise NotFound(offer.id)
    return found


def _pending(tx: Transaction, key: RelationshipId) -> QuoteAsked | None:
    asked = tx.papers(QuoteAsked, relationship=key)
    return next((one for one in asked if one.state is QuoteState.PENDING), None)


def _desks(means: Means) -> QuoteDesks:
    if means.outside is None:
        raise ChannelError("connect-failed", "nothing reaches desks here", may_have_arrived=False, final=False)
    return means.outside.desks()


def _heard(tx: Transaction, means: Means, asked: QuoteAsked, result: ToolResult) -> Heard:
    desk = desk_of(tx, asked.vendor)
    profile = desk.profile if desk is not None else None
    known = profile if profile is not None and asked.tool == profile.tool else None
    return Heard(tx=tx, means=means, asked=asked, profile=known, result=result)


def _numbers(asked: QuoteAsked, number: str, token: str) -> dict[str, Loose]:
    """The desk's own number and token, each in the kind in which the desk gave it."""
    values: dict[str, Loose] = {number: _value(asked.number)}
    if token:
        values[token] = _value(asked.token)
    return values


def _value(text: str) -> Loose:
    return read_loose(text)


def _act(
    means: Means, asked: QuoteAsked, kind: OutsideKind, address: str, body: str, not_before: datetime
) -> OutsideAct:
    if asked.relationship is None:
        raise NotPossibleNow(asked.state.value)
    return OutsideAct(
        id=means.new_id("outside"),
        vendor=asked.vendor,
        relationship=asked.relationship,
        at=means.clock.now(),
        way=Way.MCP,
        kind=kind,
        address=address,
        body=body,
        tells=(),
        not_before=not_before,
        intentcast=asked.intentcast,
        serves=asked.id,
    )


def _prove(
    tx: Transaction, means: Means, relationship: Relationship, asked: QuoteAsked, sent: str, answer: str
) -> None:
    """Keep an answer, unless it is word for word the one before."""
    before = [one for one in tx.papers(OutsideRecord, relationship=relationship.id) if one.act == asked.id]
    now = means.clock.now()
    record = OutsideRecord(
        id=means.new_id("record"),
        vendor=asked.vendor,
        relationship=relationship.id,
        at=now,
        act=asked.id,
        way=Way.MCP,
        address=relationship.endpoint,
        sent=sent,
    ).with_answer(answer, None, now)
    if not before or before[-1].answered != record.answered:
        tx.keep_paper(record)
