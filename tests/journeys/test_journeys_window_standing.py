"""From an empty folder to leaving a vendor, in the real window, with a real desk on the other end of real HTTP."""

import asyncio
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.fakes.held_port import held_port
from tests.fakes.people import WANT
from tests.fakes.running_window import RunningWindow, running_window
from tests.fakes.ui_probes import texts
from tests.fakes.vendor_process import VendorProcess, serving
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.relationship import OrderState, RelationshipState
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services import (
    accept_offer,
    choose_vendors,
    collect_offers,
    compare_offers,
    end_relationship,
    keep_relationship,
    say_what_i_want,
    send_intentcast,
)
from vrm_desktop.services.house import OpenHome
from vrm_desktop.ui.application import dress
from vrm_desktop.ui.models.ledger_view import LedgerFilter
from vrm_desktop.ui.pages.ledger_page import LedgerPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.profile_page import ProfilePage
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.pages.relationship_page import RelationshipPage
from vrm_desktop.ui.pages.relationships_page import RelationshipsPage
from vrm_desktop.ui.pages.vendors_page import VendorsPage

CARD = resources_folder() / "samples" / "person" / "ada.vcf"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[VendorProcess]:
    with serving(tmp_path / "shop") as process:
        yield process


@pytest.fixture
def run(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[RunningWindow]:
    with running_window(tmp_path / "home", dress(qapp), qtbot) as made:
        made.create()
        made.unlock()
        yield made


def shown(run: RunningWindow) -> str:
    return "\n".join(texts(run.window))


def shows(run: RunningWindow, words: Iterable[str]) -> bool:
    return all(one in shown(run) for one in words)


def words_in(values: Iterable[Any]) -> str:
    """All that is said in some records, which do not show it by themselves."""
    return "\n".join(str(value) for one in values for value in asdict(one).values())


def drop(page: ProfilePage, file: Path) -> None:
    """Drag a file over the page and let go."""
    what = QMimeData()
    what.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(50, 50), copy, what, left, none)
    page.dragEnterEvent(over)
    if over.isAccepted():
        page.dropEvent(QDropEvent(QPointF(50, 50), copy, what, left, none))


def profile_of(run: RunningWindow) -> ProfilePage:
    run.window.show_page(PageId.PROFILE)
    page = run.window.page(PageId.PROFILE)
    assert isinstance(page, ProfilePage)
    run.settle()
    return page


def vendors_of(run: RunningWindow) -> VendorsPage:
    run.window.show_page(PageId.VENDORS)
    page = run.window.page(PageId.VENDORS)
    assert isinstance(page, VendorsPage)
    run.settle()
    return page


async def order(home: OpenHome) -> str:
    """Ask every vendor known, and order the first offer; whose relationship it is."""
    want = await say_what_i_want.save_want(home.means, WANT)
    await choose_vendors.confirm_plan(home.means, await choose_vendors.plan(home.means, want.id))
    _changes, (key,) = await send_intentcast.cast(home.means, want.id, spread=0.0)
    home.exchange.tend((key,))
    # The window listens for changes, so this looks again and again.
    while not (ranked := (await compare_offers.compare(home.means, want.id)).ranked):  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    await accept_offer.accept(home.means, ranked[0].offer.id)
    home.exchange.tend(await collect_offers.active(home.means))
    while True:
        file = await keep_relationship.relationship(home.means, key)
        if file.order is not None and file.order.state is not OrderState.PLACED and not file.waiting:
            return key
        await asyncio.sleep(0.05)


def with_an_order(run: RunningWindow, desk: VendorProcess) -> RelationshipPage:
    """A vendor added, a profile dropped, an order confirmed, its file open."""
    page = vendors_of(run)
    run.type_in(page.address, desk.url)
    drop(profile_of(run), CARD)
    run.settle()
    run.do(order(run.home))
    run.window.show_page(PageId.RELATIONSHIPS)
    listed = run.window.page(PageId.RELATIONSHIPS)
    assert isinstance(listed, RelationshipsPage)
    run.wait(lambda: len(listed.table.shown_ids) == 1 and "Confirmed your order" in words_in(listed._view.rows))
    listed.table.setFocus()
    QTest.keyClick(listed.table, Qt.Key.Key_Return)
    file = run.window.page(PageId.RELATIONSHIP)
    assert isinstance(file, RelationshipPage)
    run.wait(lambda: file.relationship_id is not None)
    return file


def test_a_vendor_is_added_by_its_address_and_its_card_is_shown(run: RunningWindow, desk: VendorProcess) -> None:
    page = vendors_of(run)
    run.type_in(page.address, desk.url)
    run.wait(lambda: len(page.table.shown_ids) == 1 and page.address.text() == "")
    run.wait(partial(shows, run, ("Signs your conditions", "Kept since")))
    page.details.copy.click()
    assert QApplication.clipboard().text() == page._view.rows[0].key.replace(" ", "")
    page.details.refresh.click()
    run.wait(lambda: "the card is up to date" in shown(run) and len(page.table.shown_ids) == 1)


def test_an_address_that_does_not_answer_is_said_under_the_field(run: RunningWindow) -> None:
    page = vendors_of(run)
    QTest.keyClick(page.address, Qt.Key.Key_Return)
    assert "Please type the vendor" in shown(run)
    with held_port() as closed:
        nobody = f"http://127.0.0.1:{closed}"
        for typed, told in ((nobody, "cannot be reached"), ("http://10.0.0.1", "not one to go to")):
            run.type_in(page.address, typed)
            run.wait(lambda told=told: told in page._field.note and page.add.isEnabled())  # type: ignore[misc]
            assert page.address.text() == typed


def test_a_vcard_dropped_on_the_profile_fills_it_and_a_field_is_changed_removed_and_put_back(
    run: RunningWindow, tmp_path: Path
) -> None:
    page = profile_of(run)
    assert "Your profile is empty." in shown(run)
    drop(page, CARD)
    run.wait(lambda: page._view.filled > 5 and "new fields from the vCard" in shown(run))
    postcode = next(row for row in page._view.rows if row.path == "address.postcode")
    assert postcode.coarse == "50…"
    page.table.choose(postcode.key)
    assert page.field.share is not None
    page.field.share._buttons["coarse"].click()
    run.type_in(page.field.value, "10115")
    run.wait(lambda: any(row.value == "10115" and row.share == "coarse" for row in page._view.rows))
    changed = next(row for row in page._view.rows if row.value == "10115")
    assert (changed.id, changed.coarse, changed.source) == (postcode.id, "10…", "typed in")
    page.field.remove.click()
    run.wait(lambda: not any(row.value == "10115" for row in page._view.rows))
    run.window.messages.dismiss()
    run.window.messages._act()
    run.wait(lambda: changed.id in {row.id for row in page._view.rows})
    page.table.choose("new:nickname")
    run.type_in(page.field.value, "Adchen")
    run.wait(lambda: any(row.value == "Adchen" for row in page._view.rows))


def test_a_file_that_is_no_vcard_is_refused_in_words(run: RunningWindow, tmp_path: Path) -> None:
    page = profile_of(run)
    (tmp_path / "no.vcf").write_text("hello")
    drop(page, tmp_path / "no.vcf")
    run.wait(lambda: "This is not a vCard." in shown(run))
    drop(page, tmp_path / "gone.vcf")
    run.wait(lambda: "This file cannot be read." in shown(run))
    (tmp_path / "large.vcf").write_bytes(b"x" * (1024 * 1024 + 1))
    drop(page, tmp_path / "large.vcf")
    run.settle()
    run.wait(lambda: "This file cannot be read." in shown(run))
    drop(page, tmp_path / "picture.png")
    page.take.click()
    assert page._dialog is not None
    page._dialog.reject()


def test_the_file_shows_order_terms_story_and_what_is_held_and_messages_go_out(
    run: RunningWindow, desk: VendorProcess
) -> None:
    page = with_an_order(run, desk)
    for tab, parts in (
        (RelationshipTab.TERMS, ("Signed by both", "What they hold of me")),
        (RelationshipTab.ORDERS, ("How to pay",)),
        (RelationshipTab.STORY, ("You asked:", "Confirmed your order")),
    ):
        page.tabs.choose(tab.value)
        run.wait(partial(shows, run, parts))
    run.wait(lambda: bool(page._held.table.shown_ids))
    page.tabs.choose(RelationshipTab.MESSAGES.value)
    page.words.setPlainText("Please ring at the second door.")
    QTest.keyClick(page.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    run.wait(lambda: "Please ring at the second door." in shown(run) and page.words.words == "")
    page.tabs.choose(RelationshipTab.STORY.value)
    run.wait(lambda: "Received your message" in shown(run))
    page._order._copy.click()
    assert QApplication.clipboard().text().startswith("DE")


def test_everything_told_stands_in_the_ledger_and_its_proof_is_whole(run: RunningWindow, desk: VendorProcess) -> None:
    with_an_order(run, desk)
    run.window.show_page(PageId.LEDGER)
    page = run.window.page(PageId.LEDGER)
    assert isinstance(page, LedgerPage)
    run.wait(lambda: len(page.table.shown_ids) > 10)
    everything = len(page.table.shown_ids)
    page.ask(frozenset({LedgerFilter.ORDER, LedgerFilter.STILL_HELD}), "deliver")
    assert 0 < len(page.table.shown_ids) < everything
    page.ask(frozenset(), "no such words")
    assert "Nothing that was told fits this." in shown(run)
    page._none_fit.button.click()
    assert len(page.table.shown_ids) == everything
    page.verify.click()
    run.wait(lambda: "The proof is whole." in shown(run))


def test_leaving_can_be_undone_for_a_while_and_then_takes_effect(run: RunningWindow, desk: VendorProcess) -> None:
    page = with_an_order(run, desk)
    key = page.relationship_id
    assert key is not None
    page.end.click()
    run.wait(lambda: not page.end.isVisible() and not page.words.isVisible())
    while run.window.messages.message is not None and run.window.messages.message.action != "Stay":
        run.window.messages.dismiss()
    run.window.messages._act()
    run.wait(page.end.isVisible)
    assert run.do(keep_relationship.relationships(run.home.means))[0].relationship.state is RelationshipState.OPEN
    page.end.click()
    home = run.program._home
    assert home is not None
    home._relationships._leaving[next(iter(home._relationships.leaving))].start(0)
    run.wait(lambda: "Over" in shown(run) or "You are leaving" in shown(run))
    run.wait(
        lambda: run.do(keep_relationship.relationships(run.home.means))[0].relationship.state is RelationshipState.ENDED
    )
    home._relationships.acted(f"stay:{key}")
    run.settle()
    assert "cannot be undone any more" in words_in(run.window.messages._waiting) + shown(run)


def test_whoever_locks_while_leaving_has_left(
    run: RunningWindow, desk: VendorProcess, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    page = with_an_order(run, desk)
    page.end.click()
    run.program.lock()
    run.wait(lambda: run.ended)
    with running_window(tmp_path / "home", dress(qapp), qtbot, tends=False) as again:
        again.unlock()
        (file,) = again.do(keep_relationship.relationships(again.home.means))
        assert file.relationship.state in {RelationshipState.ENDING, RelationshipState.ENDED}
        assert file.relationship.started <= again.home.means.clock.now() + timedelta(minutes=1)


def test_a_program_that_dies_while_somebody_leaves_takes_it_up_again(
    run: RunningWindow, desk: VendorProcess, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    page = with_an_order(run, desk)
    key = page.relationship_id
    home = run.program._home
    assert key is not None
    assert home is not None
    page.end.click()
    run.wait(lambda: [one for one, _name in run.do(end_relationship.leaving(run.home.means))] == [key])
    home._relationships._leaving.pop(RelationshipId(key)).stop()  # now only the vault knows
    run.program.lock()
    run.wait(lambda: run.ended)
    with running_window(tmp_path / "home", dress(qapp), qtbot, tends=False) as again:
        again.unlock()
        again.wait(lambda: again.program._home is not None and key in again.program._home._relationships.leaving)
        said = "\n".join(texts(again.window)) + words_in(again.window.messages._waiting)
        assert "when the program ended" in said
        taken_up = again.program._home
        assert taken_up is not None
        taken_up._relationships.acted(f"stay:{key}")
        again.wait(lambda: again.do(end_relationship.leaving(again.home.means)) == ())
        (file,) = again.do(keep_relationship.relationships(again.home.means))
        assert file.relationship.state is RelationshipState.OPEN
