"""What was noted in one language is told in today's; and how far leaving has come."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.relationship import Note, RelationshipState
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services.ask_erasure import listed
from vrm_desktop.wording.agenda import agenda_words
from vrm_desktop.wording.catalogue import CATALOGUE
from vrm_desktop.wording.labels import asked_fields, note_label
from vrm_desktop.wording.leaving_words import standing_line

LOCALE = resources_folder() / "locale"
DAY = date(2026, 12, 23)
FIELDS = listed(["profile.email", "profile.phone", "profile.email"])


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    CATALOGUE.choose((), LOCALE)


def dated(kind: AgendaKind, text: str = "") -> AgendaItem:
    return AgendaItem(kind=kind, due=DAY, key="rel-1", text=text)


def test_a_date_of_erasing_is_told_in_the_language_of_today() -> None:
    item = dated(AgendaKind.ERASURE_DUE, FIELDS)
    assert agenda_words(item) == "Erasing is due: e-mail, phone"
    CATALOGUE.choose(["de"], LOCALE)
    assert agenda_words(item) == "Das Löschen ist fällig: E-Mail, Telefon"


def test_words_of_an_older_vault_stay_as_they_are() -> None:
    assert agenda_words(dated(AgendaKind.ERASURE_DUE, "E-Mail, Telefon")) == "Erasing is due: E-Mail, Telefon"
    assert asked_fields("E-Mail, Telefon") == "E-Mail, Telefon"
    assert agenda_words(dated(AgendaKind.ERASURE_DUE), want="A bike") == "Erasing is due: A bike"


def test_the_story_tells_fields_in_the_language_of_today() -> None:
    note = Note(
        relationship=RelationshipId("rel-1"),
        at=datetime(2026, 11, 22, tzinfo=UTC),
        sender=Side.PERSON,
        kind="erasure-asked",
        text=FIELDS,
    )
    assert note_label(note) == "you asked it to erase: e-mail, phone"
    CATALOGUE.choose(["de"], LOCALE)
    assert note_label(note).endswith(": E-Mail, Telefon")


@pytest.mark.parametrize(
    ("state", "kind", "told"),
    [
        (RelationshipState.OPEN, AgendaKind.ERASURE_DUE, "You can leave at any time."),
        (RelationshipState.ENDING, AgendaKind.ERASURE_DUE, "You have left. Radhaus has until Wed, 23 Dec 2026"),
        (RelationshipState.ENDING, AgendaKind.REMINDER, "You have left. Radhaus has yet to confirm it."),
        (RelationshipState.ENDED, AgendaKind.AFTER_END, "It is over. On Wed, 23 Dec 2026 you can ask once more"),
        (RelationshipState.ENDED, AgendaKind.REMINDER, "It is over. You can still claim and prove"),
    ],
)
def test_how_far_leaving_has_come_is_said_in_one_sentence(
    state: RelationshipState, kind: AgendaKind, told: str
) -> None:
    assert standing_line("Radhaus", state, [dated(kind)]).startswith(told)
