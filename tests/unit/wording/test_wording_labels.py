"""Every member of every enum that people see has a label, and every line of a relationship's story reads well."""

import ast
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import pytest

import vrm_desktop
from tests.fakes.asking_person import published_roster
from vrm_desktop.cli.questions import question_text, said_field
from vrm_desktop.domain.acts import KIND_OF
from vrm_desktop.domain.case import CaseStanding
from vrm_desktop.domain.disclosure import LedgerState, Purpose
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.intentcast import Condition, Fulfilment, IntentcastState
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.domain.living import CaseAbout, ChangeKind, Remedy, VoiceState, VoiceTopic
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.plan import Asked
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.ranking import Caveat, Criterion
from vrm_desktop.domain.relationship import AgreementState, Note, OrderState, RelationshipState
from vrm_desktop.domain.terms import CAST_TERMS, SERVICE_TERMS, Standing
from vrm_desktop.formats.typed_line.meaning import Field, Question, Why
from vrm_desktop.services.collect_offers import Answer
from vrm_desktop.vault.checking import CheckName
from vrm_desktop.wording import asked, claims, labels

LABELS: list[tuple[Callable[..., str], type[StrEnum]]] = [
    (labels.field_label, FieldPath),
    (labels.purpose_label, Purpose),
    (labels.ledger_state_label, LedgerState),
    (labels.conversation_label, State),
    (labels.relationship_state_label, RelationshipState),
    (labels.agreement_state_label, AgreementState),
    (labels.offer_state_label, OfferState),
    (labels.order_state_label, OrderState),
    (labels.criterion_label, Criterion),
    (labels.caveat_label, Caveat),
    (labels.intentcast_state_label, IntentcastState),
    (labels.answer_label, Answer),
    (labels.check_label, CheckName),
    (asked.condition_label, Condition),
    (asked.fulfilment_label, Fulfilment),
    (said_field, Field),
    (claims.about_label, CaseAbout),
    (claims.remedy_label, Remedy),
    (claims.standing_label, CaseStanding),
    (claims.change_label, ChangeKind),
    (claims.topic_label, VoiceTopic),
    (claims.voice_state_label, VoiceState),
]


@pytest.mark.parametrize(("label", "kind"), LABELS)
def test_every_member_has_a_label(label: Callable[..., str], kind: type[StrEnum]) -> None:
    told = [label(member) for member in kind]
    assert all(text.strip() for text in told)
    assert not any("_" in text for text in told)


def _note(kind: str, text: str = "", sender: Side = Side.VENDOR) -> Note:
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    return Note(relationship=RelationshipId("rel-1"), at=moment, sender=sender, kind=kind, text=text)


def _kinds_of_notes() -> Iterable[str]:
    """Every kind of note that a service writes down as a plain word."""
    for path in (Path(vrm_desktop.__file__).parent / "services").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="note"), args=[ast.Constant(value=str(kind)), *_more]):
                    yield kind
                case ast.Call(func=ast.Name(id="Note"), keywords=words):
                    for word in words:
                        if word.arg == "kind" and isinstance(word.value, ast.Constant):
                            yield str(word.value.value)
                case _:
                    pass


def test_every_kind_of_note_reads_as_words() -> None:
    kinds = set(_kinds_of_notes())
    assert {"asked", "offer", "receipt", "terms-declined"} <= kinds
    wordless = {kind for kind in kinds if labels.note_label(_note(kind, "timed-out")) == kind and "-" in kind}
    assert not wordless


@pytest.mark.parametrize("reason", ["no-match", "busy", "withdrawn", "ended", "other"])
def test_every_reason_to_close_reads_as_words(reason: str) -> None:
    assert labels.note_label(_note(f"closure-{reason}")) != f"closure-{reason}"


@pytest.mark.parametrize("state", ["preparing", "shipped", "ready", "delivered", "delayed", "cancelled"])
def test_every_state_of_an_order_reads_as_words(state: str) -> None:
    assert labels.note_label(_note(f"status-{state}")) != f"status-{state}"


@pytest.mark.parametrize("kind", sorted(KIND_OF.values()))
def test_what_could_not_be_sent_says_why(kind: str) -> None:
    told = labels.note_label(_note(f"not-sent-{kind}", "offer-gone", Side.PERSON))
    assert told == "could not be sent: This offer cannot be accepted any more."


def test_a_note_of_trouble_is_its_title() -> None:
    assert labels.note_label(_note("trouble", "timed-out")) == "The vendor took too long to answer."


def test_braces_in_a_vendors_text_do_no_harm() -> None:
    assert labels.note_label(_note("message", "{text} {0} {}")) == "wrote: {text} {0} {}"
    assert labels.note_label(_note("message", "hi", Side.PERSON)) == "you wrote: hi"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("category", "mobility.bicycle", "Bicycle"),
        ("category", "from.the-future", "from.the-future"),
        ("condition", "used", "used"),
        ("fulfilment", "on-site", "at your place"),
        ("asked", Asked.FIVE.value, "up to 5"),
        ("asked", Asked.MORE.value, "more than 10"),
        ("needed-by", "2026-12-02", "Wed, 2 Dec 2026"),
        ("answers-by", "soon", "soon"),
        ("want.payment", "sepa-transfer barter", "bank transfer, barter"),
        ("want.title", "road bike", "road bike"),
        ("attribute.type", "vacuum-cleaner", "vacuum cleaner"),
        ("attribute.frame_cm", "53-55", "53–55\u00a0cm"),
        ("attribute.frame_cm", "under-44", "under 44\u00a0cm"),
        ("attribute.frame_cm", "rubber", "rubber"),
        ("attribute.new_one", "so-so", "so-so"),
    ],
)
def test_values_of_closed_lists_are_said_in_words(name: str, value: str, told: str) -> None:
    assert asked.asked_value_label(name, value) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("profile.name", "name"),
        ("want.title", "what you want"),
        ("attribute.frame_cm", "Frame"),
        ("attribute.new_one", "new one"),
    ],
)
def test_wire_names_are_said_in_words(name: str, told: str) -> None:
    assert labels.asked_field_label(name) == told


def test_terms_are_explained_and_unknown_ones_shown() -> None:
    for roster in (CAST_TERMS, SERVICE_TERMS):
        assert labels.terms_label(roster).endswith(f" ({roster})")
    assert labels.terms_label("X-1") == "X-1"
    assert labels.with_standing("X-1", Standing.UNKNOWN) == "X-1 (not known here)"
    redefined = labels.with_standing(SERVICE_TERMS, Standing.REDEFINED)
    assert redefined == f"{SERVICE_TERMS} (not the text known here under this name)", "it does not bear its name"


def test_terms_are_called_what_their_entry_calls_itself() -> None:
    for entry in published_roster().entries:
        assert labels.terms_name(entry.id) == entry.title


@pytest.mark.parametrize("why", list(Why))
@pytest.mark.parametrize("field", list(Field))
def test_every_question_can_be_asked(field: Field, why: Why) -> None:
    text = question_text(
        Question(field=field, why=why, source="soon", key="frame_cm" if field is Field.ATTRIBUTE else "")
    )
    assert text.strip()
    assert "{" not in text
