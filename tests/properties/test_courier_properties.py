"""Whatever a URL or a peer is made of, the courier says one of the things it may say."""

import asyncio

import httpx
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.courier.answers import Answer
from vrm_desktop.courier.errors import AddressRefusedError, CourierError
from vrm_desktop.courier.limits import Limits
from vrm_desktop.courier.reading import read_answer
from vrm_desktop.courier.targets import parse_target
from vrm_desktop.courier.wire import Wire

LIMITS = Limits(head_bytes=500, header_count=10, chunk_count=20, chunk_line_bytes=30, interim_answers=2)
AT_MOST = 1000

labels = st.text(alphabet="abcxyz-019", min_size=1, max_size=8)
hosts = st.one_of(
    st.lists(labels, min_size=1, max_size=4).map(".".join),
    st.ip_addresses().map(lambda address: f"[{address}]" if address.version == 6 else str(address)),
    st.sampled_from(["localhost", "xn--a", "xn--", "xn--bcher-kva.example", "0x7f.1", "[::1]"]),
    st.text(max_size=10),
)
urls = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https", "HTTPS", "ftp"]),
    hosts,
    st.one_of(st.just(""), st.integers(-1, 70_000).map(":{}".format)),
    st.one_of(st.just("/"), st.text(alphabet="/a.?%20&=~#ü\\", max_size=20)),
)

pieces = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 204 No\r\n",
        b"HTTP/1.1 103 Wait\r\n",
        b"Content-Length: 5\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"A: b\r\n",
        b"\r\n",
        b"\n",
        b"\r",
        b"5\r\nhello\r\n",
        b"hello",
        b"0\r\n",
        b"x" * 300,
    ]
)
nearly_right = st.builds(
    b"".join,
    st.tuples(
        st.sampled_from([b"", b"HTTP/1.1 103 Wait\r\n\r\n"]),
        st.just(b"HTTP/1.1 200 OK\r\n"),
        st.sampled_from([b"Content-Length: 5\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n5\r\n"]),
        st.sampled_from([b"hello", b"hell", b"hello\r\n0\r\n\r\n", b"hello\r\n0\r\nA: b\r\n\r\n"]),
        st.binary(max_size=5),
    ),
)
babble = st.one_of(nearly_right, st.lists(pieces, max_size=12).map(b"".join), st.binary(max_size=200))


@given(st.one_of(urls, st.text(max_size=40)))
def test_any_text_is_refused_or_has_one_spelling_that_httpx_reads_alike(url: str) -> None:
    try:
        target = parse_target(url)
    except AddressRefusedError:
        return
    assert parse_target(target.url) == target
    read = httpx.Request("GET", target.url).url
    assert read.raw_host.decode("ascii").strip("[]") == target.host
    assert (read.port or {"http": 80, "https": 443}[read.scheme]) == target.port


async def read_split(data: bytes, cuts: list[int]) -> Answer | CourierError:
    """The outcome of reading `data` when it comes in pieces cut at these places, and the connection then ends."""
    wire = Wire()
    reading = asyncio.create_task(read_answer(wire, at_most=AT_MOST, limits=LIMITS))
    start = 0
    for cut in [*sorted(cuts), len(data)]:
        await asyncio.sleep(0)
        wire.data_received(data[start:cut])
        start = max(start, cut)
    await asyncio.sleep(0)
    wire.connection_lost(None)
    try:
        return (await reading)[0]
    except CourierError as error:
        return error


@given(babble, st.lists(st.integers(0, 200), max_size=8))
def test_whatever_a_peer_says_is_an_answer_or_one_of_our_errors(data: bytes, cuts: list[int]) -> None:
    outcome = asyncio.run(read_split(data, cuts))
    if isinstance(outcome, Answer):
        assert len(outcome.body) <= AT_MOST
    else:
        assert outcome.may_have_arrived


@given(babble, st.lists(st.integers(0, 400), max_size=8))
def test_how_the_bytes_are_cut_on_the_way_changes_no_answer(data: bytes, cuts: list[int]) -> None:
    whole, split = asyncio.run(read_split(data, [])), asyncio.run(read_split(data, cuts))
    if isinstance(whole, Answer) or isinstance(split, Answer):
        assert whole == split


@given(st.binary(max_size=200), st.lists(st.integers(1, 50), max_size=10), st.lists(st.integers(0, 400), max_size=8))
def test_a_body_arrives_as_it_was_chunked_whatever_the_chunks(body: bytes, sizes: list[int], cuts: list[int]) -> None:
    data, rest = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", body
    for size in sizes:
        chunk, rest = rest[:size], rest[size:]
        data += b"%x\r\n%b\r\n" % (len(chunk), chunk) if chunk else b""
    data += (b"%X;last\r\n%b\r\n" % (len(rest), rest) if rest else b"") + b"0\r\n\r\n"
    outcome = asyncio.run(read_split(data, cuts))
    assert isinstance(outcome, Answer)
    assert outcome.body == body
