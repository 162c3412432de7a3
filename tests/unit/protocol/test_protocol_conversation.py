"""Sealing and receiving: the chains, the audience, the clock, the table, and what is refused on either side."""

from datetime import date, datetime, timedelta

import msgspec
import pytest

from tests.fakes.two_sides import NOW, TwoSides
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.domain.conversation import MOST_LIVE_OFFERS, MOST_MESSAGES, Chain
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Kind, State
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import (
    AlreadyReceived,
    BadDisclosure,
    BadSeen,
    BadSignature,
    Expired,
    Fork,
    Full,
    Malformed,
    Missing,
    NotAllowedNow,
    NotServed,
    ProtocolError,
    Unsupported,
    WrongAudience,
)
from vrm_desktop.protocol.receiving import decode_message
from vrm_desktop.protocol.sealing import seal
from vrm_desktop.protocol.shapes import payload_of
from vrm_desktop.protocol.signing import SeedSigner, Typ, sign_compact
from vrm_desktop.protocol.stamping import stamp

OTHER = MessageId("A" * 43)


def forged(two: TwoSides, signer: SeedSigner, **claims: object) -> Envelope:
    """The person's next message, signed properly over other claims; a claim of None is left out."""
    ready = {"kind": "message", "v": 1, "text": "Hello", **{k: v for k, v in two.person.stamp().items() if v}}
    ready["seen"] = {"id": two.person.peer[-1], "seq": len(two.person.peer)}
    value = {name: claim for name, claim in {**ready, **claims}.items() if claim is not None}
    return Envelope(jws=sign_compact(signer, Typ.MESSAGE, strict_json.encode(value)))


def by_person(two: TwoSides, **claims: object) -> Envelope:
    return forged(two, two.person.signer, **claims)


def test_a_conversation_runs_from_ping_to_closure_and_both_sides_hold_the_same_chains() -> None:
    two = TwoSides().revealed()
    two.offer()
    two.tell_desk(messages.End(**two.person.stamp()))
    two.tell_person(messages.Closure(**two.desk.stamp(), reason="ended", erased=True))
    assert two.person.conversation.state is two.desk.conversation.state is State.ENDED
    assert (two.person.own, two.person.peer) == (two.desk.peer, two.desk.own)
    assert two.person.conversation.own == two.desk.conversation.peer
    assert two.person.conversation.id == two.desk.conversation.id == two.person.own[0]


def test_the_forged_message_of_these_tests_is_taken_when_nothing_is_changed() -> None:
    two = TwoSides().revealed()
    assert kind_of(two.desk.take(by_person(two)).message) is Kind.MESSAGE


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({"aud": OTHER}, WrongAudience),
        ({"conv": OTHER}, WrongAudience),
        ({"conv": None}, WrongAudience),
        ({"seq": 4}, Missing),
        ({"seq": 1}, Fork),
        ({"prev": OTHER}, Fork),
        ({"prev": None}, Fork),
        ({"seen": {"id": OTHER, "seq": 1}}, BadSeen),
        ({"seen": {"id": OTHER, "seq": 2}}, BadSeen),
        ({"seen": None}, BadSeen),
        ({"exp": "2026-11-21"}, Expired),
        ({"exp": "2026-11-22T11:54:59Z"}, Expired),
        ({"exp": "2026-02-30"}, Malformed),
        ({"exp": "2026-13-01T00:00:00Z"}, Malformed),
        ({"exp": "2026-11-30T24:00:00Z"}, Malformed),
        ({"exp": "2026-11-30\n"}, Malformed),
        ({"exp": "٢٠٢٦-11-30"}, Malformed),
        ({"exp": "2026-11-30T12:00:00+00:00"}, Malformed),
        ({"v": 2}, NotServed),
        ({"v": None, "seq": "3"}, Malformed),
        ({"v": "1"}, Malformed),
        ({"seq": 201}, Missing),
        ({"seq": 2**31}, Malformed),
        ({"seq": 0}, Malformed),
        ({"kind": "voice"}, Malformed),
        ({"kind": "unheard-of"}, Malformed),
        ({"kind": None}, Malformed),
        ({"text": ""}, Malformed),
        ({"text": "x" * 4001}, Malformed),
        ({"text": None}, Malformed),
        ({"text": 5}, Malformed),
        ({"must": ["text", "admission"]}, Unsupported),
        ({"kind": "offer-withdrawn", "offer": OTHER}, NotAllowedNow),
        ({"kind": "paid", "order": OTHER, "amount": 1, "currency": "EUR", "method": "cash"}, NotAllowedNow),
    ],
)
def test_a_desk_refuses_what_does_not_continue_the_conversation(
    claims: dict[str, object], error: type[ProtocolError]
) -> None:
    two = TwoSides().revealed()
    before = two.desk.conversation
    with pytest.raises(error):
        two.desk.take(by_person(two, **claims))
    assert two.desk.conversation == before


@pytest.mark.parametrize("claims", [{"must": ["text", "seen", "kind"]}, {"unheard": [1]}, {"exp": "2026-11-22"}])
def test_known_musts_unknown_members_and_the_last_day_pass(claims: dict[str, object]) -> None:
    two = TwoSides().revealed()
    two.desk.take(by_person(two, **claims))


def test_five_minutes_of_skew_are_allowed_and_not_a_second_more() -> None:
    two = TwoSides().revealed()
    envelope = by_person(two, exp="2026-11-22T12:00:00Z")
    with pytest.raises(Expired):
        two.desk.take(envelope, now=NOW + timedelta(minutes=5, seconds=1))
    two.desk.take(envelope, now=NOW + timedelta(minutes=5))


def test_a_person_who_was_away_still_takes_what_the_desk_said() -> None:
    two = TwoSides().revealed()
    sealed = two.desk.send(messages.Message(**two.desk.stamp(NOW), text="We have three of them."))
    two.person.take(sealed.envelope, now=NOW + timedelta(days=60))


def test_a_gap_names_the_last_number_received() -> None:
    two = TwoSides().revealed()
    with pytest.raises(Missing) as caught:
        two.desk.take(by_person(two, seq=9))
    assert caught.value.last == 2


def test_the_refusal_of_a_kind_names_the_state() -> None:
    two = TwoSides()
    two.ping()
    with pytest.raises(NotAllowedNow) as caught:
        two.person.send(messages.Paid(**two.person.stamp(), order=OTHER, amount=1, currency="EUR", method="cash"))
    assert caught.value.state == "asked"


def test_the_same_bytes_again_are_told_apart_from_a_fork() -> None:
    two = TwoSides().revealed()
    first = two.tell_desk(messages.Message(**two.person.stamp(), text="One"))
    before = two.desk.conversation
    for now in (NOW, NOW + timedelta(days=400)):
        with pytest.raises(AlreadyReceived):
            two.desk.take(first.envelope, now=now)
    with pytest.raises(Fork):
        two.desk.take(by_person(two, seq=3, prev=two.person.own[1], text="Another"))
    assert two.desk.conversation == before


def test_the_ping_again_inside_its_conversation_has_no_second_effect() -> None:
    two = TwoSides()
    ping = two.ping()
    two.agree()
    with pytest.raises(AlreadyReceived):
        two.desk.take(ping.envelope)


def test_what_was_seen_never_falls() -> None:
    two = TwoSides().revealed()
    two.offer()
    two.tell_desk(messages.Message(**two.person.stamp(), text="I have seen the offer"))
    with pytest.raises(BadSeen):
        two.desk.take(by_person(two, seen={"id": two.desk.own[0], "seq": 1}))


def test_a_stranger_with_a_key_of_its_own_cannot_speak_in_a_conversation() -> None:
    two = TwoSides().revealed()
    with pytest.raises(BadSignature):
        two.desk.take(forged(two, SeedSigner(b"x" * 32)))


@pytest.mark.parametrize(
    "payload",
    [b'{"v": 1}', b'{"v":1,"v":1}', b'{"v":1.5}', '{"ä":1}'.encode(), b"[]", b"nonsense", b"[" * 40 + b"]" * 40, b"5"],
)
def test_a_payload_that_is_not_canonical_is_refused_although_it_is_signed(payload: bytes) -> None:
    two = TwoSides().revealed()
    with pytest.raises(Malformed):
        two.desk.take(Envelope(jws=sign_compact(two.person.signer, Typ.MESSAGE, payload)))


def test_a_signature_for_an_order_is_no_message() -> None:
    two = TwoSides().revealed()
    payload = base64url.decode(by_person(two).jws.split(".")[1])
    with pytest.raises(BadSignature):
        two.desk.take(Envelope(jws=sign_compact(two.person.signer, Typ.ORDER, payload)))


def test_nothing_rides_beside_a_message_without_items() -> None:
    two = TwoSides().revealed()
    envelope = by_person(two)
    with pytest.raises(BadDisclosure):
        two.desk.take(Envelope(jws=envelope.jws, disclosures=(two.disclosures[0].text,)))


def test_a_sixth_offer_is_refused_on_both_sides() -> None:
    two = TwoSides().revealed()
    for _ in range(MOST_LIVE_OFFERS):
        two.offer()
    with pytest.raises(Full):
        two.offer()
    with pytest.raises(Full):
        two.person.take(Envelope(jws=sign_compact(two.desk.signer, Typ.MESSAGE, payload_of(two.offer_message()))))


def test_two_hundred_messages_fill_a_direction() -> None:
    two = TwoSides().revealed()
    while two.person.conversation.own.seq < MOST_MESSAGES:
        two.tell_desk(messages.Message(**two.person.stamp(), text="again"))
    with pytest.raises(Full):
        two.person.stamp()
    last = two.person.own[-1]
    value = {"kind": "message", "v": 1, "text": "One more", "aud": two.desk.signer.kid, "conv": two.person.own[0]}
    place = {"seq": MOST_MESSAGES + 1, "prev": last, "seen": {"id": two.desk.own[-1], "seq": 1}, "exp": "2026-12-01"}
    envelope = Envelope(jws=sign_compact(two.person.signer, Typ.MESSAGE, strict_json.encode({**value, **place})))
    with pytest.raises(Full):
        two.desk.take(envelope)


@pytest.mark.parametrize("exp", [NOW, date(2026, 11, 30)])
def test_until_the_reveal_a_person_says_days_only(exp: date) -> None:
    two = TwoSides()
    assert len(stamp(two.person.conversation, exp=exp)["exp"]) == 10
    two.ping()
    assert len(stamp(two.person.conversation, exp=exp)["exp"]) == 10
    two.agree()
    assert len(stamp(two.person.conversation, exp=exp)["exp"]) == 10
    two.reveal()
    assert ("T" in stamp(two.person.conversation, exp=exp)["exp"]) == isinstance(exp, datetime)
    assert ("T" in stamp(two.desk.conversation, exp=exp)["exp"]) == isinstance(exp, datetime)


def test_an_exact_time_is_not_sealed_before_the_reveal() -> None:
    two = TwoSides()
    two.ping()
    message = messages.WithdrawCast(**two.person.stamp())
    with pytest.raises(Malformed):
        two.person.send(msgspec.structs.replace(message, exp="2026-11-30T12:00:00Z"))


def test_an_instant_without_its_zone_is_not_stamped() -> None:
    with pytest.raises(Malformed):
        TwoSides().person.stamp(datetime(2026, 11, 22))  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize(
    "claims", [{"aud": OTHER}, {"seq": 9}, {"conv": OTHER}, {"prev": OTHER}, {"seen": messages.Seen(seq=1, id=OTHER)}]
)
def test_claims_of_another_place_are_not_sealed(claims: dict[str, object]) -> None:
    two = TwoSides().revealed()
    with pytest.raises(Malformed):
        two.person.send(msgspec.structs.replace(messages.Message(**two.person.stamp(), text="Hello"), **claims))


def test_a_value_out_of_bounds_is_not_sealed() -> None:
    two = TwoSides().revealed()
    for text in ("", "x" * 4001, "\ud800"):
        with pytest.raises(Malformed):
            two.person.send(messages.Message(**two.person.stamp(), text=text))


def test_only_the_relationships_own_key_seals() -> None:
    two = TwoSides().revealed()
    with pytest.raises(BadSignature):
        seal(two.person.conversation, messages.Message(**two.person.stamp(), text="x"), SeedSigner(b"x" * 32))


def test_a_journal_is_read_again_by_key_alone() -> None:
    two = TwoSides()
    message = two.ping_message()
    sealed = two.person.send(message)
    assert decode_message(sealed.envelope.jws, two.person.signer.kid) == message
    with pytest.raises(BadSignature):
        decode_message(sealed.envelope.jws, two.desk.signer.kid)


def test_an_early_peer_chain_has_no_last() -> None:
    two = TwoSides()
    two.ping()
    assert two.person.conversation.peer == Chain()
    assert two.person.conversation.seen_by_peer == 0
    two.agree()
    assert two.person.conversation.seen_by_peer == 1
