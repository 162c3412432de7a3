"""Reading an archive takes at most 32 MiB and eight times the file, whatever the file says."""

import hashlib
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest

from vrm_desktop.formats.archive.reading import Archive
from vrm_desktop.formats.archive.rows import LONGEST
from vrm_desktop.formats.errors import FormatError

MIB = 1024 * 1024


def _sealed(members: dict[str, bytes]) -> bytes:
    said = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        | ({"rows": data.count(b"\n")} if name.startswith("tables/") else {})
        for name, data in members.items()
    }
    manifest = {
        "format": 1, "made": "2026-05-04T12:00:00Z", "magic": "vrm-archive", "members": said, "needs": 1, "schema": 1,
        "vault_id": "00" * 16,
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name.startswith("bytes/") else zipfile.ZIP_DEFLATED)
        text = json.dumps(manifest, sort_keys=True, separators=(",", ":")).encode()
        archive.writestr("manifest.json", text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "rows that pack well": lambda: _sealed({"tables/notes.jsonl": (b'{"id":"' + b"x" * 1000 + b'"}\n') * 36_000}),
    "a line without an end": lambda: _sealed({"tables/notes.jsonl": b"x" * (60 * MIB)}),
    "the longest text": lambda: _sealed({"tables/notes.jsonl": b'{"id":"' + b"x" * (LONGEST - 20) + b'"}\n'}),
    "escapes": lambda: _sealed({"tables/notes.jsonl": b'{"id":"' + b"\\u0001" * (LONGEST // 7) + b'"}\n'}),
    "signs of four bytes": lambda: _sealed(
        {"tables/notes.jsonl": b'{"id":"' + "🚲".encode() * (LONGEST // 4 - 20) + b'"}\n'}
    ),
    "empty lists": lambda: _sealed(
        {"tables/notes.jsonl": b'{"body":{"a":[' + b"[]," * (LONGEST // 3 - 20) + b"[]]}}\n"}
    ),
    "objects": lambda: _sealed(
        {"tables/notes.jsonl": b'{"body":{"a":[' + b'{"a":{}},' * (LONGEST // 9 - 20) + b"[]]}}\n"}
    ),
    "many keys": lambda: _sealed(
        {
            "tables/notes.jsonl": b'{"body":{'
            + b",".join(b'"%06d":1' % number for number in range(LONGEST // 11))
            + b"}}\n"
        }
    ),
    "deep": lambda: _sealed({"tables/notes.jsonl": b'{"body":' + b"[" * (LONGEST - 20) + b"\n"}),
    "one large value": lambda: _sealed(
        {"bytes/papers-1.bin": bytes(20 * MIB), "tables/papers.jsonl": b'{"data":{"file":"bytes/papers-1.bin"}}\n'}
    ),
    "very many members": lambda: _sealed({f"a{number}": b"" for number in range(9_999)}),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_memory_is_bounded_by_the_file(bomb: str) -> None:
    data = BOMBS[bomb]()
    stream = io.BytesIO(data)
    tracemalloc.start()
    try:
        with suppress(FormatError):
            Archive(stream).verify()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 32 * MIB + 8 * len(data), f"{peak / MIB:.1f} MiB for {len(data) / MIB:.2f} MiB"


def test_the_measure_would_catch_a_reader_that_keeps_everything() -> None:
    data = BOMBS["rows that pack well"]()
    tracemalloc.start()
    try:
        kept = list(Archive(io.BytesIO(data)).rows("notes"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(kept) == 36_000
    assert peak > 32 * MIB + 8 * len(data)
