"""Voices and changes of orders keep what was asked for and every answer to it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.fakes import specimens
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, RelationshipId, VendorId
from vrm_desktop.domain.living import ChangeKind, VoiceState, VoiceTopic
from vrm_desktop.domain.order_change import ChangeAnswer, ChangeAsked, HeldDocument
from vrm_desktop.domain.voice import Voice, VoiceReply

AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
VOICE = Voice(
    id="voice-1",
    vendor=VendorId("vendor-1"),
    relationship=RelationshipId("rel-1"),
    at=AT,
    topic=VoiceTopic.IDEA,
    text="A bell would be nice.",
)
CHANGE = ChangeAsked(
    id="change-1",
    vendor=VendorId("vendor-1"),
    relationship=RelationshipId("rel-1"),
    at=AT,
    what=ChangeKind.DOCUMENT,
    text="The invoice, please.",
)
INVOICE = HeldDocument(
    title="Invoice", media="application/pdf", digest=Digest("d" * 43), link="https://shop.example/i.pdf"
)


def test_a_voice_shows_what_was_said_last_and_keeps_all() -> None:
    assert VOICE.state is None
    seen = VoiceReply(state=VoiceState.SEEN, at=AT, message=specimens.message_id(1))
    planned = VoiceReply(state=VoiceState.PLANNED, at=AT, message=specimens.message_id(2), text="In autumn.")
    heard = VOICE.sealed(specimens.message_id(9)).heard(seen).heard(planned)
    assert (heard.state, heard.replies, heard.message) == (
        VoiceState.PLANNED,
        (seen, planned),
        specimens.message_id(9),
    )
    assert heard.words == "A bell would be nice.\nIn autumn."


def test_a_change_keeps_its_answer_and_all_documents() -> None:
    sealed = CHANGE.sealed(specimens.message_id(3))
    first = sealed.heard(ChangeAnswer.REFUSED, AT, specimens.message_id(4), "Not yet.", (INVOICE,))
    last = first.heard(ChangeAnswer.ACCEPTED, AT, specimens.message_id(5), "Here.", (INVOICE,))
    assert (last.answer, last.reply, last.documents) == (ChangeAnswer.ACCEPTED, specimens.message_id(5), (INVOICE,))
    assert last.message == specimens.message_id(3)
    assert last.words == "The invoice, please.\nHere.\nInvoice"


@pytest.mark.parametrize("wrong", [{"text": " "}, {"text": "x" * 4001}], ids=["empty", "long"])
def test_a_voice_keeps_its_rules(wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidValue):
        replace(VOICE, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"text": "x" * 4001}, {"answered": AT}, {"answer": ChangeAnswer.ACCEPTED}], ids=str)
def test_a_change_keeps_its_rules(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        replace(CHANGE, **wrong)  # type: ignore[arg-type]
