"""Killed at every write, send, receive and sync of a whole cast, and started again: it ends the same, once.

Moments are listed from a run that nobody kills. Of the syncs the default run takes some, `--long` takes all.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.fakes.cast_job import finish, prepare
from tests.fakes.forked_child import exit_status
from tests.fakes.stocked import stocked_sample
from tests.fakes.vaults import read_now, vault_in
from tests.fakes.vendor_process import serving
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.domain.relationship import OrderState

CHECKOUT = Path(__file__).resolve().parents[2]
STRACE = shutil.which("strace")
SYNCS = "fsync,fdatasync"
UNSENT = frozenset({ActState.HELD, ActState.SEALED})
SAID = [Kind.PING, Kind.REVEAL, Kind.ACCEPT]
HEARD = {Kind.TERMS_ANSWER, Kind.OFFER, Kind.CONFIRMATION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A running desk, a home prepared for it, and room for copies."""

    template: Path
    room: Path

    def home(self, name: str) -> Path:
        """A fresh copy of the prepared home."""
        return Path(shutil.copytree(self.template, self.room / name))


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    """One desk for all runs; each run is another customer of it."""
    room = tmp_path_factory.mktemp("faults")
    with serving(stocked_sample(room / "shop")) as vendor:
        prepare(room / "prepared", vendor.url)
        yield Field(template=room / "prepared", room=room)


def killing_at(moment: int) -> Callable[[str], None]:
    """An observer that ends its process, the hard way, at the given moment (from 1)."""
    passed = 0

    def on_io(_: str) -> None:
        nonlocal passed
        passed += 1
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    return on_io


def moments(field: Field) -> list[str]:
    """What happens in a run that nobody kills, in order."""
    home = field.home("whole")
    happened = field.room / "happened"

    def on_io(moment: str) -> None:
        with happened.open("a") as file:
            file.write(f"{moment}\n")

    assert exit_status(partial(finish, home, home / "posts", on_io)) == 0
    check(home)
    return happened.read_text().splitlines()


def check(home: Path) -> int:
    """The cast ended as it must, both sides hold it once, repeats carried the same bytes; how many posts there were."""
    with vault_in(home) as vault:
        (relationship,) = read_now(vault, lambda tx: tx.relationships())
        journal = read_now(vault, lambda tx: tx.journal(relationship.id))
        order = read_now(vault, lambda tx: tx.order(relationship.id))
        ledger = read_now(vault, lambda tx: tx.ledger())
        secret = read_now(vault, lambda tx: tx.read_secret(relationship.id))
        left = read_now(vault, lambda tx: [act.state for act in tx.acts(states=UNSENT)])
        assert read_now(vault, lambda tx: tx.verify_chains()) == (len(journal), len(ledger))
    assert relationship.conversation.state is State.CONFIRMED
    assert relationship.trouble == ""
    assert order is not None
    assert order.state is OrderState.CONFIRMED
    assert left == []
    assert [row.kind for row in journal if row.sender is Side.PERSON] == SAID
    assert {row.kind for row in journal if row.sender is Side.VENDOR} >= HEARD
    assert {row.state for row in ledger} == {LedgerState.SENT}
    assert len({(row.message, row.name) for row in ledger}) == len(ledger)

    rows = httpx.get(
        f"{relationship.address}/messages?side=both&after=0,0",
        headers={"Authorization": f"Bearer {secret}"},
        trust_env=False,
    ).json()["messages"]
    theirs = [(row["side"], row["number"], digest(row["envelope"]["jws"].encode())) for row in rows]
    ours = [(row.sender.value, row.number, str(row.message)) for row in journal]
    assert len(theirs) == len(set(theirs))
    assert set(ours) <= set(theirs)
    assert [row for row in theirs if row[0] == "person"] == [row for row in ours if row[0] == "person"]

    posts = (home / "posts").read_text().splitlines()
    assert len(set(posts)) == len(SAID), "a repeat carries the same bytes"
    return len(posts)


def test_a_cast_killed_at_every_moment_ends_the_same(field: Field) -> None:
    happened = moments(field)
    assert {"begin", "before-commit", "after-commit", "about-to-send", "sent", "received"} == set(happened)
    repeated = 0
    for number, moment in enumerate(happened, start=1):
        home = field.home(f"killed-{number}")
        observer = killing_at(number)
        status = exit_status(partial(finish, home, home / "posts", observer))
        assert status == -signal.SIGKILL, f"moment {number}, {moment}"
        assert exit_status(partial(finish, home, home / "posts")) == 0, f"moment {number}, {moment}"
        repeated += check(home) - len(SAID)
    print(f"killed at all {len(happened)} moments: {dict(Counter(happened))}; {repeated} posts were repeated")
    assert repeated > 0, "no kill ever led to a repeat"


def traced(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The job as a program of its own, under strace."""
    job = [sys.executable, "-m", "tests.fakes.cast_job", str(home), str(home / "posts")]
    assert STRACE is not None
    return subprocess.run(
        [STRACE, "-f", "-e", f"trace={SYNCS}", *options, *job],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def sync_count(field: Field, name: str) -> int:
    """How many syncs one whole run makes."""
    home = field.home(name)
    whole = traced(home)
    if "ptrace" in whole.stderr and whole.returncode != 0:
        pytest.skip("strace may not trace here")
    assert whole.returncode == 0, whole.stderr[-2000:]
    check(home)
    return sum("sync(" in line and "resumed" not in line for line in whole.stderr.splitlines())


def kill_at_syncs(field: Field, numbers: list[int], syncs: int) -> None:
    for number in numbers:
        home = field.home(f"sync-{number}-of-{syncs}-{len(numbers)}")
        killed = traced(home, "-e", f"inject={SYNCS}:signal=SIGKILL:when={number}")
        assert killed.returncode in {-signal.SIGKILL, 128 + signal.SIGKILL}, killed.stderr[-2000:]
        if not (home / "posts").exists():
            (home / "posts").touch()
        assert exit_status(partial(finish, home, home / "posts")) == 0
        check(home)
    print(f"killed at {len(numbers)} of {syncs} syncs")


@pytest.mark.skipif(STRACE is None, reason="needs strace, which stops a program at a sync")
def test_a_cast_killed_at_some_syncs_ends_the_same(field: Field) -> None:
    syncs = sync_count(field, "synced")
    kill_at_syncs(field, [1, 2, syncs // 2, syncs - 1], syncs)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.skipif(STRACE is None, reason="needs strace, which stops a program at a sync")
def test_a_cast_killed_at_every_sync_ends_the_same(field: Field) -> None:
    syncs = sync_count(field, "synced-all")
    kill_at_syncs(field, list(range(1, syncs + 1)), syncs)
