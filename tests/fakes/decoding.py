"""Captured bytes, decoded through every layer: compression, JSON, compact JWS, base64 in any alignment, hex.

A plain search finds a value inside base64 in at most one of three alignments and never behind compression; this finds
it. For tests that plant a value and look for it where it must not be.
"""

import binascii
import gzip
import json
import re
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Iterator

DEPTH = 8
_RUN = re.compile(rb"[A-Za-z0-9_-]{8,}={0,2}|[A-Za-z0-9+/]{8,}={0,2}")
_JSON_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*\\(?:[^"\\]|\\.)*"')


def layers(data: bytes, depth: int = DEPTH) -> Iterator[bytes]:
    """`data`, and all that it decodes to, each once."""
    seen: set[bytes] = set()
    waiting = [(data, depth)]
    while waiting:
        layer, left = waiting.pop()
        if layer in seen:
            continue
        seen.add(layer)
        yield layer
        if left:
            waiting += [(inner, left - 1) for inner in _inside(layer)]


def holds(data: bytes, planted: str) -> bool:
    """Whether the planted text stands in `data` or in anything that it decodes to."""
    wanted = planted.encode()
    return any(wanted in layer for layer in layers(data))


def decoded(text: str) -> Iterator[bytes]:
    """What one whole text may stand for: base64 or hex of other bytes."""
    if len(text) % 2 == 0 and len(text) >= 8 and re.fullmatch(r"[0-9a-fA-F]+", text):
        yield bytes.fromhex(text)
    if re.fullmatch(r"[A-Za-z0-9_+/-]{6,}={0,2}", text) and len(text.rstrip("=")) % 4 != 1:
        yield _base64(text.encode())


def inflated(data: bytes) -> Iterator[bytes]:
    """What compressed bytes hold, where they are compressed."""
    if data[:2] == b"\x1f\x8b":
        try:
            yield gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            return
    elif data[:1] == b"\x78":
        try:
            yield zlib.decompress(data)
        except zlib.error:
            return


def _inside(data: bytes) -> Iterator[bytes]:
    yield from inflated(data)
    _, blank, body = data.partition(b"\r\n\r\n")
    if blank:
        yield body
    for match in _JSON_TEXT.finditer(data):
        try:
            yield str(json.loads(match.group())).encode("utf-8", "surrogatepass")
        except ValueError:
            continue
    for match in _RUN.finditer(data):
        run = match.group()
        for start in range(4):
            if len(run) - start >= 8:
                yield _base64(run[start:])
        if re.fullmatch(rb"[0-9a-fA-F]+", run) and len(run) % 2 == 0:
            yield binascii.unhexlify(run)


def _base64(run: bytes) -> bytes:
    text = run.rstrip(b"=").translate(bytes.maketrans(b"+/", b"-_"))
    text = text[: len(text) - (len(text) % 4 == 1)]
    return urlsafe_b64decode(text + b"=" * (-len(text) % 4))
