"""A document uploaded for one person: what is taken, who gets it, who does not, and when it goes."""

import hashlib
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from tests.fakes.asking_person import AskingPerson
from tests.fakes.inbox_visitor import InboxVisitor
from vrm_desktop.canon import base64url
from vrm_desktop.domain.kinds import State
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.shapes import LEFT_OUT
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.documents.document import MOST_BYTES, Media, media_of, title_of
from vrm_desktop.vendor.documents.receiving import PART_BYTES

PDF = b"%PDF-1.7\n1 0 obj << /Title (Rechnung) >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[InboxVisitor]:
    visitor = InboxVisitor(tmp_path)
    visitor.add("ada")
    visitor.sign_in("ada")
    yield visitor
    visitor.close()


def ordered(inbox: InboxVisitor) -> AskingPerson:
    person = inbox.desk.person()
    for act in (person.ping, person.reveal, person.accept):
        inbox.send(person, act())
    return person


def said(inbox: InboxVisitor, person: AskingPerson, kind: type[Any], **members: Any) -> str:
    inbox.send(person, person.say(lambda claims: kind(**claims, **members)))
    return str(person.sent[-1].message_id)


def asked(inbox: InboxVisitor, person: AskingPerson) -> str:
    order = person.confirmed().hash
    return said(inbox, person, messages.OrderChange, order=order, what="document", text="The invoice, please.")


def named(person: AskingPerson) -> messages.Document:
    """The document that the desk named last."""
    status = person.last()
    assert isinstance(status, messages.Status)
    assert isinstance(status.documents, tuple)
    (document,) = status.documents
    return document


def path(document: messages.Document) -> str:
    return document.link.removeprefix("http://127.0.0.1:1")


def kept(inbox: InboxVisitor) -> tuple[int, int]:
    """How many documents and parts the database holds, whoever may fetch them."""
    with inbox.desk.store.turn() as books:
        return tuple(
            books.rows(select(func.count()).select_from(table))[0][0]
            for table in (tables.documents, tables.document_parts)
        )


def stands_somewhere(inbox: InboxVisitor, data: bytes) -> bool:
    """Whether these bytes stand in any file of the desk, its log included."""
    return any(data in file.read_bytes() for file in inbox.desk.file.parent.iterdir())


def test_who_asks_for_the_invoice_gets_exactly_the_bytes_that_were_uploaded(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    of = asked(inbox, person)
    page = inbox.shown(f"/desk/c/{person.conversation.id}").text
    assert "The invoice, please." in page
    assert "Send the document" in page
    data = PDF + os.urandom(2 * PART_BYTES)
    assert inbox.upload(person, data, of=of, title="Invoice 2026-17").status_code == 303
    status, document = person.last(), named(person)
    assert isinstance(status, messages.Status)
    assert (status.of, status.answer, status.note) == (of, "accepted", "Ready to fetch through 2026-12-23.")
    assert (document.title, document.media) == ("Invoice 2026-17", "application/pdf")
    assert document.hash == base64url.encode(hashlib.sha256(data).digest())
    assert str(person.conversation.id) not in document.link
    inbox.forget_cookies()
    answer = inbox.get(path(document))
    assert answer.content == data
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-length"] == str(len(data))
    assert answer.headers["content-disposition"] == 'attachment; filename="document.pdf"'
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    inbox.sign_in("ada")
    assert "Nothing waits for you" in inbox.shown("/desk").text
    page = inbox.shown(f"/desk/c/{person.conversation.id}").text
    assert "Document: Invoice 2026-17" in page
    assert "Documents ready for them Invoice 2026-17 delete after Wed, 23 Dec 2026" in page
    assert re.search(r"Bicycle \d+ 1 Wed", inbox.shown("/desk/data").text), "it is counted among what is held"


def test_a_document_is_sent_without_being_asked_for(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    assert inbox.upload(person, PNG, name="scan.png", title="Warranty", note="Keep it well.").status_code == 303
    status, document = person.last(), named(person)
    assert isinstance(status, messages.Status)
    assert (status.of, status.answer, status.note) == (LEFT_OUT, LEFT_OUT, "Keep it well.")
    assert (document.title, document.media) == ("Warranty", "image/png")
    assert inbox.get(path(document)).content == PNG


@pytest.mark.parametrize(
    ("head", "media"),
    [
        (b"%PDF-2.0\n", Media.PDF),
        (PNG, Media.PNG),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", Media.JPEG),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", Media.WEBP),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", None),
        (b" %PDF-1.7", None),
        (b"%PDF-", None),
        (b"<html><script>alert(1)</script>", None),
        (b"<?xml version='1.0'?><svg/>", None),
        (b"GIF89a", None),
        (b"MZ\x90\x00", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_what_a_file_is_tell_its_bytes(head: bytes, media: Media | None) -> None:
    assert media_of(head) is media


@pytest.mark.parametrize("data", [b"<html><body>pay here</body></html>", b"MZ" + b"\x00" * 100, b"GIF89a", b""])
def test_what_is_no_document_is_refused_and_nothing_of_it_is_kept(inbox: InboxVisitor, data: bytes) -> None:
    person = ordered(inbox)
    heard = len(person.heard)
    answer = inbox.upload(person, data, name="invoice.pdf")
    assert answer.status_code == 409
    assert answer.headers["connection"] == "close"
    assert kept(inbox) == (0, 0)
    assert inbox.desk.tell(person) == 0
    assert len(person.heard) == heard


def test_one_byte_too_many_is_refused_and_nothing_of_it_is_kept(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    answer = inbox.upload(person, PDF + bytes(MOST_BYTES + 1 - len(PDF)))
    assert answer.status_code == 409
    assert "at most 10 MiB" in answer.text
    assert kept(inbox) == (0, 0)
    assert inbox.desk.tell(person) == 0


@pytest.mark.parametrize(
    ("typed", "file_name", "title"),
    [
        ("", "invoice.pdf", "invoice"),
        ("", "../../etc/cron.d/evil.pdf", "evil"),
        ("", "C:\\Users\\ada\\Invoice 17.pdf", "Invoice 17"),
        ("", "invoice\u202efdp.exe", "invoice fdp"),
        ("", "in\u200bvoice\x00\n.tar.gz", "in voice .tar"),
        ("  Guarantee\u2066 for\tten years ", "x.pdf", "Guarantee for ten years"),
        ("", "x" * 300 + ".pdf", "x" * 200),
        ("", ".pdf", ""),
        ("", "\u202e/\u200f", ""),
    ],
)
def test_a_title_has_no_folders_and_nothing_that_cannot_be_seen(typed: str, file_name: str, title: str) -> None:
    assert title_of(typed, file_name) == title


def test_a_file_name_with_tricks_becomes_a_plain_title(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    assert inbox.upload(person, PDF, name='..\\..\\"x"\u202efdp.pdf').status_code == 303
    document = named(person)
    assert document.title == "%22x%22 fdp"
    assert inbox.get(path(document)).headers["content-disposition"] == 'attachment; filename="document.pdf"'
    assert inbox.upload(person, PDF, name=".pdf").status_code == 409
    assert kept(inbox) == (1, 1)


def test_only_who_knows_the_address_gets_it(inbox: InboxVisitor) -> None:
    ada, eve = ordered(inbox), ordered(inbox)
    of = asked(inbox, ada)
    assert inbox.upload(ada, PDF, of=of).status_code == 303
    right = path(named(ada))
    inbox.forget_cookies()
    place, _, id = right.rpartition("/")
    bearer = {"Authorization": f"Bearer {eve.secret}"}
    for wrong in ("A" * 43, id[:-1] + ("A" if id[-1] != "A" else "E"), id[:-1], "", "..%2Fmessages", "%00", "x" * 5000):
        assert inbox.get(f"{place}/{wrong}", **bearer).status_code == 404
    for mine in (ada, eve):
        listed = inbox.get(
            f"/intentcast/conversations/{ada.conversation.id}/messages", Authorization=f"Bearer {mine.secret}"
        )
        assert (id.encode() in base64url.decode("".join(_payloads(listed.json())))) is (mine is ada)
    inbox.sign_in("ada")
    assert inbox.upload(eve, PDF, of=of).status_code == 409, "what another person asked for is not answered here"
    assert kept(inbox) == (1, 1)
    assert inbox.desk.tell(eve) == 0


def _payloads(listed: dict[str, Any]) -> list[str]:
    """The last message's payload, in base64url; nothing where nothing was listed."""
    return [one["envelope"]["jws"].split(".")[1] for one in listed.get("messages", [])][-1:]


def test_what_is_still_coming_cannot_be_fetched_and_goes_the_day_after_next(inbox: InboxVisitor) -> None:
    person, desk = ordered(inbox), inbox.desk
    id = base64url.encode(os.urandom(32))
    with desk.store.turn() as books:
        tomorrow = desk.now.date() + timedelta(days=1)
        books.documents.begin(id, str(person.conversation.id), Media.PDF, until=tomorrow)
        books.documents.add(id, 0, PDF)
    assert inbox.get(f"/intentcast/documents/{id}").status_code == 404
    desk.later(person, days=1)
    inbox.let_the_clock_run()
    assert kept(inbox) == (1, 1)
    desk.later(person, days=1)
    inbox.let_the_clock_run()
    assert kept(inbox) == (0, 0)
    assert not stands_somewhere(inbox, PDF)


def test_an_upload_that_breaks_off_leaves_nothing(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    begun: list[tuple[int, int]] = []
    data = PDF + os.urandom(2 * PART_BYTES)
    status = inbox.break_off(person, data, meanwhile=lambda: begun.append(kept(inbox)))
    assert (status, begun) == (409, [(1, 2)]), "it was on its way into the database"
    assert kept(inbox) == (0, 0)
    assert inbox.desk.tell(person) == 0
    assert not stands_somewhere(inbox, data[-200_000:-100_000])


def test_a_document_that_goes_while_it_is_fetched_does_not_come_whole(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    data = PDF + os.urandom(2 * PART_BYTES)
    inbox.upload(person, data)
    document = named(person)
    with inbox.desk.store.turn() as books:
        books._connection.execute(delete(tables.document_parts).where(tables.document_parts.c.number == 1))
    answer = inbox.get(path(document))
    assert data.startswith(answer.content)
    assert len(answer.content) < int(answer.headers["content-length"])


def test_a_form_from_elsewhere_or_of_nobody_is_refused_before_any_byte_is_kept(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    assert inbox.upload(person, PDF, csrf="wrong").status_code == 409
    place = f"/desk/c/{person.conversation.id}/document"
    assert inbox.post(place, {"csrf": "x"}).status_code == 409
    assert inbox.post(place, {}, Origin="https://evil.example").status_code == 409
    inbox.forget_cookies()
    answer = inbox.post(place, {"csrf": "x"})
    assert (answer.status_code, answer.headers["connection"]) == (303, "close")
    assert kept(inbox) == (0, 0)


def test_an_old_page_and_an_unknown_enquiry_are_refused_and_nothing_is_kept(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    assert inbox.upload(person, PDF, own="1").status_code == 409
    stranger = inbox.desk.person()
    inbox.send(stranger, stranger.ping())
    assert inbox.upload(stranger, PDF).status_code == 409, "there is no order"
    csrf = inbox.shown(f"/desk/c/{person.conversation.id}").hidden["csrf"]
    nowhere = inbox.post_form(f"/desk/c/{'A' * 43}/document", {"csrf": csrf}, PDF)
    assert nowhere.status_code == 404
    assert kept(inbox) == (0, 0)


def test_a_document_goes_at_the_end_and_the_closure_says_so(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    inbox.upload(person, PDF)
    link = path(named(person))
    inbox.send(person, person.end())
    closure = person.closure()
    assert (closure.erased, closure.kept) == (True, ())
    assert inbox.get(link).status_code == 404
    assert kept(inbox) == (0, 0)
    assert not stands_somewhere(inbox, PDF)


def test_what_the_person_lists_of_the_order_keeps_its_documents_until_that_day(inbox: InboxVisitor) -> None:
    person, desk = ordered(inbox), inbox.desk
    inbox.upload(person, PDF)
    link, last = path(named(person)), desk.now.date() + timedelta(days=10)
    keep = messages.Kept(what="order", why="order", until=last.isoformat())
    inbox.send(person, person.end(keep))
    assert person.closure().kept == (keep,)
    desk.later(person, days=10)
    inbox.let_the_clock_run()
    assert inbox.get(link).content == PDF
    desk.later(person, days=1)
    assert inbox.get(link).status_code == 404, "not a minute longer, whenever the clock runs"
    inbox.let_the_clock_run()
    assert kept(inbox) == (0, 0)


def test_an_end_that_erases_nothing_leaves_documents_to_the_clock(inbox: InboxVisitor) -> None:
    person = ordered(inbox)
    inbox.upload(person, PDF)
    inbox.send(person, person.end(erase=False))
    assert person.closure().erased is False
    assert inbox.get(path(named_before(person))).content == PDF


def named_before(person: AskingPerson) -> messages.Document:
    """The document that the desk named before its last word."""
    status = person.heard[-2]
    assert isinstance(status, messages.Status)
    assert isinstance(status.documents, tuple)
    return status.documents[0]


def test_a_document_goes_on_its_day(inbox: InboxVisitor) -> None:
    person, desk = ordered(inbox), inbox.desk
    desk.later(person, days=20)
    inbox.sign_in("ada")
    inbox.upload(person, PDF)
    link = path(named(person))
    desk.later(person, days=11)
    inbox.let_the_clock_run()
    assert desk.dossier(person).held == (), "the values went on their own day"
    assert inbox.get(link).content == PDF
    inbox.sign_in("ada")
    assert "Bicycle 0 1 Tue" in inbox.shown("/desk/data").text, "and the document is still listed"
    desk.later(person, days=20)
    inbox.let_the_clock_run()
    assert inbox.get(link).status_code == 404
    assert not stands_somewhere(inbox, PDF)
    assert desk.dossier(person).conversation.state is State.CONFIRMED


def test_a_document_goes_with_the_last_value_that_the_person_has_erased(inbox: InboxVisitor) -> None:
    person, desk = ordered(inbox), inbox.desk
    inbox.upload(person, PDF)
    link = path(named(person))
    said(inbox, person, messages.DataRequest, right="erasure")
    assert inbox.get(link).content == PDF, "the order still needs its values"
    assert inbox.act(person, "progress", state="delivered").status_code == 303
    said(inbox, person, messages.DataRequest, right="erasure")
    assert desk.dossier(person).held == ()
    assert inbox.get(link).status_code == 404
    assert kept(inbox) == (0, 0)
