"""The archive's own form: what is written is read back, and nothing else passes for it."""

import csv
import io
import json
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.archived import repacked
from vrm_desktop.formats.archive import manifest as manifests
from vrm_desktop.formats.archive import reading, writing
from vrm_desktop.formats.archive.manifest import Manifest, Member, read_manifest
from vrm_desktop.formats.archive.reading import Archive
from vrm_desktop.formats.archive.rows import LARGE, LONGEST, Value, from_line, to_line
from vrm_desktop.formats.archive.twins import twins
from vrm_desktop.formats.archive.writing import write_archive
from vrm_desktop.formats.errors import ArchiveDamaged, ArchiveTooLarge, ArchiveTooNew, FormatError

NOON = datetime(2026, 5, 4, 12, 0, 0, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
VALUES = (
    st.none()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | TEXT
    | st.binary(max_size=60)
    | st.integers(1, 9).map(lambda more: bytes(LARGE + more))
    | JSON.map(lambda value: json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
)
ROWS = st.lists(st.dictionaries(st.sampled_from(["id", "body", "act", "data"]), VALUES, min_size=1), max_size=5)


@dataclass(frozen=True)
class Kept:
    """Tables made up for a test."""

    content: Mapping[str, list[dict[str, Value]]]
    schema: int = 3
    vault_id: bytes = bytes(16)

    def tables(self) -> tuple[str, ...]:
        return tuple(sorted(self.content))

    def rows(self, table: str) -> Iterator[Mapping[str, Value]]:
        return iter(self.content[table])


def written(kept: Kept) -> bytes:
    out = io.BytesIO()
    write_archive(out, kept, terms={"A.json": b"{}"}, made=NOON)
    return out.getvalue()


SMALL = Kept({"notes": [{"id": 1, "body": '{"text":"gern"}'}], "papers": [{"id": 1, "data": bytes(LARGE + 1)}]})


@given(st.dictionaries(st.sampled_from(["notes", "papers", "zebras"]), ROWS, max_size=3))
def test_whatever_the_tables_hold_is_read_back(content: dict[str, list[dict[str, Value]]]) -> None:
    archive = Archive(io.BytesIO(written(Kept(content))))
    archive.verify()
    assert {table: list(archive.rows(table)) for table in archive.counts} == content
    assert archive.counts == {table: len(rows) for table, rows in content.items()}


@given(st.dictionaries(st.sampled_from(["id", "body", "act"]), VALUES, min_size=1))
def test_a_row_is_one_line(row: dict[str, Value]) -> None:
    small = {name: value[:60] if isinstance(value, bytes) else value for name, value in row.items()}
    line = to_line(small, lambda: "never")
    assert line.count(b"\n") == 1
    assert from_line(line[:-1], lambda _: b"") == small


def test_a_row_that_no_line_can_carry_is_refused_when_it_is_written() -> None:
    with pytest.raises(ArchiveTooLarge):
        to_line({"id": "x" * LONGEST}, lambda: "never")


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b'{"b": 1}',
        b'{"b":1.5}',
        b'{"b":[]}',
        b'{"b":true}',
        b'{"b":{"c":1}}',
        b'{"b":{"base64url":"!"}}',
        b'{"b":1,"b":1}',
        b"[" * 100_000,
        b'{"body":' + b'{"a":' * 60 + b"1" + b"}" * 61,
        b'{"b":' + b"9" * 5000 + b"}",
        b"\xff",
    ],
)
def test_what_is_no_row_is_damage(line: bytes) -> None:
    with pytest.raises(ArchiveDamaged):
        from_line(line, lambda _: b"")


def test_the_manifest_comes_back() -> None:
    member = Member(length=3, sha256="0" * 64, rows=1)
    manifest = Manifest(schema=3, vault_id=bytes(16), made=NOON, members={"tables/notes.jsonl": member})
    assert read_manifest(manifest.to_bytes()) == manifest
    assert manifest.counts == {"notes": 1}


def test_a_newer_format_is_told_from_damage() -> None:
    with pytest.raises(ArchiveTooNew) as caught:
        read_manifest(b'{"magic":"vrm-archive","needs":2,"nobody":"knows"}')
    assert caught.value.needs == "format 2"


def _changed(**changes: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"]) | changes
        members["manifest.json"] = json.dumps(manifest, sort_keys=True, separators=(",", ":")).encode()

    return change


def _said(name: str, **changes: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"])
        manifest["members"].setdefault(name, {}).update(changes)
        members["manifest.json"] = json.dumps(manifest, sort_keys=True, separators=(",", ":")).encode()

    return change


@pytest.mark.parametrize(
    "change",
    [
        _changed(magic="vrm-backup"),
        _changed(schema=0),
        _changed(schema="3"),
        _changed(vault_id="00"),
        _changed(vault_id="zz" * 16),
        _changed(made="yesterday"),
        _changed(members=[]),
        _changed(members={str(number): {} for number in range(manifests.MOST_MEMBERS + 1)}),
        _said("tables/notes.jsonl", bytes=-1),
        _said("tables/notes.jsonl", bytes=10**15),
        _said("tables/notes.jsonl", rows=5),
        _said("tables/notes.jsonl", rows="1"),
        _said("tables/notes.jsonl", sha256="0" * 64),
        _said("tables/notes.jsonl", sha256="short"),
        _said("README.txt", rows=1),
        _said("../../etc/passwd", bytes=0, sha256="0" * 64),
        _said("tables/absent.jsonl", bytes=0, sha256="0" * 64, rows=0),
        lambda members: members.update({"manifest.json": b"{"}),
        lambda members: members.update({"manifest.json": b"{}"}),
        lambda members: members.update({"manifest.json": b" " * (manifests.LONGEST + 1)}),
        lambda members: members.update({"README.txt": b"another"}),
        lambda members: members.update({"more.txt": b"another"}),
        lambda members: members.pop("bytes/papers-1.bin"),
        lambda members: members.pop("manifest.json"),
    ],
)
def test_an_archive_that_is_not_what_its_manifest_says_is_damage(change: Callable[[dict[str, bytes]], None]) -> None:
    data = repacked(written(SMALL), change, sealed=False)
    with pytest.raises(ArchiveDamaged):
        Archive(io.BytesIO(data)).verify()


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members.update({"tables/notes.jsonl": members["tables/notes.jsonl"][:-1]}),
        lambda members: members.update({"tables/notes.jsonl": b'{"id":"' + b"x" * LONGEST + b'"}\n'}),
        lambda members: members.update({"tables/papers.jsonl": b'{"data":{"file":"bytes/papers-2.bin"},"id":1}\n'}),
        lambda members: members.update({"tables/papers.jsonl": b'{"data":{"file":"manifest.json"},"id":1}\n'}),
        lambda members: members.update({"tables/papers.jsonl": b'{"id":1}\n'}),
        lambda members: members.update({"bytes/zebras-1.bin": b""}),
    ],
)
def test_tables_that_do_not_fit_their_files_are_damage(change: Callable[[dict[str, bytes]], None]) -> None:
    with pytest.raises(ArchiveDamaged):
        Archive(io.BytesIO(repacked(written(SMALL), change))).verify()


def test_a_large_value_that_is_packed_is_refused_before_it_is_unpacked() -> None:
    data, out = written(SMALL), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    with pytest.raises(ArchiveDamaged):
        Archive(io.BytesIO(out.getvalue()))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_twice_is_refused() -> None:
    out = io.BytesIO(written(SMALL))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("README.txt", b"another")
    with pytest.raises(ArchiveDamaged):
        Archive(out)


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_eat_memory_are_refused(way: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        archive.writestr("manifest.json", b"{}")
    with pytest.raises(ArchiveDamaged):
        Archive(out)


def test_a_bomb_is_refused_by_its_outline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ROOM", 1000)
    data = written(Kept({"notes": [{"id": "x" * 100_000} for _ in range(20)]}))
    with pytest.raises(ArchiveDamaged):
        Archive(io.BytesIO(data))


@pytest.mark.parametrize("entries", [20_000, 65_535])
def test_a_directory_of_too_many_members_is_not_even_read(entries: int) -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, entries, entries, 46 * entries, 0, 0)
    with pytest.raises(ArchiveDamaged):
        Archive(io.BytesIO(bytes(46 * entries) + end))


def test_more_than_an_archive_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LARGEST", 2000)
    with pytest.raises(ArchiveTooLarge):
        written(Kept({"notes": [{"id": "x" * 3000}]}))
    with pytest.raises(ArchiveTooLarge):
        written(Kept({f"t{number}": [{"id": number}] for number in range(40)}))


def test_too_many_large_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_MEMBERS", 3)
    with pytest.raises(ArchiveTooLarge):
        written(Kept({"papers": [{"data": bytes(LARGE + 1)} for _ in range(5)]}))
    with pytest.raises(ArchiveTooLarge):
        written(Kept({f"t{number}": [] for number in range(4)}))


@given(st.binary(max_size=600))
def test_any_bytes_get_a_clear_answer(data: bytes) -> None:
    with pytest.raises(FormatError):
        Archive(io.BytesIO(data)).verify()


WHOLE = written(SMALL)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_an_archive_with_changed_bytes_is_whole_or_damaged_and_never_anything_else(
    changes: list[tuple[int, int]],
) -> None:
    data = bytearray(WHOLE)
    for position, value in changes:
        data[position] = value
    try:
        archive = Archive(io.BytesIO(bytes(data)))
        archive.verify()
    except FormatError:
        return
    assert list(archive.rows("notes")) == list(SMALL.rows("notes"))


def test_an_archive_cut_anywhere_is_damage() -> None:
    for length in range(0, len(WHOLE), 3):
        with pytest.raises(ArchiveDamaged):
            Archive(io.BytesIO(WHOLE[:length]))


def _twin(name: str, **content: list[dict[str, Value]]) -> bytes:
    return b"".join(dict(twins(Kept(content)))[name])


def test_the_card_is_read_by_another_program() -> None:
    fields = [("name.given", "Änne"), ("name.surname", "Beispiel; Söhne"), ("email", "a@b.example"), ("note", "x" * 90)]
    rows: list[dict[str, Value]] = [{"id": p, "body": json.dumps({"path": p, "value": v})} for p, v in fields]
    rows += [{"id": "town", "body": '{"path":"address.locality","value":"Köln, Süd"}'}]
    rows += [{"id": "day", "body": '{"path":"birthday","value":"1990-02-03"}'}]
    data = _twin("profile.vcf", profile_fields=rows)
    card = vobject.readOne(data.decode())
    assert card.fn.value == "Änne Beispiel; Söhne"
    assert (card.n.value.family, card.n.value.given) == ("Beispiel; Söhne", "Änne")
    assert card.email.value == "a@b.example"
    assert card.adr.value.city == "Köln, Süd"
    assert card.bday.value == "19900203"
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_a_vendor_cannot_put_a_formula_into_the_table() -> None:
    row: dict[str, Value] = {
        "seq": 1, "vendor": "v", "name": "=cmd", "value": "+1", "until": "2026-01-01", "state": "sent", "message": "m",
        "body": "broken",
    }  # fmt: skip
    vendors: list[dict[str, Value]] = [{"id": "v", "body": '{"name":"@SUM(A1)"}'}]
    gone: dict[str, Value] = row | {"value": None, "name": "x", "vendor": "unknown"}
    data = _twin("who-knows-what.csv", ledger=[row, gone], vendors=vendors)
    _head, first, second = csv.reader(io.StringIO(data.decode()))
    assert first[1:4] == ["'@SUM(A1)", "'=cmd", "'+1"]
    assert second[1:4] == ["unknown", "x", ""]


def test_the_agenda_is_read_by_another_program() -> None:
    rows: list[dict[str, Value]] = [
        {"kind": "offer-expires", "key": "k", "due": "2026-05-10", "body": '{"done":false}'},
        {"kind": "answers-by", "key": "l", "due": "2026-05-08", "body": '{"done":true}'},
    ]
    calendar = vobject.readOne(_twin("agenda.ics", agenda=rows).decode())
    assert [str(one.due.value) for one in calendar.vtodo_list] == ["2026-05-10", "2026-05-08"]
    assert [one.status.value for one in calendar.vtodo_list] == ["NEEDS-ACTION", "COMPLETED"]


def test_tables_without_those_rows_have_no_copies() -> None:
    assert not list(twins(Kept({"zebras": []})))
