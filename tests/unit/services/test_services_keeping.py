"""Wants, profile, vendors, settings: what is kept, shown and put away, on a real vault."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.lying_vendor import LyingVendor, a_lying_vendor
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import PROFILE, WANT, Person, a_person
from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import FieldId, IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import IntentcastState, Weights
from vrm_desktop.domain.profile import FieldPath, ShareDefault
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import (
    accept_offer,
    choose_vendors,
    compare_offers,
    first_question,
    keep_profile,
    keep_relationship,
    keep_settings,
    say_what_i_want,
    want_again,
    who_knows_what,
)
from vrm_desktop.services.errors import NotFound, NotPossibleNow, VaultTrouble
from vrm_desktop.services.keep_settings import Settings

Job = Callable[[Person, LyingVendor], Awaitable[None]]
NO_WANT = IntentcastId("want-none")


def run(folder: Path, job: Job) -> None:
    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(folder / "home", clock) as person:
            await person.knows()
            await job(person, vendor)

    asyncio.run(body())


def test_a_typed_line_becomes_a_draft_and_a_want(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor) -> None:
        parsed = await say_what_i_want.read_line(
            person.means, "used 54 cm road bike, under 800 EUR, Cologne, by Friday"
        )
        draft = say_what_i_want.draft_of(parsed)
        assert draft.category == "mobility.bicycle"
        assert draft.price_cap is not None
        assert draft.price_cap.minor == 80_000
        want = await say_what_i_want.save_want(person.means, draft.over(WANT))
        assert await say_what_i_want.want(person.means, want.id) == want
        person.clock.move(seconds=60)
        newer = await say_what_i_want.save_want(person.means, WANT)
        assert [one.id for one in await say_what_i_want.wants(person.means)] == [newer.id, want.id]
        changed = await say_what_i_want.save_want(person.means, replace(WANT, title="another"), newer.id)
        assert (changed.id, changed.title) == (newer.id, "another")
        with pytest.raises(NotFound):
            await say_what_i_want.want(person.means, NO_WANT)
        with pytest.raises(NotFound):
            await say_what_i_want.save_want(person.means, WANT, NO_WANT)
        await keep_profile.set_field(person.means, FieldPath.COUNTRY, "Germany")
        await say_what_i_want.read_line(person.means, "bike")

    run(tmp_path, job)


def test_a_want_that_is_being_asked_is_withdrawn_before_it_is_put_away(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor) -> None:
        key, (relationship,) = await person.casts(vendor.url)
        await person.settle()
        with pytest.raises(NotPossibleNow):
            await say_what_i_want.close_want(person.means, key)
        with pytest.raises(NotFound):
            await say_what_i_want.close_want(person.means, NO_WANT)
        _, again = await want_again.ask_again(person.means, key)
        await person.settle()
        assert (await say_what_i_want.want(person.means, key)).state is IntentcastState.CLOSED
        assert (await person.file(relationship)).relationship.state == "withdrawn"
        draft = await say_what_i_want.want(person.means, again)
        assert (draft.title, draft.state) == (WANT.title, IntentcastState.DRAFT)
        await say_what_i_want.close_want(person.means, again)

    run(tmp_path, job)


def test_an_undone_cast_is_a_draft_again_and_days_that_are_past_are_left_out(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor) -> None:
        needed = person.clock.now().date() + timedelta(days=2)
        key, _ = await person.casts(vendor.url, want=replace(WANT, needed_by=needed))
        _, draft = await want_again.undo_cast(person.means, key)
        assert (await say_what_i_want.want(person.means, draft)).needed_by == needed
        await person.settle()
        assert not [one for one in vendor.requests if one.startswith(b"POST")]
        person.clock.move(days=5)
        _, later = await want_again.ask_again(person.means, draft)
        assert (await say_what_i_want.want(person.means, later)).needed_by is None

    run(tmp_path, job)


def test_an_ordered_want_stays_when_it_is_asked_again(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor) -> None:
        key, (relationship,) = await person.casts(vendor.url)
        await person.settle()
        await compare_offers.weigh(person.means, key, Weights(cost=1, date=0, care=0, privacy=0))
        assert (await say_what_i_want.want(person.means, key)).weights.cost == 1
        (row,) = (await compare_offers.compare(person.means, key)).ranked
        await accept_offer.accept(person.means, row.offer.id)
        await person.settle()
        await want_again.ask_again(person.means, key)
        assert (await say_what_i_want.want(person.means, key)).state is IntentcastState.ORDERED
        assert (await accept_offer.order(person.means, relationship)).price is not None

    run(tmp_path, job)


def test_profile_fields_are_set_changed_removed_put_back_and_taken_over_once(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor) -> None:
        means = person.means
        fields = await keep_profile.profile(means)
        assert [field.path for field in fields] == sorted(PROFILE, key=list(FieldPath).index)
        name = fields[0]
        again = await keep_profile.set_field(means, FieldPath.NAME, "Otti", ShareDefault.NEVER)
        assert (again.id, again.share) == (name.id, ShareDefault.NEVER)
        await keep_profile.change_field(means, name.id, "Ottilie", ShareDefault.OK)
        await keep_profile.remove_field(means, name.id)
        for gone in (name.id, FieldId("field-none")):
            with pytest.raises(NotFound):
                await keep_profile.remove_field(means, gone)
            with pytest.raises(NotFound):
                await keep_profile.change_field(means, gone, "x", ShareDefault.OK)
        await keep_profile.put_back(means, name)
        assert name in await keep_profile.profile(means)
        card = ((FieldPath.EMAIL, "new@x.example", ("work",), True), (FieldPath.NAME, name.value, (), False))
        assert await keep_profile.take_over(means, card, "vcard") == 1
        assert await keep_profile.take_over(means, card, "vcard") == 0

    run(tmp_path, job)


def test_organisations_without_an_endpoint_are_kept_and_never_asked(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor) -> None:
        means = person.means
        office = await choose_vendors.add_organisation(means, "Bürgeramt", OrganisationKind.PUBLIC_OFFICE)
        shop = await choose_vendors.add_vendor(means, vendor.url)
        assert [one.name for one in await choose_vendors.vendors(means)] == ["Bürgeramt", vendor.name]
        key = (await say_what_i_want.save_want(means, WANT)).id
        fits = await choose_vendors.whom_to_ask(means, key)
        assert [(fit.vendor.id, fit.fits) for fit in fits] == [(shop.id, True), (office.id, False)]
        assert [one.vendor for one in (await choose_vendors.plan(means, key)).plan.vendors] == [shop.id]
        for absent in (office.id, VendorId("vendor-none")):
            with pytest.raises(NotFound):
                await choose_vendors.plan(means, key, (absent,))
        with pytest.raises(NotFound):
            await choose_vendors.vendor(means, VendorId("vendor-none"))
        with pytest.raises(NotFound):
            await choose_vendors.plan(means, NO_WANT)
        with pytest.raises(NotFound):
            await choose_vendors.whom_to_ask(means, NO_WANT)

    run(tmp_path, job)


def test_settings_are_bounded_and_kept(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor) -> None:
        assert await keep_settings.settings(person.means) == Settings()
        chosen = Settings(outbox_pause=3, lock_after=0)
        await keep_settings.save_settings(person.means, chosen)
        assert await keep_settings.settings(person.means) == chosen
        await person.means.vault.write(lambda tx: tx.set_setting("outbox-pause", "9999"))
        assert (await keep_settings.settings(person.means)).outbox_pause == Settings().outbox_pause

    run(tmp_path, job)
    for pause, idle in ((31, 0), (0, -1)):
        with pytest.raises(InvalidValue):
            Settings(outbox_pause=pause, lock_after=idle)


def test_the_first_question_leaves_exactly_as_it_is_shown(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor) -> None:
        needed = person.clock.now().date() + timedelta(days=9)
        key, _ = await person.casts(vendor.url, want=replace(WANT, needed_by=needed))
        await person.settle()
        want = await say_what_i_want.want(person.means, key)
        shown = strict_json.decode(first_question.exact_bytes(want, 1))
        assert isinstance(shown, dict)
        post = next(one for one in vendor.requests if one.startswith(b"POST"))
        envelope = strict_json.decode(post.partition(b"\r\n\r\n")[2])
        assert isinstance(envelope, dict)
        sent = strict_json.decode(base64url.decode(str(envelope["jws"]).split(".")[1]))
        assert isinstance(sent, dict)
        assert shown.items() <= sent.items()

    run(tmp_path, job)


def test_what_does_not_exist_is_not_found(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor) -> None:
        for asked in (
            keep_relationship.relationship(person.means, RelationshipId("rel-none")),
            keep_relationship.say(person.means, RelationshipId("rel-none"), "hello"),
            compare_offers.compare(person.means, NO_WANT),
            compare_offers.offer(person.means, MessageId("A" * 43)),
            compare_offers.weigh(person.means, NO_WANT, Weights()),
        ):
            with pytest.raises(NotFound):
                await asked
        shop = await choose_vendors.add_vendor(person.means, vendor.url)
        assert await who_knows_what.ledger(person.means, shop.id) == ()

    run(tmp_path, job)


def test_the_vaults_refusals_keep_their_code() -> None:
    assert (VaultTrouble("disk-full").code, str(VaultTrouble("disk-full"))) == ("disk-full", "disk-full")
