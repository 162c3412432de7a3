"""Wishes, consents and rules in the window: two cards of a file, and one page. Never a rule of theirs."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from PySide6.QtCore import QObject

from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import ActId, RelationshipId, VendorId
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.wish import RuleWord
from vrm_desktop.services import (
    answer_wishes,
    choose_vendors,
    contact_budgets,
    hold_acts,
    keep_consents,
    keep_rules,
    renew_consents,
)
from vrm_desktop.services.means import Means
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import Reading
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.wishes_view import BudgetView, ConsentLine, DataRulesView, WishesView
from vrm_desktop.ui.pages.consents_page import ConsentsPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard
from vrm_desktop.ui.pages.unasked_card import UnaskedCard
from vrm_desktop.ui.pages.wish_cards import ConsentsCard, WishesCard
from vrm_desktop.ui.presenters.wishes import budget_view, consent_line, data_rules_view, wishes_view

_KINDS = frozenset({"consent", "rule", "wish", "relationship", "vendor", "ledger"})


class DataController(QObject):
    """One page and three cards."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._page: ConsentsPage | None = None
        self._wishes: WishesCard | None = None
        self._shown = ""
        self._reading = Reading(desk.at_home, self._read, self._show)
        self._looking = Reading(desk.at_home, self._look, self._show_wishes)
        self._consents: ConsentsCard | None = None
        self._agreed = ""
        self._agreeing = Reading(desk.at_home, self._agree, self._show_consents)
        self._unasked: UnaskedCard | None = None
        self._heard = ""
        self._hearing = Reading(desk.at_home, self._hear, self._show_budget)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the page of this controller is made."""
        return {PageId.CONSENTS: self._make}

    def cards(self) -> Sequence[RelationshipCard]:
        """What they would like to know, what rests on consent, and what they may say unasked."""
        wishes, consents = WishesCard(self._desk.look), ConsentsCard(self._desk.look)
        wishes.looked.connect(self._look_at)
        wishes.granted.connect(self._grant)
        wishes.refused.connect(self._refuse)
        wishes.undone.connect(self._undo)
        wishes.came.connect(self._came)
        consents.looked.connect(self._agree_with)
        consents.withdrawn.connect(self._withdraw)
        consents.renewed.connect(self._renew)
        consents.undone.connect(self._undo)
        self._unasked = unasked = UnaskedCard(self._desk.look)
        unasked.looked.connect(self._hear_from)
        unasked.taken.connect(self._take)
        unasked.given_back.connect(lambda key: self._take(key, None))
        self._wishes, self._consents = wishes, consents
        return (wishes, consents, unasked)

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed."""
        if self._page is not None and any(kind in _KINDS for kind, _id in changes):
            self._reading.again()

    def acted(self, _key: str) -> bool:
        """No message of this controller has a button."""
        return False

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    @property
    def _pause(self) -> timedelta:
        return timedelta(seconds=self._desk.pause())

    def _make(self) -> ConsentsPage:
        self._page = page = ConsentsPage(self._desk.look)
        page.withdrawn.connect(self._withdraw)
        page.renewed.connect(self._renew)
        page.undone.connect(self._undo)
        page.dropped.connect(lambda key: self._desk.at_home.act(keep_rules.drop_rule(self._means, key), owner=page))
        page.made.connect(self._rule)
        page.budgeted.connect(lambda count: self._take("", count))
        self._reading.again()
        return page

    async def _read(self) -> DataRulesView:
        means = self._means
        consents = tuple(view.consent for view in await keep_consents.consents(means))
        rules, vendors = await keep_rules.rules(means), await choose_vendors.vendors(means)
        budget = await contact_budgets.usual(means)
        return data_rules_view(consents, rules, vendors, await renew_consents.renewals(means), budget)

    def _show(self, view: DataRulesView) -> None:
        if self._page is not None:
            self._page.show_rules(view)

    def _look_at(self, key: str) -> None:
        self._shown = key
        self._looking.again()

    async def _look(self) -> tuple[str, WishesView]:
        key, means = self._shown, self._means
        return key, wishes_view(await answer_wishes.wishes(means, RelationshipId(key)), means.clock.today())

    def _show_wishes(self, found: tuple[str, WishesView]) -> None:
        key, view = found
        if self._wishes is not None and key == self._shown:
            self._wishes.show_wishes(view)

    def _agree_with(self, key: str) -> None:
        self._agreed = key
        self._agreeing.again()

    async def _agree(self) -> tuple[str, tuple[ConsentLine, ...]]:
        key, means = self._agreed, self._means
        consents = await keep_consents.consents(means, VendorId(key))
        renewals = await renew_consents.renewals(means)
        return key, tuple(consent_line(one.consent, renewal=renewals.get(one.consent.id)) for one in consents)

    def _show_consents(self, found: tuple[str, tuple[ConsentLine, ...]]) -> None:
        key, lines = found
        if self._consents is not None and key == self._agreed:
            self._consents.show_lines(lines)

    def _hear_from(self, key: str) -> None:
        self._heard = key
        self._hearing.again()

    async def _hear(self) -> BudgetView:
        key = self._heard
        return budget_view(key, await contact_budgets.budget(self._means, RelationshipId(key)))

    def _show_budget(self, view: BudgetView) -> None:
        if self._unasked is not None and view.relationship == self._heard:
            self._unasked.show_budget(view)

    def _take(self, key: str, count: int | None) -> None:
        work = contact_budgets.set_budget(self._means, count, RelationshipId(key) if key else None)
        self._desk.at_home.act(work, owner=self)

    def _grant(self, key: str, names: list[str], typed: dict[str, str]) -> None:
        work = answer_wishes.grant(self._means, key, names, typed=typed, pause=self._pause)
        self._desk.at_home.act(work, owner=self._wishes)

    def _refuse(self, key: str) -> None:
        self._desk.at_home.act(answer_wishes.refuse(self._means, key, pause=self._pause), owner=self._wishes)

    def _undo(self, act: str) -> None:
        self._desk.at_home.act(hold_acts.undo(self._means, ActId(act)), owner=self._wishes)

    def _came(self, key: str, came: bool) -> None:  # noqa: FBT001 - a signal's value
        self._desk.at_home.act(answer_wishes.got(self._means, key, came=came), owner=self._wishes)

    def _withdraw(self, key: str) -> None:
        self._desk.at_home.act(keep_consents.withdraw(self._means, key), owner=self)

    def _renew(self, key: str) -> None:
        self._desk.at_home.act(renew_consents.renew(self._means, key, self._pause), owner=self)

    def _rule(self, word: str, vendor: str, kind: str, purpose: str, field: str) -> None:
        work = keep_rules.set_rule(
            self._means,
            RuleWord[word],
            vendor=VendorId(vendor) if vendor else None,
            kind=OrganisationKind(kind) if kind else None,
            purpose=Purpose(purpose) if purpose else None,
            field=field,
        )
        self._desk.at_home.act(work, owner=self._page)
