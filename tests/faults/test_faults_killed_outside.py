"""Killed while a mail, a request for a quote or a search leaves, and started again: told first, and nothing done twice.

Real servers in a process of their own count what took effect. What does no more when done twice is done again; whatever
else may have left is shown as unsure. Some moments by default, `--long` takes all.
"""

import os
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.forked_child import exit_status
from tests.fakes.outside_job import ask, prepare
from tests.fakes.outside_program import Others, others
from tests.fakes.vaults import read_now, vault_in
from tests.faults.conftest import Count
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.outside import OutsideAct, OutsideKind, OutsideRecord, OutsideState
from vrm_desktop.domain.ways import Way

EFFECT = {Way.MAIL: "mail", Way.MCP: "quote", Way.UCP: "search"}
WAYS = [pytest.param(way, id=effect) for way, effect in EFFECT.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The servers, a home prepared for each way, and room for copies."""

    there: Others
    room: Path

    def home(self, way: Way, name: str) -> Path:
        """A fresh copy of the home that is prepared for this way."""
        return Path(shutil.copytree(self.room / way.value, self.room / f"{way.value} {name}"))


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    room = tmp_path_factory.mktemp("outside")
    with others(room / "effects") as there:
        for way in EFFECT:
            prepare(room / way.value, way, there)
        yield Field(there=there, room=room)


def killing_at(moment: int) -> Callable[[str], None]:
    """An observer that ends its process, the hard way, at the given moment (from 1)."""
    passed = 0

    def on_io(_: str) -> None:
        nonlocal passed
        passed += 1
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    return on_io


def moments(field: Field, way: Way) -> list[str]:
    """What happens in a run that nobody kills, in order."""
    home = field.home(way, f"whole {len(list(field.room.iterdir()))}")
    happened = home / "happened"

    def on_io(moment: str) -> None:
        with happened.open("a") as file:
            file.write(f"{moment}\n")

    before = field.there.effects(EFFECT[way])
    assert exit_status(partial(ask, home, on_io)) == 0
    assert field.there.effects(EFFECT[way]) == before + 1
    assert check(home) is OutsideState.DONE
    return happened.read_text().splitlines()


def check(home: Path) -> OutsideState:
    """Act, ledger and proof say the same; what became of the act."""
    with vault_in(home) as vault:
        (act,) = read_now(vault, lambda tx: tx.papers(OutsideAct))
        ledger = read_now(vault, lambda tx: tx.ledger())
        records = read_now(vault, lambda tx: tx.papers(OutsideRecord))
        relationship = read_now(vault, lambda tx: tx.relationship(act.relationship))
        read_now(vault, lambda tx: tx.verify_chains())
    assert {(row.name, row.value) for row in ledger} == {(one.name, one.value) for one in act.tells}
    assert len(ledger) == len(act.tells)
    assert {record.sent for record in records} == {act.body}
    assert len(records) == act.attempts
    told = {OutsideState.DONE: LedgerState.SENT, OutsideState.UNSURE: LedgerState.MAYBE}
    assert {row.state for row in ledger} == {told[act.state]}
    assert relationship is not None
    assert relationship.trouble == ("interrupted" if act.state is OutsideState.UNSURE else "")
    return act.state


def rows_in(home: Path) -> int:
    with vault_in(home) as vault:
        return len(read_now(vault, lambda tx: tx.ledger()))


def kill_at(field: Field, way: Way, numbers: Sequence[int], happened: Sequence[str], count: Count) -> None:
    """Kill a new run at each of these moments (from 1) and go on."""
    effect, unsure, repeated = EFFECT[way], 0, 0
    for number in numbers:
        home, before = field.home(way, f"killed {number} of {len(numbers)}"), field.there.effects(effect)
        where = f"moment {number}, {happened[number - 1]}"
        assert exit_status(partial(ask, home, killing_at(number))) == -signal.SIGKILL, where
        if field.there.effects(effect) > before:
            assert rows_in(home), f"{where}: it left before the ledger had it"
        assert exit_status(partial(ask, home)) == 0, where
        state, done = check(home), field.there.effects(effect) - before
        unsure += state is OutsideState.UNSURE
        repeated += done > 1
        if way is Way.UCP:
            assert state is OutsideState.DONE, f"{where}: a search is done again"
            assert 1 <= done <= 2, where
        elif state is OutsideState.DONE:
            assert done == 1, f"{where}: nothing is done twice"
        else:
            assert done <= 1, f"{where}: nothing is done twice"
    count(f"a {effect} killed at {len(numbers)} of {len(happened)} moments: {unsure} unsure, {repeated} done again")
    assert (repeated if way is Way.UCP else unsure) > 0, "no kill ever came in the middle"


@pytest.mark.parametrize("way", WAYS)
def test_an_act_killed_on_its_way_is_in_the_ledger_and_done_once(field: Field, way: Way, count: Count) -> None:
    """Just before the first byte leaves, once the last one has, and with the answer in hand."""
    happened = moments(field, way)
    first, last = happened.index("about-to-write") + 1, len(happened) - happened[::-1].index("written")
    kill_at(field, way, [first, last, happened.index("begin", last) + 1], happened, count)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("way", WAYS)
def test_an_act_killed_at_every_moment_is_in_the_ledger_and_done_once(field: Field, way: Way, count: Count) -> None:
    happened = moments(field, way)
    kill_at(field, way, range(1, len(happened) + 1), happened, count)


def test_a_build_that_repeats_everything_is_caught(field: Field, monkeypatch: pytest.MonkeyPatch, count: Count) -> None:
    happened = moments(field, Way.MAIL)
    answered = len(happened) - happened[::-1].index("written")
    monkeypatch.setattr(OutsideKind, "repeats", True)
    with pytest.raises(AssertionError, match="nothing is done twice"):
        kill_at(field, Way.MAIL, [happened.index("begin", answered) + 1], happened, count)
