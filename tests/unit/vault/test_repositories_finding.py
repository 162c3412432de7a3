"""What is kept is found by its words, newest first, and an erased value leaves no word behind."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import specimens
from tests.fakes.vaults import read_now, tried, write_now
from vrm_desktop.domain.disclosure import LedgerRow, LedgerState
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.errors import VaultDamaged
from vrm_desktop.vault.repositories.finding import Finding
from vrm_desktop.vault.vault import OpenVault

ROW = specimens.LEDGER[0]
NOTE = specimens.NOTES[0]


def given_away(number: int, value: str) -> LedgerRow:
    return replace(ROW, seq=0, message=MessageId(f"given-{number}"), value=value, at=ROW.at + timedelta(minutes=number))


def found(vault: OpenVault, text: str, limit: int = 50) -> list[str]:
    """The values and texts that a search gives."""
    return [_said(finding) for finding in read_now(vault, lambda contents: contents.find(text, limit))]


def _said(finding: Finding) -> str:
    return finding.value if isinstance(finding, LedgerRow) else getattr(finding, "text", "offer")


@pytest.fixture
def street_vault(filled_vault: OpenVault) -> OpenVault:
    def change(contents: Contents) -> None:
        for number, value in enumerate(("Gröninger Straße 5", "Hauptstraße 12", "groningen", "12 Groton Lane")):
            contents.append_ledger(given_away(number, value))
        contents.add_note(replace(NOTE, text="They asked for Gröninger Straße", at=ROW.at + timedelta(hours=1)))

    write_now(filled_vault, change)
    return filled_vault


def test_every_word_matches_from_its_beginning_in_any_case_and_accent_newest_first(street_vault: OpenVault) -> None:
    assert found(street_vault, "gron") == ["They asked for Gröninger Straße", "groningen", "Gröninger Straße 5"]
    assert found(street_vault, "GRÖNINGER straß") == ["They asked for Gröninger Straße", "Gröninger Straße 5"]
    assert found(street_vault, "12") == ["12 Groton Lane", "Hauptstraße 12"]
    assert found(street_vault, "gron", limit=1) == ["They asked for Gröninger Straße"]
    assert found(street_vault, "straße nowhere") == []


def test_offers_are_found_by_vendor_line_and_note_in_their_present_state(street_vault: OpenVault) -> None:
    offer = specimens.OFFER
    write_now(street_vault, lambda contents: contents.set_offer_state(offer.id, OfferState.DECLINED))
    for words in (offer.vendor_name, offer.lines[0].title):
        hits = read_now(street_vault, lambda contents: contents.find(words))  # noqa: B023 - called at once
        assert replace(offer, state=OfferState.DECLINED) in hits
    write_now(street_vault, lambda contents: contents.set_ledger_state(given_away(2, "").message, LedgerState.EXPIRED))
    (hit,) = read_now(street_vault, lambda contents: contents.find("groningen"))
    assert isinstance(hit, LedgerRow)
    assert hit.state is LedgerState.EXPIRED


@pytest.mark.parametrize("text", ["", "   ", "--- ***", '"', "'", "\0", "(", "\u200d"])
def test_a_text_without_a_word_finds_nothing(street_vault: OpenVault, text: str) -> None:
    assert found(street_vault, text) == []


@pytest.mark.parametrize("limit", [0, 1001])
def test_a_search_has_bounds(street_vault: OpenVault, limit: int) -> None:
    with pytest.raises(ValueError, match="1,000"):
        found(street_vault, "a", limit)


@given(text=st.text(max_size=300))
def test_nothing_typed_breaks_the_search(lasting_vault: OpenVault, text: str) -> None:
    assert read_now(lasting_vault, lambda contents: contents.find(text)) == ()


WORDS = st.text(alphabet="abcäöß0 '\"-*:()^", min_size=1, max_size=20).filter(lambda text: any(map(str.isalnum, text)))


@given(value=WORDS)
def test_whatever_was_given_is_found_by_itself(lasting_vault: OpenVault, value: str) -> None:
    def change(contents: Contents) -> tuple[Finding, ...]:
        contents.append_ledger(given_away(1, value))
        return contents.find(value)

    assert [_said(finding) for finding in tried(lasting_vault, change)] == [value]


def test_an_erased_value_leaves_no_word_in_the_index(street_vault: OpenVault) -> None:
    write_now(street_vault, lambda contents: contents.append_ledger(given_away(9, "xylophonist")))

    def words() -> bytes:
        rows = street_vault.thread.upkeep_now(lambda sql: sql.query("SELECT block FROM ledger_search_data"))
        return b"".join(row["block"] for row in rows)

    assert b"xylophonist" in words()  # or this test could not fail
    write_now(street_vault, lambda contents: contents.erase_ledger_values(ROW.relationship))
    assert b"xyl" not in words()
    assert found(street_vault, "xylophonist") == []
    assert found(street_vault, ROW.name) != []
    assert street_vault.check().sound


def test_notes_and_offers_that_go_are_lost_to_the_search(street_vault: OpenVault) -> None:
    def forget(contents: Contents) -> None:
        contents._sql.execute("DELETE FROM notes")
        contents._sql.execute("DELETE FROM offers")

    write_now(street_vault, forget)
    assert found(street_vault, "asked") == []
    assert not [hit for hit in found(street_vault, specimens.OFFER.vendor_name) if hit == "offer"]
    assert street_vault.check().sound


def test_an_index_that_does_not_fit_is_named_by_the_check(street_vault: OpenVault) -> None:
    write_now(
        street_vault,
        lambda contents: contents._sql.execute("INSERT INTO notes_search (rowid, text) VALUES (900, 'made up')"),
    )
    report = street_vault.check()
    wrong = [answer for answer in report.checks if not answer.sound]
    assert [answer.name.value for answer in wrong] == ["search"]
    assert "notes_search" in wrong[0].problems[0]
    assert "book" not in report.counts
    assert not [table for table in report.counts if "search" in table]


def test_a_row_that_cannot_be_read_back_is_said_to_be_damaged(street_vault: OpenVault) -> None:
    def damage(contents: Contents) -> None:
        contents._sql.execute(
            "INSERT INTO notes (relationship, digest, body) VALUES (?, 'x', ?)",
            (ROW.relationship, '{"text":"odd one"}'),
        )

    write_now(street_vault, damage)
    with pytest.raises(VaultDamaged):
        found(street_vault, "odd")


def test_three_thousand_rows_are_searched_within_a_moment(empty_vault: OpenVault) -> None:
    def fill(contents: Contents) -> None:
        contents.save_vendor(specimens.VENDOR)
        contents.save_intentcast(specimens.WANT)
        contents.save_relationship(specimens.RELATIONSHIP)
        for number in range(3000):
            contents.append_ledger(given_away(number, f"Main Street {number}"))

    empty_vault.thread.write_bulk_now(lambda sql: fill(empty_vault.contents(sql)))
    for text in ("main", "m", "main street 299", "2999"):
        start = time.process_time()  # of computing: a busy computer says nothing of the search
        assert found(empty_vault, text)
        assert time.process_time() - start < 0.5
