"""What a vendor may say unasked, in the real window over a real vault: counted, opened, set for one or everybody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.fakes.running_window import running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.consent import Consent, ConsentEvent, ConsentItem, ConsentWord
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.relationship import Note
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import choose_vendors, contact_budgets
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.ports import Transaction
from vrm_desktop.ui.pages.consents_page import ConsentsPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.pages.relationship_page import RelationshipPage
from vrm_desktop.ui.pages.unasked_card import UnaskedCard
from vrm_desktop.ui.pages.wish_cards import ConsentsCard
from vrm_desktop.ui.theme.look import Look

LONG_AGO = datetime(2020, 1, 5, 9, tzinfo=UTC)
"""Older than any thirty days before today: what was said then is folded by its own days, and uses up nothing now."""


def test_a_number_is_set_for_one_vendor_and_for_everybody(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        means = window.home.means

        def say(tx: Transaction, owner: RelationshipId) -> None:
            found = tx.relationship(owner)
            assert found is not None
            tx.save_relationship(replace(found, endpoint="http://127.0.0.1:9"))
            for hour in range(3):
                at = LONG_AGO + timedelta(hours=hour)
                tx.add_note(Note(relationship=owner, at=at, sender=Side.VENDOR, kind="message", text=f"News {hour}"))

            phone = ConsentItem(name="profile.phone", purpose="service")
            tx.keep_paper(
                Consent(
                    id="consent-1",
                    vendor=found.vendor,
                    relationship=owner,
                    at=LONG_AGO,
                    items=(phone,),
                    events=(ConsentEvent(word=ConsentWord.GIVEN, at=LONG_AGO),),
                )
            )

        async def begin() -> RelationshipId:
            shop = await choose_vendors.add_organisation(means, "Radhaus", OrganisationKind.SHOP)
            owner = await means.vault.write(lambda tx: file_of(tx, means, shop.id).id)
            await means.vault.write(lambda tx: say(tx, owner))
            return owner

        owner = window.do(begin())
        file = window.window.page(PageId.RELATIONSHIP)
        assert isinstance(file, RelationshipPage)
        opened = window.program._home
        assert opened is not None
        opened._relationships.open_file(owner)
        file.open_tab(RelationshipTab.MESSAGES)
        card = window.window.findChild(UnaskedCard)
        assert card is not None
        window.wait(lambda: card.number.value() == 6)
        card.number.setValue(1)
        card.take.click()
        window.wait(card.open.isVisible)
        assert "0 of 1 thing said unasked in the last thirty days. 2 are folded away." in texts(card)
        card.back.click()
        window.wait(card.back.isHidden)
        assert window.do(contact_budgets.budget(means, owner)).own is False

        consents = window.window.findChild(ConsentsCard)
        assert consents is not None
        window.wait(lambda: len(consents.list.rows) == 1)
        assert not hasattr(consents.list.rows[0], "renew")  # nobody wished for it, so there is no wish to renew
        consents.renewed.emit("consent-none")
        window.wait(lambda: any("nothing under that name" in words for words in texts(window.window.messages)))
        consents.list.rows[0].withdraw.click()
        window.wait(lambda: not hasattr(consents.list.rows[0], "withdraw"))

        window.window.show_page(PageId.CONSENTS)
        page = window.window.page(PageId.CONSENTS)
        assert isinstance(page, ConsentsPage)
        window.wait(lambda: page.budget.value() == 6)
        page.budget.setValue(2)
        page.take.click()
        window.wait(lambda: page._budget == 2)
        assert window.do(contact_budgets.usual(means)) == 2
        page.renewed.emit("consent-none")
        window.wait(lambda: any("nothing under that name" in words for words in texts(window.window.messages)))
