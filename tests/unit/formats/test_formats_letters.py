"""Letters as text, as a mail draft and as a PDF: all of it, nothing else, and never before they were handed out."""

import re
import zlib
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.fakes.letters import DRAFT, OUT
from vrm_desktop.domain.letter import Letter
from vrm_desktop.formats.errors import NoMailAddress
from vrm_desktop.formats.letter_pdf import letter_pdf
from vrm_desktop.formats.letter_text import LONGEST_LINK, day_words, letter_text, mail_draft, mail_link
from vrm_desktop.resources_folder import resources_folder

FONTS = resources_folder() / "fonts"


def test_the_text_holds_everything_in_the_order_of_a_letter() -> None:
    text = letter_text(OUT)
    parts = [OUT.sender[0], OUT.to[0], "04.05.2026", OUT.subject, *OUT.paragraphs]
    assert sorted(parts, key=text.index) == parts
    assert OUT.reference in text
    assert letter_text(replace(OUT, reference="", sender=())).startswith(OUT.to[0])


def test_the_mail_is_a_draft_that_a_mail_program_reads() -> None:
    message = message_from_bytes(mail_draft(OUT, attached=(("brief.pdf", "application/pdf", b"%PDF"),)), policy=default)
    assert (message["To"], message["X-Unsent"], message["From"]) == (OUT.email, "1", None)
    assert message["Subject"] == f"{OUT.subject} [{OUT.reference}]"
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").split("\n\n") == [*OUT.paragraphs[:-1], OUT.paragraphs[-1] + "\n"]
    [attachment] = message.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content()) == ("brief.pdf", b"%PDF")


def test_a_mail_comes_from_the_address_that_only_this_vendor_knows() -> None:
    message = message_from_bytes(mail_draft(replace(OUT, reply_to="o+k7@z.example")), policy=default)
    assert message["From"] == "o+k7@z.example"


def test_an_attachment_without_a_media_type_is_plain_bytes() -> None:
    message = message_from_bytes(mail_draft(OUT, attached=(("x", "odd", b"1"),)), policy=default)
    assert [one.get_content_type() for one in message.iter_attachments()] == ["odd/octet-stream"]


def test_the_link_opens_the_same_mail() -> None:
    link = mail_link(OUT)
    assert link is not None
    parts = urlsplit(link)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", OUT.email)
    query = parse_qs(parts.query)
    assert query["body"][0].replace("\r\n", "\n").split("\n\n") == list(OUT.paragraphs)
    assert query["subject"] == [f"{OUT.subject} [{OUT.reference}]"]


def test_a_long_letter_is_no_link() -> None:
    assert mail_link(replace(OUT, body="x" * LONGEST_LINK, reference="")) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "@x.example",
        "a@b",
        "a@x.example, b@x.example",
        "a@x.example\nBcc: b@x.example",
        "a?cc=b@x.example",
        "a" * 250 + "@x.example",
    ],
)
def test_only_one_plain_address_is_written_to(address: str) -> None:
    odd = replace(OUT, email=address)
    for write in (mail_draft, mail_link):
        with pytest.raises(NoMailAddress):
            write(odd)


def test_the_pdf_is_the_same_every_time_and_holds_the_whole_letter() -> None:
    first = letter_pdf(OUT, fonts=FONTS)
    assert first == letter_pdf(OUT, fonts=FONTS)
    assert first.startswith(b"%PDF-")
    assert glyphs_of(first) >= len("".join((*OUT.to, OUT.subject, *OUT.paragraphs)).replace(" ", "").replace("\n", ""))


def test_a_long_letter_has_several_pages_and_nothing_in_it_is_replaced() -> None:
    long = replace(
        OUT, body="\n\n".join(["**{nb}** <b>Absatz</b> " * 40] * 12), sender=("Sehr lang " * 30,), reference=""
    )
    pages = letter_pdf(long, fonts=FONTS)
    assert len(re.findall(rb"/Type /Page\b(?!s)", pages)) > 2
    assert glyphs_of(pages) >= len(long.body.replace(" ", "").replace("\n", ""))


def glyphs_of(pdf: bytes) -> int:
    """How many signs the pages show (two bytes each in the page streams' strings)."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    count = 0
    for stream in streams:
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            continue
        for shown in re.findall(rb"\((?:\\.|[^\\()])*\) ?Tj|\[.*?\] ?TJ", text, re.DOTALL):
            count += len(re.sub(rb"\\(.)", rb"\1", shown)) // 2
    return count


@pytest.mark.parametrize("letter", [DRAFT, OUT.dropped()], ids=["draft", "dropped"])
def test_a_letter_is_no_file_before_it_was_handed_out(letter: Letter) -> None:
    with pytest.raises(ValueError, match="handed out"):
        letter_text(letter)
    with pytest.raises(ValueError, match="handed out"):
        letter_pdf(letter, fonts=FONTS)
    with pytest.raises(ValueError, match="handed out"):
        mail_draft(letter)
    with pytest.raises(ValueError, match="handed out"):
        mail_link(letter)


def test_days_are_written_as_the_language_does() -> None:
    assert day_words(OUT.dated, "de_AT") == "04.05.2026"
    assert day_words(OUT.dated, "en") == "4 May 2026"
    assert day_words(OUT.dated, "fr") == "2026-05-04"
