"""Promises, proof and leaving in a counterparty's file: what is ticked goes in, and cutting off asks twice."""

from dataclasses import replace

from PySide6.QtWidgets import QLabel

from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.own_key import KeyStaysFor
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.services.change_my_key import KeyStanding
from vrm_desktop.ui.gallery import standing_samples as samples
from vrm_desktop.ui.gallery import trust_pictures
from vrm_desktop.ui.pages.bundle_card import BundleCard
from vrm_desktop.ui.pages.leaving_card import LeavingCard
from vrm_desktop.ui.pages.own_key_card import OwnKeyCard
from vrm_desktop.ui.pages.trust_card import TrustCard
from vrm_desktop.ui.pages.vendors_page import VendorsPage
from vrm_desktop.ui.theme.look import Look


def test_a_proof_shows_nothing_until_it_is_ticked(look: Look) -> None:
    card: BundleCard = trust_pictures._proof(look)
    asked: list[tuple[str, str, object]] = []
    card.made.connect(lambda key, file, choice: asked.append((key, file, choice)))
    assert card.choice.names == frozenset()
    card.boxes["value", "profile.name"].setChecked(True)
    assert card.choice.names == {"profile.name"}
    card.take_file("/somewhere/proof.zip")
    assert asked == [("", "/somewhere/proof.zip", card.choice)]
    card.deleteLater()


def test_the_chosen_vendor_shows_its_counts_with_their_denominators_and_no_other_vendors(look: Look) -> None:
    page = VendorsPage(look)
    wanted: list[str] = []
    page.counts_wanted.connect(wanted.append)
    page.show_vendors(samples.VENDORS)
    assert wanted[-1] == "vendor-1"
    assert page.details.counts.isHidden()
    page.show_counts(replace(trust_pictures.counted_trust(), vendor=VendorId("vendor-2")))
    assert page.details.counts.isHidden()
    page.show_counts(trust_pictures.counted_trust())
    assert not page.details.counts.isHidden()
    told = [label.text() for label in page.details.counts.findChildren(QLabel)]
    assert any(text.startswith("2 of 2, 1 of them late, 1 still open") for text in told)
    page.table.choose("vendor-2")
    page.show_vendors(samples.VENDORS)
    assert wanted[-1] == "vendor-2"
    assert page.details.counts.isHidden()
    page.deleteLater()


def test_a_leak_is_noted_from_the_address_and_cutting_off_for_it_asks_once_more(look: Look) -> None:
    card = trust_pictures.leaked_card(look)
    said: list[tuple[str, str]] = []
    gone: list[tuple[str, str]] = []
    card.reported.connect(lambda address, what: said.append((address, what)))
    card.cut_off.connect(lambda vendor, leak: gone.append((vendor, leak)))
    assert card.form.isHidden()
    card.open.click()
    card.report.click()
    assert not said
    assert card._address_row.note == "Please type the address."
    card.address.setText(" me+k2@mail.example ")
    card.what.setText("A casino wrote to me.")
    card.report.click()
    assert said == [("me+k2@mail.example", "A casino wrote to me.")]
    card.begin()
    assert card.form.isHidden()
    assert card.address.text() == ""
    card.off.click()
    assert not gone
    card.off.click()
    assert gone == [("vendor-1", "leak-1")]
    card.show_leaks(VendorId("vendor-2"), "Velo Süd", references=(), leaks=())
    assert card.off.isHidden()
    assert card.leaks.isHidden()
    card.deleteLater()


def test_cutting_off_asks_once_more(look: Look) -> None:
    card: LeavingCard = trust_pictures._leaving(look)
    asked: list[str] = []
    card.cut_off.connect(asked.append)
    before = card.off.text()
    card.off.click()
    assert not asked
    assert card.off.text() != before
    card.off.click()
    assert asked == [""]
    assert card.off.text() == before
    card.deleteLater()


def test_what_is_still_held_is_asked_for_only_after_the_end_and_not_while_an_answer_is_awaited(look: Look) -> None:
    card: LeavingCard = trust_pictures._over(look)
    asked: list[str] = []
    card.checked.connect(asked.append)
    assert card.ask.isHidden()
    card.check.click()
    assert asked == [""]
    card.show_standing("", RelationshipState.ENDED, waits=True)
    assert card.check.isHidden()
    card.show_standing("", RelationshipState.OPEN, waits=False)
    assert card.check.isHidden()
    assert not card.ask.isHidden()
    card.deleteLater()


def test_whether_it_arrived_is_asked_only_while_it_is_waited_for(look: Look) -> None:
    waited: TrustCard = trust_pictures._trust(look, counted=True)
    settled: TrustCard = trust_pictures._trust(look, counted=False)
    assert not waited.came.isHidden()
    assert not waited.lost.isHidden()
    assert settled.came.isHidden()
    said: list[str] = []
    waited.arrived.connect(said.append)
    waited.came.click()
    assert said == [""]
    waited.deleteLater()
    settled.deleteLater()


def test_a_new_key_is_made_where_it_can_be_and_otherwise_the_card_says_why_not(look: Look) -> None:
    card: OwnKeyCard = trust_pictures.own_key_card(look)
    wanted: list[str] = []
    card.wanted.connect(wanted.append)
    assert not card.isHidden()
    assert not card.make.isHidden()
    card.make.click()
    assert wanted == [""]
    for why, words in ((KeyStaysFor.ELSEWHERE, "after this copy"), (KeyStaysFor.HALF_SIGNED, "under the old key")):
        card.show_standing(KeyStanding(since=None, on_its_way=False, why_not=why))
        assert card.make.isHidden()
        assert words in card.findChildren(QLabel)[1].text()
    card.show_standing(KeyStanding(since=None, on_its_way=True, why_not=None))
    assert card.make.isHidden()
    card.show_standing(KeyStanding(since=None, on_its_way=False, why_not=KeyStaysFor.OVER))
    assert card.isHidden()
    card.deleteLater()
