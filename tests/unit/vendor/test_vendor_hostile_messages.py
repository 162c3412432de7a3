"""What a desk refuses, with which code, and that a refusal leaves no trace."""

import base64
import os
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.fakes.asking_person import AskingPerson, forgotten
from tests.fakes.open_desk import OpenDesk
from vrm_desktop.domain.regions import Area
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import (
    BadAgreement,
    BadDisclosure,
    BadSignature,
    Expired,
    Fork,
    Full,
    Malformed,
    Missing,
    NotAllowedNow,
    NotServed,
    ProtocolError,
    WrongAudience,
)
from vrm_desktop.protocol.meanings import area_claim
from vrm_desktop.protocol.messages import Message
from vrm_desktop.protocol.signing import SeedSigner


def agreed(desk: OpenDesk) -> AskingPerson:
    person = desk.person()
    desk.exchange(person, person.ping())
    return person


def other_desk(person: AskingPerson) -> Envelope:
    person.vendor = SeedSigner(os.urandom(32)).kid
    person.__post_init__()
    return person.ping()


def long_ago(person: AskingPerson) -> Envelope:
    person.now -= timedelta(days=9)
    return person.ping()


def region_of_another_country(person: AskingPerson) -> Envelope:
    claims = {"kind": "ping", "v": 1, "aud": person.vendor, "seq": 1, "exp": "2026-12-01"}
    return person.signed_anyhow(
        {**claims, "category": "mobility.bicycle", "area": {"country": "DE", "region": "FR-IDF"}}
    )


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (other_desk, WrongAudience),
        (long_ago, Expired),
        (lambda person: person.ping(category="leisure.tent", attributes={}), NotServed),
        (lambda person: person.ping(area=area_claim(Area(country="FR"))), NotServed),
        (region_of_another_country, Malformed),
        (lambda _: Envelope(jws="not.a-jws"), Malformed),
        (lambda _: Envelope(jws="a.!!.c"), Malformed),
        (lambda person: person.signed_anyhow({"kind": "ping", "v": 2}), NotServed),
        (lambda person: person.signed_anyhow({"kind": "ping", "v": 1}), Malformed),
    ],
)
def test_a_ping_is_refused_before_its_signature_is_looked_at(
    desk: OpenDesk, make: Callable[[AskingPerson], Envelope], error: type[ProtocolError]
) -> None:
    envelope = make(desk.person())
    with pytest.raises(error):
        desk.desk.glance_at_ping(spoiled(envelope), now=desk.now)


def spoiled(envelope: Envelope) -> Envelope:
    """The same claims under a signature that does not hold."""
    head, _, _ = envelope.jws.rpartition(".")
    return Envelope(jws=f"{head}.{base64.urlsafe_b64encode(bytes(64)).decode().rstrip('=')}" if head else envelope.jws)


def test_a_wrong_signature_is_refused(desk: OpenDesk) -> None:
    with pytest.raises(BadSignature):
        desk.open(spoiled(desk.person().ping()))
    person = agreed(desk)
    with pytest.raises(BadSignature):
        desk.take(person, spoiled(person.message()))


def test_a_first_message_that_is_no_ping_is_refused(desk: OpenDesk) -> None:
    person = agreed(desk)
    with pytest.raises(Malformed):
        desk.desk.open(person.message(), now=desk.now)


def test_a_ping_about_a_day_that_does_not_exist_is_refused(desk: OpenDesk) -> None:
    with pytest.raises(Malformed):
        desk.open(desk.person().ping(answers_by="2026-02-30"))


def test_the_same_message_again_changes_nothing(desk: OpenDesk) -> None:
    person = agreed(desk)
    reveal = person.reveal()
    assert desk.take(person, reveal)
    before = desk.dossier(person)
    assert not desk.take(person, reveal)
    assert desk.dossier(person) == before


def test_the_same_number_with_another_message_is_a_fork(desk: OpenDesk) -> None:
    person = agreed(desk)
    twin = forgotten(person)
    desk.take(person, person.reveal())
    with pytest.raises(Fork):
        desk.take(twin, twin.message())


def test_a_gap_names_the_last_number(desk: OpenDesk) -> None:
    person = agreed(desk)
    person.message()
    with pytest.raises(Missing) as caught:
        desk.take(person, person.message())
    assert caught.value.last == 1


def test_an_expired_message_is_refused(desk: OpenDesk) -> None:
    person = agreed(desk)
    late = person.message()
    desk.now += timedelta(days=9)
    with pytest.raises(Expired):
        desk.take(person, late)


def test_a_message_for_another_conversation_is_refused(desk: OpenDesk) -> None:
    first, second = agreed(desk), agreed(desk)
    with pytest.raises(BadSignature):
        desk.take(second, first.message())


def test_an_accept_without_an_offer_is_not_allowed_now(desk: OpenDesk) -> None:
    bargaining = agreed(desk)
    desk.exchange(bargaining, bargaining.reveal())
    person = agreed(desk)
    person.heard.append(bargaining.offer()[1])
    claims = {"aud": person.vendor, "seq": 2, "exp": "2026-12-01", "conv": person.conversation.id}
    raw = person.signed_anyhow(
        {
            **claims,
            "prev": person.conversation.own.last,
            "kind": "decline",
            "offer": "A" * 43,
            "reason": "price",
            "v": 1,
        }
    )
    with pytest.raises(NotAllowedNow) as caught:
        desk.take(person, raw)
    assert caught.value.state == "agreed"


def test_a_value_that_was_not_pledged_is_refused(desk: OpenDesk) -> None:
    person = agreed(desk)
    person.disclosures = [Disclosure.fresh("want.title", "something else", os.urandom)]
    person.digests = (person.disclosures[0].digest,)
    with pytest.raises(BadDisclosure):
        desk.take(person, person.reveal())
    assert desk.dossier(person).held == ()


def test_a_disclosure_that_is_left_out_is_refused(desk: OpenDesk) -> None:
    person = agreed(desk)
    envelope = person.reveal()
    with pytest.raises(BadDisclosure):
        desk.take(person, Envelope(jws=envelope.jws, disclosures=envelope.disclosures[:1]))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("want.quantity", "many"),
        ("want.quantity", "0"),
        ("want.bid", "cheap"),
        ("want.bid", "999999999999999999 EUR firm 2026-12-01"),
    ],
)
def test_a_value_that_quoting_cannot_read_is_refused(desk: OpenDesk, name: str, value: str) -> None:
    person = desk.person(want={name: value})
    desk.exchange(person, person.ping())
    with pytest.raises(BadDisclosure):
        desk.take(person, person.reveal())


def test_a_reveal_under_another_agreement_is_refused(desk: OpenDesk) -> None:
    person, other = agreed(desk), agreed(desk)
    genuine = person.reveal()
    from vrm_desktop.protocol.receiving import decode_message
    from vrm_desktop.protocol.shapes import payload_of
    from vrm_desktop.protocol.signing import Typ, sign_compact

    message = decode_message(genuine.jws, person.signer.kid)
    import msgspec

    forged = msgspec.structs.replace(message, agreement=other.agreements()[0].hash)
    jws = sign_compact(person.signer, Typ.MESSAGE, payload_of(forged))
    with pytest.raises(BadAgreement):
        desk.take(person, Envelope(jws=jws, disclosures=genuine.disclosures))


def test_two_hundred_messages_are_the_most(desk: OpenDesk) -> None:
    person = agreed(desk)
    for number in range(2, 201):
        assert desk.take(person, person.message(f"number {number}"))
    claims = {"aud": person.vendor, "seq": 201, "exp": "2026-12-01", "conv": person.conversation.id, "v": 1}
    with pytest.raises(Full):
        desk.take(person, person.signed_anyhow({**claims, "kind": "message", "text": "one more"}))
    own = desk.dossier(person).conversation.own.seq
    assert own == 198, "acknowledgements leave room for a closure"


def test_a_message_of_a_kind_only_reserved_is_refused(desk: OpenDesk) -> None:
    person = agreed(desk)
    claims = {"aud": person.vendor, "seq": 2, "exp": "2026-12-01", "conv": person.conversation.id, "v": 1}
    with pytest.raises(Malformed):
        desk.take(person, person.signed_anyhow({**claims, "kind": "voice", "text": "hello"}))


def test_must_with_an_unknown_name_is_refused(desk: OpenDesk) -> None:
    person = agreed(desk)
    envelope = person.say(lambda claims: Message(**claims, text="hello"))
    assert desk.take(person, envelope)
    from vrm_desktop.protocol.errors import Unsupported

    claims = {"aud": person.vendor, "seq": 3, "exp": "2026-12-01", "conv": person.conversation.id, "v": 1}
    raw = person.signed_anyhow(
        {**claims, "prev": person.conversation.own.last, "kind": "message", "text": "x", "must": ["sparkle"]}
    )
    with pytest.raises(Unsupported):
        desk.take(person, raw)
