"""Mails as vendors and strangers write them: what a person would see is read; what is hidden is counted."""

import time
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.domain.mail import LONGEST_LINE, LONGEST_TEXT, MOST_LINKS, MailPart
from vrm_desktop.formats.mail_html import MOST_TAGS, read_html
from vrm_desktop.formats.mail_parts import DEEPEST, LARGEST_HEAD, MOST_PARTS, take_apart
from vrm_desktop.formats.mail_reading import ReadMail, answered, read_head, read_mail, recipients

ANSWER = """Guten Tag,\n\nwir bieten das Rad für 799,00 € inkl. MwSt. an.\n\nMit freundlichen Grüßen\nRad & Tat"""


def _mail(text: str = ANSWER, **headers: str) -> EmailMessage:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = headers.pop("From", "Rad & Tat, Jörg <laden@rad.example>")
    mail["To"] = "me+x7k2@mail.example"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def test_a_plain_answer_is_read_as_it_was_written() -> None:
    when = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    mail = _mail(
        From='"Jörg vom Laden" <Laden@Rad.example>',
        Subject="Ihr Angebot: Trekkingrad 28″",
        Date=format_datetime(when),
        Message_ID="<a1@rad.example>",
        In_Reply_To="<ours@mail.example>",
        References="<first@mail.example> <ours@mail.example>",
    )
    read = read_mail(mail.as_bytes())
    assert (read.sender, read.sender_name) == ("laden@rad.example", "Jörg vom Laden")
    assert read.subject == "Ihr Angebot: Trekkingrad 28″"
    assert read.dated == when
    assert read.text == ANSWER
    assert read.to == ("me+x7k2@mail.example",)
    assert (read.message_id, read.answers) == ("a1@rad.example", ("ours@mail.example", "first@mail.example"))
    assert not read.from_html
    assert not read.cut
    assert not read.parts
    assert not read.links
    assert not read.authentication


def test_attachments_are_named_and_not_read() -> None:
    mail = _mail()
    mail.add_attachment(b"%PDF-1.7 999 EUR", maintype="application", subtype="pdf", filename="Angebot Nürnberg.pdf")
    mail.add_attachment("Preis 1 EUR", filename="prices.txt")
    inner = _mail("Forwarded: 5 EUR")
    mail.add_attachment(inner)
    read = read_mail(mail.as_bytes())
    assert read.text == ANSWER
    assert read.parts[0] == MailPart(name="Angebot Nürnberg.pdf", media="application/pdf", size=16)
    assert [one.media for one in read.parts] == ["application/pdf", "text/plain", "message/rfc822"]


def test_of_two_versions_the_plain_one_is_read_unless_it_only_says_that_there_is_another() -> None:
    both = _mail()
    both.add_alternative(f"<p>{ANSWER} HTML</p>", subtype="html")
    assert read_mail(both.as_bytes()).text == ANSWER
    empty = _mail("HTML only.")
    empty.add_alternative(f"<p>{ANSWER}</p>", subtype="html")
    read = read_mail(empty.as_bytes())
    assert read.from_html
    assert "799,00 €" in read.text
    assert "HTML only" not in read.text


def test_tables_become_lines_and_cells() -> None:
    html = "<table><tr><th>Rad</th><td>&nbsp;799,00&nbsp;€</td></tr><tr><td>Versand<td>19 €</table>Danke"
    assert read_html(html).text == "Rad\t799,00 €\nVersand\t19 €\nDanke"


HIDDEN = (
    '<span style="display:none">0,99 €</span>',
    '<span style="DISPLAY : NONE !important">0,99 €</span>',
    "<span hidden>0,99 €</span>",
    '<span style="visibility:hidden">0,99 €</span>',
    '<span style="font-size:0">0,99 €</span>',
    '<span style="font-size:1px">0,99 €</span>',
    '<span style="font:1px Arial">0,99 €</span>',
    '<span style="opacity:0">0,99 €</span>',
    '<span style="color:#fff">0,99 €</span>',
    '<span style="color:rgb(254, 255, 253)">0,99 €</span>',
    '<span style="color:transparent">0,99 €</span>',
    '<span style="color:rgba(0,0,0,0)">0,99 €</span>',
    '<span style="color:#00000000">0,99 €</span>',
    '<font color="white">0,99 €</font>',
    '<td bgcolor="#336699"><font color="#336699">0,99 €</font></td>',
    '<div style="background:#123456 url(x)"><b style="color:#123457">0,99 €</b></div>',
    '<div style="max-height:0;overflow:hidden">0,99 €</div>',
    '<div style="height:1px;overflow:hidden">0,99 €</div>',
    '<div style="text-indent:-9999px">0,99 €</div>',
    '<div style="position:absolute;left:-5000px">0,99 €</div>',
    '<div style="mso-hide:all">0,99 €</div>',
    '<div style="clip: rect(0 0 0 0)">0,99 €</div>',
    '<div style="transform:scale(0)">0,99 €</div>',
    "<style>.pre{display:none}</style><p class='x pre'>0,99 €</p>",
    "<style>p#a, .b { color : white }</style><p id=a>0,99 €</p>",
    "<style>/* .c{} */ em{font-size:0px}</style><em>0,99 €</em>",
)


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_a_mail_hides_from_people_is_left_out_and_counted(hidden: str) -> None:
    read = read_html(f"<body><p>Preis 799 €</p>{hidden}<p>Danke</p></body>")
    assert "0,99" not in read.text
    assert read.text.startswith("Preis 799 €")
    assert read.text.endswith("Danke")
    assert read.hidden == 1


SHOWN = (
    '<span style="color:#333">0,99 €</span>',
    '<td bgcolor="#000000"><font color="white">0,99 €</font></td>',
    '<div style="overflow:hidden;height:40px">0,99 €</div>',
    '<span style="opacity:.8; font-size:0.9em">0,99 €</span>',
    "<style>@media print{.x{display:none}}</style><p class=x>0,99 €</p>",
    '<div style="visibility:hidden"><b style="visibility:visible">0,99 €</b></div>',
    '<span style="margin-left:-4px">0,99 €</span>',
    '<div style="font:bold 14px/20px Arial">0,99 €</div>',
)


@pytest.mark.parametrize("shown", SHOWN)
def test_what_is_only_styled_is_read(shown: str) -> None:
    read = read_html(f"<p>Preis</p>{shown}")
    assert "0,99 €" in read.text
    assert read.hidden == 0


def test_comments_scripts_and_padding_are_neither_text_nor_hidden_text() -> None:
    html = (
        "<!-- 0,99 € --><script>var p='0,99 €'</script><title>0,99</title>"
        '<div style="display:none">&zwnj;&nbsp;&zwnj;&nbsp;</div>Preis 5 €'
    )
    read = read_html(html)
    assert read.text == "Preis 5 €"
    assert read.hidden == 0


def test_signs_without_a_shape_are_taken_out() -> None:
    read = read_mail(_mail("Preis 7\u200b9\u202e9 €\U000e0031").as_bytes())
    assert read.text == "Preis 799 €"


def test_links_are_kept_as_where_they_go() -> None:
    html = '<a href="https://pay.example/x">rad.example</a><a href="javascript:x()">no</a><a href="mailto:a@b.example">'
    assert read_html(html).links == ("https://pay.example/x", "mailto:a@b.example")
    assert read_mail(_mail("Siehe https://rad.example/a, danke").as_bytes()).links == ("https://rad.example/a",)


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        (b"From: a@b.example\r\nFrom: c@d.example", ""),
        (b"From: a@b.example, c@d.example", ""),
        (b"From: no address", ""),
        (b'From: "bank@bank.example" <evil@else.example>', "evil@else.example"),
        (b"From: =?utf-8?q?bank=40bank=2Eexample=2C?= <evil@else.example>", "evil@else.example"),
        (b"From: <evil@else.example>\r\n (bank@bank.example)", "evil@else.example"),
        (b"X: y", ""),
    ],
)
def test_a_sender_is_exactly_one_address_or_none(header: bytes, sender: str) -> None:
    assert read_mail(header + b"\r\n\r\nHello").sender == sender


def test_an_answer_that_would_go_elsewhere_is_told() -> None:
    assert read_mail(_mail(From="a@b.example", Reply_To="x@else.example").as_bytes()).answers_go_to == "x@else.example"
    assert read_mail(_mail(From="a@b.example", Reply_To="A@B.example").as_bytes()).answers_go_to == ""


def test_the_topmost_authentication_result_is_reported_as_the_header_says() -> None:
    head = (
        b"Authentication-Results: mx.mail.example; dkim=pass (ok; really) header.d=rad.example;\r\n"
        b" spf=fail smtp.mailfrom=rad.example; dmarc=fail\r\n"
        b"Authentication-Results: mx.rad.example; dmarc=pass\r\n"
    )
    assert read_mail(head + b"\r\nHello").authentication == ("dkim=pass", "spf=fail", "dmarc=fail")


def test_delivery_headers_and_what_it_answers_are_read_from_the_head_alone() -> None:
    head = read_head(
        b"To: Somebody <a@b.example>\r\nDelivered-To: me+x@mail.example\r\nReferences: <1@x> junk <2@x>\r\n\r\nbody"
    )
    assert recipients(head) == ("a@b.example", "me+x@mail.example")
    assert answered(head) == ("2@x", "1@x")


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_letters_arrive_in_every_common_encoding(charset: str, encoding: str) -> None:
    mail = EmailMessage()
    mail.set_content("Grüße, 5 ¥\n", charset=charset, cte=encoding)
    assert read_mail(mail.as_bytes()).text == "Grüße, 5 ¥"


def test_strange_charsets_and_broken_encodings_are_read_as_far_as_it_goes() -> None:
    assert read_mail(b"Content-Type: text/plain; charset=punycode\r\n\r\nab-c").text == "ab-c"
    assert read_mail(b"Content-Type: text/plain; charset=\x00no\r\n\r\nab").text == "ab"
    broken = b"Content-Transfer-Encoding: base64\r\n\r\nSGFs\r\nbG8h!A"
    assert read_mail(broken).text == "Hallo!"
    flowed = b"Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nPreis 7 \r\n99 \r\n> quoted \r\n> text"
    assert read_mail(flowed).text == "Preis 799\n> quoted\n> text"


def test_bounds_are_kept_and_told() -> None:
    assert read_mail(b"X: y\r\n" * 60_000).cut
    assert read_mail(b"Subject: " + b"a" * (LARGEST_HEAD + 9)).cut
    assert read_mail(b"X: y\r\n\r\n" + b"a" * (LONGEST_TEXT + 1)).cut
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(DEEPEST + 2)
    )
    assert read_mail(deep).cut
    many = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * (MOST_PARTS + 5)
    taken = take_apart(many)
    assert taken.cut
    assert len(taken.parts) == MOST_PARTS
    assert read_html("<i>" * (MOST_TAGS + 1)).cut
    assert read_html("<p>a</p><" + "![x").text == "a"


HOSTILE = {
    "boundaries": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n" * 400_000,
    "multiparts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n" * 40_000,
    "one long line": b"Subject: x\r\n\r\n" + b"a" * 3_000_000,
    "encoded words": b"Subject: " + b"=?utf-8?q?a" * 12_000 + b"\r\n\r\nx",
    "addresses": b"From: " + b"(" * 60_000 + b"\r\nTo: " + b"<a@" * 30_000 + b"\r\n\r\nx",
    "parameters": b"Content-Type: text/plain; " + b'a="' * 30_000 + b"\r\n\r\nx",
    "open tags": b"Content-Type: text/html\r\n\r\n" + b"<b" * 500_000,
    "declarations": b"Content-Type: text/html\r\n\r\n" + b"<!" * 400_000,
    "styles": b"Content-Type: text/html\r\n\r\n<style>" + b"a{b:c}" * 200_000 + b"</style>x",
    "comments in styles": b"Content-Type: text/html\r\n\r\n<style>" + b"/*" * 300_000 + b"</style>x",
    "line ends": b"Content-Type: text/html\r\n\r\n" + b"<br>\n \t" * 30_000,
    "results": b"Authentication-Results: " + b"(" * 100_000 + b"\r\n\r\nx",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mails_cost_little(name: str) -> None:
    began = time.process_time()
    read_mail(HOSTILE[name])
    assert time.process_time() - began < 5


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    within_bounds(read_mail(data))


def within_bounds(mail: ReadMail) -> None:
    """No more than was there, nothing longer than a kept mail may be, and no sign that acts on a screen."""
    assert len(mail.text) <= LONGEST_TEXT
    assert len(mail.links) <= MOST_LINKS
    assert mail.hidden >= 0
    for line in (mail.sender, mail.sender_name, mail.subject, mail.message_id):
        assert len(line) <= LONGEST_LINE
        assert not set(line) & set("\r\n\x00\u202e")


PIECES = (
    b"Content-Type: multipart/mixed; boundary=b\r\n",
    b'Content-Type: multipart/alternative; boundary="c"\r\n',
    b"Content-Type: text/html; charset=utf-7\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Disposition: attachment; ",
    *(b"\r\n", b"--b\r\n", b"--c\r\n", b"--b--\r\n", b"From: a@b\r\n", b"=?x?b?a?=", b"<p style='color"),
    *(b"\xff\xfe", b"Date: x\r\n", b"filename*0*=utf-8''%x"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_pieces_of_mail_are_read(pieces: list[bytes]) -> None:
    within_bounds(read_mail(b"".join(pieces)))


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40)


@given(TEXTS, TEXTS, st.sampled_from([True, False]))
def test_what_the_standard_library_writes_and_reads_is_read_alike(subject: str, text: str, alternative: object) -> None:
    mail = _mail(text, Subject=subject)
    if alternative:
        mail.add_alternative("<p>x</p>", subtype="html")
    mail.add_attachment(text.encode(), maintype="application", subtype="pdf", filename="a.pdf")
    data = mail.as_bytes()
    theirs = message_from_bytes(data, policy=policy.default)
    body = theirs.get_body(("plain",))
    assert body is not None
    read = read_mail(data)
    assert read.text == body.get_content().strip()
    assert read.subject == theirs["Subject"].strip()
    assert read.parts[0].size == len(text.encode())
