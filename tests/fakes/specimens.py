"""One fixed, filled-in record of every kind that the vault keeps, all of one small story.

The frozen vaults under tests/data/vaults were filled with these: never change a released one, add another instead.
"""

from datetime import UTC, date, datetime, timedelta

from vrm_desktop.canon import base64url, hashes
from vrm_desktop.domain.acts import ActState, Decline, DeclineReason, OutboxEntry, Ping, Reveal
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.conversation import Chain, Conversation
from vrm_desktop.domain.disclosure import BasisKind, LedgerRow, LedgerState, PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import (
    ActId,
    Digest,
    FieldId,
    IntentcastId,
    Kid,
    MessageId,
    PersonaId,
    RelationshipId,
    VendorId,
)
from vrm_desktop.domain.intentcast import Bid, Condition, Fulfilment, Intentcast, IntentcastState, Weights
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import Ask, Offer, OfferLine, OfferState, Price
from vrm_desktop.domain.plan import CastPlan, VendorPlan
from vrm_desktop.domain.profile import CoarseRule, FieldPath, ProfileField, ShareDefault
from vrm_desktop.domain.promise import Promise, PromiseOf
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.relationship import (
    AgreementRecord,
    AgreementState,
    JournalRow,
    Note,
    OrderRecord,
    OrderState,
    PaymentDetails,
    Relationship,
    RelationshipState,
)
from vrm_desktop.domain.vendor import AcceptedTerms, Counterparty, OrganisationKind, VendorCard

NOON = datetime(2026, 5, 4, 12, 0, 0, tzinfo=UTC)
SEED = bytes(range(32))
READ_SECRET = "read-secret-of-the-first-relationship"
KID = Kid("A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg")
"""The public key of SEED (the seed of RFC 8032's style of test vectors: 00 01 02 ... 1f)."""
VENDOR_KID = Kid(base64url.encode(bytes(range(100, 132))))


def message_id(number: int) -> MessageId:
    """A message id that nothing hashes to on purpose."""
    return MessageId(hashes.digest(f"message {number}".encode()))


WANT = Intentcast(
    id=IntentcastId("want-1"),
    title="Used road bike, 54 cm – für täglich 🚲",
    category="mobility.bicycle",
    area=Area(country="DE", region="DE-NW", postal_prefix="50"),
    answers_by=date(2026, 5, 8),
    made=NOON,
    details="With mudguards, please.",
    attributes={"type": "road", "frame_cm": "53-55"},
    condition=Condition.USED,
    fulfilment=Fulfilment.COLLECTED,
    place="Cologne",
    quantity=1,
    needed_by=date(2026, 5, 15),
    price_cap=Money(minor=80000, currency="EUR"),
    bid=Bid(amount=Money(minor=70000, currency="EUR"), firm=False, until=date(2026, 5, 9)),
    payment=("sepa-transfer", "cash"),
    weights=Weights(cost=7, date=2, care=1, privacy=5),
    sealed_offers=True,
    persona=PersonaId("me"),
    as_customer=RelationshipId("relationship-0"),
    state=IntentcastState.CAST,
)
TITLE = PlannedField(
    name="want.title",
    value=WANT.title,
    stage=Stage.REVEAL,
    purpose=Purpose.QUOTE,
    until=date(2026, 5, 22),
    source=Source.WANT,
)
NAME = PlannedField(
    name="profile.name",
    value="Anna Beispiel",
    stage=Stage.ORDER,
    purpose=Purpose.DELIVERY,
    until=date(2026, 8, 2),
    source=Source.PROFILE,
    field=FieldId("field-1"),
    pd="Name",
    coarse=False,
)
VENDOR_PLAN = VendorPlan(vendor=VendorId("vendor-1"), ping=(), reveal=(TITLE,), order=(NAME,))
PLAN = CastPlan(intentcast=WANT.id, vendors=(VENDOR_PLAN,))
FIELD = ProfileField(
    id=FieldId("field-1"),
    path=FieldPath.NAME,
    value="Anna Beispiel",
    updated=NOON,
    source="vcard",
    contexts=("private",),
    preferred=True,
    verified="",
    share=ShareDefault.COARSE,
    coarse=CoarseRule.NONE,
    persona=PersonaId("me"),
    subject="me",
)
CARD = VendorCard(
    key=VENDOR_KID,
    name="Rad & Tat",
    serial=3,
    expires=NOON + timedelta(days=90),
    endpoint="https://rad.example/intentcast",
    versions=(1,),
    categories=("mobility.bicycle",),
    regions=("DE-NW",),
    terms=(AcceptedTerms(roster="PDC-INTENT", version="1", entry=Digest(hashes.digest(b"entry"))),),
    currencies=("EUR",),
    languages=("de", "en"),
    kind=OrganisationKind.SHOP,
    about="Used bicycles",
    email="hello@rad.example",
    url="https://rad.example/",
    privacy="https://rad.example/privacy",
)
VENDOR = Counterparty(
    id=VENDOR_PLAN.vendor,
    name="Rad & Tat",
    kind=OrganisationKind.SHOP,
    added=NOON,
    address="https://rad.example/",
    card=CARD,
    card_bytes=b'{"the":"card"}',
    pinned=VENDOR_KID,
    refreshed=NOON,
    trouble="",
)
RELATIONSHIP = Relationship(
    id=RelationshipId("relationship-1"),
    persona=PersonaId("me"),
    vendor=VENDOR.id,
    intentcast=WANT.id,
    state=RelationshipState.OPEN,
    conversation=Conversation(
        side=Side.PERSON,
        own_kid=KID,
        peer_kid=VENDOR_KID,
        id=message_id(1),
        state=State.OFFERED,
        own=Chain(seq=2, last=message_id(3)),
        peer=Chain(seq=2, last=message_id(4)),
        seen_by_peer=2,
        offers=1,
    ),
    endpoint=CARD.endpoint,
    started=NOON,
    address="https://rad.example/intentcast/conversations/1",
    poll_after=NOON + timedelta(minutes=2),
    trouble="timed-out",
    ended=None,
)
AGREEMENT = AgreementRecord(
    relationship=RELATIONSHIP.id,
    hash=Digest(hashes.digest(b"agreement")),
    roster="PDC-INTENT",
    version="1",
    begins="ping",
    state=AgreementState.SIGNED,
    document=b'{"an":"agreement"}',
    at=NOON,
)
OFFER = Offer(
    id=message_id(4),
    relationship=RELATIONSHIP.id,
    intentcast=WANT.id,
    vendor=VENDOR.id,
    vendor_name=VENDOR.name,
    lines=(
        OfferLine(title="Road bike", quantity=1, unit=74900, condition=Condition.USED, sku="r-54", gtin="", link=""),
    ),
    price=Price(currency="EUR", items=74900, shipping=0, fees=500, tax=0, total=75400),
    binding=True,
    valid_until=NOON + timedelta(days=6),
    fulfilment=Fulfilment.COLLECTED,
    by=date(2026, 5, 12),
    returns_days=14,
    warranty_months=12,
    asks=(Ask(name="profile.phone", purpose="contact", days=30),),
    payment=("sepa-transfer",),
    payment_link="",
    note="It was hardly ridden.",
    received=NOON + timedelta(minutes=5),
    state=OfferState.COUNTERED,
)
ORDER = OrderRecord(
    relationship=RELATIONSHIP.id,
    intentcast=WANT.id,
    offer=OFFER.id,
    hash=Digest(hashes.digest(b"order")),
    lines=OFFER.lines,
    price=OFFER.price,
    payment_method="sepa-transfer",
    state=OrderState.CONFIRMED,
    placed=NOON + timedelta(minutes=9),
    document=b'{"an":"order"}',
    record=hashes.digest(b"record"),
    payment=PaymentDetails(method="sepa-transfer", payee="Rad & Tat", iban="DE02120300000000202051", reference="R-1"),
    paid=None,
    status="ready",
)
PING_ACT = OutboxEntry(
    id=ActId("act-1"),
    relationship=RELATIONSHIP.id,
    act=Ping(intentcast=WANT.id, plan=VENDOR_PLAN, count=1),
    state=ActState.DELIVERED,
    made=NOON,
    not_before=NOON + timedelta(seconds=10, microseconds=250_000),
    message=message_id(1),
    body=b"the ping's envelope",
    attempts=2,
    maybe=True,
    trouble="timed-out",
)
REVEAL_ACT = OutboxEntry(
    id=ActId("act-2"),
    relationship=RELATIONSHIP.id,
    act=Reveal(plan=VENDOR_PLAN),
    state=ActState.SEALED,
    made=NOON + timedelta(minutes=1),
    not_before=NOON + timedelta(minutes=1),
    message=message_id(3),
    body=b"the reveal's envelope",
)
DECLINE_ACT = OutboxEntry(
    id=ActId("act-3"),
    relationship=RELATIONSHIP.id,
    act=Decline(offer=OFFER.id, reason=DeclineReason.PRICE),
    state=ActState.HELD,
    made=NOON + timedelta(minutes=6),
    not_before=NOON + timedelta(minutes=6, seconds=10),
)
ACTS = (PING_ACT, REVEAL_ACT, DECLINE_ACT)
PLEDGES = {"want.title": "the-salted-text-of-the-title", "want.place": "the-salted-text-of-the-place"}


def _message(number: int, sender: Side, kind: Kind, own: int, *disclosures: str) -> JournalRow:
    return JournalRow(
        relationship=RELATIONSHIP.id,
        sender=sender,
        kind=kind,
        number=own,
        message=message_id(number),
        jws=f"header{number}.payload.signature",
        disclosures=disclosures,
        at=NOON + timedelta(minutes=number),
        seq=number,
    )


JOURNAL = (
    _message(1, Side.PERSON, Kind.PING, 1),
    _message(2, Side.VENDOR, Kind.TERMS_ANSWER, 1),
    _message(3, Side.PERSON, Kind.REVEAL, 2, *PLEDGES.values()),
    _message(4, Side.VENDOR, Kind.OFFER, 2),
)
"""As the vault returns them; it sets `seq` itself."""

LEDGER = tuple(
    LedgerRow(
        relationship=RELATIONSHIP.id,
        vendor=VENDOR.id,
        intentcast=WANT.id,
        name=name,
        value=value,
        stage=stage,
        purpose=Purpose.QUOTE,
        until=date(2026, 5, 22),
        source=Source.WANT,
        basis=BasisKind.OWN_ACT if agreement is None else BasisKind.SIGNED_AGREEMENT,
        agreement=agreement,
        at=NOON,
        message=message,
        channel="native",
        persona="me",
        subject="me",
        state=state,
        seq=seq,
    )
    for seq, (name, value, stage, agreement, message, state) in enumerate(
        (
            ("category", WANT.category, Stage.PING, None, message_id(1), LedgerState.SENT),
            ("area", "DE-NW 50", Stage.PING, None, message_id(1), LedgerState.SENT),
            ("want.title", WANT.title, Stage.REVEAL, AGREEMENT.hash, message_id(3), LedgerState.LEAVING),
        ),
        start=1,
    )
)
"""As the vault returns them; it sets `seq` itself."""

NOTES = (
    Note(relationship=RELATIONSHIP.id, at=NOON, sender=Side.PERSON, kind="ping", text="Asked.", message=message_id(1)),
    Note(relationship=RELATIONSHIP.id, at=NOON, sender=Side.VENDOR, kind="event", text="Answered – “gern”."),
)
AGENDA = (
    AgendaItem(
        kind=AgendaKind.ANSWERS_BY,
        due=date(2026, 5, 8),
        key=WANT.id,
        relationship=None,
        intentcast=WANT.id,
        done=True,
    ),
    AgendaItem(kind=AgendaKind.OFFER_EXPIRES, due=date(2026, 5, 10), key=OFFER.id, relationship=RELATIONSHIP.id),
)
SETTINGS = {"look": "dark", "first-run": "done"}

PROMISE = Promise(
    id="promise-1",
    vendor=VENDOR.id,
    of=PromiseOf.DELIVERY,
    what="A gravel bike by Friday",
    at=NOON,
    due=date(2026, 5, 15),
    source=OFFER.id,
    relationship=RELATIONSHIP.id,
)
ATTACHED = b"%PDF-1.7 a photo of the receipt"
ATTACHMENT = Attachment(
    id="attachment-1",
    of="promise",
    paper=PROMISE.id,
    name="Beleg für Rad.pdf",
    media="application/pdf",
    size=len(ATTACHED),
    digest=Digest(hashes.digest(ATTACHED)),
    at=NOON,
    vendor=VENDOR.id,
)
