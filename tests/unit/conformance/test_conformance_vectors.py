"""The negative vectors: made byte for byte as ever, one for every code, and refused by our own desk as they say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.golden_messages import golden_card
from tests.fakes.open_desk import sample_catalogue, sample_settings
from tests.fakes.refused_messages import refused_messages, told
from tests.fakes.two_sides import CAST, DESK_SEED, NOW, SERVICE, CountedBytes
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.conformance.codes import STATUSES
from vrm_desktop.conformance.forging import signed
from vrm_desktop.conformance.vectors import later
from vrm_desktop.conformance.vectors.catalogue import VECTORS
from vrm_desktop.conformance.vectors.orders import latest_offer
from vrm_desktop.conformance.vectors.vector import Place, Vector
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.cards import parse_card
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.keys import key_proof
from vrm_desktop.protocol.receiving import decode_message, open_conversation
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.protocol.sealing import Sealable
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.protocol.stamping import Stamp
from vrm_desktop.vendor.desk import Desk
from vrm_desktop.vendor.desk_keys import DeskKeys
from vrm_desktop.vendor.dossier import Dossier, Entry
from vrm_desktop.vendor.shop import Shop

FOLDER = Path(__file__).resolve().parents[2] / "data" / "messages" / "refused"
ELSEWHERE = {"wrong-type", "unknown-conversation", "full", "busy"}
"""Codes that no single message brings about: the kit's other parts, and the desk's own tests, do."""


def desk() -> Desk:
    """Our own desk, with the golden card's key."""
    shop = Shop(settings=sample_settings(), catalogue=sample_catalogue(), roster=Roster([CAST, SERVICE]))
    card = parse_card(golden_card(), now=NOW, pinned=None, last_serial=None)
    return Desk(shop=shop, card=card, keys=DeskKeys(current=SeedSigner(DESK_SEED)), random=CountedBytes("desk"))


def post(place: Place, data: bytes) -> None:
    """Hand the bytes to the desk in that place."""
    envelope = Envelope.from_bytes(data)
    if place is Place.OPENING:
        desk().glance_at_ping(envelope, now=NOW)
        desk().open(envelope, now=NOW)
        return
    two = told(place, f"before {place}")
    entries, numbers = [], {Side.PERSON: 0, Side.VENDOR: 0}
    for side, sealed in two.said:
        numbers[side] += 1
        kid = (two.asker if side is Side.PERSON else two.desk).signer.kid
        kind = kind_of(decode_message(sealed.envelope.jws, kid))
        jws = sealed.envelope.jws
        entries.append(Entry(side=side, number=numbers[side], id=sealed.message_id, kind=kind, jws=jws))
    desk().glance(envelope, now=NOW)
    desk().take(Dossier(conversation=two.desk.conversation, entries=tuple(entries)), envelope, now=NOW)


def test_the_files_are_made_byte_for_byte_as_ever() -> None:
    made = refused_messages()
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.json")}
    assert there == set(made), "run python -m tests.data.messages.make"
    changed = [name for name, data in made.items() if (FOLDER / name).read_bytes() != data]
    assert not changed


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_a_vector_is_refused_with_its_code(vector: Vector) -> None:
    value = strict_json.decode((FOLDER / f"{vector.name}.json").read_bytes())
    assert isinstance(value, dict)
    envelope, other = value["envelope"], value["or"]
    assert isinstance(envelope, str)
    assert isinstance(other, list)
    with pytest.raises(ProtocolError) as refused:
        post(vector.place, base64url.decode(envelope))
    assert refused.value.code in {value["code"], *other}


@pytest.mark.parametrize("place", [Place.TALKING, Place.OFFERED])
def test_an_honest_message_in_the_vectors_place_is_taken(place: Place) -> None:
    two = told(place, f"before {place}")
    honest = two.asker.reveal() if place is Place.TALKING else two.asker.accept(*latest_offer(two.asker))
    post(place, honest.envelope.to_bytes())


def hear(place: Place, envelope: Envelope, desk_kid: Kid) -> None:
    """As a desk hears it that knows all kinds."""
    if place is Place.OPENING:
        open_conversation(envelope, desk=desk_kid, now=NOW)
    else:
        post(place, envelope.to_bytes())


@pytest.mark.parametrize("vector", later.VECTORS, ids=lambda vector: vector.name)
def test_a_later_rule_is_what_refuses_its_vector(vector: Vector) -> None:
    """Not the way out for desks that do not know the kind, but the documented code itself."""
    two = told(vector.place, vector.name if vector.place is Place.OPENING else f"before {vector.place}")
    envelope = Envelope.from_bytes(vector.make(two.asker))
    with pytest.raises(ProtocolError) as refused:
        hear(vector.place, envelope, two.desk.signer.kid)
    assert refused.value.code == vector.codes[0]


HONEST: tuple[Callable[[Stamp], Sealable], ...] = (
    lambda claims: messages.Case(**claims, about="data", what="What do you hold?", want="answer"),
    lambda claims: messages.DataRequest(**claims, right="access"),
    lambda claims: messages.Notice(**claims, about="deadline", by="2027-02-28"),
    lambda claims: messages.Voice(**claims, topic="idea", text="A bell."),
)


@pytest.mark.parametrize("build", HONEST)
def test_an_honest_later_message_in_the_vectors_place_is_taken(build: Callable[[Stamp], Sealable]) -> None:
    post(Place.TALKING, told(Place.TALKING, f"before {Place.TALKING}").asker.seal(build).envelope.to_bytes())


def test_an_honest_key_change_and_an_honest_contact_are_taken() -> None:
    asker = told(Place.TALKING, f"before {Place.TALKING}").asker
    new = SeedSigner(b"n" * 32)
    proof = key_proof(asker.conversation, new)
    change = asker.seal(lambda claims: messages.KeyChange(**claims, kid=new.kid, proof=proof))
    post(Place.TALKING, change.envelope.to_bytes())
    two = told(Place.OPENING, "x")
    envelope = Envelope.from_bytes(signed(later.contact_members(two.asker), two.asker.signer))
    assert open_conversation(envelope, desk=two.desk.signer.kid, now=NOW).known is None


def test_an_honest_ping_is_taken() -> None:
    post(Place.OPENING, told(Place.OPENING, "x").asker.ping().envelope.to_bytes())


def test_every_code_that_travels_has_a_vector() -> None:
    assert {code for vector in VECTORS for code in vector.codes} == STATUSES.keys() - ELSEWHERE


def test_no_two_vectors_bear_one_name() -> None:
    assert len({vector.name for vector in VECTORS}) == len(VECTORS)
