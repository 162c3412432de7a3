"""A form with a file, whatever the pieces in which it comes, and whatever is wrong with it."""

import email
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.vendor.errors import HandRefused
from vrm_desktop.vendor.pages.multipart import Event, Field, FileBegins, FileBytes, Multipart

TYPE = "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW"
LINE = b"------WebKitFormBoundary7MA4YWxkTrZu0gW"


def part(name: str, value: bytes, *, file_name: str | None = None) -> bytes:
    named = f'; filename="{file_name}"\r\nContent-Type: application/pdf' if file_name is not None else ""
    return LINE + f'\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + value + b"\r\n"


def read(body: bytes, *cuts: int, kind: str = TYPE) -> tuple[dict[str, str], dict[str, bytes], list[Event]]:
    """Fields, files by their names, and the events, when the body comes in pieces of these lengths."""
    form, events = Multipart(kind), list[Event]()
    for cut in (*cuts, len(body)):
        events += form.feed(body[:cut])
        body = body[cut:]
    form.close()
    fields, files, name = dict[str, str](), dict[str, bytes](), ""
    for event in events:
        match event:
            case Field():
                fields[event.name] = event.text
            case FileBegins():
                name = event.file_name
                files[name] = b""
            case FileBytes():
                files[name] += event.data
    return fields, files, events


NEARLY = st.sampled_from([b"\r\n", b"--", b"\r", b"\n", b"\r\n--", b"\r\n" + LINE[:-1], LINE, b"%PDF"])
DATA = st.lists(st.one_of(st.binary(max_size=40), NEARLY), max_size=20).map(b"".join)


@given(text=st.text(max_size=60), data=DATA, cuts=st.lists(st.integers(1, 60), max_size=30))
def test_it_reads_the_same_in_any_pieces_and_as_the_standard_library_does(
    text: str, data: bytes, cuts: list[int]
) -> None:
    if b"\r\n" + LINE in b"\r\n" + data + b"\r\n" or b"\r\n" + LINE in b"\r\n" + text.encode() + b"\r\n":
        return  # no browser chooses a boundary that stands in what it sends
    body = part("title", text.encode()) + part("file", data, file_name="i.pdf") + LINE + b"--\r\n"
    fields, files, _events = read(body, *cuts)
    assert (fields, files) == ({"title": text}, {"i.pdf": data})
    head = f"Content-Type: {TYPE}\r\n\r\n".encode()
    parsed = email.message_from_bytes(head + body, policy=email.policy.HTTP)
    told = [one.get_payload(decode=True) for one in parsed.iter_parts()]
    if b"\r" not in data.replace(b"\r\n", b"") and b"\n" not in data.replace(b"\r\n", b""):
        assert told[-1] == data


def test_fields_that_come_before_the_file_are_told_before_it() -> None:
    body = part("csrf", b"token") + part("file", b"%PDF-1.7", file_name="i.pdf") + LINE + b"--"
    _fields, _files, events = read(body)
    assert events == [
        Field(name="csrf", text="token"),
        FileBegins(name="file", file_name="i.pdf"),
        FileBytes(data=b"%PDF-1.7"),
    ]


def test_a_boundary_in_quotes_and_an_epilogue_are_read() -> None:
    body = part("a", b"1") + LINE + b"--\r\nwhatever\r\n" + LINE
    assert read(body, kind=TYPE.replace("----Web", '"----Web') + '"')[0] == {"a": "1"}


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/mixed; boundary=x",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "x" * 71,
        'multipart/form-data; boundary="x',
        "multipart/form-data; boundary=x; charset=utf-8",
        "multipart/form-data; boundary=\u00e4",
    ],
)
def test_what_is_no_form_with_a_file_is_refused(kind: str) -> None:
    with pytest.raises(HandRefused):
        Multipart(kind)


FILE = part("file", b"x", file_name="i.pdf")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        FILE,
        FILE[:-1],
        FILE + LINE,
        FILE + LINE + b"-",
        b"preamble\r\n" + FILE + LINE + b"--",
        LINE + b"x" + b"--",
        FILE + FILE + LINE + b"--",
        part("a", b"x" * 9000) + LINE + b"--",
        part("a", b"\xff") + LINE + b"--",
        part("a", b"1") * 21 + LINE + b"--",
        LINE + b"\r\nX: " + b"y" * 5000,
        LINE + b"\r\nX: " + b"y" * 5000 + b"\r\n\r\n" + LINE + b"--",
        LINE + b'\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n' + LINE + b"--",
        LINE + b"\r\nContent-Type: text/plain\r\n\r\nx\r\n" + LINE + b"--",
        LINE + b"\r\n" + b'Content-Disposition: form-data; name="a"\r\n' * 2 + b"\r\nx\r\n" + LINE + b"--",
        part("a", b"") + LINE + b"\r\nno end",
    ],
)
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_a_broken_or_boundless_form_is_refused_in_any_pieces(body: bytes, step: int) -> None:
    with pytest.raises(HandRefused):
        read(body, *[step] * (len(body) // step))


def test_no_more_of_a_file_is_held_than_a_boundary_is_long() -> None:
    form = Multipart(TYPE)
    told = list(form.feed(part("file", b"", file_name="i.pdf")[:-2]))
    for _ in range(50):
        told += form.feed(b"x" * 10_000)
    assert sum(len(one.data) for one in told if isinstance(one, FileBytes)) >= 500_000 - len(LINE) - 2
