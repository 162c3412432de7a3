"""What the vault costs against plain SQLite on the same work: opening, small commits, bulk, looking up, finding, check.

Run it by hand: `python -m tests.benchmarks.bench_vault [rows] [rounds]`. Both hold the program's own tables and indexes
and take turns in every round; medians and ratios are printed. Asserts nothing.
"""

import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import apsw

from tests.fakes import specimens
from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, at_noon
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.vault import soundness
from vrm_desktop.vault.migrating import packaged_migrations, statements
from vrm_desktop.vault.repositories.chains import ChainName
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.vault import OpenVault, create_vault, open_vault

INSERT = "INSERT INTO notes (relationship, digest, body) VALUES (?, ?, ?)"
FIND = "SELECT rowid FROM notes_search WHERE notes_search MATCH ? ORDER BY rowid DESC LIMIT 50"
COUNT = "SELECT count(*) FROM notes WHERE body LIKE '%line 7%'"
LOOK_UP = "SELECT body FROM notes WHERE relationship = ? AND digest = ?"
SMALL_COMMITS = 200
LOOK_UPS = 5000
SEARCHES = 40


def open_here(folder: Path) -> OpenVault:
    """The vault, its key derivation cheap: that cost is chosen, not measured."""
    return open_vault(folder, PASSPHRASE, kdf=CHEAP_KDF, random=secrets.token_bytes, clock=at_noon)


def make_vault(folder: Path) -> OpenVault:
    create_vault(folder, PASSPHRASE, kdf=CHEAP_KDF, random=secrets.token_bytes, clock=at_noon)
    vault = open_here(folder)

    def known(sql: Transaction) -> None:
        contents = vault.contents(sql)
        contents.save_vendor(specimens.VENDOR)
        contents.save_intentcast(specimens.WANT)
        contents.save_relationship(specimens.RELATIONSHIP)

    vault.thread.write_now(known)
    return vault


def make_plain(file: Path) -> apsw.Connection:
    """The same tables in plain SQLite (the one in apsw, without a key) with the same settings."""
    plain = apsw.Connection(str(file))
    for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL", "cache_size = -4096"):
        plain.execute(f"PRAGMA {pragma}")
    for migration in packaged_migrations():
        for statement in statements(migration.sql):
            plain.execute(statement)
    return plain


def rows(start: int, count: int) -> list[tuple[str, str, str]]:
    relationship = str(specimens.RELATIONSHIP.id)
    return [
        (relationship, f"digest {n}", f'{{"text":"line {n} of a long story about {n % 997} things"}}')
        for n in range(start, start + count)
    ]


class Both:
    """The same work on both sides; each returns its seconds."""

    def __init__(self, vault: OpenVault, plain: apsw.Connection, count: int) -> None:
        self._vault = vault
        self._plain = plain
        self._count = count
        self._next = 0

    def bulk(self) -> tuple[float, float]:
        new = rows(self._next, self._count)
        self._next += self._count

        def vault_work(sql: Transaction) -> None:
            for row in new:
                sql.execute(INSERT, row)

        def plain_work() -> None:
            self._plain.execute("PRAGMA cache_size = -65536")
            self._plain.execute("BEGIN IMMEDIATE")
            for row in new:
                self._plain.execute(INSERT, row)
            self._plain.execute("COMMIT")
            self._plain.execute("PRAGMA cache_size = -4096")

        return seconds(lambda: self._vault.thread.write_bulk_now(vault_work)), seconds(plain_work)

    def small_commits(self) -> tuple[float, float]:
        new = rows(self._next, SMALL_COMMITS)
        self._next += SMALL_COMMITS

        def vault_work() -> None:
            for row in new:
                self._vault.thread.write_now(lambda sql: sql.execute(INSERT, row))  # noqa: B023 - called at once

        def plain_work() -> None:
            for row in new:
                self._plain.execute("BEGIN IMMEDIATE")
                self._plain.execute(INSERT, row)
                self._plain.execute("COMMIT")

        return seconds(vault_work), seconds(plain_work)

    def read(self, sql_text: str, parameters: Sequence[tuple[str, ...]]) -> tuple[float, float]:
        def vault_work(sql: Transaction) -> None:
            for values in parameters:
                sql.query(sql_text, values)

        def plain_work() -> None:
            for values in parameters:
                self._plain.execute(sql_text, values).fetchall()

        return seconds(lambda: self._vault.thread.read_now(vault_work)), seconds(plain_work)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def report(name: str, found: list[tuple[float, float]]) -> None:
    ours, theirs = (statistics.median(pair[side] for pair in found) for side in (0, 1))
    ratios = [pair[0] / pair[1] for pair in found]
    print(
        f"{name:32} vault {ours * 1000:9.2f} ms  plain {theirs * 1000:9.2f} ms"
        f"  ratio {statistics.median(ratios):5.2f} [{min(ratios):.2f}-{max(ratios):.2f}]"
    )


def time_opening(place: Path, full: Path) -> None:
    """An empty vault and the full one, in turns."""
    make_vault(place / "empty").close()
    found = []
    for _ in range(15):
        times = []
        for folder in (full, place / "empty"):
            start = time.perf_counter()
            vault = open_here(folder)
            times.append(time.perf_counter() - start)
            vault.close()
        found.append((times[0], times[1]))
    ratios = [pair[0] / pair[1] for pair in found]
    print(f"{'opening, full against empty':32} ratio {statistics.median(ratios):5.2f}")


def time_finding(vault: OpenVault, count: int) -> None:
    """The program's own search over ledger rows, which is what a person waits for."""

    def fill(sql: Transaction) -> None:
        contents = vault.contents(sql)
        for number in range(count):
            row = replace(
                specimens.LEDGER[0],
                seq=0,
                message=MessageId(f"m-{number}"),
                value=f"{number % 997} Main Street {number}",
            )
            contents.append_ledger(row)

    vault.thread.write_bulk_now(fill)
    # The worst first: what every row holds, what nearly every row begins with, and a beginning of several words.
    for text in ("street", "main street", "m", "mai", "main s", f"{count - 1}", "main 99", "nowhere"):
        times = sorted(
            seconds(lambda: vault.thread.read_now(lambda sql: vault.contents(sql).find(text)))  # noqa: B023 - at once
            for _ in range(SEARCHES)
        )
        middle, late = times[SEARCHES // 2] * 1000, times[SEARCHES * 95 // 100] * 1000
        print(f"find {text!r:27} median {middle:8.2f} ms  p95 {late:8.2f} ms  among {count} ledger rows")


def time_checking(vault: OpenVault) -> None:
    """The whole check, and what it is made of."""
    print(f"{'check of the whole vault':32} vault {seconds(vault.check):9.2f} s")
    for name, question in (
        ("  every page", soundness.cipher_problems),
        ("  structure", soundness.structure_problems),
        ("  structure, as after a crash", soundness.quick_problems),
        ("  references", soundness.reference_problems),
        ("  the ledger's chain", partial(soundness.chain_problems, name=ChainName.LEDGER)),
        ("  search", soundness.search_problems),
    ):
        print(f"{name:32} vault {seconds(lambda: vault.thread.upkeep_now(question)):9.2f} s")  # noqa: B023 - at once


def main(count: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="vrm-bench-") as scratch:
        place = Path(scratch)
        vault, plain = make_vault(place / "vault"), make_plain(place / "plain.db")
        both = Both(vault, plain, count)
        relationship = str(specimens.RELATIONSHIP.id)
        keys = [(relationship, f"digest {number * 7919 % count}") for number in range(LOOK_UPS)]
        found: dict[str, list[tuple[float, float]]] = {}
        for _ in range(rounds):
            found.setdefault(f"bulk insert of {count}", []).append(both.bulk())
            found.setdefault(f"{SMALL_COMMITS} small commits", []).append(both.small_commits())
            found.setdefault(f"{LOOK_UPS} look-ups", []).append(both.read(LOOK_UP, keys))
            found.setdefault("full scan", []).append(both.read(COUNT, [()]))
            found.setdefault("100 searches, rare", []).append(both.read(FIND, [(f'"{n}"*',) for n in range(900, 1000)]))
            found.setdefault("10 searches, common", []).append(both.read(FIND, [('"line"* "story"*',)] * 10))
        for name, pairs in found.items():
            report(name, pairs)
        plain.close()
        vault.close()
        full = make_vault(place / "full")
        time_finding(full, count)
        time_checking(full)
        full.close()
        time_opening(place, place / "full")


if __name__ == "__main__":
    main(*(int(given) for given in sys.argv[1:3] or ("20000", "5")))
