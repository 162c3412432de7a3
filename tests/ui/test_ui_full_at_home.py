"""A full conversation in the real window, over a real vault: what is written there goes on in a new one."""

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.fakes import specimens
from tests.fakes.held_port import held_port
from tests.fakes.running_window import running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.acts import Contact
from vrm_desktop.domain.conversation import MOST_MESSAGES, Chain
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind, State
from vrm_desktop.services import keep_relationship
from vrm_desktop.services.ports import Transaction
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.pages.relationship_page import RelationshipPage
from vrm_desktop.ui.theme.look import Look

KEY = specimens.RELATIONSHIP.id
FULL = replace(
    specimens.RELATIONSHIP.conversation,
    state=State.CONFIRMED,
    own=Chain(seq=MOST_MESSAGES - 5, last=specimens.message_id(3)),
)


def fill(tx: Transaction, nobody: str) -> None:
    tx.save_intentcast(specimens.WANT)
    card = replace(specimens.CARD, kinds=(Kind.CONTACT.value,), endpoint=nobody)
    tx.save_vendor(replace(specimens.VENDOR, card=card))
    tx.new_identity(KEY, specimens.SEED, specimens.READ_SECRET)
    tx.save_relationship(replace(specimens.RELATIONSHIP, conversation=FULL, endpoint=nobody, address=f"{nobody}/1"))


def test_words_in_a_full_conversation_go_on_in_a_new_one(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    with held_port() as port, running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        means = window.home.means
        window.do(means.vault.write(lambda tx: fill(tx, f"http://127.0.0.1:{port}")))
        page = window.window.page(PageId.RELATIONSHIP)
        assert isinstance(page, RelationshipPage)
        opened = window.program._home
        assert opened is not None
        opened._relationships.open_file(KEY, RelationshipTab.MESSAGES)
        window.wait(lambda: any("goes on in a new one" in text for text in texts(page)))
        page.words.setPlainText("Does the bell fit the other bike?")
        page.send.click()
        window.wait(lambda: page.relationship_id not in {None, KEY})
        anew = window.do(keep_relationship.relationship(means, RelationshipId(str(page.relationship_id))))
        asked = [entry.act for entry in anew.waiting]
        assert [(type(act), getattr(act, "known", None)) for act in asked] == [(Contact, KEY)]
        assert page.words.words == ""
        old = window.do(keep_relationship.relationship(means, KEY))
        assert (old.follower, old.waiting) == (anew.relationship.id, ())
