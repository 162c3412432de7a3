"""Disclosures, envelopes, reveals: what may ride beside a message, and that nothing leaves without a basis."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.two_sides import NOW, CountedBytes, TwoSides
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import Digest
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.disclosures import Disclosure, check_pledged, padded
from vrm_desktop.protocol.envelope import LARGEST, Envelope
from vrm_desktop.protocol.errors import BadAgreement, BadDisclosure, Malformed, NotAllowedNow, ProtocolError, TooLarge
from vrm_desktop.protocol.messages import Item
from vrm_desktop.protocol.receiving import Received
from vrm_desktop.protocol.sealing import Released, Sealed, seal, seal_reveal
from vrm_desktop.protocol.signing import Typ, sign_compact

SALT = base64url.encode(bytes(range(16)))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(TEXTS, TEXTS, st.binary(min_size=16, max_size=16))
def test_a_disclosure_survives_its_travelling_form(name: str, value: str, salt: bytes) -> None:
    disclosure = Disclosure.fresh(name, value, lambda _: salt)
    assert Disclosure.from_text(disclosure.text) == disclosure
    assert base64url.decode(disclosure.text) == strict_json.encode([base64url.encode(salt), name, value])


def test_a_salt_hides_an_equal_value() -> None:
    random = CountedBytes("salts")
    one, other = (Disclosure.fresh("want.title", "A bike", random) for _ in range(2))
    assert one.digest != other.digest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "====",
        base64url.encode(b"[]"),
        base64url.encode(b'["a","b"]'),
        base64url.encode(strict_json.encode([SALT, "name", 5])),
        base64url.encode(strict_json.encode([SALT, "name", "value", "more"])),
        base64url.encode(strict_json.encode([SALT, "name", ["value"]])),
        base64url.encode(f'["{SALT}", "name","value"]'.encode()),
        base64url.encode(strict_json.encode(["short", "name", "value"])),
        base64url.encode(strict_json.encode(["AAAA", "name", "value"])),
        base64url.encode(strict_json.encode(["!", "name", "value"])),
        base64url.encode(strict_json.encode([SALT, "", "value"])),
        base64url.encode(strict_json.encode([SALT, "name", ""])),
        base64url.encode(strict_json.encode([SALT, "n" * 65, "value"])),
        base64url.encode(strict_json.encode([SALT, "name", "v" * 4001])),
    ],
)
def test_what_is_no_disclosure_is_refused(text: str) -> None:
    with pytest.raises(BadDisclosure):
        Disclosure.from_text(text)


def test_a_lone_surrogate_does_not_travel() -> None:
    with pytest.raises(BadDisclosure):
        _ = Disclosure(salt=SALT, name="name", value="\ud800").text


@pytest.mark.parametrize(("count", "total"), [(0, 16), (1, 16), (16, 16), (17, 32), (64, 64)])
def test_digests_are_padded_to_a_multiple_of_16_and_sorted(count: int, total: int) -> None:
    real = [Disclosure.fresh("n", "v", random).digest for random in [CountedBytes("real")] for _ in range(count)]
    all_ = padded(real, CountedBytes("filling"))
    assert len(all_) == total
    assert list(all_) == sorted(set(all_))
    assert set(real) <= set(all_)
    assert all(len(base64url.decode(digest)) == 32 for digest in all_)


def test_more_than_64_digests_or_one_twice_are_refused() -> None:
    one = Disclosure.fresh("n", "v", CountedBytes("x")).digest
    many = [Digest(base64url.encode(bytes([number]) * 32)) for number in range(65)]
    for digests in ([one, one], many):
        with pytest.raises(BadDisclosure):
            padded(digests, CountedBytes("y"))


def test_only_what_was_pledged_passes() -> None:
    item = Item(digest="A" * 43, purpose="quote", until="2026-12-01")
    check_pledged((item,), ("A" * 43,))
    with pytest.raises(BadDisclosure):
        check_pledged((item,), ("B" * 43,))


def released(two: TwoSides) -> tuple[Released, ...]:
    return tuple((one, Purpose.QUOTE, date(2026, 12, 13)) for one in two.disclosures)


def agreed() -> TwoSides:
    two = TwoSides()
    two.ping()
    two.agree()
    return two


def reveal(two: TwoSides, disclosures: tuple[Released, ...]) -> Sealed:
    return seal_reveal(
        two.person.conversation,
        basis=two.agreements[0],
        disclosures=disclosures,
        pledged=two.pledged,
        exp=NOW,
        signer=two.person.signer,
    )


def test_a_reveal_brings_what_was_pledged_in_the_order_of_its_items() -> None:
    two = agreed()
    received = two.desk.take(Envelope.from_bytes(reveal(two, released(two)[::-1]).envelope.to_bytes()))
    assert received.disclosures == two.disclosures[::-1]
    assert isinstance(received.message, messages.Reveal)
    assert received.message.agreement == two.agreements[0].hash


def test_a_value_that_was_never_pledged_is_not_revealed() -> None:
    two = agreed()
    stray = (Disclosure.fresh("want.title", "Something else", two.random), Purpose.QUOTE, date(2026, 12, 13))
    with pytest.raises(BadDisclosure):
        reveal(two, (*released(two), stray))


def test_a_value_is_not_revealed_twice_and_nothing_is_no_reveal() -> None:
    two = agreed()
    with pytest.raises(BadDisclosure):
        reveal(two, released(two)[:1] * 2)
    with pytest.raises(Malformed):
        reveal(two, ())


def test_a_reveal_rests_on_the_casts_agreement_with_this_vendor() -> None:
    two, other = agreed(), TwoSides(desk_seed=b"o" * 32)
    other.ping()
    other.agree()
    for basis in (two.agreements[1], other.agreements[0]):
        with pytest.raises(BadAgreement):
            seal_reveal(
                two.person.conversation,
                basis=basis,
                disclosures=released(two),
                pledged=two.pledged,
                exp=NOW,
                signer=two.person.signer,
            )


def test_a_reveal_before_the_vendor_signed_has_no_place_in_the_conversation() -> None:
    two, early = agreed(), TwoSides()
    early.ping()
    early.agreements = two.agreements
    with pytest.raises(NotAllowedNow):
        reveal(early, released(early))


def test_a_reveal_does_not_leave_by_the_common_door() -> None:
    two = agreed()
    message = messages.Reveal(
        **two.person.stamp(),
        agreement=two.agreements[0].hash,
        items=(Item(digest=two.disclosures[0].digest, purpose="quote", until="2026-12-01"),),
    )
    with pytest.raises(BadAgreement):
        seal(two.person.conversation, message, two.person.signer)  # type: ignore[arg-type]


def none_of_them(_texts: tuple[str, ...]) -> tuple[str, ...]:
    return ()


def one_of_them(texts: tuple[str, ...]) -> tuple[str, ...]:
    return texts[:1]


def one_twice(texts: tuple[str, ...]) -> tuple[str, ...]:
    return (*texts, texts[0])


def one_too_many(texts: tuple[str, ...]) -> tuple[str, ...]:
    return (*texts, Disclosure(salt=SALT, name="name", value="value").text)


def one_exchanged(texts: tuple[str, ...]) -> tuple[str, ...]:
    return (texts[0], Disclosure(salt=SALT, name="name", value="value").text)


def one_broken(texts: tuple[str, ...]) -> tuple[str, ...]:
    return (texts[0], "nonsense")


@pytest.mark.parametrize("change", [none_of_them, one_of_them, one_twice, one_too_many, one_exchanged, one_broken])
def test_a_desk_refuses_disclosures_that_do_not_match_the_items(
    change: Callable[[tuple[str, ...]], tuple[str, ...]],
) -> None:
    two = agreed()
    envelope = reveal(two, released(two)).envelope
    with pytest.raises(BadDisclosure):
        two.desk.take(Envelope(jws=envelope.jws, disclosures=change(envelope.disclosures)))


def test_one_value_does_not_serve_two_items() -> None:
    two = agreed()
    envelope = reveal(two, released(two)[:1]).envelope
    payload = strict_json.decode(base64url.decode(envelope.jws.split(".")[1]))
    assert isinstance(payload, dict)
    assert isinstance(payload["items"], list)
    doubled = strict_json.encode({**payload, "items": payload["items"] * 2})
    with pytest.raises(BadDisclosure):
        two.desk.take(
            Envelope(jws=sign_compact(two.person.signer, Typ.MESSAGE, doubled), disclosures=envelope.disclosures)
        )


def test_an_envelope_survives_the_wire_and_nests() -> None:
    envelope = Envelope(jws="a.b.c", disclosures=("AA", "AB"))
    assert Envelope.from_bytes(envelope.to_bytes()) == envelope == Envelope.from_value(envelope.to_value())
    assert envelope.to_bytes() == b'{"disclosures":["AA","AB"],"jws":"a.b.c"}'


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", Malformed),
        (b"[]", Malformed),
        (b'{"jws":"a"}', Malformed),
        (b'{"disclosures":[]}', Malformed),
        (b'{"disclosures":[5],"jws":"a"}', Malformed),
        (b'{"disclosures":{},"jws":"a"}', Malformed),
        (b'{"disclosures":[],"jws":5}', Malformed),
        (b'{"disclosures":[],"jws":"a","more":1}', Malformed),
        (b'{"disclosures":[],"jws": "a"}', Malformed),
        ('{"disclosures":[],"jws":"ä"}'.encode(), Malformed),
        (b" " * (LARGEST + 1), TooLarge),
        (b'{"disclosures":[],"jws":"' + b"a" * LARGEST + b'"}', TooLarge),
    ],
)
def test_bytes_that_are_no_envelope_are_refused(data: bytes, error: type[ProtocolError]) -> None:
    with pytest.raises(error):
        Envelope.from_bytes(data)


def test_an_envelope_is_bounded_however_it_is_made() -> None:
    frame = len(Envelope(jws="").to_bytes())
    Envelope(jws="a" * (LARGEST - frame))
    with pytest.raises(TooLarge):
        Envelope(jws="a" * (LARGEST - frame + 1))
    with pytest.raises(Malformed):
        Envelope(jws="a", disclosures=("\ud800",))


def test_a_received_message_keeps_what_rode_beside_it() -> None:
    two = agreed()
    received = two.desk.take(reveal(two, released(two)).envelope)
    assert isinstance(received, Received)
    assert [disclosure.value for disclosure in received.disclosures] == ["A cargo bike for two children", "Bielefeld"]
