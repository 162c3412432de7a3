"""Heads, lengths and waits, read from bytes without any connection."""

import datetime

import pytest

from vrm_desktop.courier.answers import BodyKind, Head, body_of, parse_chunk_size, parse_head, retry_after_seconds
from vrm_desktop.courier.errors import CourierError, EncodingRefusedError, MalformedAnswerError, TooLargeError
from vrm_desktop.courier.limits import Limits

LIMITS = Limits(header_count=5, retry_after_seconds=3600)
NOON = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


def head(*lines: str) -> Head:
    return parse_head("\r\n".join(lines).encode("latin-1"), limits=LIMITS)


def test_a_head_is_read() -> None:
    read = head("HTTP/1.1 200 Très bien", "Content-Type:application/json", "X-A: 1 \t", "x-a:2", "Empty:")
    assert read.status == 200
    assert dict(read.headers) == {"content-type": "application/json", "x-a": "1, 2", "empty": ""}
    assert read.keeps_connection
    assert not read.is_interim


@pytest.mark.parametrize("line", ["HTTP/1.1 200", "HTTP/1.1 200 ", "HTTP/1.1 999 Odd"])
def test_a_status_line_needs_no_reason(line: str) -> None:
    assert head(line).status in {200, 999}


@pytest.mark.parametrize(
    "line",
    [
        "HTTP/2 200 OK",
        "HTTP/1.2 200 OK",
        "HTTP/1.1 20 OK",
        "HTTP/1.1 2000",
        "HTTP/1.1 099 No",
        "http/1.1 200 OK",
        "HTTP/1.1  200 OK",
        "HTTP/1.1\t200 OK",
        "HTTP/1.1 200 O\x00K",
        "HTTP/1.1 101 Switching",
        "ICY 200 OK",
        "",
    ],
)
def test_a_status_line_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(MalformedAnswerError):
        head(line)


@pytest.mark.parametrize(
    "line",
    [" folded: x", "\tfolded", "no colon", ": no name", "na me: x", "name : x", "näme: x", "a: \x00", "a: b\rc: d"],
)
def test_a_header_line_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(MalformedAnswerError):
        head("HTTP/1.1 200 OK", line)


def test_cookies_are_left_out() -> None:
    assert dict(head("HTTP/1.1 200 OK", "Set-Cookie: a=b", "Set-Cookie2: c=d").headers) == {}


def test_headers_are_counted() -> None:
    assert len(head("HTTP/1.1 200 OK", *(f"a{n}: x" for n in range(5))).headers) == 5
    with pytest.raises(TooLargeError):
        head("HTTP/1.1 200 OK", *["a: x"] * 6)


def test_the_peer_says_whether_it_keeps_the_connection() -> None:
    assert not head("HTTP/1.0 200 OK").keeps_connection
    assert not head("HTTP/1.1 200 OK", "Connection: Keep-Alive, Close").keeps_connection
    assert head("HTTP/1.1 200 OK", "Connection: keep-alive").keeps_connection


def test_an_interim_answer_is_known_as_such() -> None:
    assert head("HTTP/1.1 103 Early Hints").is_interim


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["HTTP/1.1 200 OK", "Content-Length: 0"], (BodyKind.LENGTH, 0)),
        (["HTTP/1.1 200 OK", "Content-Length: 10"], (BodyKind.LENGTH, 10)),
        (["HTTP/1.1 200 OK", "Content-Length: 0010"], (BodyKind.LENGTH, 10)),
        (["HTTP/1.1 200 OK", "Content-Length: 10", "Content-Encoding: Identity"], (BodyKind.LENGTH, 10)),
        (["HTTP/1.1 200 OK", "Transfer-Encoding: Chunked"], (BodyKind.CHUNKED, 0)),
        (["HTTP/1.1 204 No Content"], (BodyKind.NONE, 0)),
        (["HTTP/1.1 304 Not Modified", "Content-Length: 10"], (BodyKind.NONE, 0)),
    ],
)
def test_the_end_of_a_body_is_known(lines: list[str], expected: tuple[BodyKind, int]) -> None:
    assert body_of(head(*lines), at_most=10) == expected


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        (["Content-Length: 11"], TooLargeError),
        (["Content-Length: 999999999999999"], TooLargeError),
        (["Content-Length: 9999999999999999"], MalformedAnswerError),
        (["Content-Length: -1"], MalformedAnswerError),
        (["Content-Length: +1"], MalformedAnswerError),
        (["Content-Length: 0x1"], MalformedAnswerError),
        (["Content-Length: 1_0"], MalformedAnswerError),
        (["Content-Length: ²"], MalformedAnswerError),
        (["Content-Length:"], MalformedAnswerError),
        (["Content-Length: 5", "Content-Length: 6"], MalformedAnswerError),
        (["Content-Length: 5", "Content-Length: 5"], MalformedAnswerError),
        (["Content-Length: 5", "Transfer-Encoding: chunked"], MalformedAnswerError),
        ([], MalformedAnswerError),
        (["Transfer-Encoding: gzip, chunked"], EncodingRefusedError),
        (["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], EncodingRefusedError),
        (["Transfer-Encoding: identity"], EncodingRefusedError),
        (["Content-Encoding: gzip", "Content-Length: 5"], EncodingRefusedError),
        (["Content-Encoding: identity, gzip", "Content-Length: 5"], EncodingRefusedError),
        (["Content-Encoding:", "Content-Length: 5"], EncodingRefusedError),
    ],
)
def test_a_body_whose_end_or_coding_is_in_doubt_is_refused(lines: list[str], error: type[CourierError]) -> None:
    with pytest.raises(error) as refusal:
        body_of(head("HTTP/1.1 200 OK", *lines), at_most=10)
    assert refusal.value.may_have_arrived


def test_an_older_peer_does_not_chunk() -> None:
    with pytest.raises(MalformedAnswerError):
        body_of(head("HTTP/1.0 200 OK", "Transfer-Encoding: chunked"), at_most=10)


@pytest.mark.parametrize(("line", "size"), [(b"0", 0), (b"1f", 31), (b"1F;name=value", 31), (b"00a  ", 10)])
def test_a_chunk_tells_its_size(line: bytes, size: int) -> None:
    assert parse_chunk_size(line) == size


@pytest.mark.parametrize("line", [b"", b"-1", b"+1", b"0x1", b"g", b" 1", b"1 1", b"1_0", b"1" * 13, b"1;\x00"])
def test_a_chunk_without_a_size_is_refused(line: bytes) -> None:
    with pytest.raises(MalformedAnswerError):
        parse_chunk_size(line)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        ("0000000120", 120),
        ("3600", 3600),
        ("3601", 3600),
        ("9" * 5000, 3600),
        ("Sun, 22 Nov 2026 12:00:30 GMT", 30),
        ("Sun, 22 Nov 2026 12:00:30", 30),
        ("Sun, 22 Nov 2026 14:00:30 +0200", 30),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3600),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("²", None),
    ],
)
def test_a_wish_to_wait_is_understood_and_bounded(value: str, seconds: int | None) -> None:
    assert retry_after_seconds({"retry-after": value}, now=NOON, limits=LIMITS) == seconds


def test_no_wish_to_wait_is_none() -> None:
    assert retry_after_seconds({}, now=NOON, limits=LIMITS) is None


def test_without_limits_the_programs_own_hold() -> None:
    assert retry_after_seconds({"retry-after": "1000000"}, now=NOON) == Limits().retry_after_seconds
