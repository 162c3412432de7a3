"""A conversation without a want, over the wire with a real desk: terms first, then the plan, then the words."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.decoding import holds
from tests.fakes.desks import RunningDesk, a_desk
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import WANT, Person, a_person
from vrm_desktop.domain import acts
from vrm_desktop.domain.disclosure import BasisKind, LedgerState, Stage
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.domain.living import ContactAbout
from vrm_desktop.domain.profile import FieldPath, ShareDefault
from vrm_desktop.domain.relationship import AgreementState, RelationshipState
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.services import (
    choose_vendors,
    end_relationship,
    hold_acts,
    say_what_i_want,
    send_intentcast,
    start_conversation,
)
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.start_conversation import Begun, Way, Wish

WORDS = "Does the pump from last year fit the new valve?"
NUMBER = "K-4711-99"


def run(folder: Path, job: Callable[[Person, RunningDesk, VendorId], Awaitable[None]]) -> None:
    """Run `job` with a person who knows a desk and has a customer number with it."""

    async def body() -> None:
        clock = MovingClock()
        async with a_desk(folder / "desk", clock) as desk, a_person(folder / "home", clock) as person:
            await person.knows()
            vendor = await choose_vendors.add_vendor(person.means, desk.url)
            numbered = replace(vendor, number=NUMBER)
            await person.means.vault.write(lambda tx: tx.save_vendor(numbered))
            await job(person, desk, vendor.id)

    asyncio.run(body())


async def begun(person: Person, wish: Wish) -> Begun:
    return await start_conversation.begin(person.means, await start_conversation.plan(person.means, wish))


def test_nothing_is_told_before_the_terms_are_signed(tmp_path: Path) -> None:
    async def job(person: Person, desk: RunningDesk, vendor: VendorId) -> None:
        wish = Wish(vendor=vendor, about=ContactAbout.SERVICE, words=WORDS, number=True, fields=(FieldPath.EMAIL,))
        planned = await start_conversation.plan(person.means, wish)
        assert planned.way is Way.DESK
        assert [(one.name, one.stage) for one in planned.at_once] == [("about", Stage.PING)]
        assert [(one.name, one.stage) for one in planned.after_terms] == [
            ("profile.email", Stage.REVEAL),
            ("customer.number", Stage.REVEAL),
        ]
        key = (await start_conversation.begin(person.means, planned)).relationship
        await person.settle()
        file = await person.file(key)
        assert file.relationship.state is RelationshipState.OPEN
        assert file.relationship.conversation.state is State.REVEALED
        assert {record.state for record in file.agreements} == {AgreementState.SIGNED}
        said = [row.kind for row in file.journal if row.sender is Side.PERSON]
        assert said == [Kind.CONTACT, Kind.REVEAL, Kind.MESSAGE]
        opening = next(row.jws for row in file.journal if row.kind is Kind.CONTACT)
        plain = decode_again(opening, file.relationship.conversation.own_kids)
        assert isinstance(plain, messages.Contact)
        assert plain.about == "service"
        sent = desk.recording.posts()
        assert [holds(one, NUMBER) for one in sent] == [False, True, False]
        assert [holds(one, WORDS) for one in sent] == [False, False, True]
        told = {(row.name, row.stage, row.basis, row.state) for row in file.disclosures}
        assert told == {
            ("about", Stage.PING, BasisKind.OWN_ACT, LedgerState.SENT),
            ("profile.email", Stage.REVEAL, BasisKind.SIGNED_AGREEMENT, LedgerState.SENT),
            ("customer.number", Stage.REVEAL, BasisKind.SIGNED_AGREEMENT, LedgerState.SENT),
        }
        dossier = desk.dossier(str(file.relationship.conversation.id))
        assert {"profile.email", "customer.number"} <= set(dossier.disclosed())

    run(tmp_path, job)


def test_words_alone_are_said_without_a_reveal(tmp_path: Path) -> None:
    async def job(person: Person, desk: RunningDesk, vendor: VendorId) -> None:
        key = (await begun(person, Wish(vendor=vendor, about=ContactAbout.QUESTION, words=WORDS))).relationship
        await person.settle()
        file = await person.file(key)
        assert [row.kind for row in file.journal if row.sender is Side.PERSON] == [Kind.CONTACT, Kind.MESSAGE]
        assert [note.text for note in file.notes if note.kind == "message"][:1] == [WORDS]
        await end_relationship.end(person.means, key)
        await person.settle()
        assert (await person.file(key)).relationship.state is RelationshipState.ENDED

    run(tmp_path, job)


def test_an_undone_question_never_leaves(tmp_path: Path) -> None:
    async def job(person: Person, desk: RunningDesk, vendor: VendorId) -> None:
        wish = Wish(vendor=vendor, about=ContactAbout.QUESTION, words=WORDS)
        planned = await start_conversation.plan(person.means, wish)
        key = (await start_conversation.begin(person.means, planned, pause=60.0)).relationship
        [entry] = (await person.file(key)).waiting
        await hold_acts.undo(person.means, entry.id)
        await person.settle()
        file = await person.file(key)
        assert (file.journal, file.relationship.state) == ((), RelationshipState.WITHDRAWN)

    run(tmp_path, job)


def test_a_person_can_be_known_as_their_customer(tmp_path: Path) -> None:
    async def job(person: Person, desk: RunningDesk, vendor: VendorId) -> None:
        first = (await begun(person, Wish(vendor=vendor, about=ContactAbout.QUESTION, words=WORDS))).relationship
        await person.settle()
        wish = Wish(vendor=vendor, about=ContactAbout.ORDER, words="And the bell?", known=first)
        second = (await begun(person, wish)).relationship
        await person.settle()
        older, newer = await person.file(first), await person.file(second)
        assert older.relationship.conversation.own_kid != newer.relationship.conversation.own_kid
        assert newer.relationship.state is RelationshipState.OPEN
        [shown] = [row for row in newer.disclosures if row.name == "known"]
        assert (shown.value, shown.basis) == (older.relationship.conversation.id, BasisKind.OWN_ACT)
        assert newer.others == (older.relationship,)

    run(tmp_path, job)


def test_a_want_is_cast_as_their_customer_to_that_vendor_alone(tmp_path: Path) -> None:
    async def job(person: Person, desk: RunningDesk, vendor: VendorId) -> None:
        first = (await begun(person, Wish(vendor=vendor, about=ContactAbout.QUESTION, words=WORDS))).relationship
        await person.settle()
        async with a_desk(tmp_path / "other", person.clock, desk="rheinrad") as other:
            elsewhere = await choose_vendors.add_vendor(person.means, other.url)
            want = await say_what_i_want.save_want(person.means, WANT)
            await say_what_i_want.as_their_customer(person.means, want.id, first)
            plan = await choose_vendors.plan(person.means, want.id, (vendor, elsewhere.id))
            await choose_vendors.confirm_plan(person.means, plan)
            _changes, keys = await send_intentcast.cast(person.means, want.id, spread=0.0)
            await person.settle()
            shown = {}
            for key in keys:
                file = await person.file(key)
                shown[file.vendor.id] = [row.value for row in file.disclosures if row.name == "known"]
                assert file.relationship.conversation.state is State.OFFERED
            older = await person.file(first)
            assert shown == {vendor: [older.relationship.conversation.id], elsewhere.id: []}

    run(tmp_path, job)


def test_whoever_has_no_desk_gets_a_letter(tmp_path: Path) -> None:
    async def job(person: Person, desk: RunningDesk, vendor: VendorId) -> None:
        works = await choose_vendors.add_organisation(person.means, "Stadtwerke", OrganisationKind.UTILITY)
        wish = Wish(vendor=works.id, about=ContactAbout.QUESTION, words=WORDS, fields=(FieldPath.PHONE,))
        planned = await start_conversation.plan(person.means, wish)
        assert planned.way is Way.LETTER
        made = await start_conversation.begin(person.means, planned)
        letter = await person.means.vault.read(lambda tx: tx.paper(Letter, made.letter))
        assert letter is not None
        assert letter.state is LetterState.DRAFT
        assert letter.body == f"{WORDS}\n\n+49 221 7391846"
        assert letter.sender == ("Ottilie Zwiebelfisch", "Querlenkerweg 1183", "50937 Sülzhafen", "DE")
        values = {field.value for field in letter.tells}
        assert {"Ottilie Zwiebelfisch", "Querlenkerweg 1183", "+49 221 7391846"} <= values
        assert (await person.file(made.relationship)).disclosures == ()

    run(tmp_path, job)


def test_what_is_never_shared_stands_in_no_letter(tmp_path: Path) -> None:
    async def job(person: Person, desk: RunningDesk, vendor: VendorId) -> None:
        fields = await person.means.vault.read(lambda tx: tx.profile())
        street = next(one for one in fields if one.path is FieldPath.STREET)
        await person.means.vault.write(lambda tx: tx.save_field(replace(street, share=ShareDefault.NEVER)))
        works = await choose_vendors.add_organisation(person.means, "Stadtwerke", OrganisationKind.UTILITY)
        made = await begun(person, Wish(vendor=works.id, about=ContactAbout.QUESTION, words=WORDS))
        letter = await person.means.vault.read(lambda tx: tx.paper(Letter, made.letter))
        assert letter is not None
        assert "Querlenkerweg 1183" not in {*letter.sender, *(field.value for field in letter.tells)}

    run(tmp_path, job)


def test_what_cannot_be_is_refused_before_anything_is_kept(tmp_path: Path) -> None:
    async def job(person: Person, desk: RunningDesk, vendor: VendorId) -> None:
        works = await choose_vendors.add_organisation(person.means, "Stadtwerke", OrganisationKind.UTILITY)
        good = Wish(vendor=vendor, about=ContactAbout.QUESTION, words=WORDS)
        for wish, refusal in (
            (replace(good, vendor=VendorId("nobody")), NotFound),
            (replace(good, known=RelationshipId("nothing")), NotFound),
            (replace(good, vendor=works.id, number=True), NotPossibleNow),
        ):
            with pytest.raises(refusal):
                await start_conversation.plan(person.means, wish)
        made = await begun(person, replace(good, vendor=works.id))
        with pytest.raises(NotPossibleNow):
            await start_conversation.plan(person.means, replace(good, known=made.relationship))
        planned = await start_conversation.plan(person.means, replace(good, number=True))
        changed = replace(planned.vendor, number="another")
        await person.means.vault.write(lambda tx: tx.save_vendor(changed))
        with pytest.raises(NotPossibleNow):
            await start_conversation.begin(person.means, planned)
        assert await person.means.vault.read(lambda tx: tx.acts(states=frozenset(acts.ActState))) == ()

    run(tmp_path, job)


@pytest.mark.parametrize("words", ["", " \n", "x" * 4001])
def test_a_conversation_begins_with_words(words: str) -> None:
    with pytest.raises(NotPossibleNow):
        Wish(vendor=VendorId("v"), about=ContactAbout.QUESTION, words=words)
