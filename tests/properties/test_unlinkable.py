"""Vendors that pool everything they got from many people's first questions find nothing that links two of them."""

import gzip
import secrets
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from tests.fakes.decoding import holds, layers
from tests.fakes.pooling import SharedValue, bits, common_values
from tests.fakes.two_sides import CAST, SERVICE
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import proffer
from vrm_desktop.protocol.disclosures import Disclosure, padded
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.reading import read_hash
from vrm_desktop.protocol.sealing import seal
from vrm_desktop.protocol.shapes import payload_of
from vrm_desktop.protocol.signing import SeedSigner, Typ, sign_compact
from vrm_desktop.protocol.stamping import stamp

PEOPLE = 12
DESKS = {name: SeedSigner(secrets.token_bytes(32)) for name in ("anna", "bert", "carl", "dora")}
NOW = datetime(2026, 11, 22, 9, 41, 7, tzinfo=UTC)
Random = Callable[[int], bytes]
Change = Callable[[messages.Ping], messages.Ping]


def first_question(person: int, desk: SeedSigner, random: Random, seed: bytes, change: Change | None) -> bytes:
    """One person's ping to one desk, as the protocol makes it, with `random` for all that must be fresh."""
    signer = SeedSigner(seed)
    conversation = Conversation(side=Side.PERSON, own_kid=signer.kid, peer_kid=desk.kid)
    documents = tuple(
        proffer(
            signer,
            entry=entry,
            begins=begins,
            person=signer.kid,
            vendor=desk.kid,
            made=NOW.date(),
            nonce=secrets.token_bytes(16),
        )
        for entry, begins in ((CAST, TermsFrom.PING), (SERVICE, TermsFrom.ACCEPT))
    )
    pledged = [Disclosure.fresh("want.title", f"What person {person} wants", random).digest]
    ping = messages.Ping(
        **stamp(conversation, exp=NOW + timedelta(days=7)),
        category="mobility.bicycle",
        attributes={"frame_cm": ("44-46", "53-55", "65-or-more")[person % 3], "type": "cargo"},
        condition="any",
        fulfilment="delivered",
        area=messages.AreaClaim(country="DE", region="DE-NW", postal=str(330 + person)),
        answers_by=f"2026-11-{25 + person % 5}",
        asked="5",
        read=read_hash(base64url.encode(secrets.token_bytes(16))),
        agreements=documents,
        digests=padded(pledged, secrets.token_bytes),
    )
    if change is None:
        return seal(conversation, ping, signer).envelope.to_bytes()
    return Envelope(jws=sign_compact(signer, Typ.MESSAGE, payload_of(change(ping)))).to_bytes()


def pools(
    planted_random: Random | None = None, planted_seed: bytes | None = None, change: Change | None = None
) -> dict[str, list[bytes]]:
    """Everybody asks every desk. Person 3 has a program with one thing planted that should have been fresh."""
    return {
        name: [
            first_question(
                person,
                desk,
                planted_random if planted_random and person == 3 else secrets.token_bytes,
                planted_seed if planted_seed and person == 3 else secrets.token_bytes(32),
                change if person == 3 else None,
            )
            for person in range(PEOPLE)
        ]
        for name, desk in DESKS.items()
    }


def members(found: tuple[SharedValue, ...]) -> set[str]:
    return {member for common in found for member in common.members}


def test_pooled_first_questions_share_nothing_but_the_coarse_values() -> None:
    assert common_values(pools()) == ()


def test_one_planted_salt_is_caught() -> None:
    assert members(common_values(pools(planted_random=lambda count: b"s" * count))) == {"digests"}


def test_one_planted_key_is_caught_wherever_it_stands() -> None:
    assert {"kid", "person"} <= members(common_values(pools(planted_seed=b"k" * 32)))


def test_one_exact_time_is_caught() -> None:
    found = common_values(pools(change=lambda ping: msgspec.structs.replace(ping, exp="2026-11-29T09:41:07Z")))
    assert members(found) == {"exp"}


def test_one_planted_read_secret_is_caught() -> None:
    found = common_values(pools(change=lambda ping: msgspec.structs.replace(ping, read=read_hash("one for all"))))
    assert members(found) == {"read"}


def test_one_planted_nonce_inside_a_signed_agreement_is_caught() -> None:
    def same_nonce(ping: messages.Ping) -> messages.Ping:
        def renonced(document: messages.CoSigned) -> messages.CoSigned:
            text = strict_json.decode(base64url.decode(document.payload))
            assert isinstance(text, dict)
            return messages.CoSigned(
                payload=base64url.encode(strict_json.encode({**text, "nonce": "A" * 21 + "Q"})),
                signatures=document.signatures,
            )

        return msgspec.structs.replace(ping, agreements=tuple(map(renonced, ping.agreements)))

    assert members(common_values(pools(change=same_nonce))) == {"nonce"}


@pytest.mark.parametrize("wrap", [gzip.compress, lambda data: b"POST /x HTTP/1.1\r\nHost: v\r\n\r\n" + data])
def test_compression_and_http_hide_nothing(wrap: Callable[[bytes], bytes]) -> None:
    wrapped = {name: [wrap(data) for data in pool] for name, pool in pools(planted_seed=b"k" * 32).items()}
    assert {"kid", "person"} <= members(common_values(wrapped))
    clean = {name: [wrap(data) for data in pool] for name, pool in pools().items()}
    assert common_values(clean) == ()


def test_an_identifier_in_a_header_is_caught_in_any_encoding() -> None:
    identifier = secrets.token_bytes(12)

    def head(person: int, number: int) -> bytes:
        text = [identifier.hex(), base64url.encode(identifier), b64encode(identifier).decode()][number % 3]
        own = text if person == 3 else secrets.token_hex(12)
        return f"POST /x HTTP/1.1\r\nX-Trace: {own}\r\n\r\n".encode()

    requests = {
        name: [head(person, number) + data for person, data in enumerate(pool)]
        for number, (name, pool) in enumerate(pools().items())
    }
    assert {common.value for common in common_values(requests)} & {identifier.hex(), base64url.encode(identifier)}


def test_too_few_messages_tell_nothing() -> None:
    with pytest.raises(ValueError, match="tell nothing"):
        common_values({"anna": [b"{}"], "bert": [b"{}"]})


def test_days_are_coarse_and_instants_are_not() -> None:
    assert bits("2026-11-22") < 32 < bits("2026-11-22T09:41:07Z")
    assert bits("word") < 32 < bits("A" * 22)


@pytest.mark.parametrize("padding", ["", "x", "xy", "xyz"])
def test_a_planted_value_is_found_through_every_layer(padding: str) -> None:
    value = "Heidestraße 17"
    inner = base64url.encode(strict_json.encode([padding, value]))
    jws = sign_compact(DESKS["anna"], Typ.MESSAGE, strict_json.encode({"x": [inner]}))
    body = strict_json.encode({"envelope": {"jws": jws, "disclosures": []}})
    for data in (body, gzip.compress(body), b"HTTP/1.1 200 OK\r\n\r\n" + body, b"prefix-" + b64encode(body)):
        assert value.encode() not in data
        assert holds(data, value)
        assert not holds(data, "Heidestraße 18")
    assert holds(rb'{"x":"Heidestra\u00dfe 17"}', value)
    assert body in set(layers(gzip.compress(body)))
