"""A full conversation goes on in a new one, where the desk knows its customer; the old one keeps its own matters."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.desks import RunningDesk
from tests.fakes.people import Person
from tests.fakes.service_jobs import first_offer, run
from vrm_desktop.domain import room
from vrm_desktop.domain.conversation import MOST_MESSAGES
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.letter import Letter
from vrm_desktop.domain.relationship import AgreementState, RelationshipState
from vrm_desktop.services import accept_offer, end_relationship, go_on_anew, keep_relationship, make_bundle
from vrm_desktop.services.errors import NotFound, NotPossibleNow


async def ordered(person: Person, desk: RunningDesk) -> RelationshipId:
    want, (key,) = await person.casts(desk.url)
    await person.settle()
    await accept_offer.accept(person.means, (await first_offer(person, want)).id)
    await person.settle()
    return key


async def words(person: Person, key: RelationshipId) -> list[str]:
    notes = (await person.file(key)).notes
    return [note.text for note in notes if (note.sender, note.kind) == (Side.PERSON, "message")]


async def full_at(person: Person, key: RelationshipId, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the conversation be as full as it stands."""
    used = (await person.file(key)).relationship.conversation.own.seq
    monkeypatch.setattr(room, "KEPT_FOR_MATTERS", MOST_MESSAGES - used)


def test_words_go_on_in_a_new_conversation_under_new_terms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks[0])
        said = await go_on_anew.say(person.means, key, "Here still.")
        await person.settle()
        assert (said.relationship, await words(person, key)) == (key, ["Here still."])
        await full_at(person, key, monkeypatch)
        file = await person.file(key)
        assert (file.goes_on, file.follower, Kind.MESSAGE in file.may_say) == (True, None, False)
        assert {Kind.END, Kind.CASE, Kind.PAID, Kind.KEY_CHANGE} <= file.may_say
        with pytest.raises(NotPossibleNow):
            await keep_relationship.say(person.means, key, "Not here.")

        said_here = {row.message for row in file.journal}

        said = await go_on_anew.say(person.means, key, "Shall we go on?")
        with pytest.raises(NotPossibleNow):
            await go_on_anew.say(person.means, key, "It has not signed yet.")
        await person.settle()
        anew = await person.file(said.relationship)
        old = await person.file(key)
        assert (old.follower, anew.relationship.state) == (said.relationship, RelationshipState.OPEN)
        assert [row.kind for row in anew.journal if row.sender is Side.PERSON] == [Kind.CONTACT, Kind.MESSAGE]
        assert await words(person, said.relationship) == ["Shall we go on?"]
        assert {row.name for row in anew.disclosures} == {"about", "known"}
        assert anew.relationship.conversation.own_kid != old.relationship.conversation.own_kid
        assert "goes-on" in await person.notes(key)
        assert {row.message for row in old.journal} == said_here
        assert {one.state for one in anew.agreements} == {AgreementState.SIGNED}
        assert {one.hash for one in anew.agreements}.isdisjoint(one.hash for one in old.agreements)
        assert person.vault.check().sound
        for one in (old, anew):
            bundle = await make_bundle.make(person.means, one.relationship.id, make_bundle.Choice())
            assert bundle.messages == len(one.journal)
        with desks[0].store.turn() as books:
            assert books.inbox.known_since(str(anew.relationship.conversation.id)) is not None

        again = await go_on_anew.say(person.means, key, "And once more.")
        await person.settle()
        assert again.relationship == said.relationship
        assert await words(person, said.relationship) == ["Shall we go on?", "And once more."]

        await end_relationship.end(person.means, said.relationship)
        await person.settle()
        third = await go_on_anew.say(person.means, key, "Back again.")
        assert third.relationship not in {key, said.relationship}
        await end_relationship.end(person.means, key)
        await person.settle()
        assert (await person.file(key)).relationship.state is RelationshipState.ENDED
        assert not (await person.file(key)).goes_on
        with pytest.raises(NotFound):
            await go_on_anew.say(person.means, RelationshipId("rel-none"), "Hello?")

    run(tmp_path, job)


def test_a_desk_that_takes_no_contact_gets_a_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks[0])
        await full_at(person, key, monkeypatch)
        vendor = (await person.file(key)).vendor
        assert vendor.card is not None
        plain = replace(vendor, card=replace(vendor.card, kinds=()))
        await person.means.vault.write(lambda tx: tx.save_vendor(plain))
        said = await go_on_anew.say(person.means, key, "By post, then.", language="de")
        letter = await person.means.vault.read(lambda tx: tx.paper(Letter, said.letter))
        assert letter is not None
        assert "By post, then." in letter.body
        assert (await person.file(key)).follower is None

    run(tmp_path, job)


@pytest.mark.long
def test_a_conversation_of_two_hundred_messages_never_comes_to_a_dead_end(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key, said = await ordered(person, desks[0]), 0
        while not (await person.file(key)).goes_on:
            said += 1
            await go_on_anew.say(person.means, key, f"Word {said}.")
            await person.exchange.one_pass(key)
        conversation = (await person.file(key)).relationship.conversation
        assert MOST_MESSAGES - 30 < max(conversation.own.seq, conversation.peer.seq) < MOST_MESSAGES
        following = (await go_on_anew.say(person.means, key, "Go on.")).relationship
        await person.settle()
        assert (await person.file(following)).relationship.state is RelationshipState.OPEN
        await end_relationship.end(person.means, key)
        await person.settle()
        file = await person.file(key)
        assert (file.relationship.state, file.relationship.trouble) == (RelationshipState.ENDED, "")

    run(tmp_path, job)
