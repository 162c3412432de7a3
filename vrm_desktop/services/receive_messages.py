"""What a vendor sent, verified and stored, with what follows from it. One transaction a message; it counts once."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias, assert_never

from vrm_desktop.domain import acts
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.disclosure import LedgerState, Stage
from vrm_desktop.domain.ids import Digest, MessageId, RelationshipId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.payment import AlarmSource
from vrm_desktop.domain.relationship import (
    AgreementRecord,
    AgreementState,
    JournalRow,
    Note,
    OrderRecord,
    OrderState,
    Relationship,
    RelationshipState,
)
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import document_hash, parties
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import AlreadyReceived, NotAllowedNow, RecordDiffers
from vrm_desktop.protocol.meanings import offer_from, payment_from
from vrm_desktop.protocol.negotiation import Accepted, Countered, Declined, check_answer
from vrm_desktop.protocol.orders import check_confirmation, record_hash
from vrm_desktop.protocol.receiving import Received as Verified
from vrm_desktop.protocol.receiving import decode_again, decode_message, receive
from vrm_desktop.services import (
    change_once,
    change_order,
    follow_leaving,
    hand_over_payment,
    hear_cases,
    keep_contracts,
    keep_things,
    lapse_disclosures,
    order_promises,
    receive_wishes,
    rights_over_wire,
    tell_vendor,
)
from vrm_desktop.services.alarms import standing
from vrm_desktop.services.errors import NotFound, PaymentChanged
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.let_go import let_go
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Received, Transaction
from vrm_desktop.services.start_conversation import release_words
from vrm_desktop.services.stored_documents import from_bytes, to_bytes

_Later: TypeAlias = (
    messages.Refund | messages.CaseAnswer | messages.DataWish | messages.UseReport | messages.VoiceAnswer
)


@dataclass(frozen=True, slots=True)
class _History:
    """Which message ids stand in the journal, by number."""

    tx: Transaction
    relationship: RelationshipId

    def own_id(self, number: int) -> MessageId | None:
        return self.tx.message_id(self.relationship, Side.PERSON, number)

    def peer_id(self, number: int) -> MessageId | None:
        return self.tx.message_id(self.relationship, Side.VENDOR, number)

    def said(self, side: Side, id: MessageId) -> Kind | None:
        row = self._row(side, id)
        return row.kind if row is not None else None

    def stored(self, side: Side, id: MessageId) -> messages.AnyMessage | None:
        row, owner = self._row(side, id), self.tx.relationship(self.relationship)
        return decode_again(row.jws, owner.conversation.kids(side)) if row is not None and owner is not None else None

    def disclosed(self) -> frozenset[str]:
        return frozenset(row.name for row in self.tx.ledger(relationship=self.relationship))

    def _row(self, side: Side, id: MessageId) -> JournalRow | None:
        rows = self.tx.journal(self.relationship)
        return next((row for row in rows if row.sender is side and row.message == id), None)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _Arrival:
    """One verified message and what it arrived in; `relationship` already has the conversation moved on."""

    tx: Transaction
    means: Means
    now: datetime
    relationship: Relationship
    before: State
    id: MessageId
    values: tuple[Disclosure, ...] = ()

    @property
    def late(self) -> bool:
        """Whether it crossed something of ours and changes nothing."""
        return self.relationship.conversation.state is self.before

    def note(self, kind: str, text: str = "", sender: Side = Side.VENDOR) -> None:
        self.tx.add_note(
            Note(relationship=self.relationship.id, at=self.now, sender=sender, kind=kind, text=text, message=self.id)
        )
        if sender is Side.VENDOR:
            hand_over_payment.heard(self.tx, self.means, self.relationship.id, text, AlarmSource.MESSAGE)

    def save(self, relationship: Relationship) -> None:
        self.tx.save_relationship(relationship)


def take_in(tx: Transaction, means: Means, key: RelationshipId, received: Received) -> Changes:
    """Verify one message of the vendor and let it take effect.

    Raises:
        ProtocolError, CanonError, DomainError: it is not what the vendor may say; nothing was changed.
        PaymentChanged: it would change how a confirmed order is paid; nothing was changed.
    """
    relationship = tx.relationship(key)
    if relationship is None:
        raise NotFound(key)
    now = means.clock.now()
    envelope = Envelope.from_bytes(received.envelope)
    conversation = relationship.conversation
    try:
        got = _verified(tx, relationship, envelope, now)
    except AlreadyReceived:
        return Changes()
    moved = replace(relationship, conversation=got.conversation, trouble=standing(relationship.trouble, ""))
    tx.save_relationship(moved)
    tx.append_journal(
        JournalRow(
            relationship=key,
            sender=Side.VENDOR,
            kind=kind_of(got.message),
            number=got.conversation.peer.seq,
            message=got.message_id,
            jws=envelope.jws,
            disclosures=envelope.disclosures,
            at=now,
        )
    )
    arrival = _Arrival(
        tx=tx,
        means=means,
        now=now,
        relationship=moved,
        before=conversation.state,
        id=got.message_id,
        values=got.disclosures,
    )
    if isinstance(got.message, messages.VendorMessage):
        _take_effect(arrival, got.message)
    return Changes.of(("relationship", key), ("intentcast", relationship.intentcast or ""))


def _verified(tx: Transaction, relationship: Relationship, envelope: Envelope, now: datetime) -> Verified:
    conversation = relationship.conversation
    try:
        return receive(conversation, envelope, now=now, history=_History(tx, relationship.id))
    except NotAllowedNow as error:
        message = decode_message(envelope.jws, conversation.peer_kid)
        order = tx.order(relationship.id)
        if isinstance(message, messages.Confirmation) and order is not None and _changes_payment(order, message):
            raise PaymentChanged(relationship.id) from error
        raise


def _changes_payment(order: OrderRecord, message: messages.Confirmation) -> bool:
    return order.payment is not None and order.payment != payment_from(message.payment)


def _take_effect(arrival: _Arrival, message: messages.VendorMessage) -> None:
    match message:
        case messages.TermsAnswer():
            _terms_answer(arrival, message)
        case messages.Offer():
            _offer(arrival, message)
        case messages.OfferWithdrawn():
            _offer_withdrawn(arrival, message)
        case messages.Confirmation():
            _confirmation(arrival, message)
        case messages.Status():
            _status(arrival, message)
        case messages.Receipt():
            arrival.note("receipt", message.number)
            order_promises.billed(arrival.tx, arrival.means, arrival.relationship, message, arrival.id)
        case messages.Message():
            arrival.note("message", message.text)
        case messages.Acknowledgement():
            arrival.note("acknowledgement")
            lapse_disclosures.acknowledged(arrival.tx, arrival.means, arrival.relationship, message)
            rights_over_wire.acknowledged(arrival.tx, arrival.means, arrival.relationship.id, message.of, arrival.id)
            change_once.acknowledged(arrival.tx, arrival.means, arrival.relationship.id, MessageId(message.of))
        case messages.Closure():
            _closure(arrival, message)
        case _ as later:
            _note_later(arrival, later)


def _note_later(arrival: _Arrival, message: _Later) -> None:
    """What is kept as proof and told in the story, and changes nothing of its own."""
    match message:
        case messages.Refund():
            hear_cases.hear_refund(arrival.tx, arrival.means, arrival.relationship, arrival.id, message)
        case messages.CaseAnswer():
            hear_cases.hear_answer(arrival.tx, arrival.means, arrival.relationship, arrival.id, message)
        case messages.DataWish():
            receive_wishes.arrived(arrival.tx, arrival.means, arrival.relationship, arrival.id, message)
        case messages.UseReport():
            arrival.note("report", message.reason)
            owner, values = arrival.relationship.id, arrival.values
            rights_over_wire.reported(arrival.tx, arrival.means, owner, message, arrival.id, values)
        case messages.VoiceAnswer():
            tell_vendor.hear_voice(arrival.tx, arrival.means, arrival.relationship, arrival.id, message)
        case _ as never:
            assert_never(never)


def _terms_answer(arrival: _Arrival, answer: messages.TermsAnswer) -> None:
    tx, relationship = arrival.tx, arrival.relationship
    records = {row.begins: row for row in tx.agreements(relationship.id) if row.state is AgreementState.PROFFERED}
    if len(records) != len(TermsFrom):
        arrival.note("terms-late")
        return
    ping, service = records[TermsFrom.PING.value], records[TermsFrom.ACCEPT.value]
    proffered = (from_bytes(ping.document), from_bytes(service.document))
    person, vendor = parties(proffered[0])
    outcome = check_answer(proffered, answer, person=person, vendor=vendor)
    match outcome:
        case Accepted(agreements=agreements):
            for record, agreement in zip((ping, service), agreements, strict=True):
                signed = to_bytes(agreement.document)
                tx.save_agreement(replace(record, state=AgreementState.SIGNED, document=signed, at=arrival.now))
            arrival.note("terms-accepted")
            if not arrival.late:
                arrival.save(replace(relationship, state=RelationshipState.OPEN))
                release_reveal(tx, arrival.means, relationship)
        case Countered():
            for index, record in enumerate((ping, service)):
                _keep_counter(arrival, record, outcome, index)
            arrival.note("terms-countered", answer.note)
        case Declined(reason=reason):
            for record in (ping, service):
                tx.save_agreement(replace(record, state=AgreementState.REFUSED, at=arrival.now))
            tx.pledge(relationship.id, {})
            arrival.note("terms-declined", reason)
            if not arrival.late:
                arrival.save(replace(relationship, state=RelationshipState.DECLINED))
        case _ as never:
            assert_never(never)


def _keep_counter(arrival: _Arrival, record: AgreementRecord, counter: Countered, index: int) -> None:
    document, text = counter.documents[index], counter.texts[index]
    if not counter.changed[index]:
        signed = replace(record, state=AgreementState.SIGNED, document=to_bytes(document), at=arrival.now)
        arrival.tx.save_agreement(signed)
        return
    arrival.tx.save_agreement(replace(record, state=AgreementState.REFUSED, at=arrival.now))
    arrival.tx.save_agreement(
        replace(
            record,
            hash=document_hash(document),
            roster=text.roster,
            version=text.version,
            state=AgreementState.COUNTERED,
            document=to_bytes(document),
            at=arrival.now,
        )
    )


def release_reveal(tx: Transaction, means: Means, relationship: Relationship) -> None:
    """Hold the reveal that the confirmed plan foresees; sealing it verifies the agreement once more."""
    if let_go(tx, relationship.vendor):
        return
    if relationship.intentcast is None:
        release_words(tx, means, relationship)
        return
    plan = tx.plan(relationship.intentcast)
    if plan is not None:
        hold(tx, means, relationship.id, acts.Reveal(plan=plan.of(relationship.vendor)))


def _offer(arrival: _Arrival, message: messages.Offer) -> None:
    tx, relationship = arrival.tx, arrival.relationship
    if relationship.intentcast is None:
        arrival.note("offer-late")
        return
    vendor = tx.vendor(relationship.vendor)
    offer = offer_from(
        message,
        id=arrival.id,
        relationship=relationship.id,
        intentcast=relationship.intentcast,
        vendor=relationship.vendor,
        vendor_name=vendor.name if vendor else "",
        received=arrival.now,
    )
    if arrival.late and relationship.conversation.state is not State.OFFERED:
        tx.save_offer(replace(offer, state=OfferState.REPLACED))
        arrival.note("offer-late")
        return
    for earlier in tx.offers(relationship=relationship.id):
        if earlier.state in {OfferState.LIVE, OfferState.COUNTERED}:
            tx.set_offer_state(earlier.id, OfferState.REPLACED)
    tx.save_offer(offer)
    tx.put_agenda(
        AgendaItem(
            kind=AgendaKind.OFFER_EXPIRES,
            due=offer.valid_until.date(),
            key=offer.id,
            relationship=relationship.id,
            intentcast=relationship.intentcast,
        )
    )
    arrival.note("offer")


def _offer_withdrawn(arrival: _Arrival, message: messages.OfferWithdrawn) -> None:
    offer = arrival.tx.offer(MessageId(message.offer))
    if offer is None or offer.relationship != arrival.relationship.id:
        arrival.note("offer-withdrawn-unknown")
        return
    if offer.binding and offer.valid_until > arrival.now:
        arrival.note("binding-offer-withdrawn", message.note)
        return
    if offer.state is not OfferState.ACCEPTED:
        arrival.tx.set_offer_state(offer.id, OfferState.WITHDRAWN)
    arrival.note("offer-withdrawn", message.note)


def _confirmation(arrival: _Arrival, message: messages.Confirmation) -> None:
    tx, relationship = arrival.tx, arrival.relationship
    order = tx.order(relationship.id)
    if order is None:
        arrival.note("confirmation-unexpected")
        return
    if order.state is not OrderState.PLACED:
        # It crossed the end, where the chain takes it: the first confirmation stands, and another account is an alarm.
        if _changes_payment(order, message):
            arrival.note("payment-changed")
            said = f"{message.payment.iban} {message.payment.link}"
            hand_over_payment.heard(tx, arrival.means, relationship.id, said, AlarmSource.CONFIRMATION)
            arrival.save(replace(relationship, trouble="payment-changed"))
        return
    expected = _record(tx, relationship)
    try:
        signed = check_confirmation(message, order=from_bytes(order.document), record=expected)
    except RecordDiffers:
        # Kept in the chain as proof, but the two sides do not mean the same: nothing to pay comes out of it.
        arrival.note("record-differs")
        arrival.save(replace(relationship, trouble="record-differs"))
        return
    tx.save_order(
        replace(
            order,
            state=OrderState.CONFIRMED,
            document=to_bytes(signed.document),
            record=expected,
            payment=payment_from(message.payment),
        )
    )
    order_promises.confirmed(tx, arrival.means, relationship, order)
    arrival.note("confirmation")
    if (offer := tx.offer(order.offer)) is not None:
        keep_contracts.take_over(tx, arrival.means, order, offer)


def _record(tx: Transaction, relationship: Relationship) -> Digest:
    """The record hash up to our accept and what it had seen, from our own journal."""
    rows = tx.journal(relationship.id)
    person = [row for row in rows if row.sender is Side.PERSON]
    accept = max(row.number for row in person if row.kind is Kind.ACCEPT)
    position = max(row.seq for row in person if row.number == accept)
    vendor = [row for row in rows if row.sender is Side.VENDOR and row.seq < position]
    conversation = relationship.conversation.id
    if conversation is None:
        raise NotFound(relationship.id)
    return record_hash(
        conversation,
        tuple(row.message for row in sorted(person, key=lambda row: row.number) if row.number <= accept),
        tuple(row.message for row in sorted(vendor, key=lambda row: row.number)),
    )


def _status(arrival: _Arrival, message: messages.Status) -> None:
    order = arrival.tx.order(arrival.relationship.id)
    answers = change_order.hear_status(arrival.tx, arrival.means, arrival.relationship, arrival.id, message)
    if isinstance(message.documents, tuple):
        arrival.note("document-ready", ", ".join(one.title for one in message.documents))
    if answers and order is not None and order.status == message.state:
        return
    if order is not None:
        state = {"delivered": OrderState.FULFILLED, "cancelled": OrderState.CANCELLED}.get(message.state, order.state)
        arrival.tx.save_order(replace(order, status=message.state, state=state))
        if state is OrderState.FULFILLED and order.state is not state:
            keep_things.arrived(arrival.tx, arrival.means, arrival.relationship, order)
    arrival.note(f"status-{message.state}", message.note)


def _closure(arrival: _Arrival, message: messages.Closure) -> None:
    tx, relationship = arrival.tx, arrival.relationship
    for offer in tx.offers(relationship=relationship.id):
        if offer.state in {OfferState.LIVE, OfferState.COUNTERED}:
            # Nothing can be said in this conversation any more, so it cannot be accepted, binding or not.
            tx.set_offer_state(offer.id, OfferState.WITHDRAWN)
    if message.erased:
        kept = any(one.what == "order" for one in message.kept)
        for row in tx.ledger(relationship=relationship.id):
            if not (kept and row.stage is Stage.ORDER):
                tx.set_ledger_state(row.message, LedgerState.ERASED)
    _release_order(arrival)
    lapse_disclosures.closed(tx, arrival.means, relationship, message)
    if arrival.before is State.ENDING:
        due = AgendaItem(
            kind=AgendaKind.ERASURE_DUE,
            due=arrival.now.date(),
            key=relationship.id,
            relationship=relationship.id,
            done=True,
        )
        tx.put_agenda(due)
        follow_leaving.look_again(tx, relationship, arrival.means.clock.today())
    state = RelationshipState.WITHDRAWN if message.reason == "withdrawn" else RelationshipState.ENDED
    if message.reason in {"no-match", "busy", "other"}:
        state = RelationshipState.DECLINED
    if relationship.state is RelationshipState.DECLINED:
        state = RelationshipState.DECLINED
    arrival.save(replace(relationship, state=state, ended=arrival.now))
    arrival.note(f"closure-{message.reason}", message.note)


def _release_order(arrival: _Arrival) -> None:
    """An indicative offer that was accepted and never confirmed is no order: the person may choose again."""
    tx, order = arrival.tx, arrival.tx.order(arrival.relationship.id)
    offer = tx.offer(order.offer) if order is not None else None
    if order is None or offer is None or offer.binding or order.state is not OrderState.PLACED:
        return
    tx.save_order(replace(order, state=OrderState.CANCELLED))
    want = tx.intentcast(order.intentcast)
    if want is not None and want.state is IntentcastState.ORDERED:
        tx.save_intentcast(replace(want, state=IntentcastState.CAST))
