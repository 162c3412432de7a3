"""Data rights by letter: in the ledger before they leave, followed to the day, pressed for, complained about."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.clocks import Regime
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.letter import LetterAbout, LetterState, LetterWay
from vrm_desktop.domain.living import DataRight, ReportState
from vrm_desktop.domain.organisation import HintKind
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.promise import Promise, PromiseOf, PromiseState
from vrm_desktop.domain.rights import Demand, Identifier, NextStep, NotInThisState, RequestState, RightsWay
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.formats.letter_template import open_places
from vrm_desktop.services import (
    choose_vendors,
    exercise_rights,
    import_organisations,
    propose_authority,
    write_letters,
)
from vrm_desktop.services import letter_folders as folders
from vrm_desktop.services.errors import (
    DayNotPossible,
    LetterUnfinished,
    NoLetterTemplate,
    NotFound,
    NotPossibleNow,
    StillInTime,
)
from vrm_desktop.services.exercise_rights import Asking
from vrm_desktop.services.import_organisations import ListKind
from vrm_desktop.services.letters_of_rights import in_language
from vrm_desktop.services.public_holidays import around
from vrm_desktop.services.rights_basis import regime_for
from vrm_desktop.services.rights_letters import Shelves

ENTRY = {
    "slug": "stadtwerke",
    "relevant-countries": ["de"],
    "name": "Stadtwerke Sülzhafen GmbH",
    "address": "Am Gaswerk 4\n50937 Sülzhafen\nDeutschland",
    "email": "datenschutz@stadtwerke.example",
    "web": "https://www.stadtwerke.example/",
    "quality": "verified",
    "runs": ["Hafenbad"],
    "needs-id-document": True,
}
AUTHORITY = {
    "slug": "debund",
    "relevant-countries": ["de"],
    "name": "Aufsicht für den Datenschutz",
    "address": "Amtsweg 1\n53117 Bonn\nDeutschland",
    "email": "poststelle@aufsicht.example",
    "complaint-language": "de",
}
SITES = [{"name": "Stadtwerke", "url": "https://stadtwerke.example/weg", "difficulty": "hard"}]
Job = Callable[[Person, VendorId, Shelves], Awaitable[None]]


def run(folder: Path, job: Job, *, by_list: bool = True) -> None:
    """Run `job` with a person who knows a utility from a list (or by name alone), on 23 November 2026."""

    async def body() -> None:
        async with a_person(folder / "home", MovingClock()) as person:
            await person.knows()
            shelves = await folders.shelves(person.means, "en")
            if by_list:
                await import_organisations.import_list(
                    person.means, ListKind.COMPANIES, json.dumps(ENTRY).encode(), "companies.jsonl"
                )
                key = await import_organisations.turn_to(person.means, "stadtwerke")
            else:
                added = await choose_vendors.add_organisation(person.means, "Amt", OrganisationKind.PUBLIC_OFFICE)
                key = added.id
            await job(person, key, shelves)

    asyncio.run(body())


async def asked(person: Person, key: VendorId, shelves: Shelves, right: DataRight = DataRight.ACCESS) -> str:
    """A request whose letter was handed out and sent today."""
    [made] = await exercise_rights.ask(person.means, (key,), Asking(right=right, text="bitte alles"), shelves)
    view = await exercise_rights.request(person.means, made)
    await write_letters.hand_out(person.means, view.request.letter)
    await write_letters.sent(person.means, view.request.letter)
    return made


def test_a_request_by_letter_is_in_the_organisations_language_and_tells_no_more_than_chosen(tmp_path: Path) -> None:
    async def job(person: Person, key: VendorId, shelves: Shelves) -> None:
        asking = Asking(
            right=DataRight.ACCESS,
            tell=(FieldPath.EMAIL,),
            identifiers=(Identifier(name="Zähler", value="0815"),),
        )
        [made] = await exercise_rights.ask(person.means, (key,), asking, shelves)
        view = await exercise_rights.request(person.means, made)
        letter = await write_letters.letter(person.means, view.request.letter)
        assert (view.request.state, view.request.way, view.request.regime) == (
            RequestState.DRAFT,
            RightsWay.LETTER,
            Regime.GDPR,
        )
        assert (letter.language, letter.way, letter.email) == ("de", LetterWay.EMAIL, ENTRY["email"])
        assert "Art. 15 DSGVO" in letter.body
        assert "Zähler: 0815" in letter.body
        assert "Hafenbad" in letter.body
        assert letter.body.endswith("Ottilie Zwiebelfisch")
        assert "Querlenkerweg" not in "\n".join((*letter.sender, letter.body))
        assert {field.name for field in letter.tells} == {
            *("profile.name", "profile.email", "letter.Zähler", "letter.reference"),
        }
        assert await person.means.vault.read(lambda tx: tx.ledger()) == ()
        await write_letters.hand_out(person.means, letter.id)
        rows = await person.means.vault.read(lambda tx: tx.ledger())
        assert {row.name for row in rows} == {field.name for field in letter.tells}
        english = await in_language(person.means, letter.id, "en", shelves)
        assert "Article 15 GDPR" in english.body
        assert "Zähler: 0815" in english.body
        with pytest.raises(NoLetterTemplate):
            await in_language(person.means, letter.id, "fr", shelves)

    run(tmp_path, job)


def test_a_letter_by_post_shows_the_address_and_travels_three_days(tmp_path: Path) -> None:
    async def job(person: Person, key: VendorId, shelves: Shelves) -> None:
        asking = Asking(right=DataRight.ERASURE, by=LetterWay.POST, language="en")
        [made] = await exercise_rights.ask(person.means, (key,), asking, shelves)
        letter = (await exercise_rights.request(person.means, made)).letters[0]
        assert letter.language == "en"
        assert "Querlenkerweg 1183" in letter.sender
        assert "profile.address.street" in {field.name for field in letter.tells}
        await write_letters.hand_out(person.means, letter.id)
        await write_letters.sent(person.means, letter.id)
        today = person.clock.today()
        view = await exercise_rights.request(person.means, made)
        assert view.request.received == today + timedelta(days=3)
        person.clock.move(days=2)
        await exercise_rights.received(person.means, made, today + timedelta(days=1))
        assert (await exercise_rights.request(person.means, made)).request.received == today + timedelta(days=1)
        for wrong in (today + timedelta(days=9), today - timedelta(days=1)):
            with pytest.raises(DayNotPossible):
                await exercise_rights.received(person.means, made, wrong)

    run(tmp_path, job)


def test_the_way_from_silence_to_the_authority(tmp_path: Path) -> None:
    async def job(person: Person, key: VendorId, shelves: Shelves) -> None:
        data = json.dumps(AUTHORITY).encode()
        await import_organisations.import_list(person.means, ListKind.AUTHORITIES, data, "authorities.jsonl")
        made = await asked(person, key, shelves)
        view = await exercise_rights.request(person.means, made)
        assert view.due is not None
        assert view.due.due == date(2026, 12, 23)
        [item] = [one for one in await person.means.vault.read(lambda tx: tx.agenda()) if not one.done]
        assert (item.kind, item.due, item.key) == (AgendaKind.RIGHTS_DUE, date(2026, 12, 23), made)
        with pytest.raises(NotPossibleNow):
            await exercise_rights.press(person.means, made, shelves)
        for early in (LetterAbout.REMINDER, LetterAbout.ADMONITION):  # they would say that the time is over
            with pytest.raises(StillInTime):
                await exercise_rights.press(person.means, made, shelves, about=early)
        last = ""
        for about, wait in ((LetterAbout.REMINDER, 31), (LetterAbout.ADMONITION, 7)):
            person.clock.move(days=wait)
            await exercise_rights.watch(person.means)
            letter = await exercise_rights.press(person.means, made, shelves)
            assert letter.about is about
            assert open_places(letter.body) == ()
            assert letter.id == (await exercise_rights.press(person.means, made, shelves)).id
            await write_letters.hand_out(person.means, letter.id)
            await write_letters.sent(person.means, letter.id)
            last = letter.body
        assert "23.12.2026" in last
        person.clock.move(days=20)
        assert (await exercise_rights.request(person.means, made)).next is NextStep.COMPLAIN
        with pytest.raises(NotPossibleNow):
            await exercise_rights.press(person.means, made, shelves)
        [authority] = (await propose_authority.authorities(person.means, made)).options
        to = await import_organisations.turn_to(person.means, authority.id)
        complaint = await exercise_rights.press(person.means, made, shelves, authority=to)
        assert (complaint.vendor, complaint.to[0]) == (to, AUTHORITY["name"])
        assert "Am Gaswerk 4" in complaint.body
        assert "24.12.2026" in complaint.body
        assert "ottilie@zwiebelfisch.example" in complaint.body
        assert "profile.email" in {field.name for field in complaint.tells}
        await write_letters.hand_out(person.means, complaint.id)
        await write_letters.sent(person.means, complaint.id)
        view = await exercise_rights.request(person.means, made)
        assert (view.next, view.request.authority) == (NextStep.WAIT, to)
        person.clock.move(days=100)
        assert (await exercise_rights.request(person.means, made)).next is NextStep.ASK_AUTHORITY

    run(tmp_path, job)


def test_an_id_copy_is_met_with_a_reply_and_remembered(tmp_path: Path) -> None:
    async def job(person: Person, key: VendorId, shelves: Shelves) -> None:
        made = await asked(person, key, shelves)
        with pytest.raises(NotPossibleNow):
            await exercise_rights.press(person.means, made, shelves, about=LetterAbout.REPLY)
        await exercise_rights.demanded(person.means, made, Demand.ID_COPY, text="Ausweis bitte")
        assert (await choose_vendors.vendor(person.means, key)).identity == "id-document"
        reply = await exercise_rights.press(person.means, made, shelves)
        assert reply.about is LetterAbout.REPLY
        assert "Art. 12 Abs. 6 DSGVO" in reply.body
        await write_letters.hand_out(person.means, reply.id)
        await write_letters.sent(person.means, reply.id)
        assert (await exercise_rights.request(person.means, made)).request.state is RequestState.ACTION_DONE
        await exercise_rights.demanded(person.means, made, Demand.MORE_IDENTITY)
        more = await exercise_rights.press(person.means, made, shelves)
        assert open_places(more.body) == ("words",)
        with pytest.raises(LetterUnfinished):
            await write_letters.hand_out(person.means, more.id)
        filled = await exercise_rights.press(person.means, made, shelves, words="Zähler 0815")
        assert filled.id == more.id
        assert (await write_letters.hand_out(person.means, more.id)).state is LetterState.HANDED_OUT
        await exercise_rights.demand_met(person.means, made)

    run(tmp_path, job)


def test_answers_extensions_and_documents_stand_in_the_request(tmp_path: Path) -> None:
    async def job(person: Person, key: VendorId, shelves: Shelves) -> None:
        made = await asked(person, key, shelves, DataRight.COPY)
        person.clock.move(days=10)
        await exercise_rights.acknowledged(person.means, made)
        await exercise_rights.answered(
            person.means, made, ReportState.EXTENDED, text="viel zu tun", until=date(2027, 3, 1)
        )
        view = await exercise_rights.request(person.means, made)
        assert view.due is not None
        assert view.due.due == date(2027, 2, 23)
        file = await exercise_rights.attach(person.means, made, "antwort.pdf", "application/pdf", b"%PDF-1.7")
        assert await person.means.vault.read(lambda tx: tx.attached(file.id)) == b"%PDF-1.7"
        for wrong in (date(2026, 11, 1), date(2030, 1, 1)):
            with pytest.raises(DayNotPossible):
                await exercise_rights.answered(person.means, made, ReportState.FULFILLED, on=wrong)
        await exercise_rights.answered(person.means, made, ReportState.FULFILLED, text="hier ist sie")
        view = await exercise_rights.request(person.means, made)
        assert (view.next, view.clocks, [one.name for one in view.attachments]) == (
            NextStep.NOTHING,
            (),
            ["antwort.pdf"],
        )
        [owed] = await person.means.vault.read(lambda tx: tx.papers(Promise, vendor=key))
        assert (owed.of, owed.state, owed.due) == (PromiseOf.ANSWER, PromiseState.KEPT, date(2027, 2, 23))
        assert all(one.done for one in await person.means.vault.read(lambda tx: tx.agenda()))
        with pytest.raises(NotInThisState):
            await exercise_rights.withdraw(person.means, made)

    run(tmp_path, job)


def test_a_computer_clock_that_runs_backwards_loses_nothing(tmp_path: Path) -> None:
    async def job(person: Person, key: VendorId, shelves: Shelves) -> None:
        made = await asked(person, key, shelves)
        person.clock.move(days=-40)
        await exercise_rights.watch(person.means)
        await exercise_rights.acknowledged(person.means, made)
        request = (await exercise_rights.request(person.means, made)).request
        assert request.newest_day == request.went_on == date(2026, 11, 23)

    run(tmp_path, job)


def test_a_request_let_go_drops_its_draft(tmp_path: Path) -> None:
    async def job(person: Person, key: VendorId, shelves: Shelves) -> None:
        [made] = await exercise_rights.ask(person.means, (key,), Asking(right=DataRight.COPY), shelves)
        await exercise_rights.withdraw(person.means, made)
        view = await exercise_rights.request(person.means, made)
        assert (view.request.state, view.letters[0].state) == (RequestState.WITHDRAWN, LetterState.DROPPED)

    run(tmp_path, job)


def test_several_at_once_have_a_reference_each(tmp_path: Path) -> None:
    async def job(person: Person, key: VendorId, shelves: Shelves) -> None:
        other = await choose_vendors.add_organisation(person.means, "Versicherung", OrganisationKind.INSURER)
        keys = await exercise_rights.ask(
            person.means, (key, other.id, key), Asking(right=DataRight.USE_REPORT), shelves
        )
        views = await exercise_rights.requests(person.means)
        assert len(keys) == len(views) == len({view.request.reference for view in views}) == 2
        assert {view.next for view in views} == {NextStep.SEND}
        with pytest.raises(NotFound):
            await exercise_rights.ask(person.means, (key, VendorId("nobody")), Asking(right=DataRight.COPY), shelves)
        assert len(await exercise_rights.requests(person.means)) == 2
        with pytest.raises(NotPossibleNow):
            await exercise_rights.ask(person.means, (key,), Asking(right=DataRight.COPY, way=RightsWay.WIRE), shelves)

    run(tmp_path, job)


def test_a_correction_without_words_cannot_leave(tmp_path: Path) -> None:
    async def job(person: Person, key: VendorId, shelves: Shelves) -> None:
        [made] = await exercise_rights.ask(person.means, (key,), Asking(right=DataRight.CORRECTION), shelves)
        letter = (await exercise_rights.request(person.means, made)).letters[0]
        assert letter.way is LetterWay.POST  # it knows neither mail nor form; the person adds an address
        with pytest.raises(LetterUnfinished):
            await write_letters.hand_out(person.means, letter.id)

    run(tmp_path, job, by_list=False)


def test_the_law_is_guessed_by_the_two_countries(tmp_path: Path) -> None:
    async def job(person: Person, key: VendorId, shelves: Shelves) -> None:
        vendor = await choose_vendors.vendor(person.means, key)

        async def regime() -> Regime:
            return await person.means.vault.read(lambda tx: regime_for(tx, vendor))

        assert await regime() is Regime.GDPR
        await person.knows({FieldPath.COUNTRY: "US", FieldPath.REGION: "California"})
        assert await regime() is Regime.CCPA
        await person.knows({FieldPath.REGION: "Oregon"})
        assert await regime() is Regime.NONE
        assert replace(vendor, country="FR").country == "FR"

    run(tmp_path, job, by_list=False)


def test_an_entry_becomes_a_counterparty_once_and_says_where_it_comes_from(tmp_path: Path) -> None:
    async def job(person: Person, key: VendorId, shelves: Shelves) -> None:
        means = person.means
        assert await import_organisations.turn_to(means, "stadtwerke") == key
        vendor = await choose_vendors.vendor(means, key)
        assert (vendor.source, vendor.identity, vendor.country) == ("companies.jsonl#stadtwerke", "id-document", "DE")
        with pytest.raises(NotFound):
            await import_organisations.turn_to(means, "nobody")
        assert [one.id for one in await import_organisations.organisations(means, "hafen", country="de")] == [
            "stadtwerke"
        ]
        assert await import_organisations.organisations(means, "hafen", country="fr") == ()
        assert await import_organisations.counted(means) == 1
        done = await import_organisations.import_list(means, ListKind.DELETION, json.dumps(SITES).encode(), "jdm")
        assert (done.taken, done.refused) == (1, ())
        await import_organisations.import_list(means, ListKind.EXPORT, json.dumps(SITES).encode(), "jgmd")
        assert [one.kind for one in await import_organisations.hints(means, key)] == list(HintKind)
        with pytest.raises(NotFound):
            await import_organisations.hints(means, VendorId("nobody"))

    run(tmp_path, job)


def test_an_entry_fills_what_a_known_counterparty_lacks(tmp_path: Path) -> None:
    async def job(person: Person, _key: VendorId, shelves: Shelves) -> None:
        means = person.means
        mine = await choose_vendors.add_organisation(means, "Meine Stadtwerke", OrganisationKind.UTILITY)
        known = replace(mine, web="http://stadtwerke.example", email="me@stadtwerke.example")
        await means.vault.write(lambda tx: tx.save_vendor(known))
        await import_organisations.import_list(means, ListKind.COMPANIES, json.dumps(ENTRY).encode(), "companies.jsonl")
        assert await import_organisations.turn_to(means, "stadtwerke") == mine.id
        found = await choose_vendors.vendor(means, mine.id)
        assert (found.name, found.email) == ("Meine Stadtwerke", "me@stadtwerke.example")
        assert found.postal == ENTRY["address"]

    run(tmp_path, job, by_list=False)


def test_templates_of_a_named_folder_go_first_until_it_is_gone(tmp_path: Path) -> None:
    async def job(person: Person, key: VendorId, _shelves: Shelves) -> None:
        folder = tmp_path / "letters" / "de"
        folder.mkdir(parents=True)
        (folder / "access-default.txt").write_text("Hallo {id_data} {frei}", encoding="utf-8")
        await folders.name_folder(person.means, folder.parent)
        shelves = await folders.shelves(person.means, "de_AT")
        assert await folders.folder(person.means) == folder.parent
        [made] = await exercise_rights.ask(person.means, (key,), Asking(right=DataRight.ACCESS), shelves)
        body = (await exercise_rights.request(person.means, made)).letters[0].body
        assert body == "Hallo  ⟦frei⟧\nOttilie Zwiebelfisch"
        (folder / "access-default.txt").unlink()
        assert (await folders.shelves(person.means, "de")).named.languages == ()
        await folders.name_folder(person.means, None)
        assert await folders.folder(person.means) is None

    run(tmp_path, job)


def test_public_holidays_move_an_end_and_unknown_countries_have_none() -> None:
    assert date(2026, 12, 25) in around("DE", date(2026, 11, 22))
    assert date(2027, 1, 6) in around("DE-BY", date(2026, 11, 22))
    assert date(2027, 1, 6) not in around("DE-XX", date(2026, 11, 22))
    assert around("XX", date(2026, 11, 22)) == around("", date(2026, 11, 22)) == frozenset()
