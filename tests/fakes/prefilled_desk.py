"""Fills a desk's database with so many finished-looking conversations, in bulk and quickly: rows, never messages.

For measuring how a desk grows. The rows have the sizes and the spread of keys of real ones; what stands in the signed
texts is random, so nothing can be read or verified there.
"""

import os
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.pool import StaticPool

from vrm_desktop.canon import base64url, records
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.vendor import tables

_PING, _ANSWER = 3600, 2400
"""Characters of a real ping and of a real answer to its terms."""
_AT_ONCE = 5000
_OPENED = 1_790_000_000


def fill(engine: Engine, *, conversations: int, seed: int = 7) -> None:
    """Add that many conversations, each asked and agreed; every tenth holds values and every hundredth waits."""
    rng = random.Random(seed)  # noqa: S311 - made-up rows, the same every time
    text = base64url.encode(os.urandom(_PING))
    state = records.to_bytes(Conversation(side=Side.VENDOR, own_kid=_kid(), peer_kid=_kid(), state=State.ASKED))
    rows = _rows(rng, conversations, text, state)
    with engine.connect() as connection:
        if isinstance(engine.pool, StaticPool):  # SQLite: a cache that holds the indexes, while this lasts
            connection.exec_driver_sql("PRAGMA cache_size = -1500000")
    while True:
        several = list(islice(rows, _AT_ONCE))
        if not several:
            break
        with engine.begin() as connection:
            for table in (
                tables.conversations,
                tables.messages,
                tables.enquiries,
                tables.reasons,
                tables.disclosures,
                tables.duties,
            ):
                values = [row for one in several for row in one.get(table.name, ())]
                if values:
                    connection.execute(insert(table), values)
    with engine.connect() as connection:
        if isinstance(engine.pool, StaticPool):
            connection.exec_driver_sql("PRAGMA cache_size = -2000")


def _rows(rng: random.Random, count: int, text: str, state: bytes) -> Iterator[dict[str, list[dict[str, Any]]]]:
    for number in range(count):
        identity, answer = _name(rng), _name(rng)
        at = _OPENED + number
        shift = rng.randrange(1000)
        row: dict[str, list[dict[str, Any]]] = {
            "conversations": [{"id": identity, "state": state, "read_hash": _name(rng), "opened": at}],
            "messages": [
                {
                    "conversation": identity,
                    "side": side,
                    "number": 1,
                    "id": id_,
                    "kind": kind,
                    "jws": text[shift : shift + size],
                    "stored": at,
                }
                for side, id_, kind, size in (
                    ("person", identity, "ping", _PING),
                    ("vendor", answer, "terms-answer", _ANSWER),
                )
            ],
            "enquiries": [
                {
                    "conversation": identity,
                    "category": "mobility.bicycle",
                    "area": "DE-NW",
                    "wish": '{"attributes":{"frame_cm":"53-55","type":"road"},"condition":"used","fulfilment":"any"}',
                    "answers_by": "2026-12-01",
                    "needed_by": "2026-12-05",
                    "asked": "5",
                    "opened": at,
                    "moved": at,
                    "stage": rng.choice(("agreed", "declined", "ended", "revealed")),
                    "progress": "",
                    "outcome": rng.choice(("", "", "no-match", "no-stock")),
                }
            ],
            "reasons": [{"conversation": identity, "at": at, "text": '{"by":"","facts":{},"why":"terms-listed"}'}],
        }
        if number % 10 == 0:
            row["disclosures"] = [
                {"conversation": identity, "number": 2, "place": place, "text": text[:120], "until": "2099-12-31"}
                for place in range(3)
            ]
        if number % 100 == 0:
            row["duties"] = [{"conversation": identity, "number": 1, "due": tables.BY_HAND}]
        yield row


def _name(rng: random.Random) -> str:
    return base64url.encode(rng.randbytes(32))


def _kid() -> Kid:
    return Kid(digest(b"nobody"))
