"""What the person had said before a vault was brought back, taken into it again from what the vendor kept.

The vendor is believed in nothing: every message must bear the person's own signature and continue the chain. Never
here: asking the vendor, or what the vendor said (`receive_messages`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.disclosure import BasisKind, LedgerState, PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import Digest, Kid, MessageId, RelationshipId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.relationship import (
    AgreementState,
    JournalRow,
    Note,
    OrderRecord,
    OrderState,
    Relationship,
    RelationshipState,
)
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.domain.ways import Way
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import document_hash
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.keys import check_key_change
from vrm_desktop.protocol.messages import Item
from vrm_desktop.protocol.moving import after_own
from vrm_desktop.protocol.orders import placed
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.protocol.shapes import read_day, read_instant
from vrm_desktop.protocol.stamping import seen_in
from vrm_desktop.services.alarms import standing
from vrm_desktop.services.compose_acts import CLOSURE_DAYS
from vrm_desktop.services.errors import HistoryDiffers, KeyElsewhere, NotFound
from vrm_desktop.services.ledger_rows import row
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Received, Transaction
from vrm_desktop.services.reachable import has_key
from vrm_desktop.services.said_already import answer_held
from vrm_desktop.services.stored_documents import signed, to_bytes

_STATES = {
    messages.TermsAccept: RelationshipState.OPEN,
    messages.TermsRefuse: RelationshipState.REFUSED,
    messages.WithdrawCast: RelationshipState.WITHDRAWN,
    messages.End: RelationshipState.ENDING,
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _Word:
    """One verified message of the person; `relationship` already has the conversation moved on."""

    tx: Transaction
    now: datetime
    relationship: Relationship
    id: MessageId
    values: Mapping[str, Disclosure]


def in_order(relationship: Relationship, heard: Sequence[Received]) -> Iterator[Received]:
    """As it was said: a message of the person stands right after the last of the vendor's that it had seen.

    Raises:
        ProtocolError: a message is not the person's, by any key that one of these messages may have changed to.
    """
    theirs, kids = [one for one in heard if one.side is Side.VENDOR], relationship.conversation.kids(Side.PERSON)
    for own in (one for one in heard if one.side is Side.PERSON):
        message = decode_again(Envelope.from_bytes(own.envelope).jws, kids)
        if isinstance(message, messages.KeyChange):
            kids = (Kid(message.kid), *kids)
        seen = seen_in(message)[0]
        while theirs and theirs[0].number <= seen:
            yield theirs.pop(0)
        yield own
    yield from theirs


def take_back(tx: Transaction, means: Means, key: RelationshipId, received: Received) -> Changes:
    """Verify one message as the person's next one, and let it take effect here as it did when it was said.

    Raises:
        ProtocolError, CanonError, DomainError: it is not what the person can have said; nothing was changed.
        HistoryDiffers: the person did sign it, but it does not continue what is here; nothing was changed.
    """
    relationship = tx.relationship(key)
    if relationship is None:
        raise NotFound(key)
    envelope, conversation = Envelope.from_bytes(received.envelope), relationship.conversation
    message, message_id = decode_again(envelope.jws, conversation.kids(Side.PERSON)), envelope.message_id
    if message.seq <= conversation.own.seq:
        if tx.message_id(key, Side.PERSON, message.seq) != message_id:
            raise HistoryDiffers(f"number {message.seq} is another message")
        return Changes()
    claimed = (message.conv, message.seq, message.prev)
    follows = claimed == (conversation.id, conversation.own.seq + 1, conversation.own.last)
    if not follows or message.aud not in conversation.kids(Side.VENDOR):
        raise HistoryDiffers("it does not follow from the person's last message")
    if seen_in(message) != (conversation.peer.seq, conversation.peer.last):
        raise HistoryDiffers("it had seen something else")
    now = means.clock.now()
    state = _STATES.get(type(message), relationship.state)
    moved = replace(relationship, conversation=after_own(conversation, message, message_id), state=state)
    if isinstance(message, messages.KeyChange):
        check_key_change(message, conversation=conversation, old=conversation.own_kid)
        moved = _with_key_elsewhere(tx, moved, now)
    values = _values(tx, key, envelope)
    texts = tuple(values[item.digest].text for item in _items(message) if item.digest in values)
    tx.save_relationship(moved)
    tx.append_journal(
        JournalRow(
            relationship=key,
            sender=Side.PERSON,
            kind=kind_of(message),
            number=message.seq,
            message=message_id,
            jws=envelope.jws,
            disclosures=texts,
            at=now,
        )
    )
    _take_effect(_Word(tx=tx, now=now, relationship=moved, id=message_id, values=values), message)
    answer_held(tx, means, key, envelope, message, values)
    tx.add_note(
        Note(relationship=key, at=now, sender=Side.PERSON, kind="caught-up", text=kind_of(message), message=message_id)
    )
    return Changes.of(("relationship", key), ("intentcast", moved.intentcast or ""), ("ledger", moved.vendor))


def _with_key_elsewhere(tx: Transaction, moved: Relationship, now: datetime) -> Relationship:
    """The key was changed after this copy was made. All can still be read here, and nothing said."""
    if has_key(tx, moved):
        return moved
    trouble = standing(moved.trouble, KeyElsewhere.code)
    tx.add_note(Note(relationship=moved.id, at=now, sender=Side.PERSON, kind="trouble", text=KeyElsewhere.code))
    return replace(moved, trouble=trouble)


def _values(tx: Transaction, key: RelationshipId, envelope: Envelope) -> Mapping[str, Disclosure]:
    """What may stand behind a message's digests: what rides beside it, and what was pledged here."""
    texts = (*tx.pledges(key).values(), *envelope.disclosures)
    return {one.digest: one for one in map(Disclosure.from_text, texts)}


def _items(message: messages.AnyMessage) -> tuple[Item, ...]:
    items: tuple[Item, ...] = getattr(message, "items", ())  # several kinds carry values, later ones too
    return items


def _take_effect(word: _Word, message: messages.AnyMessage) -> None:
    tx, relationship = word.tx, word.relationship
    match message:
        case messages.TermsAccept():
            _terms_accept(word, message)
        case messages.Reveal():
            _ledger(word, message.items, Stage.REVEAL, TermsFrom.PING)
        case messages.Counter():
            tx.set_offer_state(MessageId(message.offer), OfferState.COUNTERED)
        case messages.Decline():
            tx.set_offer_state(MessageId(message.offer), OfferState.DECLINED)
        case messages.Accept():
            _accept(word, message)
        case messages.Paid():
            order = tx.order(relationship.id)
            if order is not None:
                tx.save_order(replace(order, paid=word.now))
        case messages.End():
            for row in tx.ledger(relationship=relationship.id):
                if row.state in {LedgerState.SENT, LedgerState.MAYBE}:
                    tx.set_ledger_state(row.message, LedgerState.ERASURE_ASKED)
            due = date.fromordinal(word.now.date().toordinal() + CLOSURE_DAYS)
            tx.put_agenda(
                AgendaItem(kind=AgendaKind.ERASURE_DUE, due=due, key=relationship.id, relationship=relationship.id)
            )
        case _:
            later = tx.order(relationship.id) is not None
            stage, begins = (Stage.ORDER, TermsFrom.ACCEPT) if later else (Stage.REVEAL, TermsFrom.PING)
            _ledger(word, _items(message), stage, begins)


def _terms_accept(word: _Word, message: messages.TermsAccept) -> None:
    records = {record.hash: record for record in word.tx.agreements(word.relationship.id)}
    for document in message.agreements:
        record = records.get(document_hash(document))
        if record is not None and record.state is AgreementState.COUNTERED:
            accepted = replace(record, state=AgreementState.SIGNED, document=to_bytes(document), at=word.now)
            word.tx.save_agreement(accepted)
    for begins in TermsFrom:
        signed(word.tx, word.relationship, begins)  # both signatures stand, or none of this is kept


def _accept(word: _Word, message: messages.Accept) -> None:
    tx, relationship = word.tx, word.relationship
    offer = tx.offer(MessageId(message.offer))
    if offer is None:
        raise HistoryDiffers("it accepts an offer that never came")
    text = placed(message.order, relationship.conversation)
    _ledger(word, message.items, Stage.ORDER, TermsFrom.ACCEPT)
    tx.set_offer_state(offer.id, OfferState.ACCEPTED)
    tx.save_order(
        OrderRecord(
            relationship=relationship.id,
            intentcast=offer.intentcast,
            offer=offer.id,
            hash=document_hash(message.order),
            lines=offer.lines,
            price=offer.price,
            payment_method=text.payment,
            state=OrderState.PLACED,
            placed=read_instant(text.made),
            document=to_bytes(message.order),
        )
    )
    want = tx.intentcast(offer.intentcast)
    if want is not None and want.state is IntentcastState.CAST:
        tx.save_intentcast(replace(want, state=IntentcastState.ORDERED))
    if offer.by is not None:
        tx.put_agenda(
            AgendaItem(kind=AgendaKind.DELIVERY_DUE, due=offer.by, key=offer.id, relationship=relationship.id)
        )


def _ledger(word: _Word, items: Iterable[Item], stage: Stage, begins: TermsFrom) -> None:
    """What a vendor knows must stand here too, whether or not anybody remembers planning it."""
    tx, relationship, items = word.tx, word.relationship, tuple(items)
    if not items:
        return
    agreement = signed(tx, relationship, begins).hash
    planned = _planned(tx, relationship, stage)
    for item in items:
        value = word.values.get(item.digest)
        if value is None:
            tx.add_note(
                Note(
                    relationship=relationship.id,
                    at=word.now,
                    sender=Side.PERSON,
                    kind="value-not-kept",
                    text=item.purpose,
                    message=word.id,
                )
            )
            continue
        plan = planned.get(value.name)
        said = PlannedField(
            name=value.name,
            value=value.value,
            stage=stage,
            purpose=Purpose(item.purpose),
            until=read_day(item.until),
            source=plan.source if plan else _source(value.name),
            field=plan.field if plan else None,
            pd=plan.pd if plan else "",
            coarse=plan.coarse if plan else False,
        )
        tx.append_ledger(
            row(
                relationship,
                said,
                message=word.id,
                at=word.now,
                basis=BasisKind.SIGNED_AGREEMENT,
                channel=Way.NATIVE.value,
                agreement=Digest(agreement),
            )
        )
    tx.set_ledger_state(word.id, LedgerState.SENT)


def _planned(tx: Transaction, relationship: Relationship, stage: Stage) -> Mapping[str, PlannedField]:
    plan = tx.plan(relationship.intentcast) if relationship.intentcast is not None else None
    mine = [one for one in plan.vendors if one.vendor == relationship.vendor] if plan is not None else []
    return {field.name: field for one in mine for field in (one.reveal if stage is Stage.REVEAL else one.order)}


def _source(name: str) -> Source:
    return Source.PROFILE if name.startswith("profile.") else Source.WANT
