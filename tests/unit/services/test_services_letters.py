"""Letters: nothing they tell leaves before it is in the ledger; what became of them is the person's word."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.letters import DRAFT
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.disclosure import BasisKind, LedgerState
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.kinds import State
from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import choose_vendors, keep_relationship, write_letters
from vrm_desktop.services.errors import DayNotPossible, NotFound, NotPossibleNow
from vrm_desktop.services.keep_counterparty import file_of


def run(folder: Path, job: Callable[[Person, Letter], Awaitable[None]]) -> None:
    """Run `job` with a person who has drafted a letter to a utility without an endpoint."""

    async def body() -> None:
        async with a_person(folder / "home", MovingClock()) as person:
            await person.knows()
            works = await choose_vendors.add_organisation(person.means, "Stadtwerke", OrganisationKind.UTILITY)
            owner = await person.means.vault.write(lambda tx: file_of(tx, person.means, works.id))
            await job(person, replace(DRAFT, vendor=works.id, relationship=owner.id, dated=person.clock.today()))

    asyncio.run(body())


def test_what_a_letter_tells_is_in_the_ledger_when_it_is_handed_out(tmp_path: Path) -> None:
    async def job(person: Person, draft: Letter) -> None:
        await write_letters.save(person.means, draft)
        assert await ledger(person) == []
        out = await write_letters.hand_out(person.means, draft.id)
        assert (
            out
            == await write_letters.hand_out(person.means, draft.id)
            == await write_letters.letter(person.means, out.id)
        )
        rows = await person.means.vault.read(lambda tx: tx.ledger())
        assert [(row.name, row.value) for row in rows] == [(field.name, field.value) for field in draft.tells]
        assert {(row.basis, row.channel, row.state) for row in rows} == {
            (BasisKind.OWN_ACT, "letter", LedgerState.LEAVING)
        }
        await write_letters.sent(person.means, draft.id)
        assert await ledger(person) == [LedgerState.SENT, LedgerState.SENT]
        [kept] = await write_letters.letters(person.means, draft.vendor)
        assert (kept.state, kept.sent) == (LetterState.SENT, person.clock.today())
        file = await keep_relationship.relationship(person.means, draft.relationship)
        assert [note.kind for note in file.notes] == ["file-begun", "letter-sent"]

    run(tmp_path, job)


def test_a_letter_that_is_not_sent_told_nothing(tmp_path: Path) -> None:
    async def job(person: Person, draft: Letter) -> None:
        await write_letters.save(person.means, draft)
        await write_letters.hand_out(person.means, draft.id)
        await write_letters.drop(person.means, draft.id)
        assert await ledger(person) == [LedgerState.NOT_SENT, LedgerState.NOT_SENT]
        for act in (write_letters.hand_out, write_letters.sent):
            with pytest.raises(NotPossibleNow):
                await act(person.means, draft.id)

    run(tmp_path, job)


def test_a_letter_that_was_handed_out_stays_as_it_is(tmp_path: Path) -> None:
    async def job(person: Person, draft: Letter) -> None:
        await write_letters.save(person.means, draft)
        changed = await write_letters.save(person.means, replace(draft, subject="Anders"))
        assert (await write_letters.letter(person.means, draft.id)).subject == "Anders"
        with pytest.raises(NotPossibleNow):
            await write_letters.sent(person.means, draft.id)
        out = await write_letters.hand_out(person.means, draft.id)
        for later in (changed, out):
            with pytest.raises(NotPossibleNow):
                await write_letters.save(person.means, later)
        with pytest.raises(DayNotPossible):
            await write_letters.sent(person.means, draft.id, person.clock.today() + timedelta(days=1))
        await write_letters.sent(person.means, draft.id, person.clock.today() - timedelta(days=1))
        with pytest.raises(NotPossibleNow):
            await write_letters.drop(person.means, draft.id)

    run(tmp_path, job)


def test_what_is_not_there_is_said_so(tmp_path: Path) -> None:
    async def job(person: Person, draft: Letter) -> None:
        for act in (write_letters.letter, write_letters.hand_out, write_letters.sent, write_letters.drop):
            with pytest.raises(NotFound):
                await act(person.means, "letter-none")
        with pytest.raises(NotFound):
            await person.means.vault.write(lambda tx: file_of(tx, person.means, VendorId("nobody")))

    run(tmp_path, job)


def test_everything_written_to_one_counterparty_is_in_one_file(tmp_path: Path) -> None:
    async def job(person: Person, draft: Letter) -> None:
        again = await person.means.vault.write(lambda tx: file_of(tx, person.means, draft.vendor))
        assert (again.id, again.state, again.conversation.state) == (
            draft.relationship,
            RelationshipState.OPEN,
            State.NEW,
        )
        over = replace(again, state=RelationshipState.ENDED)
        await person.means.vault.write(lambda tx: tx.save_relationship(over))
        assert await person.means.vault.write(lambda tx: file_of(tx, person.means, draft.vendor)) == over
        await person.settle()

    run(tmp_path, job)


def test_addresses_are_lines(tmp_path: Path) -> None:
    async def job(person: Person, draft: Letter) -> None:
        lines = await person.means.vault.read(write_letters.address_lines)
        assert lines == ("Ottilie Zwiebelfisch", "Querlenkerweg 1183", "50937 Sülzhafen", "DE")
        works = await person.means.vault.read(lambda tx: tx.vendor(draft.vendor))
        assert works is not None
        assert write_letters.recipient_lines(works) == ("Stadtwerke",)
        assert write_letters.recipient_lines(replace(works, postal="Am Gaswerk 4\n\n50937 Sülzhafen")) == (
            "Stadtwerke",
            "Am Gaswerk 4",
            "50937 Sülzhafen",
        )
        assert write_letters.recipient_lines(replace(works, postal="stadtwerke\nAm Gaswerk 4")) == (
            "stadtwerke",
            "Am Gaswerk 4",
        )
        assert write_letters.told_once((*draft.tells, draft.tells[0])) == draft.tells

    run(tmp_path, job)


async def ledger(person: Person) -> list[LedgerState]:
    return [row.state for row in await person.means.vault.read(lambda tx: tx.ledger())]
