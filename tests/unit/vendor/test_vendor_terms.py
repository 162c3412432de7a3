"""How a desk answers terms: as proffered, with its one counter, or not at all, by its settings alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.asking_person import AskingPerson, published_roster
from tests.fakes.open_desk import OpenDesk, sample_settings
from vrm_desktop.domain.ids import Digest, Kid
from vrm_desktop.domain.kinds import State
from vrm_desktop.protocol.agreements import proffer
from vrm_desktop.protocol.errors import BadAgreement
from vrm_desktop.protocol.messages import TermsAccept
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.vendor.errors import BadSettings
from vrm_desktop.vendor.settings import Otherwise, TermsRules


def test_a_counter_keeps_the_cast_terms_and_proposes_the_shop_s_service_terms(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, desk="veedelvelo")
    person = desk.person()
    desk.exchange(person, person.ping())
    assert person.answer().answer == "counter"
    assert person.answer().note.startswith("We count")
    cast, service = person.agreements()
    assert (cast.text.roster, service.text.roster) == ("PDC-INTENT", "SD-BASE-A")
    desk.exchange(person, person.terms_accept())
    assert desk.dossier(person).conversation.state is State.AGREED
    desk.exchange(person, person.reveal())
    desk.exchange(person, person.accept())
    assert person.confirmed().text.agreement == service.hash
    desk.close()


def test_a_refused_counter_ends_the_matter_without_a_word(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, desk="veedelvelo")
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.terms_refuse())
    assert desk.dossier(person).conversation.state is State.REFUSED
    assert len(person.heard) == 1
    desk.close()


def test_a_counter_is_not_closed_with_another_text(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, desk="veedelvelo")
    person = desk.person(terms=("PDC-INTENT", "SD-BASE"))
    desk.exchange(person, person.ping())
    documents = person.answer().agreements
    other = proffer(
        person.signer,
        entry=person.roster.get("SD-BASE"),
        begins=person.agreements()[1].begins,
        person=person.signer.kid,
        vendor=person.vendor,
        made=desk.now.date(),
        nonce=b"\x01" * 16,
    )
    closing = person.say(lambda claims: TermsAccept(**claims, agreements=(documents[0], other)))
    with pytest.raises(BadAgreement):
        desk.take(person, closing)
    assert desk.dossier(person).conversation.state is State.COUNTERED
    desk.close()


def test_a_shop_that_insists_declines_with_its_note(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, desk="kettenwerk")
    person = desk.person()
    desk.exchange(person, person.ping())
    answer = person.answer()
    assert (answer.answer, answer.reason, answer.agreements) == ("decline", "terms", ())
    assert "customer profiles" in answer.note
    desk.exchange(person, person.end())
    assert person.closure().reason == "ended"
    desk.close()


def test_terms_that_the_shop_also_lists_are_signed(tmp_path: Path) -> None:
    rules = TermsRules(service=("SD-BASE", "SD-BASE-DP"))
    desk = OpenDesk(tmp_path, settings=replace(sample_settings(), terms=rules))
    person = desk.person(terms=("PDC-INTENT", "SD-BASE-DP"))
    desk.exchange(person, person.ping())
    assert person.answer().answer == "accept"
    desk.close()


def test_an_entry_of_the_same_name_with_another_text_is_not_signed(desk: OpenDesk) -> None:
    person = desk.person()
    person.roster = Roster(replace(entry, entry=Digest("A" * 43)) for entry in published_roster().entries)
    desk.exchange(person, person.ping())
    assert person.answer().answer == "decline"


def test_a_version_that_nobody_published_is_not_signed(desk: OpenDesk) -> None:
    person = desk.person()
    person.roster = Roster(replace(entry, version="99") for entry in published_roster().entries)
    desk.exchange(person, person.ping())
    assert person.answer().answer == "decline"


def test_a_shop_that_counters_has_something_to_propose() -> None:
    with pytest.raises(BadSettings, match="counter needs"):
        TermsRules(service=(), otherwise=Otherwise.COUNTER)


def test_a_ping_whose_agreements_are_for_another_desk_is_refused(desk: OpenDesk) -> None:
    person = desk.person()
    elsewhere = AskingPerson(vendor=Kid("A" * 43), now=desk.now, signer=person.signer)
    elsewhere.ping()
    with pytest.raises(BadAgreement):
        desk.open(person.ping(agreements=elsewhere.proffered))
