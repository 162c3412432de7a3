"""Where everything that leaves is prepared: a held act gets its number and signature, journal and ledger in one go.

Runs inside one vault transaction; nothing is sent here (deliver_outbox does that and nothing else).
"""

from dataclasses import replace
from datetime import datetime

from vrm_desktop.domain import acts
from vrm_desktop.domain.acts import ActState, OutboxEntry
from vrm_desktop.domain.disclosure import BasisKind
from vrm_desktop.domain.ids import Digest, MessageId, RelationshipId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.relationship import (
    JournalRow,
    Note,
    RelationshipState,
)
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.domain.ways import Way
from vrm_desktop.protocol.agreements import in_force
from vrm_desktop.services import answer_wishes
from vrm_desktop.services.ask_erasure import asked
from vrm_desktop.services.change_order import change_sealed
from vrm_desktop.services.compose_acts import compose
from vrm_desktop.services.compose_openings import known_fields
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.hear_cases import case_sealed
from vrm_desktop.services.ledger_rows import row
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import own_signer
from vrm_desktop.services.sealing_desk import Sealing
from vrm_desktop.services.stored_documents import signed
from vrm_desktop.services.tell_vendor import voice_sealed


def next_due(tx: Transaction, key: RelationshipId, now: datetime) -> OutboxEntry | None:
    """The first held act of the relationship, if its time has come. Acts are sealed in the order they were made."""
    held = tx.acts(states=frozenset({ActState.HELD}), relationship=key)
    return held[0] if held and held[0].not_before <= now else None


def seal_act(tx: Transaction, means: Means, entry: OutboxEntry) -> Changes:
    """Number, sign and record one held act, ready to leave.

    Raises:
        DomainError, ProtocolError, ServiceError: it cannot be said now; the transaction must be rolled back.
    """
    now = means.clock.now()
    relationship = tx.relationship(entry.relationship)
    if relationship is None:
        raise NotFound(entry.relationship)
    signer = own_signer(tx, relationship)
    desk = Sealing(tx=tx, means=means, now=now, entry=entry, relationship=relationship, signer=signer)
    sealed = compose(desk)
    moved = replace(relationship, conversation=sealed.conversation, state=_state_after(entry.act, relationship.state))
    tx.save_relationship(moved)
    tx.append_journal(
        JournalRow(
            relationship=relationship.id,
            sender=Side.PERSON,
            kind=acts.KIND_OF[type(entry.act)],
            number=sealed.conversation.own.seq,
            message=sealed.message_id,
            jws=sealed.envelope.jws,
            disclosures=sealed.envelope.disclosures,
            at=now,
        )
    )
    _write_ledger(desk, sealed.message_id)
    _tie(desk, sealed.message_id)
    tx.update_act(
        replace(
            entry, state=ActState.SEALED, message=sealed.message_id, body=sealed.envelope.to_bytes(), not_before=now
        )
    )
    return Changes.of(("relationship", relationship.id), ("ledger", relationship.vendor))


def give_up(tx: Transaction, means: Means, entry: OutboxEntry, code: str) -> Changes:
    """Record that a held act could not be said; it will not be tried again.

    An order that failed reopens the want, unless another order stands; a question that cannot be asked, or an end,
    leaves nothing to wait for.
    """
    if isinstance(entry.act, acts.Accept):
        offer = tx.offer(entry.act.offer)
        want = tx.intentcast(offer.intentcast) if offer else None
        ordered = want is not None and any(tx.order(one.id) for one in tx.relationships(want.id))
        if want is not None and want.state is IntentcastState.ORDERED and not ordered:
            tx.save_intentcast(replace(want, state=IntentcastState.CAST))
    owner = tx.relationship(entry.relationship)
    if owner is not None and isinstance(entry.act, acts.Ping | acts.Contact):
        tx.save_relationship(replace(owner, state=RelationshipState.BROKEN, trouble=code))
    if owner is not None and isinstance(entry.act, acts.End):
        tx.save_relationship(replace(owner, state=RelationshipState.ENDED, ended=means.clock.now()))
    tx.update_act(replace(entry, state=ActState.FAILED, trouble=code))
    tx.add_note(
        Note(
            relationship=entry.relationship,
            at=means.clock.now(),
            sender=Side.PERSON,
            kind=f"not-sent-{acts.KIND_OF[type(entry.act)].value}",
            text=code,
        )
    )
    return Changes.of(("relationship", entry.relationship), ("act", entry.id))


def _state_after(act: acts.Act, state: RelationshipState) -> RelationshipState:
    match act:
        case acts.TermsAccept():
            return RelationshipState.OPEN
        case acts.TermsRefuse():
            return RelationshipState.REFUSED
        case acts.WithdrawCast():
            return RelationshipState.WITHDRAWN
        case acts.End():
            return RelationshipState.ENDING
        case _:
            return state


def _tie(desk: Sealing, message: MessageId) -> None:
    """Tell the paper that this act speaks for which message it has become."""
    match desk.entry.act:
        case acts.Case() | acts.CaseReply():
            case_sealed(desk.tx, desk.entry, message)
        case acts.OrderChange():
            change_sealed(desk.tx, desk.entry, message)
        case acts.Voice():
            voice_sealed(desk.tx, desk.entry, message)
        case acts.Grant() | acts.Refuse():
            answer_wishes.said(desk.tx, desk.means, desk.entry, message)
        case acts.DataRequest(right=DataRight.ERASURE, fields=fields):
            asked(desk.tx, desk.means, desk.relationship, fields)
        case acts.Reveal() | acts.TermsRefuse() | acts.WithdrawCast():
            # What was pledged is told now, or never will be: its salts need not lie here a second time.
            desk.tx.pledge(desk.relationship.id, {})
        case _:
            pass


def _write_ledger(desk: Sealing, message: MessageId) -> None:
    match desk.entry.act:
        case acts.Ping(plan=plan, known=known) | acts.Contact(plan=plan, known=known):
            fields, basis, begins = (*plan.ping, *known_fields(desk, known)), BasisKind.OWN_ACT, None
        case acts.Reveal(plan=plan):
            fields, basis, begins = plan.reveal, BasisKind.SIGNED_AGREEMENT, TermsFrom.PING
        case acts.Accept(plan=plan):
            fields, basis, begins = plan.order, BasisKind.SIGNED_AGREEMENT, TermsFrom.ACCEPT
        case acts.Update(fields=fields) | acts.Grant(fields=fields):
            # The ledger is written after the act was composed, but an update or a grant leaves the state as it is.
            basis, begins = BasisKind.SIGNED_AGREEMENT, in_force(desk.relationship.conversation.state)
        case acts.OrderChange(fields=fields):
            basis, begins = BasisKind.SIGNED_AGREEMENT, TermsFrom.ACCEPT
        case _:
            return
    agreement: Digest | None = None
    if begins is not None:
        agreement = signed(desk.tx, desk.relationship, begins).hash
    for field in fields:
        told = row(
            desk.relationship,
            field,
            message=message,
            at=desk.now,
            basis=basis,
            channel=Way.NATIVE.value,
            agreement=agreement,
        )
        desk.tx.append_ledger(told)
