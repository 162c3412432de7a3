"""Evidence out of a real vault after a real order: whole, with what the person chose, also when values are gone."""

import importlib.util
from pathlib import Path

import pytest

from tests.fakes.desks import RunningDesk
from tests.fakes.people import PROFILE, Person
from tests.fakes.service_jobs import first_offer, run
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.ids import Digest, RelationshipId
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.formats.bundle.checking import check_bundle
from vrm_desktop.services import accept_offer, end_relationship, keep_relationship, make_bundle
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.make_bundle import Choice

VERIFIER = Path(__file__).parents[3] / "docs" / "examples" / "verify_bundle.py"


async def ordered(person: Person, desks: list[RunningDesk]) -> RelationshipId:
    want, (key,) = await person.casts(desks[0].url)
    await person.settle()
    await accept_offer.accept(person.means, (await first_offer(person, want)).id)
    await person.settle()
    return key


def test_a_bundle_of_a_real_order_is_whole_before_and_after_its_values_are_erased(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks)
        await keep_relationship.say(person.means, key, "Where is it?")
        await person.settle()
        found = await make_bundle.choosable(person.means, key)
        assert (found.ordered, found.agreements, found.erased) == (True, 2, 0)
        made = await make_bundle.make(person.means, key, Choice(all_values=True))
        checked = check_bundle(made.data)
        assert checked.record_fits
        assert checked.person_messages + checked.vendor_messages == found.messages == made.messages
        assert {one.value for one in checked.values} >= {PROFILE[FieldPath.NAME], PROFILE[FieldPath.STREET]}
        assert "bundle" in await person.notes(key)
        await end_relationship.end(person.means, key)
        await person.settle()
        await person.means.vault.write(lambda tx: tx.erase_disclosures(key))
        after = await make_bundle.choosable(person.means, key)
        assert (after.values, after.erased) == ((), len(made.shown))
        late = await make_bundle.make(person.means, key, Choice(all_values=True))
        assert (check_bundle(late.data).values, check_bundle(late.data).record_fits) == ((), True)
        spec = importlib.util.spec_from_file_location("verify_real_bundle", VERIFIER)
        assert spec is not None
        assert spec.loader is not None
        verifier = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(verifier)
        for name, data in (("before.zip", made.data), ("after.zip", late.data)):
            (tmp_path / name).write_bytes(data)
            verifier.main(str(tmp_path / name))

    run(tmp_path, job)


def test_only_what_was_chosen_is_shown_and_what_is_not_there_is_refused(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks)
        owner = (await person.file(key)).relationship
        photo = Attachment(
            id="attachment-1",
            of="relationship",
            paper=key,
            name="photo.png",
            media="image/png",
            size=4,
            digest=Digest(digest(b"\x89PNG")),
            at=person.clock.now(),
            vendor=owner.vendor,
            relationship=key,
        )
        await person.means.vault.write(lambda tx: tx.attach(photo, b"\x89PNG"))
        chosen = Choice(names=frozenset({"profile.name"}), attachments=frozenset({photo.id}))
        made = await make_bundle.make(person.means, key, chosen)
        assert [one.name for one in check_bundle(made.data).values] == ["profile.name"]
        assert PROFILE[FieldPath.STREET].encode() not in made.data
        for nothing in (
            Choice(names=frozenset({"profile.shoe"})),
            Choice(letters=frozenset({"letter-none"})),
            Choice(attachments=frozenset({"attachment-none"})),
        ):
            with pytest.raises(NotFound):
                await make_bundle.make(person.means, key, nothing)
        with pytest.raises(NotFound):
            await make_bundle.choosable(person.means, RelationshipId("rel-none"))

    run(tmp_path, job)
