"""The Data Rights Protocol in the real window, against a server of the test's own: asked, looked at, taken back."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.drp_meeting import OPEN, TOKEN, Hostile
from tests.fakes.running_window import PATIENCE_MS, WORDS, RunningWindow, running_window
from tests.fakes.scripted_server import raw_server
from tests.fakes.ui_probes import texts
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.domain.drp import DrpAction, DrpClaim, DrpEntry, DrpExercise, DrpRegime, DrpStanding
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.protocol.drp_directory import Business
from vrm_desktop.services import exercise_over_drp, keep_profile
from vrm_desktop.services.import_drp_directory import import_directory
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.plan_drp_request import DrpAsking
from vrm_desktop.ui.controllers.held_home import HeldHome
from vrm_desktop.ui.gallery.drp_pictures import ENTRY, drp_card, exercise
from vrm_desktop.ui.pages.drp_card import DrpCard
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.pages.rights_ask_page import RightsAskPage
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.wiring import Home
from vrm_desktop.wording.drp import unlinkability_words

MAIL = "ottilie@zwiebelfisch.example"
DONE = ("200 OK", b'{"request_id":"q-1","status":"fulfilled","results_url":"https://shop.example/r"}')


class DrpWindow:
    """A running window that knows one shop, whose answers are the test's; `card` is that of its file."""

    def __init__(self, running: RunningWindow, hostile: Hostile, folder: Path, url: str) -> None:
        self.running, self.hostile = running, hostile
        running.create()
        running.unlock()
        running.do(keep_profile.set_field(running.home.means, FieldPath.EMAIL, MAIL))
        shop = Business(id="SHOP_1", name="Shop One", api_base=url, asks=(DrpClaim.EMAIL, DrpClaim.NAME))
        self.directory = folder / "drp-businesses.json"
        self.directory.write_text(json.dumps([shop.members]), encoding="utf-8")

    @property
    def ask_page(self) -> RightsAskPage:
        """Where lists are taken in."""
        page = self.running.window.page(PageId.RIGHTS_ASK)
        assert isinstance(page, RightsAskPage)
        return page

    @property
    def card(self) -> DrpCard:
        """The card of the file."""
        [card] = self.running.window.page(PageId.RELATIONSHIP).findChildren(DrpCard)
        return card

    def opens(self) -> None:
        """Take the directory in, and open the shop's file."""
        self.running.window.show_page(PageId.RIGHTS_ASK)
        self.ask_page.listed.emit(str(self.directory))
        said = self.running.window.messages
        self.running.wait(lambda: any("1 organisation answers" in text for text in texts(said)))
        self.running.settle()
        means = self.running.home.means
        [entry] = self.running.do(means.vault.read(lambda tx: tx.papers(DrpEntry)))
        owner = self.running.do(means.vault.write(lambda tx: file_of(tx, means, entry.vendor)))
        opened = self.running.program._home
        assert opened is not None
        opened._relationships.open_file(owner.id, RelationshipTab.PAPERS)
        self.running.settle()
        self.running.wait(self.card.isVisible)

    def asks(self) -> None:
        """Look at what it would tell, and ask."""
        self.card.show_it.click()
        self.running.wait(self.card.ask.isVisible)
        self.card.ask.click()
        self.running.settle()
        self.running.wait(lambda: bool(self.card.blocks))

    def exercise(self) -> DrpExercise:
        """The request as the services see it."""
        return self.running.do(exercise_over_drp.exercises(self.running.home.means))[0]


@pytest.fixture
def window(tmp_path: Path, look: Look, qtbot: QtBot) -> Iterator[DrpWindow]:
    hostile = Hostile(says={"setup": TOKEN, "post": OPEN, "get": OPEN})
    with running_window(tmp_path / "home", look, qtbot) as running:
        serving = raw_server(hostile.script)
        server = running.do(serving.__aenter__())
        try:
            yield DrpWindow(running, hostile, tmp_path, server.url)
        finally:
            running.do(serving.__aexit__(None, None, None))


def test_nothing_leaves_before_all_of_it_was_shown(window: DrpWindow) -> None:
    window.opens()
    assert not window.card.ask.isVisible()
    window.card.show_it.click()
    window.running.wait(window.card.ask.isVisible)
    shown = texts(window.card)
    assert {MAIL, unlinkability_words()} <= set(shown)
    assert any("It also asks for your name" in text for text in shown)
    assert not window.hostile.seen
    window.card.ask.click()
    window.running.settle()
    window.running.wait(lambda: "It says: arrived" in texts(window.card))
    assert window.hostile.seen == ["setup", "post"]
    assert (window.exercise().identity.email, window.exercise().action) == (MAIL, DrpAction.ACCESS)
    window.hostile.says["get"] = DONE
    window.card.blocks[0].check.click()
    window.running.settle()
    window.running.wait(lambda: "The result is at shop.example: https://shop.example/r" in texts(window.card))
    assert window.exercise().standing is DrpStanding.SETTLED


def test_taking_back_asks_once_more(window: DrpWindow) -> None:
    window.opens()
    window.asks()
    window.card.blocks[0].revoke.click()
    assert not window.exercise().revoking
    window.hostile.says["delete"] = ("200 OK", b'{"request_id":"q-1","status":"revoked"}')
    window.card.blocks[0].revoke.click()
    window.running.settle()
    window.running.wait(lambda: "You took it back" in texts(window.card))
    assert window.exercise().standing is DrpStanding.SETTLED


def test_what_the_organisation_lost_goes_on_by_letter(window: DrpWindow) -> None:
    window.opens()
    window.asks()
    window.hostile.says["get"] = ("404 Not Found", b"")
    window.card.blocks[0].check.click()
    window.running.settle()
    window.running.wait(lambda: any(block.letter.isVisible() for block in window.card.blocks))
    window.card.blocks[0].letter.click()
    window.running.settle()
    assert window.running.window.page_id is PageId.RIGHTS_ASK
    window.running.wait(lambda: any("Shop One" in text for text in texts(window.ask_page)))


def test_a_request_looked_at_lately_is_left_in_peace(window: DrpWindow) -> None:
    window.opens()
    window.asks()
    means, before = window.running.home.means, len(window.hostile.seen)
    assert not window.running.do(exercise_over_drp.look_at_all(means, pause=exercise_over_drp.PAUSE)).things
    assert len(window.hostile.seen) == before
    one = window.exercise()
    assert one.tried is not None
    earlier = replace(one, tried=one.tried - exercise_over_drp.PAUSE - timedelta(minutes=1))
    window.running.do(means.vault.write(lambda tx: tx.keep_paper(earlier)))
    window.hostile.says["get"] = DONE
    assert window.running.do(exercise_over_drp.look_at_all(means, pause=exercise_over_drp.PAUSE)).things
    assert window.exercise().standing is DrpStanding.SETTLED


def test_open_requests_are_looked_after_while_a_vault_is_open(tmp_path: Path) -> None:
    hostile = Hostile(says={"setup": TOKEN, "post": OPEN, "get": DONE})
    house = Home(kdf=CHEAP_KDF)
    house.create(tmp_path, WORDS)

    async def work() -> None:
        async with raw_server(hostile.script) as server:
            resting = HeldHome(house, tmp_path, lambda _changes: None, tends=False)
            means = (await resting.open(WORDS)).means
            shop = Business(id="SHOP_1", name="Shop One", api_base=server.url)
            await keep_profile.set_field(means, FieldPath.EMAIL, MAIL)
            await import_directory(means, json.dumps([shop.members]).encode())
            made = await exercise_over_drp.ask(means, DrpAsking(business="SHOP_1", action=DrpAction.ACCESS))
            await means.vault.write(lambda tx: tx.keep_paper(replace(made, tried=None)))
            await resting.close()
            heard = asyncio.Event()
            tending = HeldHome(
                house, tmp_path, lambda changes: heard.set() if ("drp-exercise", made.id) in changes else None
            )
            means = (await tending.open(WORDS)).means
            await asyncio.wait_for(heard.wait(), PATIENCE_MS / 1000)
            assert (await exercise_over_drp.exercise(means, made.id)).standing is DrpStanding.SETTLED
            await tending.close()

    asyncio.run(work())


def test_another_choice_puts_what_was_shown_away(look: Look) -> None:
    card = drp_card(look, planned=True)
    asked: list[object] = []
    card.asked.connect(asked.append)
    before = card.ask.parentWidget()
    assert before is not None
    assert not before.isHidden()
    card.also[DrpClaim.NAME].click()
    assert before.isHidden()
    card.ask.click()
    assert asked == []
    assert card.asking.also == (DrpClaim.NAME,)
    card.deleteLater()


def test_only_what_the_protocol_knows_and_the_organisation_takes_is_offered(look: Look) -> None:
    card = drp_card(look)
    card.show_papers("vendor-1", (replace(ENTRY, actions=("deletion", "portability")),), ())
    assert [card.action.itemData(at) for at in range(card.action.count())] == [DrpAction.DELETION]
    assert [card.regime.itemData(at) for at in range(card.regime.count())] == [DrpRegime.VOLUNTARY, DrpRegime.CCPA]
    card.show_papers("vendor-1", (), (exercise(DrpAction.ACCESS),))
    assert not card.isHidden()
    assert not card.blocks[0].check.isHidden()
    card.show_papers("vendor-2", (), ())
    assert card.isHidden()
    card.deleteLater()
