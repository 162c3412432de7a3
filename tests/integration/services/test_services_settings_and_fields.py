"""Settings and single fields of the profile, kept in a real vault."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import FieldId
from vrm_desktop.domain.profile import FieldPath, ShareDefault
from vrm_desktop.services import keep_profile, keep_settings, who_knows_what
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.keep_settings import Settings


def run(folder: Path, job: Callable[[Person], Awaitable[None]]) -> None:
    async def body() -> None:
        async with a_person(folder, MovingClock()) as person:
            await job(person)

    asyncio.run(body())


def test_settings_are_the_usual_ones_until_they_are_kept(tmp_path: Path) -> None:
    async def job(person: Person) -> None:
        assert await keep_settings.settings(person.means) == Settings()
        chosen = Settings(outbox_pause=0, lock_after=60)
        assert ("settings", "all") in (await keep_settings.save_settings(person.means, chosen)).things
        assert await keep_settings.settings(person.means) == chosen

    run(tmp_path, job)


@pytest.mark.parametrize("kept", ["-1", "31", "²", "eight", ""])
def test_a_setting_that_makes_no_sense_is_the_usual_one(tmp_path: Path, kept: str) -> None:
    async def job(person: Person) -> None:
        await person.means.vault.write(lambda tx: tx.set_setting("outbox-pause", kept))
        assert await keep_settings.settings(person.means) == Settings()

    run(tmp_path, job)


@pytest.mark.parametrize(("pause", "idle"), [(-1, 0), (31, 0), (0, -1), (0, 24 * 60 + 1)])
def test_settings_out_of_bounds_cannot_be_made(pause: int, idle: int) -> None:
    with pytest.raises(InvalidValue):
        Settings(outbox_pause=pause, lock_after=idle)


@pytest.mark.parametrize(
    "proxy",
    ["127.0.0.1:9050", "https://proxy.example:1", "socks5://x:0", "socks5://x:70000", "http://a b:1", "socks5://"],
)
def test_a_proxy_has_a_kind_a_host_and_a_port(proxy: str) -> None:
    with pytest.raises(InvalidValue):
        Settings(proxy=proxy)


def test_a_proxy_is_kept_and_read_in_its_parts(tmp_path: Path) -> None:
    async def job(person: Person) -> None:
        assert await person.means.vault.read(keep_settings.chosen_proxy) is None
        await keep_settings.save_settings(person.means, Settings(proxy="socks5://[::1]:9050"))
        assert await person.means.vault.read(keep_settings.chosen_proxy) == ("socks5", "::1", 9050)
        await person.means.vault.write(lambda tx: tx.set_setting("proxy", "nonsense"))
        with pytest.raises(InvalidValue):
            await person.means.vault.read(keep_settings.chosen_proxy)

    run(tmp_path, job)


def test_a_changed_field_stays_the_same_field_and_a_removed_one_comes_back_as_it_was(tmp_path: Path) -> None:
    async def job(person: Person) -> None:
        entries = ((FieldPath.EMAIL, "one@mail.example", (), True), (FieldPath.EMAIL, "two@mail.example", (), False))
        await keep_profile.take_over(person.means, entries, source="import:vcard")
        first, second = await keep_profile.profile(person.means)
        await keep_profile.change_field(person.means, second.id, "three@mail.example", ShareDefault.NEVER)
        kept, changed = await keep_profile.profile(person.means)
        assert kept == first
        assert (changed.id, changed.value, changed.share) == (second.id, "three@mail.example", ShareDefault.NEVER)
        assert (kept.source, changed.source) == ("import:vcard", "manual")
        await keep_profile.change_field(person.means, first.id, first.value, ShareDefault.OK)
        assert (await keep_profile.profile(person.means))[0].source == "import:vcard"
        await keep_profile.remove_field(person.means, changed.id)
        assert len(await keep_profile.profile(person.means)) == 1
        await keep_profile.put_back(person.means, changed)
        assert (await keep_profile.profile(person.means))[1] == changed
        with pytest.raises(NotFound):
            await keep_profile.change_field(person.means, FieldId("nobody"), "x", ShareDefault.ASK)

    run(tmp_path, job)


def test_agreements_are_named_by_their_hash(tmp_path: Path) -> None:
    async def job(person: Person) -> None:
        assert await who_knows_what.agreement_names(person.means) == {}

    run(tmp_path, job)
