"""What an act says on the wire: each kind of act composed into its signed message, inside the sealing transaction.

The journal, the ledger and the outbox are written by seal_acts; what an act changes in its own noun is written here.
"""

from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias, assert_never

from vrm_desktop.domain import acts
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.relationship import (
    AgreementRecord,
    AgreementState,
    Note,
    OrderRecord,
    OrderState,
)
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import SignedAgreement, countersign, document_hash, in_force
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.keys import key_proof
from vrm_desktop.protocol.orders import order_text, sign_order
from vrm_desktop.protocol.saying import PlainAct, order_change, plain_message
from vrm_desktop.protocol.sealing import (
    Released,
    Sealed,
    seal,
    seal_accept,
    seal_grant,
    seal_order_change,
    seal_reveal,
    seal_update,
)
from vrm_desktop.protocol.stamping import stamp
from vrm_desktop.services import compose_openings
from vrm_desktop.services.errors import NotPossibleNow
from vrm_desktop.services.leaving_needs import needs
from vrm_desktop.services.sealing_desk import Sealing
from vrm_desktop.services.stored_documents import (
    from_bytes,
    offer_as_sent,
    pledged_digests,
    signed,
    to_bytes,
    wish_as_sent,
)

CLOSURE_DAYS = 31
MOST_KEPT = 20
KEY_DAYS = 90
"""How long a desk may be away and still learn of a new key."""


Later: TypeAlias = PlainAct | acts.Update | acts.Grant | acts.KeyChange
"""What is said beside and after an order."""


def compose(desk: Sealing) -> Sealed:
    """The signed message of the act, and the conversation after it."""
    conversation, signer, exp = desk.relationship.conversation, desk.signer, desk.exp
    match desk.entry.act:
        case acts.Ping() as act:
            return compose_openings.ping(desk, act)
        case acts.Contact() as act:
            return compose_openings.contact(desk, act)
        case acts.TermsAccept():
            return _terms_accept(desk)
        case acts.TermsRefuse():
            return seal(conversation, messages.TermsRefuse(**stamp(conversation, exp=exp)), signer)
        case acts.Reveal() as act:
            return _reveal(desk, act)
        case acts.Counter() as act:
            claims = stamp(conversation, exp=exp)
            body = messages.Counter(
                **claims, offer=act.offer, total=act.price.minor, currency=act.price.currency, note=act.note
            )
            desk.tx.set_offer_state(act.offer, OfferState.COUNTERED)
            return seal(conversation, body, signer)
        case acts.Accept() as act:
            return _accept(desk, act)
        case acts.Decline() as act:
            desk.tx.set_offer_state(act.offer, OfferState.DECLINED)
            declined = messages.Decline(**stamp(conversation, exp=exp), offer=act.offer, reason=act.reason.value)
            return seal(conversation, declined, signer)
        case acts.Paid() as act:
            return _paid(desk, act)
        case acts.WithdrawCast():
            return seal(conversation, messages.WithdrawCast(**stamp(conversation, exp=exp)), signer)
        case acts.End() as act:
            return _end(desk, act)
        case _ as act:
            return _compose_later(desk, act)


def _compose_later(desk: Sealing, later: Later) -> Sealed:
    conversation, signer, exp = desk.relationship.conversation, desk.signer, desk.exp
    match later:
        case acts.OrderChange() as act if act.fields:
            return _order_change(desk, act)
        case acts.Update() as act:
            return _update(desk, act)
        case acts.Grant() as act:
            return _grant(desk, act)
        case (
            acts.OrderChange()
            | acts.Case()
            | acts.CaseReply()
            | acts.Refuse()
            | acts.DataRequest()
            | acts.WithdrawConsent()
            | acts.Notice()
            | acts.Voice()
            | acts.Message()
        ) as act:
            return seal(conversation, plain_message(act, stamp(conversation, exp=exp)), signer)
        case acts.KeyChange():
            return _key_change(desk)
        case _ as never:
            assert_never(never)


def _terms_accept(desk: Sealing) -> Sealed:
    tx, conversation = desk.tx, desk.relationship.conversation
    documents = []
    for begins in TermsFrom:
        record = _countered(desk, begins)
        document = from_bytes(record.document)
        if record.state is AgreementState.COUNTERED:
            document = countersign(document, desk.signer)
            verified = SignedAgreement(document, person=conversation.own_kid, vendor=conversation.peer_kid)
            tx.save_agreement(
                replace(record, state=AgreementState.SIGNED, document=to_bytes(verified.document), at=desk.now)
            )
        documents.append(document)
    body = messages.TermsAccept(**stamp(conversation, exp=desk.exp), agreements=(documents[0], documents[1]))
    return seal(conversation, body, desk.signer)


def _countered(desk: Sealing, begins: TermsFrom) -> AgreementRecord:
    """The document that would stand for `begins` if the counter is accepted: the vendor's, else the signed proposal."""
    records = [row for row in desk.tx.agreements(desk.relationship.id) if row.begins == begins.value]
    for state in (AgreementState.COUNTERED, AgreementState.SIGNED):
        for record in records:
            if record.state is state:
                return record
    raise NotPossibleNow("there is no counter to close")


def _reveal(desk: Sealing, act: acts.Reveal) -> Sealed:
    tx, relationship = desk.tx, desk.relationship
    basis = signed(tx, relationship, TermsFrom.PING)
    texts = tx.pledges(relationship.id)
    items = tuple((Disclosure.from_text(texts[field.name]), field.purpose, field.until) for field in act.plan.reveal)
    return seal_reveal(
        relationship.conversation,
        basis=basis,
        disclosures=items,
        pledged=pledged_digests(tx, relationship),
        exp=desk.exp,
        signer=desk.signer,
    )


def _accept(desk: Sealing, act: acts.Accept) -> Sealed:
    tx, relationship, conversation = desk.tx, desk.relationship, desk.relationship.conversation
    offer = tx.offer(act.offer)
    if offer is None or not offer.live_at(desk.now):
        raise NotPossibleNow("the offer has run out")
    basis = signed(tx, relationship, TermsFrom.ACCEPT)
    pairs = tuple(zip(desk.salted(act.plan.order), act.plan.order, strict=True))
    order = order_text(
        offer_as_sent(tx, relationship, act.offer),
        offer_id=act.offer,
        agreement=basis,
        payment=act.payment,
        digests=tuple(pledge.digest for pledge, _ in pairs),
        made=desk.now,
        keys=(conversation.own_kid, conversation.peer_kid),
    )
    sealed = seal_accept(
        conversation,
        basis=basis,
        order=order,
        disclosures=tuple((pledge, field.purpose, field.until) for pledge, field in pairs),
        exp=desk.exp,
        signer=desk.signer,
    )
    document = sign_order(order, desk.signer)
    tx.set_offer_state(act.offer, OfferState.ACCEPTED)
    tx.save_order(
        OrderRecord(
            relationship=relationship.id,
            intentcast=offer.intentcast,
            offer=offer.id,
            hash=document_hash(document),
            lines=offer.lines,
            price=offer.price,
            payment_method=act.payment,
            state=OrderState.PLACED,
            placed=desk.now,
            document=to_bytes(document),
        )
    )
    if offer.by is not None:
        tx.put_agenda(
            AgendaItem(kind=AgendaKind.DELIVERY_DUE, due=offer.by, key=offer.id, relationship=relationship.id)
        )
    return sealed


def _released(desk: Sealing, fields: tuple[PlannedField, ...]) -> tuple[Released, ...]:
    pairs = zip(desk.salted(fields), fields, strict=True)
    return tuple((disclosure, field.purpose, field.until) for disclosure, field in pairs)


def in_force_now(desk: Sealing) -> SignedAgreement:
    """The agreement that covers what is told now."""
    return signed(desk.tx, desk.relationship, in_force(desk.relationship.conversation.state))


def _order_change(desk: Sealing, act: acts.OrderChange) -> Sealed:
    conversation = desk.relationship.conversation
    return seal_order_change(
        conversation,
        order_change(act, stamp(conversation, exp=desk.exp)),
        basis=signed(desk.tx, desk.relationship, TermsFrom.ACCEPT),
        disclosures=_released(desk, act.fields),
        signer=desk.signer,
    )


def _update(desk: Sealing, act: acts.Update) -> Sealed:
    return seal_update(
        desk.relationship.conversation,
        basis=in_force_now(desk),
        disclosures=_released(desk, act.fields),
        disclosed={row.name for row in desk.tx.ledger(relationship=desk.relationship.id)},
        exp=desk.exp,
        signer=desk.signer,
    )


def _grant(desk: Sealing, act: acts.Grant) -> Sealed:
    return seal_grant(
        desk.relationship.conversation,
        basis=in_force_now(desk),
        of=act.of,
        wish=wish_as_sent(desk.tx, desk.relationship, act.of),
        disclosures=_released(desk, act.fields),
        consent=act.consent,
        exp=desk.exp,
        signer=desk.signer,
    )


def _key_change(desk: Sealing) -> Sealed:
    """The old key's last message. Its secret is gone with this transaction; its public half stays in the chain."""
    conversation = desk.relationship.conversation
    new = desk.tx.change_key(desk.relationship.id, desk.means.random.token(32))
    exp = desk.now + timedelta(days=KEY_DAYS)
    body = messages.KeyChange(**stamp(conversation, exp=exp), kid=new.kid, proof=key_proof(conversation, new))
    desk.tx.add_note(
        Note(relationship=desk.relationship.id, at=desk.now, sender=Side.PERSON, kind="own-key-changed", text="")
    )
    return seal(conversation, body, desk.signer)


def _paid(desk: Sealing, act: acts.Paid) -> Sealed:
    order = desk.tx.order(desk.relationship.id)
    if order is None:
        raise NotPossibleNow("there is no order to pay")
    desk.tx.save_order(replace(order, paid=desk.now))
    conversation = desk.relationship.conversation
    body = messages.Paid(
        **stamp(conversation, exp=desk.exp),
        order=order.hash,
        amount=act.amount.minor,
        currency=act.amount.currency,
        method=act.method,
    )
    return seal(conversation, body, desk.signer)


def _end(desk: Sealing, act: acts.End) -> Sealed:
    conversation, today = desk.relationship.conversation, desk.now.date()
    kept = tuple(
        messages.Kept(what="order", why=one.why.value, until=one.until.isoformat())
        for one in needs(desk.tx, desk.relationship, today)[:MOST_KEPT]
    )
    desk.tx.put_agenda(
        AgendaItem(
            kind=AgendaKind.ERASURE_DUE,
            due=desk.now.date() + timedelta(days=CLOSURE_DAYS),
            key=desk.relationship.id,
            relationship=desk.relationship.id,
        )
    )
    body = messages.End(**stamp(conversation, exp=desk.exp), keep=kept, reason=act.reason)
    return seal(conversation, body, desk.signer)
