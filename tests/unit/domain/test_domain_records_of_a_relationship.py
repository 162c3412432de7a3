"""Offers, vendors, conversations, acts: small values and their rules."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from vrm_desktop.domain import acts
from vrm_desktop.domain.acts import ACT_OF, KIND_OF, DeclineReason
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.conversation import Chain, Conversation
from vrm_desktop.domain.disclosure import BasisKind, LedgerRow, LedgerState, Purpose, Source, Stage
from vrm_desktop.domain.errors import DomainError, InvalidValue
from vrm_desktop.domain.ids import Digest, IntentcastId, Kid, MessageId, PersonaId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Fulfilment
from vrm_desktop.domain.kinds import Kind, NotAllowedNow, Side, State, allowed, next_state
from vrm_desktop.domain.offer import Ask, Offer, OfferLine, OfferState, Price
from vrm_desktop.domain.plan import asked_beyond
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
from vrm_desktop.domain.terms import CAST_TERMS, SERVICE_TERMS, AgreementTerms, RosterEntry, TermsFrom, UnknownTerms
from vrm_desktop.domain.vendor import AcceptedTerms, Counterparty, OrganisationKind, VendorCard

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KID, HASH = Kid("K" * 43), Digest("H" * 43)
CARD = VendorCard(
    key=KID,
    name="Radhaus",
    serial=1,
    expires=NOW,
    endpoint="https://r.example",
    versions=(1,),
    categories=("mobility", "home.tools"),
    regions=("DE", "AT-9"),
    terms=(AcceptedTerms(roster="SD-BASE", version="1", entry=HASH),),
)
OFFER = Offer(
    id=MessageId("m"),
    relationship=RelationshipId("r"),
    intentcast=IntentcastId("i"),
    vendor=VendorId("v"),
    vendor_name="Radhaus",
    lines=(OfferLine(title="A bike", quantity=1, unit=100),),
    price=Price(currency="EUR", items=100, shipping=10, fees=0, tax=0, total=110),
    binding=True,
    valid_until=NOW,
    fulfilment=Fulfilment.DELIVERED,
    by=date(2026, 12, 1),
    returns_days=14,
    warranty_months=24,
    asks=(),
    payment=("sepa-transfer",),
    payment_link="",
    note="",
    received=NOW - timedelta(days=1),
)


def test_a_price_sums_up_and_says_all_in() -> None:
    assert OFFER.price is not None
    assert OFFER.price.all_in.decimal() == "1.10"


@pytest.mark.parametrize(
    "parts", [(100, 10, 0, 0, 111), (120, -10, 0, 0, 110), (0, 0, 0, -1, -1), (2**53, 0, 0, 0, 2**53)]
)
def test_a_price_that_does_not_sum_up_is_refused(parts: tuple[int, int, int, int, int]) -> None:
    items, shipping, fees, tax, total = parts
    with pytest.raises(InvalidValue):
        Price(currency="EUR", items=items, shipping=shipping, fees=fees, tax=tax, total=total)


@pytest.mark.parametrize("state", OfferState)
def test_an_offer_is_live_until_its_day_and_while_nothing_ended_it(state: OfferState) -> None:
    offer = replace(OFFER, state=state)
    assert offer.live_at(NOW - timedelta(seconds=1)) is (state in {OfferState.LIVE, OfferState.COUNTERED})
    assert not offer.live_at(NOW)


@pytest.mark.parametrize(
    ("category", "area"),
    [
        ("mobility.bicycle", Area(country="DE")),
        ("mobility", Area(country="DE", region="DE-NW")),
        ("home.tools", Area(country="AT", region="AT-9")),
        ("home.tools", Area(country="AT")),
    ],
)
def test_a_card_says_what_it_serves_and_where(category: str, area: Area) -> None:
    assert CARD.serves(category=category, area=area)


@pytest.mark.parametrize(
    ("category", "area"),
    [
        ("home.toolshed", Area(country="DE")),
        ("mobilityx.bicycle", Area(country="DE")),
        ("mobility.bicycle", Area(country="FR")),
        ("mobility.bicycle", Area(country="AT", region="AT-1")),
    ],
)
def test_a_card_does_not_serve_its_neighbours(category: str, area: Area) -> None:
    assert not CARD.serves(category=category, area=area)


def test_a_card_without_regions_serves_everywhere() -> None:
    assert replace(CARD, regions=()).serves(category="mobility.car", area=Area(country="NZ"))


def test_a_card_says_which_terms_it_signs() -> None:
    assert CARD.accepts("SD-BASE", "1")
    assert not CARD.accepts("SD-BASE", "2")
    assert not CARD.accepts("SD-BASE-A", "1")


def test_a_chain_has_a_last_hash_exactly_when_it_has_messages() -> None:
    assert Chain() == Chain(seq=0, last=None)
    for number, last in ((0, MessageId("m")), (1, None), (-1, MessageId("m"))):
        with pytest.raises(InvalidValue):
            Chain(seq=number, last=last)


def test_a_conversation_begins_with_nothing_said() -> None:
    conversation = Conversation(side=Side.PERSON, own_kid=KID, peer_kid=KID)
    assert (conversation.id, conversation.state, conversation.own, conversation.offers) == (None, State.NEW, Chain(), 0)


def test_a_ping_or_a_contact_opens_and_only_the_person_sends_it() -> None:
    assert allowed(Side.PERSON, State.NEW) == {Kind.PING, Kind.CONTACT}
    assert allowed(Side.VENDOR, State.NEW) == frozenset()
    assert next_state(Kind.PING, Side.PERSON, State.NEW) is State.ASKED


@pytest.mark.parametrize(
    ("outcome", "state"), [("accept", State.AGREED), ("counter", State.COUNTERED), ("decline", State.DECLINED)]
)
def test_an_answer_on_terms_leads_where_it_says(outcome: str, state: State) -> None:
    assert next_state(Kind.TERMS_ANSWER, Side.VENDOR, State.ASKED, outcome) is state


@pytest.mark.parametrize("outcome", ["", "perhaps", "*"])
def test_an_answer_on_terms_that_says_nothing_known_has_no_transition(outcome: str) -> None:
    with pytest.raises(NotAllowedNow):
        next_state(Kind.TERMS_ANSWER, Side.VENDOR, State.ASKED, outcome)


def test_every_act_is_of_one_kind_that_a_person_may_send() -> None:
    assert set(KIND_OF) == set(get_args(acts.Act))
    assert {kind: KIND_OF[act] for kind, act in ACT_OF.items()} == {kind: kind for kind in ACT_OF}
    sendable = {kind for state in State for kind in allowed(Side.PERSON, state)}
    assert set(ACT_OF) == sendable


def test_reasons_to_decline_are_the_wires_words() -> None:
    assert "changed-mind" in {reason.value for reason in DeclineReason}


def test_errors_have_codes_of_their_own() -> None:
    waiting, codes = [DomainError], []
    while waiting:
        kind = waiting.pop()
        codes.append(kind.code)
        waiting += kind.__subclasses__()
    assert len(codes) == len(set(codes))
    assert {"invalid-value", "not-allowed-now", "unknown-terms"} <= set(codes)
    assert issubclass(UnknownTerms, DomainError)


def test_plain_records_take_their_usual_values() -> None:
    relationship = Relationship(
        id=RelationshipId("r"),
        persona=PersonaId(ROW.persona),
        vendor=VendorId("v"),
        intentcast=None,
        state=RelationshipState.ASKING,
        conversation=Conversation(side=Side.PERSON, own_kid=KID, peer_kid=KID),
        endpoint="https://r.example",
        started=NOW,
    )
    assert (relationship.address, relationship.poll_after, relationship.trouble) == ("", None, "")
    assert ROW.state is LedgerState.LEAVING
    assert Counterparty(id=VendorId("v"), name="R", kind=OrganisationKind.SHOP, added=NOW).card is None
    order = OrderRecord(
        relationship=relationship.id,
        intentcast=IntentcastId("i"),
        offer=OFFER.id,
        hash=HASH,
        lines=OFFER.lines,
        price=OFFER.price,
        payment_method="cash",
        state=OrderState.PLACED,
        placed=NOW,
        document=b"",
    )
    assert (order.record, order.payment, order.paid) == ("", None, None)
    assert PaymentDetails(method="cash").iban == ""
    assert {kind.value for kind in AgendaKind} >= {"answers-by", "offer-expires"}
    assert not AgendaItem(kind=AgendaKind.ANSWERS_BY, due=NOW.date(), key="k").done


ROW = LedgerRow(
    relationship=RelationshipId("r"),
    vendor=VendorId("v"),
    intentcast=None,
    name="want.title",
    value="A bike",
    stage=Stage.REVEAL,
    purpose=Purpose.QUOTE,
    until=date(2026, 12, 1),
    source=Source.WANT,
    basis=BasisKind.SIGNED_AGREEMENT,
    agreement=HASH,
    at=NOW,
    message=MessageId("m"),
)


def test_terms_name_two_parties_and_a_moment() -> None:
    terms = AgreementTerms(
        roster=SERVICE_TERMS, version="1", entry=HASH, begins=TermsFrom.ACCEPT, person=KID, vendor=Kid("V" * 43)
    )
    assert (terms.begins, CAST_TERMS) == ("accept", "PDC-INTENT")
    for kind in (RosterEntry, AgreementRecord, JournalRow, Note):
        assert {field.kw_only for field in fields(kind)} == {True}
    assert [state.value for state in AgreementState] == ["proffered", "countered", "signed", "refused"]


def test_what_delivery_needs_anyway_does_not_count_as_asking_more() -> None:
    asked = ("profile.name", "profile.address.street", "profile.phone")
    asks = tuple(Ask(name=name, purpose="delivery", days=30) for name in asked)
    delivered, collected = (
        replace(OFFER, fulfilment=way, asks=asks) for way in (Fulfilment.DELIVERED, Fulfilment.COLLECTED)
    )
    assert [ask.name for ask in asked_beyond(delivered)] == ["profile.phone"]
    assert [ask.name for ask in asked_beyond(collected)] == ["profile.address.street", "profile.phone"]
