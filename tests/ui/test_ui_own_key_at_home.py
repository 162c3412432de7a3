"""A new key asked for in the real window, over a real vault: it waits to leave, and the card says so."""

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.fakes import specimens
from tests.fakes.held_port import held_port
from tests.fakes.running_window import running_window
from vrm_desktop.domain.acts import KeyChange
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.services import keep_relationship
from vrm_desktop.services.ports import Transaction
from vrm_desktop.ui.pages.own_key_card import OwnKeyCard
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look

KEY = specimens.RELATIONSHIP.id


def fill(tx: Transaction, nobody: str) -> None:
    card = replace(specimens.CARD, kinds=(Kind.KEY_CHANGE.value,))
    tx.save_intentcast(specimens.WANT)
    tx.save_vendor(replace(specimens.VENDOR, card=card))
    tx.new_identity(KEY, specimens.SEED, specimens.READ_SECRET)
    tx.save_relationship(replace(specimens.RELATIONSHIP, endpoint=nobody, address=f"{nobody}/1"))


def test_a_new_key_is_asked_for_in_the_file_and_waits_to_leave(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    with held_port() as port, running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        means = window.home.means
        window.do(means.vault.write(lambda tx: fill(tx, f"http://127.0.0.1:{port}")))
        window.window.page(PageId.RELATIONSHIP)
        opened = window.program._home
        assert opened is not None
        opened._relationships.open_file(KEY)
        window.settle()
        card = window.window.findChild(OwnKeyCard)
        assert card is not None
        window.wait(lambda: not card.make.isHidden())
        card.make.click()
        window.wait(card.make.isHidden)
        file = window.do(keep_relationship.relationship(means, KEY))
        assert [type(entry.act) for entry in file.waiting] == [KeyChange]
