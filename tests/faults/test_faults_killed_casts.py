"""Killed at every write, send, receive and sync of a whole cast, and started again: it ends the same, once.

So does a cast with a counter-offer that the person leaves in the end. Moments are listed from a run that nobody kills.
Of the syncs and of the second job's moments the default run takes some, `--long` takes all.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.fakes.cast_job import change_key_and_speak, counter_and_leave, finish, prepare
from tests.fakes.forked_child import exit_status
from tests.fakes.stocked import stocked_sample
from tests.fakes.vaults import read_now, vault_in
from tests.fakes.vendor_process import serving
from tests.faults.conftest import Count
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.relationship import OrderState

CHECKOUT = Path(__file__).resolve().parents[2]
STRACE = shutil.which("strace")
SYNCS = "fsync,fdatasync"
UNSENT = frozenset({ActState.HELD, ActState.SEALED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a person does, and how it must end: `said` in this order, once each, and at least `heard`."""

    name: str
    act: Callable[[Path, Path, Callable[[str], None] | None], None]
    said: tuple[Kind, ...]
    heard: frozenset[Kind]
    ends: State
    ledger: frozenset[LedgerState]
    offers: tuple[OfferState, ...]


BUY = Job(
    name="",
    act=finish,
    said=(Kind.PING, Kind.REVEAL, Kind.ACCEPT),
    heard=frozenset({Kind.TERMS_ANSWER, Kind.OFFER, Kind.CONFIRMATION}),
    ends=State.CONFIRMED,
    ledger=frozenset({LedgerState.SENT}),
    offers=(OfferState.ACCEPTED,),
)
LEAVE = Job(
    name="leave",
    act=counter_and_leave,
    said=(Kind.PING, Kind.REVEAL, Kind.COUNTER, Kind.ACCEPT, Kind.END),
    heard=frozenset({Kind.TERMS_ANSWER, Kind.OFFER, Kind.CONFIRMATION, Kind.CLOSURE}),
    ends=State.ENDED,
    ledger=frozenset({LedgerState.ERASED, LedgerState.ERASURE_ASKED}),
    offers=(OfferState.REPLACED, OfferState.ACCEPTED),
)
NEW_KEY = Job(
    name="new-key",
    act=change_key_and_speak,
    said=(*BUY.said, Kind.KEY_CHANGE, Kind.MESSAGE),
    heard=BUY.heard | {Kind.ACKNOWLEDGEMENT},
    ends=State.CONFIRMED,
    ledger=BUY.ledger,
    offers=BUY.offers,
)
JOBS = [pytest.param(BUY, id="buying"), pytest.param(LEAVE, id="countering-and-leaving")]


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


def moments(field: Field, job: Job) -> list[str]:
    """What happens in a run that nobody kills, in order."""
    run = len(list(field.room.iterdir()))
    home = field.home(f"whole {run}")
    happened = field.room / f"happened {run}"

    def on_io(moment: str) -> None:
        with happened.open("a") as file:
            file.write(f"{moment}\n")

    assert exit_status(partial(job.act, home, home / "posts", on_io)) == 0
    check(home, job)
    return happened.read_text().splitlines()


def check(home: Path, job: Job) -> int:
    """The cast ended as it must, both sides hold it once, repeats carried the same bytes; how many posts there were."""
    with vault_in(home) as vault:
        (relationship,) = read_now(vault, lambda tx: tx.relationships())
        journal = read_now(vault, lambda tx: tx.journal(relationship.id))
        order = read_now(vault, lambda tx: tx.order(relationship.id))
        ledger = read_now(vault, lambda tx: tx.ledger())
        secret = read_now(vault, lambda tx: tx.read_secret(relationship.id))
        offers = read_now(vault, lambda tx: tx.offers(relationship=relationship.id))
        left = read_now(vault, lambda tx: [act.state for act in tx.acts(states=UNSENT)])
        assert read_now(vault, lambda tx: tx.verify_chains()) == (len(journal), len(ledger))
        assert read_now(vault, lambda tx: tx.signer(relationship.id).kid) == relationship.conversation.own_kid
    assert relationship.conversation.state is job.ends
    assert relationship.trouble == ""
    assert order is not None
    assert order.state is OrderState.CONFIRMED
    assert left == []
    assert tuple(sorted(offer.state for offer in offers)) == tuple(sorted(job.offers))
    assert [row.kind for row in journal if row.sender is Side.PERSON] == list(job.said)
    assert {row.kind for row in journal if row.sender is Side.VENDOR} >= job.heard
    assert {row.state for row in ledger} == job.ledger
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
    assert len(set(posts)) == len(job.said), "a repeat carries the same bytes"
    return len(posts)


def kill_at_moments(field: Field, job: Job, numbers: Sequence[int], happened: Sequence[str], count: Count) -> int:
    """Kill a new run at each of these moments (from 1) and go on; how many posts were repeated."""
    repeated = 0
    for number in numbers:
        home = field.home(f"killed-{number} {job.name} {len(numbers)}")
        status = exit_status(partial(job.act, home, home / "posts", killing_at(number)))
        assert status == -signal.SIGKILL, f"moment {number}, {happened[number - 1]}"
        assert exit_status(partial(job.act, home, home / "posts", None)) == 0, f"moment {number}"
        repeated += check(home, job) - len(job.said)
    count(
        f"a cast killed at {len(numbers)} of {len(happened)} moments: {dict(Counter(happened))};"
        f" {repeated} posts were repeated"
    )
    return repeated


def test_a_cast_killed_at_every_moment_ends_the_same(field: Field, count: Count) -> None:
    happened = moments(field, BUY)
    assert {"begin", "before-commit", "after-commit", "about-to-send", "sent", "received"} == set(happened)
    repeated = kill_at_moments(field, BUY, range(1, len(happened) + 1), happened, count)
    assert repeated > 0, "no kill ever led to a repeat"


def test_a_counter_and_an_end_killed_at_many_moments_end_the_same(field: Field, count: Count) -> None:
    """From the third message on: what comes before it is every cast's."""
    happened = moments(field, LEAVE)
    third = [number for number, moment in enumerate(happened, start=1) if moment == "about-to-send"][2]
    kill_at_moments(field, LEAVE, range(third - 4, len(happened) + 1, 2), happened, count)


def test_a_new_key_killed_around_its_sealing_and_sending_ends_the_same(field: Field, count: Count) -> None:
    """Before and after the commit that seals it, and when its bytes have left and were answered; `--long` at all."""
    happened = moments(field, NEW_KEY)
    first = happened.index("about-to-send", happened.index("after-commit")) + 1
    repeated = kill_at_moments(field, NEW_KEY, (first - 2, first - 1, first + 1, first + 2), happened, count)
    assert repeated > 0, "no kill ever led to a repeat"


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_new_key_killed_at_every_moment_ends_the_same(field: Field, count: Count) -> None:
    happened = moments(field, NEW_KEY)
    kill_at_moments(field, NEW_KEY, range(1, len(happened) + 1), happened, count)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_counter_and_an_end_killed_at_every_moment_end_the_same(field: Field, count: Count) -> None:
    happened = moments(field, LEAVE)
    repeated = kill_at_moments(field, LEAVE, range(1, len(happened) + 1), happened, count)
    assert repeated > 0, "no kill ever led to a repeat"


def traced(home: Path, job: Job, *options: str) -> subprocess.CompletedProcess[str]:
    """The job as a program of its own, under strace."""
    program = [sys.executable, "-m", "tests.fakes.cast_job", str(home), str(home / "posts"), job.name]
    assert STRACE is not None
    return subprocess.run(
        [STRACE, "-f", "-e", f"trace={SYNCS}", *options, *program],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def sync_count(field: Field, job: Job) -> int:
    """How many syncs one whole run makes."""
    home = field.home(f"synced {job.name} {len(list(field.room.iterdir()))}")
    whole = traced(home, job)
    if "ptrace" in whole.stderr and whole.returncode != 0:
        pytest.skip("strace may not trace here")
    assert whole.returncode == 0, whole.stderr[-2000:]
    check(home, job)
    return sum("sync(" in line and "resumed" not in line for line in whole.stderr.splitlines())


def kill_at_syncs(field: Field, job: Job, numbers: list[int], syncs: int, count: Count) -> None:
    for number in numbers:
        home = field.home(f"sync-{number}-of-{syncs}-{len(numbers)} {job.name}")
        killed = traced(home, job, "-e", f"inject={SYNCS}:signal=SIGKILL:when={number}")
        assert killed.returncode in {-signal.SIGKILL, 128 + signal.SIGKILL}, killed.stderr[-2000:]
        if not (home / "posts").exists():
            (home / "posts").touch()
        assert exit_status(partial(job.act, home, home / "posts", None)) == 0
        check(home, job)
    count(f"a cast killed at {len(numbers)} of {syncs} syncs")


@pytest.mark.skipif(STRACE is None, reason="needs strace, which stops a program at a sync")
@pytest.mark.parametrize("job", JOBS)
def test_a_cast_killed_at_some_syncs_ends_the_same(field: Field, job: Job, count: Count) -> None:
    syncs = sync_count(field, job)
    kill_at_syncs(field, job, [1, syncs // 2, syncs - 1], syncs, count)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.skipif(STRACE is None, reason="needs strace, which stops a program at a sync")
@pytest.mark.parametrize("job", JOBS)
def test_a_cast_killed_at_every_sync_ends_the_same(field: Field, job: Job, count: Count) -> None:
    syncs = sync_count(field, job)
    kill_at_syncs(field, job, list(range(1, syncs + 1)), syncs, count)
