"""Finding by words: in all kinds of things, from a word's beginning, without accents, and never a sealed offer."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes import specimens
from tests.fakes.filled_vault import fill, fill_papers
from tests.fakes.moving_clock import Chance, MovingClock
from tests.fakes.vaults import vault_in, write_now
from vrm_desktop.domain.found import Found, FoundKind
from vrm_desktop.home.port import VaultPort
from vrm_desktop.services.find import find
from vrm_desktop.services.means import Means
from vrm_desktop.vault.contents import Contents
from vrm_desktop.wiring import load_roster
from vrm_desktop.wording.found import found_kind_label, found_words

Ask = Callable[[str], tuple[Found, ...]]


def asked(folder: Path, words: str, *, sealed: bool = False, sleep: timedelta = timedelta(0)) -> tuple[Found, ...]:
    """What a vault with the specimens finds, some time after they were made."""
    clock = MovingClock()

    def put(contents: Contents) -> None:
        fill(contents)
        fill_papers(contents)
        day = clock.today() + timedelta(days=2)
        contents.save_intentcast(replace(specimens.WANT, sealed_offers=sealed, answers_by=day))

    with vault_in(folder / "vault") as vault:
        write_now(vault, put)
        clock.move(days=sleep.days)
        means = Means(vault=VaultPort(vault), channels={}, clock=clock, random=Chance(), roster=load_roster())
        return asyncio.run(find(means, words))


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("mudgu", FoundKind.WANT, specimens.WANT.title),
        ("RAD tat", FoundKind.VENDOR, "Rad & Tat"),
        ("beisp", FoundKind.FIELD, "profile.name"),
        ("hardly", FoundKind.OFFER, "Road bike"),
        ("täglich", FoundKind.TOLD, "want.title"),
        ("taglich", FoundKind.TOLD, "want.title"),
        ("gern", FoundKind.STORY, "event"),
        ("Beleg", FoundKind.PAPER, "attachment"),
    ],
)
def test_every_kind_of_thing_is_found(tmp_path: Path, words: str, kind: FoundKind, name: str) -> None:
    found = asked(tmp_path, words, sealed=False, sleep=timedelta(days=4))
    (one,) = (one for one in found if one.kind is kind)
    assert one.name == name
    assert one.vendor in {"", "Rad & Tat"}
    title, _text = found_words(one)
    assert title
    assert found_kind_label(one.kind)


def test_all_words_must_be_there_and_no_words_find_nothing(tmp_path: Path) -> None:
    assert asked(tmp_path / "a", "mudguards tandem") == ()
    assert asked(tmp_path / "b", " - … ") == ()


def test_what_is_found_stands_by_kind(tmp_path: Path) -> None:
    kinds = [one.kind for one in asked(tmp_path, "r", sleep=timedelta(days=4))]
    assert kinds == sorted(kinds, key=tuple(FoundKind).index)
    assert len(set(kinds)) > 2


@pytest.mark.parametrize(("days", "count"), [(0, 0), (2, 0), (3, 1)])
def test_a_sealed_offer_is_not_found_before_its_day_is_over(tmp_path: Path, days: int, count: int) -> None:
    found = asked(tmp_path, "hardly ridden", sealed=True, sleep=timedelta(days=days))
    assert [one.kind for one in found] == [FoundKind.OFFER] * count
