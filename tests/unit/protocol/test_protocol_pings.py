"""What opens a conversation, and what does not."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from tests.fakes.two_sides import NOW, SERVICE, TwoSides
from vrm_desktop.canon import strict_json
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import countersign, proffer
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import (
    BadAgreement,
    BadDisclosure,
    BadSignature,
    Expired,
    Malformed,
    ProtocolError,
    WrongAudience,
)
from vrm_desktop.protocol.reading import read_hash
from vrm_desktop.protocol.shapes import payload_of
from vrm_desktop.protocol.signing import SeedSigner, Typ, sign_compact

OTHER = "A" * 43


def ping_with(two: TwoSides, **changes: object) -> Envelope:
    """A properly signed ping with other members; None leaves one out."""
    value = strict_json.decode(payload_of(two.ping_message()))
    assert isinstance(value, dict)
    members = {name: item for name, item in {**value, **changes}.items() if item is not None}
    return Envelope(jws=sign_compact(two.person.signer, Typ.MESSAGE, strict_json.encode(members)))


def test_a_ping_opens_a_conversation_at_the_desk() -> None:
    two = TwoSides()
    sealed = two.person.send(two.ping_message())
    opened = two.desk.open(Envelope.from_bytes(sealed.envelope.to_bytes()))
    assert opened.conversation.side is Side.VENDOR
    assert opened.conversation.state is State.ASKED
    assert opened.conversation.id == sealed.message_id == sealed.conversation.id
    assert opened.conversation.peer_kid == two.person.signer.kid
    assert [text.begins for text in opened.texts] == ["ping", "accept"]
    assert opened.message.read == read_hash("a fixed read secret")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"aud": OTHER}, WrongAudience),
        ({"seq": 2}, Malformed),
        ({"conv": OTHER}, Malformed),
        ({"prev": OTHER}, Malformed),
        ({"seen": {"id": OTHER, "seq": 1}}, Malformed),
        ({"exp": "2026-12-22T12:00:00Z"}, Malformed),
        ({"exp": "2026-11-01"}, Expired),
        ({"answers_by": "2026-02-30"}, Malformed),
        ({"needed_by": "2026-11-31"}, Malformed),
        ({"digests": []}, Malformed),
        ({"digests": [OTHER]}, Malformed),
        ({"digests": [OTHER] * 16}, Malformed),
        ({"asked": "7"}, Malformed),
        ({"area": {"country": "DE", "postal": "33602"}}, Malformed),
        ({"area": {"country": "DE", "region": "DE-N\n"}}, Malformed),
        ({"category": ""}, Malformed),
        ({"attributes": {f"a{number}": "x" for number in range(33)}}, Malformed),
        ({"agreements": []}, Malformed),
        ({"read": "short"}, Malformed),
    ],
)
def test_a_desk_refuses_a_ping_of_another_form(changes: dict[str, object], error: type[ProtocolError]) -> None:
    two = TwoSides()
    with pytest.raises(error):
        two.desk.open(ping_with(two, **changes))


@pytest.mark.parametrize("changes", [{}, {"needed_by": None}, {"area": {"country": "FR"}}])
def test_a_ping_may_say_more_or_less(changes: dict[str, object]) -> None:
    two = TwoSides()
    two.desk.open(ping_with(two, **changes))


def test_only_a_ping_opens_a_conversation() -> None:
    two = TwoSides()
    two.ping()
    envelope = two.person.send(messages.WithdrawCast(**two.person.stamp())).envelope
    with pytest.raises(Malformed):
        two.desk.open(envelope)


def test_nothing_rides_beside_a_ping() -> None:
    two = TwoSides()
    with pytest.raises(BadDisclosure):
        two.desk.open(Envelope(jws=ping_with(two).jws, disclosures=(two.disclosures[0].text,)))


def test_an_old_ping_is_refused() -> None:
    two = TwoSides()
    with pytest.raises(Expired):
        two.desk.open(ping_with(two), now=NOW + timedelta(days=30))


def _swapped(two: TwoSides) -> tuple[messages.CoSigned, ...]:
    return two.proffered[::-1]


def _for_another_vendor(two: TwoSides) -> tuple[messages.CoSigned, ...]:
    other = TwoSides(desk_seed=b"y" * 32)
    return other.proffered


def _signed_already(two: TwoSides) -> tuple[messages.CoSigned, ...]:
    return tuple(countersign(document, two.desk.signer) for document in two.proffered)


def _of_another_person(two: TwoSides) -> tuple[messages.CoSigned, ...]:
    return TwoSides(person_seed=b"z" * 32).proffered


def _twice_the_same_moment(two: TwoSides) -> tuple[messages.CoSigned, ...]:
    return (two.proffered[0], two.proffer(SERVICE, TermsFrom.PING))


@pytest.mark.parametrize(
    ("documents", "error"),
    [
        (_swapped, BadAgreement),
        (_for_another_vendor, BadAgreement),
        (_signed_already, BadSignature),
        (_of_another_person, BadSignature),
        (_twice_the_same_moment, BadAgreement),
    ],
)
def test_the_two_agreements_of_a_ping_are_the_persons_proffer_to_this_desk(
    documents: Callable[[TwoSides], tuple[messages.CoSigned, ...]], error: type[ProtocolError]
) -> None:
    two = TwoSides()
    with pytest.raises(error):
        two.desk.open(ping_with(two, agreements=msgspec.to_builtins(documents(two))))


@pytest.mark.parametrize(
    "changes",
    [
        {"category": "my very special wish"},
        {"attributes": {"colour": "blue"}},
        {"attributes": {"frame_cm": "54"}},
        {"area": messages.AreaClaim(country="DE", region="AT-1")},
    ],
)
def test_no_free_text_and_no_exact_number_is_sealed_into_a_ping(changes: dict[str, object]) -> None:
    two = TwoSides()
    ping = msgspec.structs.replace(two.ping_message(), **changes)
    with pytest.raises(Malformed):
        two.person.send(ping)


def test_two_agreements_with_one_nonce_are_refused() -> None:
    two = TwoSides()
    nonce = bytes(16)
    documents = tuple(
        proffer(
            two.person.signer,
            entry=SERVICE,
            begins=begins,
            person=two.person.signer.kid,
            vendor=two.desk.signer.kid,
            made=NOW.date(),
            nonce=nonce,
        )
        for begins in (TermsFrom.PING, TermsFrom.ACCEPT)
    )
    with pytest.raises(BadAgreement):
        two.desk.open(ping_with(two, agreements=msgspec.to_builtins(documents)))


def test_a_ping_of_a_key_that_is_none_is_refused() -> None:
    two = TwoSides()
    envelope = ping_with(two)
    _, payload, signature = envelope.jws.split(".")
    header = sign_compact(SeedSigner(b"q" * 32), Typ.MESSAGE, b"{}").split(".")[0]
    with pytest.raises(BadSignature):
        two.desk.open(Envelope(jws=f"{header}.{payload}.{signature}"))
