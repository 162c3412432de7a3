"""Trust, leaks, documents, proof, the own key and leaving: cards of a counterparty's page. No page of its own."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.promise import Promise, PromiseOf
from vrm_desktop.services import (
    change_my_key,
    check_after_end,
    count_trust,
    cut_off,
    end_relationship,
    follow_leaving,
    keep_documents,
    letter_folders,
    make_bundle,
    order_promises,
)
from vrm_desktop.services.count_trust import Trust
from vrm_desktop.services.make_bundle import Choice, Made
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.leak_reports import leak_card
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.pages.bundle_card import BundleCard
from vrm_desktop.ui.pages.documents_card import DocumentsCard
from vrm_desktop.ui.pages.leaving_card import LeavingCard
from vrm_desktop.ui.pages.own_key_card import OwnKeyCard
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard
from vrm_desktop.ui.pages.trust_card import TrustCard
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import CATALOGUE, _


class TrustController(QObject):
    """Six cards."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """None of its own."""
        return {}

    def cards(self) -> Sequence[RelationshipCard]:
        """The six cards."""
        at_home = self._desk.at_home
        trust, bundle, leaving = (
            TrustCard(self._desk.look),
            BundleCard(self._desk.look),
            LeavingCard(self._desk.look),
        )

        def count(vendor: str) -> None:
            def show(found: tuple[Trust, bool, bool]) -> None:
                trust.show_trust(found[0], waits=found[1], overdue=found[2])

            at_home.read(_counted(self._means, VendorId(vendor)), show, owner=trust)

        def arrived(key: str) -> None:
            at_home.act(order_promises.arrived(self._means, RelationshipId(key)), owner=trust)

        def missing(key: str) -> None:
            at_home.act(order_promises.not_arrived(self._means, RelationshipId(key)), owner=trust)

        def choose(key: str) -> None:
            at_home.read(make_bundle.choosable(self._means, RelationshipId(key)), bundle.show_choosable, owner=bundle)

        def ask(key: str) -> None:
            at_home.read(
                end_relationship.before_end(self._means, RelationshipId(key)), leaving.show_leaving, owner=leaving
            )

        def confirmed(key: str) -> None:
            at_home.act(follow_leaving.confirmed(self._means, RelationshipId(key)), owner=leaving)

        def check(key: str) -> None:
            at_home.act(_ask_what_is_held(self._means, RelationshipId(key)), self._told_asked, owner=leaving)

        def let_go(vendor: str) -> None:
            at_home.act(_let_go(self._means, VendorId(vendor)), self._told_cut_off, owner=leaving)

        trust.wanted.connect(count)
        trust.arrived.connect(arrived)
        trust.missing.connect(missing)
        bundle.asked.connect(choose)
        bundle.made.connect(self._make)
        leaving.asked.connect(ask)
        leaving.confirmed.connect(confirmed)
        leaving.checked.connect(check)
        leaving.cut_off.connect(let_go)
        own_key = OwnKeyCard(self._desk.look)
        own_key.wanted.connect(lambda key: self._change_key(key, own_key))
        documents = DocumentsCard(self._desk.look)
        documents.saved.connect(self._save_document)
        return (trust, leak_card(self._desk), documents, bundle, own_key, leaving)

    def refresh(self, _changes: frozenset[Change]) -> None:
        """Cards are shown their file again by themselves."""

    def acted(self, _key: str) -> bool:
        """No message of this controller has a button."""
        return False

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _make(self, key: str, file: str, choice: Choice) -> None:
        async def write() -> Made:
            made = await make_bundle.make(self._means, RelationshipId(key), choice)
            await asyncio.to_thread(_write_privately, Path(file), made.data)
            return made

        def done(made: Made) -> None:
            self._desk.at_home.bridge.notice(made.changes.things)
            self._desk.at_home.say(_("The proof is saved, and was made for you to check and to hand on."), Tone.GOOD)

        self._desk.at_home.read(write(), done)

    def _change_key(self, key: str, card: OwnKeyCard) -> None:
        told = _("Your new key is made, and they are told of it.")
        work = change_my_key.change(self._means, RelationshipId(key))
        self._desk.at_home.act(work, lambda: self._desk.at_home.say(told, Tone.GOOD), owner=card)

    def _save_document(self, key: str, file: str) -> None:
        async def write() -> None:
            _document, data = await keep_documents.document(self._means, key)
            await asyncio.to_thread(_write_privately, Path(file), data)

        def failed(error: Exception) -> None:
            if isinstance(error, OSError):
                self._desk.at_home.say(_("The file could not be saved. Choose another name or folder."), Tone.BAD)
            else:
                self._desk.at_home.say_why(error)

        told = _("A copy of the document is saved.")
        self._desk.at_home.read(write(), lambda _none: self._desk.at_home.say(told, Tone.GOOD), failed)

    def _told_asked(self) -> None:
        told = _("It is asked what it still holds. The answer comes here, and under My rights.")
        self._desk.at_home.say(told, Tone.GOOD)

    def _told_cut_off(self) -> None:
        self._desk.at_home.say(_("Contact is cut off. Nothing is answered by itself any more."), Tone.GOOD)


async def _counted(means: Means, vendor: VendorId) -> tuple[Trust, bool, bool]:
    found = await count_trust.trust(means, vendor)
    promises = await means.vault.read(lambda tx: tx.papers(Promise, vendor=vendor))
    waits = [one for one in promises if one.of is PromiseOf.DELIVERY and one.settled is None]
    return found, bool(waits), any(one.overdue(means.clock.today()) for one in waits)


async def _ask_what_is_held(means: Means, key: RelationshipId) -> Changes:
    shelves = await letter_folders.shelves(means, CATALOGUE.locale)
    made = await check_after_end.ask_what_is_held(means, key, shelves)
    return Changes.of(("rights", made.id), ("relationship", key), ("letter", made.letter), ("agenda", key))


async def _let_go(means: Means, vendor: VendorId) -> Changes:
    return (await cut_off.cut_off(means, vendor)).changes


def _write_privately(file: Path, data: bytes) -> None:
    """Write a file that only this person can read. An older one of that name gives way: the dialog has asked."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
        made.write(data)
