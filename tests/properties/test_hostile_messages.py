"""Whatever comes over the wire is taken or refused with a code of the protocol; nothing else ever happens."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes.two_sides import NOW, TwoSides
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.protocol.cards import parse_card
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.receiving import decode_message, open_ping, receive
from vrm_desktop.protocol.roster import parse_entry
from vrm_desktop.protocol.signing import SeedSigner, Typ, claimed_kid, sign_compact

FILES = sorted((Path(__file__).resolve().parents[1] / "data" / "messages").glob("*.json"))
SIGNER = SeedSigner(b"h" * 32)
KEYS = st.text(st.characters(max_codepoint=127), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A golden message or card with a few bytes changed, dropped or repeated."""
    data = bytearray(draw(st.sampled_from(FILES)).read_bytes())
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        length = draw(st.sampled_from([0, 1, 1, 1, 8]))
        data[place : place + length] = draw(st.binary(max_size=3))
    return bytes(data)


@settings(max_examples=400)
@given(mutated() | st.binary(max_size=200))
def test_changed_bytes_are_taken_as_they_were_or_refused(data: bytes) -> None:
    two = TwoSides()
    with suppress(ProtocolError):
        parse_card(data, now=NOW, pinned=None, last_serial=None)
    with suppress(ProtocolError):
        parse_entry(data)
    with suppress(ProtocolError):
        envelope = Envelope.from_bytes(data)
        assert envelope.to_bytes() == data
        decode_message(envelope.jws, claimed_kid(envelope.jws))
        open_ping(envelope, desk=two.desk.signer.kid, now=NOW)


@st.composite
def rewritten(draw: st.DrawFn) -> dict[str, object]:
    """The payload of a golden message with some members exchanged for anything."""
    file = draw(st.sampled_from([file for file in FILES if "card" not in file.stem]))
    jws = Envelope.from_bytes(file.read_bytes()).jws
    payload = strict_json.decode(base64url.decode(jws.split(".")[1]))
    assert isinstance(payload, dict)
    names = draw(st.lists(st.sampled_from(sorted(payload)), max_size=3))
    return {**payload, **{name: draw(VALUES) for name in names}, **draw(st.dictionaries(KEYS, VALUES, max_size=1))}


@settings(max_examples=400)
@given(rewritten(), st.lists(st.text(max_size=12), max_size=2))
def test_a_signed_message_of_any_content_is_taken_or_refused(payload: dict[str, object], beside: list[str]) -> None:
    two = TwoSides().revealed()
    jws = sign_compact(two.person.signer, Typ.MESSAGE, strict_json.encode(payload))
    before = two.desk.conversation
    with suppress(ProtocolError):
        envelope = Envelope(jws=jws, disclosures=tuple(beside))
        open_ping(envelope, desk=two.desk.signer.kid, now=NOW)
    with suppress(ProtocolError):
        receive(before, Envelope(jws=jws, disclosures=tuple(beside)), now=NOW + timedelta(days=1), history=two.desk)
    assert two.desk.conversation == before


@settings(max_examples=200)
@given(st.dictionaries(KEYS | st.sampled_from(["kind", "v", "exp", "seq"]), VALUES, max_size=6))
def test_a_signed_payload_that_is_no_message_is_refused(payload: dict[str, object]) -> None:
    jws = sign_compact(SIGNER, Typ.MESSAGE, strict_json.encode(payload))
    with suppress(ProtocolError):
        decode_message(jws, SIGNER.kid)
        raise AssertionError("random members made a message")
