"""Mails as papers: bounds that their constructors keep, and what a search finds them by."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.mail import LONGEST_TEXT, MOST_PARTS, MailIn, MailMatch, MailOut, MailPart

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CAME = MailIn(
    id="mail-1",
    vendor=VendorId("vendor-1"),
    relationship=None,
    at=NOON,
    intentcast=None,
    match=MailMatch.BY_HAND,
    sender="laden@rad.example",
    sender_name="Rad & Tat",
    subject="Ihr Angebot",
    dated=NOON,
    text="799 €",
    digest=Digest("d"),
    attachment="document-1",
)
WENT = MailOut(
    id="mail-2",
    vendor=VendorId("vendor-1"),
    relationship=RelationshipId("rel-1"),
    at=NOON,
    intentcast=IntentcastId("want-1"),
    message_id="a1@mail.example",
)


def test_a_mail_is_found_by_who_wrote_and_what() -> None:
    assert CAME.words == "Rad & Tat\nladen@rad.example\nIhr Angebot\n799 €"
    assert WENT.words == "a1@mail.example"
    assert "laden" not in repr(CAME)


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "a\nb"},
        {"sender": "a" * 501},
        {"text": "a" * (LONGEST_TEXT + 1)},
        {"hidden": -1},
        {"links": ("a",) * 41},
        {"parts": (MailPart(name="a", media="b", size=0),) * (MOST_PARTS + 1)},
    ],
)
def test_what_is_too_much_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        replace(CAME, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["ab", "<a@b>", "a b@c", "a@b\r\nX: c@d", f"a@{'b' * 300}"])
def test_a_message_id_is_one(name: str) -> None:
    with pytest.raises(InvalidValue):
        replace(WENT, message_id=name)


def test_a_part_has_a_size() -> None:
    with pytest.raises(InvalidValue):
        MailPart(name="a", media="b", size=-1)
