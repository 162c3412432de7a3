"""A person's new key in a relationship, against the program's own desk: followed, proven, nothing lost on the way."""

import importlib.util
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.desks import RunningDesk
from tests.fakes.lying_vendor import a_lying_vendor
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import WANT, Person, a_person
from tests.fakes.quiet_channel import QuietChannel
from tests.fakes.service_jobs import first_offer, run
from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE
from vrm_desktop.domain.acts import KeyChange, Voice
from vrm_desktop.domain.ids import Kid, RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.letter import Letter
from vrm_desktop.domain.living import ContactAbout, VoiceTopic
from vrm_desktop.domain.own_key import KeyStaysFor
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.formats.bundle.checking import check_bundle
from vrm_desktop.home.coming_back import begin_again
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.services import (
    accept_offer,
    change_my_key,
    end_relationship,
    keep_relationship,
    make_bundle,
    say_what_i_want,
    show_customer,
    start_conversation,
)
from vrm_desktop.services.change_my_key import KeyStays, standing_of
from vrm_desktop.services.errors import KeyElsewhere, NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.make_bundle import Choice
from vrm_desktop.services.start_conversation import Wish
from vrm_desktop.vault.restoring import restore
from vrm_desktop.vendor.hand_acts import Reply

VERIFIER = Path(__file__).parents[3] / "docs" / "examples" / "verify_bundle.py"
Step = Callable[[Person, RelationshipId], Awaitable[object]]


async def ordered(person: Person, desk: RunningDesk) -> RelationshipId:
    want, (key,) = await person.casts(desk.url)
    await person.settle()
    await accept_offer.accept(person.means, (await first_offer(person, want)).id)
    await person.settle()
    return key


async def own_kids(person: Person, key: RelationshipId) -> tuple[Kid, ...]:
    return (await person.file(key)).relationship.conversation.own_kids


async def at_the_desk(person: Person, desk: RunningDesk, key: RelationshipId) -> tuple[Kid, ...]:
    """The person's keys as the desk knows them."""
    conversation = (await person.file(key)).relationship.conversation.id
    return desk.dossier(str(conversation)).conversation.peer_kids


async def heard(person: Person, key: RelationshipId) -> list[str]:
    return [note.text for note in (await person.file(key)).notes if (note.sender, note.kind) == ("vendor", "message")]


def verify(file: Path, data: bytes) -> None:
    """Let the verifier that anybody may run look at a bundle; it raises where something is wrong."""
    spec = importlib.util.spec_from_file_location("verify_bundle_of_two_keys", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    verifier = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(verifier)
    file.write_bytes(data)
    verifier.main(str(file))


def test_after_a_new_key_all_goes_on_and_the_proof_follows_it(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks[0])
        (old,) = await own_kids(person, key)
        assert standing_of(await person.file(key)).since is None
        await change_my_key.change(person.means, key)
        await change_my_key.change(person.means, key)
        assert standing_of(await person.file(key)).on_its_way
        await person.settle()
        new, *before = await own_kids(person, key)
        assert (new != old, before) == (True, [old])
        assert await at_the_desk(person, desks[0], key) == (new, old)
        assert await person.means.vault.read(lambda tx: tx.signer(key).kid) == new
        file = await person.file(key)
        standing = standing_of(file)
        assert (standing.on_its_way, standing.why_not, standing.since is not None) == (False, None, True)
        assert [row.kind for row in file.journal].count(Kind.KEY_CHANGE) == 1
        assert "acknowledgement" in {row.kind for row in file.journal if row.sender is Side.VENDOR}
        assert "own-key-changed" in await person.notes(key)

        await change_my_key.change(person.means, key)
        await person.settle()
        await keep_relationship.say(person.means, key, "Still me.")
        await person.settle()
        file = await person.file(key)
        assert (file.relationship.trouble, file.waiting) == ("", ())
        assert (len(file.relationship.conversation.own_kids), file.journal[-1].sender) == (3, Side.VENDOR)
        made = await make_bundle.make(person.means, key, Choice(all_values=True))
        assert check_bundle(made.data).record_fits
        verify(tmp_path / "proof.zip", made.data)
        with pytest.raises(NotPossibleNow, match="key has changed"):
            await show_customer.statement(person.means, key, "Ada")

        await end_relationship.end(person.means, key)
        await person.settle()
        assert (await person.file(key)).relationship.state is RelationshipState.ENDED
        assert person.vault.check().sound

    run(tmp_path, job)


def test_words_of_the_desk_that_cross_a_new_key_are_taken(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks[0])
        conversation = str((await person.file(key)).relationship.conversation.id)
        (old,) = await own_kids(person, key)
        await change_my_key.change(person.means, key)
        await person.exchange._seal((await person.file(key)).waiting[0])
        await desks[0].reception.act(conversation, Reply(text="On its way."), by="ada")
        await person.exchange._send_due(key)
        assert [*await at_the_desk(person, desks[0], key)] == [*await own_kids(person, key)]
        await desks[0].reception.act(conversation, Reply(text="Out for delivery."), by="ada")
        await person.settle()
        assert await heard(person, key) == ["On its way.", "Out for delivery."]
        file = await person.file(key)
        kids = file.relationship.conversation.peer_kids
        crossed = next(row for row in file.journal if (row.sender, row.kind) == (Side.VENDOR, Kind.MESSAGE))
        assert decode_again(crossed.jws, kids).aud == old
        assert file.relationship.trouble == ""
        made = await make_bundle.make(person.means, key, Choice())
        verify(tmp_path / "proof.zip", made.data)

    run(tmp_path, job)


def test_a_new_key_waits_for_a_desk_that_does_not_answer(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks[0])
        (old,) = await own_kids(person, key)
        nobody = replace(person.means, channels={"native": QuietChannel()})
        person.exchange._means = nobody
        await change_my_key.change(person.means, key)
        await person.exchange.one_pass(key)
        assert standing_of(await person.file(key)).on_its_way
        person.clock.move(seconds=30 * 86400)
        await person.exchange.one_pass(key)
        await change_my_key.change(person.means, key)
        assert [type(entry.act) for entry in (await person.file(key)).waiting] == [KeyChange]
        (new, _old) = await own_kids(person, key)
        assert await at_the_desk(person, desks[0], key) == (old,)
        person.exchange._means = person.means
        person.clock.move(seconds=7200)
        await person.exchange.one_pass(key)
        assert await at_the_desk(person, desks[0], key) == (new, old)
        await keep_relationship.say(person.means, key, "Under the new key.")
        await person.settle()
        assert (await person.file(key)).relationship.trouble == ""

    run(tmp_path, job)


def test_all_living_relationships_get_keys_of_their_own(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        bought = await ordered(person, desks[0])
        _want, (quoted, asked) = await person.casts(*(desk.url for desk in desks))
        over = await ordered(person, desks[0])
        await end_relationship.end(person.means, over)
        await person.settle()
        quoted_now, asked_now = [(await person.file(one)).relationship for one in (quoted, asked)]
        assert {quoted_now.state, asked_now.state} == {RelationshipState.OPEN}
        _want, (fresh,) = await person.casts(desks[1].url)
        await person.exchange._send_due(fresh)
        changed = await change_my_key.change_all(person.means)
        assert set(changed.on_their_way) == {bought, quoted, asked}
        assert changed.stays == {fresh: KeyStaysFor.HALF_SIGNED}
        await person.settle()
        kids = [await own_kids(person, one) for one in (bought, quoted, asked, fresh, over)]
        assert [len(one) for one in kids] == [2, 2, 2, 1, 1]
        assert len({kid for one in kids for kid in one}) == 8
        again = await change_my_key.change_all(person.means)
        assert set(again.on_their_way) == {bought, quoted, asked, fresh}

    run(tmp_path, job, "", "")


def test_a_key_that_cannot_be_changed_says_why(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        with pytest.raises(NotFound):
            await change_my_key.change(person.means, RelationshipId("rel-none"))
        _want, (key,) = await person.casts(desks[0].url, spread=60.0)
        file = await person.file(key)
        assert standing_of(file).why_not is KeyStaysFor.NOT_BEGUN
        with pytest.raises(KeyStays) as stays:
            await change_my_key.change(person.means, key)
        assert stays.value.why is KeyStaysFor.NOT_BEGUN
        person.clock.move(seconds=120)
        await person.settle()
        file = await person.file(key)
        assert file.vendor.card is not None
        plain = replace(file.vendor, card=replace(file.vendor.card, kinds=()))
        assert standing_of(replace(file, vendor=plain)).why_not is KeyStaysFor.NOT_UNDERSTOOD
        assert standing_of(replace(file, has_key=False)).why_not is KeyStaysFor.ELSEWHERE
        await end_relationship.end(person.means, key)
        await person.settle()
        assert standing_of(await person.file(key)).why_not is KeyStaysFor.OVER

    run(tmp_path, job)


def test_a_vendor_that_lists_no_new_keys_is_sent_none(tmp_path: Path) -> None:
    async def job(person: Person, _desks: list[RunningDesk]) -> None:
        async with a_lying_vendor(MovingClock()) as vendor:
            _want, (key,) = await person.casts(vendor.url)
            await person.settle()
            said = len(vendor.talk.peer)
            with pytest.raises(KeyStays):
                await change_my_key.change(person.means, key)
            assert (await change_my_key.change_all(person.means)).stays == {key: KeyStaysFor.NOT_UNDERSTOOD}
            await person.settle()
            assert len(vendor.talk.peer) == said

    run(tmp_path, job)


async def _changed_after_a_backup(person: Person, desk: RunningDesk, backup: Path) -> RelationshipId:
    key = await ordered(person, desk)
    person.vault.back_up_to(backup)
    await change_my_key.change(person.means, key)
    await person.settle()
    await keep_relationship.say(person.means, key, "By my new key.")
    await person.settle()
    return key


def test_an_old_backup_reads_on_and_leads_to_a_new_conversation(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        backup, folder = tmp_path / "then.vrm-backup", tmp_path / "again"
        key = await _changed_after_a_backup(person, desks[0], backup)
        before = (await person.file(key)).relationship.conversation
        restore(backup, folder, PASSPHRASE, kdf=CHEAP_KDF, clock=person.clock.now)
        async with a_person(folder, person.clock) as again:
            idea = Voice(topic=VoiceTopic.IDEA, text="A bell.")
            await again.means.vault.write(lambda tx: hold(tx, again.means, key, idea))
            assert await begin_again(again.vault, again.means)
            await again.settle()
            file = await again.file(key)
            assert file.relationship.trouble == "key-elsewhere"
            assert (file.has_key, file.may_say, file.waiting) == (False, frozenset(), ())
            assert "not-sent-voice" in await again.notes(key)
            assert file.relationship.conversation == before
            await desks[0].reception.act(str(before.id), Reply(text="It is ready."), by="ada")
            await again.settle()
            assert (await heard(again, key))[-1] == "It is ready."
            file = await again.file(key)
            assert file.relationship.trouble == "key-elsewhere"
            assert again.vault.check().sound
            want = (await say_what_i_want.save_want(again.means, WANT)).id
            for refused in (
                lambda: change_my_key.change(again.means, key),
                lambda: make_bundle.make(again.means, key, Choice()),
                lambda: start_conversation.plan(again.means, _wish(file.vendor.id, known=key)),
                lambda: say_what_i_want.as_their_customer(again.means, want, key),
            ):
                with pytest.raises(KeyElsewhere):
                    await refused()
            assert (await change_my_key.change_all(again.means)).stays == {key: KeyStaysFor.ELSEWHERE}
            with pytest.raises(NotPossibleNow):
                await keep_relationship.say(again.means, key, "Hello?")

            begun = await start_conversation.begin(
                again.means, await start_conversation.plan(again.means, _wish(file.vendor.id))
            )
            await again.settle()
            assert (await again.file(begun.relationship)).relationship.state is RelationshipState.OPEN
            await end_relationship.end(again.means, key)
            letters = await again.means.vault.read(lambda tx: tx.papers(Letter, relationship=key))
            assert (len(letters), (await again.file(key)).relationship.state) == (1, RelationshipState.ENDING)

    run(tmp_path, job)


def _wish(vendor: str, known: RelationshipId | None = None) -> Wish:
    return Wish(vendor=vendor, about=ContactAbout.OTHER, words="It is me, from an older copy.", known=known)  # type: ignore[arg-type]


def test_whoever_has_the_old_backup_cannot_speak_any_more(tmp_path: Path) -> None:
    """A stolen copy does not ask what was said since: it speaks with the old key, and the desk takes nothing."""

    async def job(person: Person, desks: list[RunningDesk]) -> None:
        backup, folder = tmp_path / "then.vrm-backup", tmp_path / "stolen"
        key = await _changed_after_a_backup(person, desks[0], backup)
        known = await at_the_desk(person, desks[0], key)
        before = (await person.file(key)).relationship.conversation
        restore(backup, folder, PASSPHRASE, kdf=CHEAP_KDF, clock=person.clock.now)
        async with a_person(folder, person.clock) as thief:
            await keep_relationship.say(thief.means, key, "Send it to me instead.")
            await thief.exchange.one_pass(key)
            assert (await thief.file(key)).relationship.state is RelationshipState.BROKEN
        assert await at_the_desk(person, desks[0], key) == known
        assert desks[0].dossier(str(before.id)).conversation.peer == before.own
        await keep_relationship.say(person.means, key, "Still mine.")
        await person.settle()
        assert (await person.file(key)).relationship.trouble == ""

    run(tmp_path, job)
