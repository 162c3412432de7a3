"""Server-sent events come out of any cutting of the bytes the same, and never out of bounds."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.channels.mcp.events import MOST_EVENTS, MOST_LINES, Event, EventReader, TooManyEvents

STREAM = (
    b"\xef\xbb\xbf: hello\r\nid: one\r\nretry: 250\r\ndata: a\r\ndata:b\r\n\r\n"
    b"event: message\rdata: \xc3\xa9\r\r\n\n\nid: two\ndata\n\ndata: never ended"
)


def read(pieces: list[bytes]) -> tuple[list[tuple[str, str]], EventReader]:
    reader = EventReader()
    events: list[Event] = []
    for piece in pieces:
        events.extend(reader.feed(piece))
    return [(event.data, event.place) for event in events], reader


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_a_stream_reads_the_same_however_it_is_cut(places: list[int]) -> None:
    cuts = sorted({0, len(STREAM), *places})
    found, reader = read([STREAM[start:end] for start, end in itertools.pairwise(cuts)])
    assert found == [("a\nb", "one"), ("é", "one"), ("", "two")]
    assert (reader.place, reader.retry) == ("two", 250)


def test_what_is_no_wait_and_no_place_is_passed_over() -> None:
    _, reader = read([b"retry: soon\nretry: -1\nid: a\x01b\nid: " + b"x" * 300 + b"\n\n"])
    assert (reader.place, reader.retry) == ("", None)
    _, reader = read([b"retry: 99999999999999999\n"])
    assert reader.retry == 60_000


@pytest.mark.parametrize(
    "stream", [b"data: x\n\n" * (MOST_EVENTS + 1), b":\n" * (MOST_LINES + 1), b"data: " + b"x" * 2_200_000]
)
def test_a_stream_without_measure_is_left(stream: bytes) -> None:
    with pytest.raises(TooManyEvents):
        EventReader().feed(stream)
