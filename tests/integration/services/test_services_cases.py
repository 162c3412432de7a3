"""Cases over the wire and by letter: every signed word is kept, promises are counted, and only the person ends one."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.fakes.claims import KINDS, answering, case_answers
from tests.fakes.lying_vendor import LyingVendor, Say, Talk, a_lying_vendor
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.case import Case, CaseStanding, CaseTurn, TurnWord
from vrm_desktop.domain.disclosure import BasisKind, LedgerState
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.domain.letter import LetterAbout
from vrm_desktop.domain.living import CaseAbout, CaseWord, Remedy
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.promise import Promise, PromiseOf, PromiseState
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.protocol import messages
from vrm_desktop.services import (
    accept_offer,
    choose_vendors,
    compare_offers,
    end_relationship,
    keep_cases,
    show_cases,
    write_letters,
)
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.keep_cases import CaseDraft
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.show_cases import CaseMove

Job = Callable[[Person, LyingVendor, RelationshipId], Awaitable[None]]
SQUEAKS = CaseDraft(about=CaseAbout.PRODUCT, what="It squeaks.", want=Remedy.REPAIR)


def run(folder: Path, script: Say, job: Job, kinds: tuple[str, ...] = KINDS) -> None:
    """Order a bike from a vendor that follows `script`, then do the job."""

    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as liar, a_person(folder / "home", clock) as person:
            liar.script, liar.kinds = script, kinds
            await person.knows()
            want, (key,) = await person.casts(liar.url)
            await person.settle()
            ranked = (await compare_offers.compare(person.means, want)).ranked
            await accept_offer.accept(person.means, ranked[0].offer.id)
            await person.settle()
            await job(person, liar, key)

    asyncio.run(body())


async def opened(person: Person, key: RelationshipId, draft: CaseDraft = SQUEAKS) -> Case:
    """A case that was opened and has left, with what came back at once."""
    said = await keep_cases.open_case(person.means, key, draft)
    await person.settle()
    return (await show_cases.case(person.means, said.case.id)).case


async def say(person: Person, case: Case, word: CaseWord) -> Case:
    """The person's word, sent, and the case after what came back."""
    await keep_cases.answer(person.means, case.id, word, "")
    await person.settle()
    return (await show_cases.case(person.means, case.id)).case


async def promises(person: Person) -> list[tuple[PromiseOf, PromiseState, date | None]]:
    found = await person.means.vault.read(lambda tx: tx.papers(Promise))
    mine = (PromiseOf.ANSWER, PromiseOf.REMEDY)
    return [(one.of, one.state, one.due) for one in found if one.of in mine]


async def case_dates(person: Person) -> list[tuple[date, bool]]:
    items = await person.means.vault.read(lambda tx: tx.agenda())
    return [(one.due, one.done) for one in items if one.kind is AgendaKind.CASE_DUE]


def ago(person: Person, days: int) -> date:
    return person.clock.today() + timedelta(days=days)


def test_a_proposal_is_accepted_and_the_promise_kept_on_the_persons_word(tmp_path: Path) -> None:
    due = "2026-12-04"
    proposal = case_answers(
        {"answer": "received", "by": "2026-11-30"}, {"answer": "proposal", "remedy": "replacement", "by": due}
    )

    def done(talk: Talk, message: messages.CaseReply, id: MessageId) -> None:
        if message.answer == "accept":
            talk.say(
                messages.CaseAnswer(
                    **talk.claims(), case=message.case, answer="done", remedy="replacement", text="Sent."
                )
            )

    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        draft = CaseDraft(
            about=CaseAbout.ORDER,
            what="It squeaks.",
            want=Remedy.REPAIR,
            about_order=True,
            amount=Money(minor=41_000, currency="EUR"),
            by=ago(person, 10),
            evidence=(liar.talk.own[0],),
        )
        case = await opened(person, key, draft)
        assert case.opened == liar.talk.peer[-1]
        assert case.standing is CaseStanding.PROPOSED
        order = await person.means.vault.read(lambda tx: tx.order(key))
        assert order is not None
        sent = liar.talk.remembered[Side.PERSON, liar.talk.peer[-1]]
        assert isinstance(sent, messages.Case)
        assert (sent.order, sent.evidence, sent.amount, sent.by) == (
            order.hash,
            (liar.talk.own[0],),
            41_000,
            "2026-12-03",
        )
        assert await promises(person) == [(PromiseOf.ANSWER, PromiseState.KEPT, date(2026, 11, 30))]
        view = await show_cases.case(person.means, case.id)
        assert {CaseMove.ACCEPT, CaseMove.REFUSE} < view.may
        assert (view.by_wire, view.waiting, view.letters) == (True, False, ())
        case = await say(person, case, CaseWord.ACCEPT)
        assert (case.standing, case.turns[-2].remedy) == (CaseStanding.DONE, Remedy.REPLACEMENT)
        assert (PromiseOf.REMEDY, PromiseState.OPEN, date(2026, 12, 4)) in await promises(person)
        assert await case_dates(person) == [(date(2026, 12, 4), False)]
        person.clock.move(days=20)
        case = await say(person, case, CaseWord.RESOLVED)
        assert case.standing is CaseStanding.RESOLVED
        assert (PromiseOf.REMEDY, PromiseState.KEPT, date(2026, 12, 4)) in await promises(person)
        assert await case_dates(person) == [(date(2026, 12, 4), True)]
        assert (await show_cases.case(person.means, case.id)).may == frozenset()
        notes = await person.notes(key)
        assert [one for one in notes if one.startswith("case-")] == [
            "case-opened",
            "case-received",
            "case-proposal",
            "case-accept",
            "case-done",
            "case-resolved",
        ]

    run(tmp_path, answering({messages.Case: proposal, messages.CaseReply: done}), job)


def test_a_refused_case_that_is_not_solved_breaks_the_promise(tmp_path: Path) -> None:
    accepts = case_answers({"answer": "accepted", "by": "2026-11-25"})

    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        case = await opened(person, key)
        assert case.standing is CaseStanding.PROMISED
        person.clock.move(days=5)
        case = await say(person, case, CaseWord.UNRESOLVED)
        assert await promises(person) == [(PromiseOf.REMEDY, PromiseState.BROKEN, date(2026, 11, 25))]
        assert (await show_cases.case(person.means, case.id)).may == {CaseMove.GO_ON}
        said = await keep_cases.go_on(person.means, case.id, "I ask again.", None)
        await person.settle()
        assert said.letter is None
        again = (await show_cases.case(person.means, case.id)).case
        assert (again.standing, again.reminders) == (CaseStanding.PROMISED, 1)

    run(tmp_path, answering({messages.Case: accepts}), job)


def test_answers_still_come_after_the_end(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        await end_relationship.end(person.means, key)
        await person.settle()
        file = await person.file(key)
        assert (file.relationship.state, file.relationship.conversation.state) == (
            RelationshipState.ENDED,
            State.ENDED,
        )
        looks = len(liar.requests)
        await person.settle()
        assert len(liar.requests) == looks
        case = await opened(person, key)
        assert case.standing is CaseStanding.RECEIVED
        liar.talk.say(messages.CaseAnswer(**liar.talk.claims(), case=str(case.opened), answer="refused", text="No."))
        person.clock.move(seconds=600)
        await person.settle()
        case = (await show_cases.case(person.means, case.id)).case
        assert (case.standing, case.turns[-1].text) == (CaseStanding.REFUSED, "No.")
        case = await say(person, case, CaseWord.WITHDRAWN)
        looks = len(liar.requests)
        await person.settle()
        assert len(liar.requests) == looks

    run(tmp_path, answering({messages.Case: case_answers({"answer": "received"})}), job)


def test_an_answer_to_a_foreign_case_breaks_nothing_and_moves_nothing(tmp_path: Path) -> None:
    def foreign(talk: Talk, _message: messages.Case, _id: MessageId) -> None:
        talk.sign_out_of_turn("case-answer", case="F" * 43, answer="done")

    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        case = await opened(person, key)
        assert (case.standing, len(case.turns)) == (CaseStanding.OPEN, 1)
        assert "trouble malformed" in await person.notes(key)

    run(tmp_path, answering({messages.Case: foreign}), job)


def test_lies_about_money_and_deeds_are_named_and_end_nothing(tmp_path: Path) -> None:
    def lies(talk: Talk, _message: messages.Case, id: MessageId) -> None:
        talk.say(messages.CaseAnswer(**talk.claims(), case=id, answer="done", remedy="price-reduction"))
        talk.say(
            messages.CaseAnswer(**talk.claims(), case=id, answer="proposal", remedy="refund", amount=1, currency="JPY")
        )
        talk.say(messages.Refund(**talk.claims(), order=str(order_of(talk)), case=id, amount=50_000, currency="CHF"))
        talk.say(messages.Refund(**talk.claims(), order="X" * 43, case=id, amount=41_000, currency="EUR"))

    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        orders[liar.name] = (await person.means.vault.read(lambda tx: tx.order(key))).hash  # type: ignore[union-attr]
        draft = CaseDraft(
            about=CaseAbout.ORDER,
            what="It never came.",
            want=Remedy.REFUND,
            about_order=True,
            amount=Money(minor=41_000, currency="EUR"),
        )
        case = await opened(person, key, draft)
        assert not case.over
        assert (case.paid_back, case.standing) == (False, CaseStanding.PROPOSED)
        assert case.refunded() == (Money(minor=50_000, currency="CHF"),)
        notes = [one for one in await person.notes(key) if "case" in one or "refund" in one]
        assert notes == ["case-opened", "case-unasked", "case-foreign", "refund-foreign", "refund-unknown"]

    orders: dict[str, str] = {}

    def order_of(talk: Talk) -> str:
        return orders[talk.vendor.name]

    run(tmp_path, answering({messages.Case: lies}), job)


def test_money_that_came_back_is_counted(tmp_path: Path) -> None:
    order: list[str] = []

    def pays(talk: Talk, _message: messages.Case, id: MessageId) -> None:
        talk.say(messages.Refund(**talk.claims(), order=order[0], case=id, amount=41_000, currency="EUR", number="G-1"))

    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        order.append((await person.means.vault.read(lambda tx: tx.order(key))).hash)  # type: ignore[union-attr]
        money = Money(minor=41_000, currency="EUR")
        draft = CaseDraft(about=CaseAbout.ORDER, what="It never came.", want=Remedy.REFUND, amount=money)
        case = await opened(person, key, draft)
        assert (case.standing, case.refunded(), case.paid_back) == (CaseStanding.DONE, (money,), True)
        assert (await say(person, case, CaseWord.RESOLVED)).over

    run(tmp_path, answering({messages.Case: pays}), job)


def test_what_the_vendor_does_not_understand_goes_as_a_letter(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        heard = len(liar.talk.peer)
        said = await keep_cases.open_case(person.means, key, SQUEAKS)
        assert said.letter is not None
        assert (said.letter.about, said.letter.source, said.letter.body) == (
            LetterAbout.CASE,
            said.case.id,
            "Guten Tag,\n\nIt squeaks.\n\nIch bitte Sie um Reparatur.\n\nMit freundlichen Grüßen\nOttilie Zwiebelfisch",
        )
        await write_letters.hand_out(person.means, said.letter.id)
        rows = [row for row in (await person.file(key)).disclosures if row.channel == "letter"]
        assert {row.value for row in rows} == {
            "Ottilie Zwiebelfisch",
            "Querlenkerweg 1183",
            "50937",
            "Sülzhafen",
            "DE",
        }
        assert {(row.basis, row.state) for row in rows} == {(BasisKind.OWN_ACT, LedgerState.LEAVING)}
        await person.settle()
        assert len(liar.talk.peer) == heard
        answer = CaseTurn(
            by=Side.VENDOR, at=person.clock.now(), word=TurnWord.PROPOSAL, text="Bring it in.", remedy=Remedy.REPAIR
        )
        await keep_cases.note_answer(person.means, said.case.id, answer)
        view = await show_cases.case(person.means, said.case.id)
        assert (view.by_wire, view.case.unanswered, len(view.to_send)) == (False, answer, 1)
        accepted = await keep_cases.answer(person.means, said.case.id, CaseWord.ACCEPT, "Tomorrow.")
        assert accepted.letter is not None
        assert "nehme ich an.\n\nTomorrow." in accepted.letter.body
        ended = await keep_cases.answer(person.means, said.case.id, CaseWord.RESOLVED, "")
        assert (ended.letter, ended.case.standing) == (None, CaseStanding.RESOLVED)

    run(tmp_path, answering({}), job, kinds=("voice",))


def test_a_case_with_somebody_without_an_endpoint(tmp_path: Path) -> None:
    async def body() -> None:
        async with a_person(tmp_path / "home", MovingClock()) as person:
            works = await choose_vendors.add_organisation(person.means, "Stadtwerke", OrganisationKind.UTILITY)
            owner = await person.means.vault.write(lambda tx: file_of(tx, person.means, works.id))
            by = ago(person, 14)
            bill = CaseDraft(about=CaseAbout.BILL, what="The meter is not mine.", want=Remedy.ANSWER, by=by)
            said = await keep_cases.open_case(person.means, owner.id, bill)
            assert said.letter is not None
            assert await case_dates(person) == [(by, False)]
            person.clock.move(days=15)
            [view] = await show_cases.cases(person.means, works.id)
            assert (view.overdue, view.vendor_name) == (True, "Stadtwerke")
            again = await keep_cases.go_on(person.means, said.case.id, "Still waiting.", ago(person, 7))
            assert again.letter is not None
            assert "Still waiting.\n\nI ask you for an answer." in again.letter.body
            assert await case_dates(person) == [(ago(person, 7), False)]
            assert (await show_cases.case(person.means, said.case.id)).overdue is False

    asyncio.run(body())


def test_an_opening_that_has_not_left_can_be_taken_back(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        said = await keep_cases.open_case(person.means, key, SQUEAKS)
        view = await show_cases.case(person.means, said.case.id)
        assert (view.may, view.waiting) == (frozenset({CaseMove.WITHDRAW}), True)
        with pytest.raises(NotPossibleNow):
            await keep_cases.go_on(person.means, said.case.id, "And more.", None)
        heard = len(liar.talk.peer)
        await say(person, said.case, CaseWord.WITHDRAWN)
        assert len(liar.talk.peer) == heard

    run(tmp_path, answering({messages.Case: case_answers({"answer": "received"})}), job)


def test_what_cannot_be_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        means = person.means
        wrong: list[tuple[type[Exception], CaseDraft]] = [
            (NotPossibleNow, CaseDraft(about=CaseAbout.OTHER, what="x", want=Remedy.ANSWER, by=ago(person, -1))),
            (NotFound, CaseDraft(about=CaseAbout.OTHER, what="x", want=Remedy.ANSWER, evidence=(MessageId("E" * 43),))),
            (InvalidValue, CaseDraft(about=CaseAbout.OTHER, what="  ", want=Remedy.ANSWER)),
        ]
        for error, draft in wrong:
            with pytest.raises(error):
                await keep_cases.open_case(means, key, draft)
        with pytest.raises(NotFound):
            await keep_cases.open_case(means, RelationshipId("rel-none"), SQUEAKS)
        assert await show_cases.cases(means) == ()
        case = await opened(person, key)
        for word in (CaseWord.ACCEPT, CaseWord.REFUSE):
            with pytest.raises(NotPossibleNow):
                await keep_cases.answer(means, case.id, word, "")
        with pytest.raises(NotPossibleNow):
            await keep_cases.go_on(means, case.id, " ", None)
        with pytest.raises(NotFound):
            await keep_cases.answer(means, "case-none", CaseWord.RESOLVED, "")
        with pytest.raises(NotFound):
            await show_cases.case(means, "case-none")
        await say(person, case, CaseWord.RESOLVED)
        for call in (
            keep_cases.answer(means, case.id, CaseWord.WITHDRAWN, ""),
            keep_cases.go_on(means, case.id, "More.", None),
        ):
            with pytest.raises(NotPossibleNow):
                await call

    run(tmp_path, answering({messages.Case: case_answers({"answer": "received"})}), job)


def test_a_period_of_a_case_ends_on_no_public_holiday(tmp_path: Path) -> None:
    async def job(person: Person, _liar: LyingVendor, key: RelationshipId) -> None:
        two_weeks_before_ascension = date(2026, 4, 30)
        back = CaseDraft(
            about=CaseAbout.PRODUCT, what="No.", want=Remedy.WITHDRAWAL, received=two_weeks_before_ascension
        )
        case = await opened(person, key, back)
        view = await show_cases.case(person.means, case.id)
        assert view.hints[0].until == date(2026, 5, 15)
        easter = await show_cases.hints_for(
            person.means, case.vendor, Remedy.WITHDRAWAL, ordered=None, received=date(2027, 3, 12)
        )
        assert [hint.until for hint in easter] == [date(2027, 3, 30)]

    run(tmp_path, answering({messages.Case: case_answers({"answer": "received"})}), job)


def test_documents_stay_with_the_case_and_the_law_is_a_hint(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        back = CaseDraft(
            about=CaseAbout.PRODUCT, what="I changed my mind.", want=Remedy.WITHDRAWAL, received=person.clock.today()
        )
        case = await opened(person, key, back)
        await keep_cases.attach(person.means, case.id, "photo.png", "image/png", b"\x89PNG")
        view = await show_cases.case(person.means, case.id)
        assert [(one.name, one.size) for one in view.documents] == [("photo.png", 4)]
        assert [hint.until for hint in view.hints] == [date(2026, 12, 7), date(2026, 12, 7)]
        assert Kind.CASE.value in KINDS
        hints = await show_cases.hints_for(
            person.means, case.vendor, Remedy.DELIVERY, ordered=person.clock.today(), received=None
        )
        assert [hint.until for hint in hints] == [date(2026, 12, 23)]
        before_christmas = date(2026, 11, 25)
        moved = await show_cases.hints_for(
            person.means, case.vendor, Remedy.DELIVERY, ordered=before_christmas, received=None
        )
        assert [hint.until for hint in moved] == [date(2026, 12, 28)]

    run(tmp_path, answering({messages.Case: case_answers({"answer": "received"})}), job)
