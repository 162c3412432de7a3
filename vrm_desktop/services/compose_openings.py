"""What opens a conversation: a want's first question, or a contact without a want. Composed inside the sealing.

Both carry two agreements that the person has signed, and digests of exactly what may be revealed once the vendor has
signed them too. Never here: what a plan may hold.
"""

from datetime import date, timedelta

from vrm_desktop.domain import acts
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.plan import DELIVERY_DAYS, asked
from vrm_desktop.domain.relationship import AgreementRecord, AgreementState, Relationship
from vrm_desktop.domain.terms import CAST_TERMS, SERVICE_TERMS, TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import document_hash, proffer
from vrm_desktop.protocol.disclosures import padded
from vrm_desktop.protocol.keys import known_proof
from vrm_desktop.protocol.meanings import area_claim, day_claim, word_claim
from vrm_desktop.protocol.messages import CoSigned
from vrm_desktop.protocol.reading import read_hash
from vrm_desktop.protocol.sealing import Sealed, seal
from vrm_desktop.protocol.stamping import stamp
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.reachable import own_signer
from vrm_desktop.services.sealing_desk import Sealing
from vrm_desktop.services.stored_documents import to_bytes

ANSWER_DAYS = 14
"""How long a contact waits for an answer."""


def ping(desk: Sealing, act: acts.Ping) -> Sealed:
    """The first question of a want."""
    tx, relationship, conversation = desk.tx, desk.relationship, desk.relationship.conversation
    want = tx.intentcast(IntentcastId(act.intentcast))
    if want is None:
        raise NotFound(act.intentcast)
    digests, documents = _pledged(desk, act.plan.reveal), _proffered(desk)
    tx.put_agenda(AgendaItem(kind=AgendaKind.ANSWERS_BY, due=want.answers_by, key=want.id, intentcast=want.id))
    body = messages.Ping(
        **stamp(conversation, exp=want.answers_by),
        category=want.category,
        attributes=dict(want.attributes),
        condition=want.condition.value,
        fulfilment=want.fulfilment.value,
        area=area_claim(want.area),
        answers_by=want.answers_by.isoformat(),
        needed_by=day_claim(want.needed_by),
        asked=asked(act.count).value,
        read=read_hash(tx.read_secret(relationship.id)),
        agreements=documents,
        digests=digests,
        known=word_claim(_known(desk, act.known)),
    )
    return seal(conversation, body, desk.signer)


def contact(desk: Sealing, act: acts.Contact) -> Sealed:
    """A conversation without a want: what it is about, and nothing of who asks but what `known` shows."""
    relationship, conversation = desk.relationship, desk.relationship.conversation
    due = answer_day(desk.now.date())
    digests, documents = _pledged(desk, act.plan.reveal), _proffered(desk)
    item = AgendaItem(
        kind=AgendaKind.ANSWERS_BY,
        due=due,
        key=relationship.id,
        relationship=relationship.id,
        vendor=relationship.vendor,
    )
    desk.tx.put_agenda(item)
    body = messages.Contact(
        **stamp(conversation, exp=due),
        about=act.about.value,
        category=word_claim(act.category),
        read=read_hash(desk.tx.read_secret(relationship.id)),
        agreements=documents,
        digests=digests,
        known=word_claim(_known(desk, act.known)),
    )
    return seal(conversation, body, desk.signer)


def answer_day(today: date) -> date:
    """Until which day a contact of today waits."""
    return today + timedelta(days=ANSWER_DAYS)


def known_fields(desk: Sealing, key: RelationshipId | None) -> tuple[PlannedField, ...]:
    """What the ledger says of showing an earlier relationship: that it was shown, and which conversation it is."""
    if key is None:
        return ()
    field = PlannedField(
        name="known",
        value=str(_older(desk, key).conversation.id),
        stage=Stage.PING,
        purpose=Purpose.SERVICE,
        until=desk.now.date() + timedelta(days=DELIVERY_DAYS),
        source=Source.WANT,
    )
    return (field,)


def _known(desk: Sealing, key: RelationshipId | None) -> str:
    """What the older relationship's key says of this one; "" where none is shown."""
    if key is None:
        return ""
    older, new = _older(desk, key), desk.relationship.conversation
    signer = own_signer(desk.tx, older)
    return known_proof(older.conversation, signer, kid=new.own_kid, vendor=new.peer_kid)


def _older(desk: Sealing, key: RelationshipId) -> Relationship:
    older = desk.tx.relationship(key)
    if older is None:
        raise NotFound(key)
    if older.vendor != desk.relationship.vendor:
        raise NotPossibleNow("a relationship is shown to its own vendor only")
    return older


def _pledged(desk: Sealing, fields: tuple[PlannedField, ...]) -> tuple[str, ...]:
    """The digests of what may be revealed, each salted text kept until then; their number is padded."""
    pledges = desk.salted(fields)
    desk.tx.pledge(desk.relationship.id, {pledge.name: pledge.text for pledge in pledges})
    return padded(tuple(pledge.digest for pledge in pledges), desk.means.random.token)


def _proffered(desk: Sealing) -> tuple[CoSigned, CoSigned]:
    """The two agreements that the person proposes, signed and kept."""
    documents = []
    for roster, begins in ((CAST_TERMS, TermsFrom.PING), (SERVICE_TERMS, TermsFrom.ACCEPT)):
        entry = desk.means.roster.get(roster)
        document = proffer(
            desk.signer,
            entry=entry,
            begins=begins,
            person=desk.relationship.conversation.own_kid,
            vendor=desk.relationship.conversation.peer_kid,
            made=desk.now.date(),
            nonce=desk.means.random.token(16),
        )
        documents.append(document)
        desk.tx.save_agreement(
            AgreementRecord(
                relationship=desk.relationship.id,
                hash=document_hash(document),
                roster=entry.id,
                version=entry.version,
                begins=begins.value,
                state=AgreementState.PROFFERED,
                document=to_bytes(document),
                at=desk.now,
            )
        )
    return documents[0], documents[1]
