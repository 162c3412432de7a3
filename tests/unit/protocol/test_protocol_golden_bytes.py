"""Golden bytes of every kind: they are made as ever, read as ever, and hold for independent implementations."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc import jws
from joserfc.jwk import OKPKey

from tests.fakes.golden_messages import golden_card, golden_messages
from tests.fakes.two_sides import DESK_SEED, NOW, PERSON_SEED
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.protocol.cards import parse_card
from vrm_desktop.protocol.checking import kind_of
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.receiving import decode_message
from vrm_desktop.protocol.signing import SeedSigner, claimed_kid
from vrm_desktop.resources_folder import resources_folder

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "tests" / "data" / "messages"
TWO_SHAPES = frozenset({Kind.CASE_ANSWER, Kind.DATA_REQUEST})
FULLER = {"acknowledgement-erased", "message-about", "ping-known", "status-answer"}
"""Kinds that were there before, with the members that came later."""
FILES = sorted(
    [
        *(kind.value for kind in frozenset(Kind) - TWO_SHAPES),
        *(f"{kind}-{side}" for kind in TWO_SHAPES for side in Side),
        *FULLER,
    ]
)


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def golden(kind: str) -> Envelope:
    return Envelope.from_bytes((FOLDER / f"{kind}.json").read_bytes())


def test_every_kind_with_a_transition_has_golden_bytes_and_no_other() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted([*FILES, "vendor-card"])


def test_the_messages_are_made_byte_for_byte_as_ever() -> None:
    made = golden_messages()
    assert {kind: data == (FOLDER / f"{kind}.json").read_bytes() for kind, data in made.items()} == dict.fromkeys(
        FILES, True
    )


@pytest.mark.parametrize("file", FILES)
def test_a_golden_message_is_read_again_and_is_of_its_kind(file: str) -> None:
    envelope = golden(file)
    kind = kind_of(decode_message(envelope.jws, claimed_kid(envelope.jws)))
    assert file == kind or file.startswith(f"{kind}-")
    assert all(Disclosure.from_text(text).text == text for text in envelope.disclosures)


@pytest.mark.parametrize("kind", FILES)
def test_a_golden_message_verifies_with_two_other_libraries(kind: str) -> None:
    envelope = golden(kind)
    kid = claimed_kid(envelope.jws)
    key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": kid})
    read = jws.deserialize_compact(envelope.jws, key, algorithms=["Ed25519"])
    assert read.protected == {"alg": "Ed25519", "kid": kid, "typ": "intentcast-message"}
    signing_input, _, signature = envelope.jws.rpartition(".")
    public = Ed25519PublicKey.from_public_bytes(base64url.decode(kid))
    public.verify(base64url.decode(signature), signing_input.encode())


@pytest.mark.parametrize("kind", FILES)
def test_a_golden_payload_fits_the_published_schema(kind: str) -> None:
    schema = json.loads((resources_folder() / "schema" / "messages.json").read_bytes())
    payload = strict_json.decode_canonical(base64url.decode(golden(kind).jws.split(".")[1]))
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(payload)
    assert isinstance(payload, dict)
    assert not validator.is_valid({**payload, "seq": 0})
    assert not validator.is_valid({**payload, "exp": "2026-11-22\n"})


def test_the_published_schema_is_generated_from_the_structs() -> None:
    module = script("make_schema")
    assert module.SCHEMA.read_bytes() == module.schema_bytes(), "run docs/make_schema.py"


def test_the_documents_table_is_generated_from_the_domain() -> None:
    module = script("make_transitions")
    document = module.DOCUMENT.read_text("utf-8")
    assert module.with_transitions(document) == document, "run docs/make_transitions.py"
    assert all(f"`{kind}`" in document for kind in Kind)


def test_the_golden_card_is_made_and_read_as_ever() -> None:
    data = (FOLDER / "vendor-card.json").read_bytes()
    assert golden_card() == data
    old, key = SeedSigner(PERSON_SEED).kid, SeedSigner(DESK_SEED).kid
    card = parse_card(data, now=NOW, pinned=old, last_serial=7)
    assert (card.key, card.serial, card.name, card.kind) == (key, 7, "Radhaus Beispiel", OrganisationKind.SHOP)
    assert card.accepts("PDC-INTENT", "1")


def test_the_golden_card_fits_the_published_schema() -> None:
    schema = json.loads((resources_folder() / "schema" / "messages.json").read_bytes())
    card = json.loads((FOLDER / "vendor-card.json").read_bytes())
    jsonschema.Draft202012Validator({"$ref": "#/$defs/Card", "$defs": schema["$defs"]}).validate(card)
