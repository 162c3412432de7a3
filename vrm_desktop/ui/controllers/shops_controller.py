"""Shops that programs can ask, for the want in question: a search that was seen first, a cart, and what came of it.

Nothing is paid here. The one link that is opened is a checkout's that the service handed over (`follow_link`).
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from vrm_desktop.domain.checkout import CartEnd, Checkout
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.plan import NotOnPlan
from vrm_desktop.formats.web_domains import host_of
from vrm_desktop.services import choose_vendors, find_shop, page_key, search_shop, shop_cart
from vrm_desktop.services.errors import NoShopPage, NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.services.shop_calls import KEY, Written
from vrm_desktop.ui.controllers.asked_want import AskedWant
from vrm_desktop.ui.controllers.at_home import AtHome, words_of
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.models.prices_view import SearchView
from vrm_desktop.ui.pages.offers_page import OffersPage
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.labels import asked_field_label
from vrm_desktop.wording.shop_words import given_up_line


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _Found:
    vendor: VendorId
    written: Written
    view: SearchView
    known: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _WantsPage:
    """The shop was found; what is missing is the page to name to it."""

    vendor: VendorId


def web_link(link: str) -> QUrl | None:
    """The link as it may be opened in a browser, or None: anything but a plain, protected web address."""
    if not link.startswith("https://") or not link.isascii() or not link.isprintable():
        return None
    url = QUrl(link, QUrl.ParsingMode.StrictMode)
    plain = url.isValid() and url.scheme() == "https" and not url.userInfo()
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    return url if plain and host and host == host_of(link) else None


class ShopsController(QObject):
    """The section of one page. `follow` opens a link in the person's browser."""

    def __init__(
        self,
        at_home: AtHome,
        asked: AskedWant,
        page: OffersPage,
        follow: Callable[[QUrl], object] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(page)
        self._at_home, self._asked, self._page, self._follow = at_home, asked, page, follow
        self._asking, self._checkout = page.prices.asking, page.prices.checkout
        self._found: _Found | None = None
        self._sought = ("", "")
        asked.chosen.connect(self._forget)
        self._asking.sought.connect(self._seek)
        self._asking.named.connect(self._name)
        self._asking.faced.connect(self._face)
        self._asking.sent.connect(self._send)
        page.prices.details.wanted.connect(self._begin)
        self._checkout.went_on.connect(lambda key: self._step(shop_cart.go_on(self._means, key)))
        self._checkout.checked_out.connect(lambda key: self._step(shop_cart.to_checkout(self._means, key)))
        self._checkout.order_asked.connect(lambda key: self._step(shop_cart.ask_order(self._means, key)))
        self._checkout.opened.connect(self._open)
        self._checkout.came.connect(self._came)

    def refresh(self, _changes: frozenset[tuple[str, str]]) -> None:
        """Nothing of its own is read: the prices are shown with the tries to buy."""

    @property
    def _means(self) -> Means:
        return self._at_home.home.means

    def _forget(self) -> None:
        self._found = None

    def _seek(self, known: str, domain: str) -> None:
        want = self._asked.key
        if want is None:
            return
        self._sought = (known, domain)
        self._at_home.read(_look_for(self._means, want, known, domain), self._show, self._not_found, owner=self._page)

    def _face(self, known: bool) -> None:  # noqa: FBT001 - a signal's argument
        want, found = self._asked.key, self._found
        if want is not None and found is not None:
            work = _look_for(self._means, want, found.vendor, "", choice=known)
            self._at_home.read(work, self._show, self._not_found, owner=self._page)

    def _show(self, found: _Found | _WantsPage) -> None:
        if isinstance(found, _WantsPage):
            self._sought = (found.vendor, "")
            self._asking.ask_page(advice(NoShopPage.code).title)
            return
        self._found = found
        self._asking.show_search(found.view)
        self._at_home.notice(Changes.of(("vendor", found.vendor)))

    def _not_found(self, error: Exception) -> None:
        words = advice(str(getattr(error, "code", "engine")))
        self._asking.show_trouble(words.title, words.advice)

    def _name(self, address: str) -> None:
        def refused(error: Exception) -> None:
            wrong = isinstance(error, InvalidValue)
            told = _("It has to be an https address of up to 500 plain characters.") if wrong else words_of(error)
            self._asking.ask_page(advice(NoShopPage.code).title, told)

        named = find_shop.set_own_page(self._means, address)
        self._at_home.act(named, lambda: self._seek(*self._sought), refused, owner=self._page)

    def _send(self) -> None:
        want, found = self._asked.key, self._found
        if want is None or found is None:
            return

        def sent(trouble: str) -> None:
            self._at_home.notice(Changes.of(("public-price", "all"), ("intentcast", want), ("ledger", "all")))
            if trouble:
                words = advice(trouble)
                self._asking.show_trouble(words.title, words.advice)
                return
            self._page.prices.close_form(self._page.prices.table)
            self._page.noticed.emit(
                Message(text=_("Asked. What {shop} has stands below.").format(shop=found.view.shop), tone=Tone.GOOD)
            )

        def refused(error: Exception) -> None:
            if isinstance(error, NotOnPlan):
                self._asking.show_trouble(_("What would leave has changed. Look at it again."))
            else:
                self._not_found(error)

        self._at_home.read(self._searched(want, found), sent, refused, owner=self._page)

    async def _searched(self, want: IntentcastId, found: _Found) -> str:
        owner = await search_shop.search(self._means, want, found.vendor, found.written, known=found.known)
        await self._at_home.home.exchange.one_pass(owner)
        kept = await self._means.vault.read(lambda tx: tx.relationship(owner))
        return kept.trouble if kept is not None else ""

    def _begin(self, hit: str, quantity: int, known: bool | None) -> None:  # noqa: FBT001 - a signal's argument
        self._step(shop_cart.begin_cart(self._means, hit, quantity, known=known), show=True)

    def _step(self, work: Coroutine[Any, Any, Checkout], *, show: bool = False) -> None:
        async def stepped() -> Changes:
            asked = await work
            await self._at_home.home.exchange.one_pass(asked.relationship)
            return _changed(asked)

        def done() -> None:
            if show:
                self._page.show_part(self._page.prices)

        self._at_home.act(stepped(), done, self._refused, owner=self._page)

    def _refused(self, error: Exception) -> None:
        self._at_home.say_why(error, self._page)
        self._at_home.notice(Changes.of(("checkout", "all")))

    def _open(self, key: str) -> None:
        async def handed_over() -> tuple[str, Changes]:
            link = await shop_cart.hand_over(self._means, key)
            return link, _changed(await shop_cart.checkout(self._means, key))

        def follow(handed: tuple[str, Changes]) -> None:
            link, changes = handed
            self._at_home.notice(changes | Changes.of(("agenda", key)))
            url = web_link(link)
            if url is None:
                told = _("This link is not a protected web address, so it is not opened from here.")
                self._page.noticed.emit(Message(text=told, tone=Tone.BAD, seconds=None))
                return
            if not self._follow(url):
                told = _("No browser could be opened. Copy the link that is shown.")
                self._page.noticed.emit(Message(text=told, tone=Tone.CAUTION, seconds=None))

        self._at_home.read(handed_over(), follow, self._refused, owner=self._page)

    def _came(self, key: str, bought: bool, order: str) -> None:  # noqa: FBT001 - a signal's argument
        work = shop_cart.outcome(self._means, key, bought=bought, order=order)
        given_up = None if bought else lambda: self._say_given_up(key)
        self._at_home.act(work, given_up, self._refused, owner=self._page)

    def _say_given_up(self, key: str) -> None:
        async def told() -> Checkout:
            one = await shop_cart.checkout(self._means, key)
            await self._at_home.home.exchange.one_pass(one.relationship)
            return await shop_cart.checkout(self._means, key)

        def say(one: Checkout) -> None:
            self._at_home.notice(_changed(one))
            if one.given_up:
                sure = all(each.end is CartEnd.CONFIRMED for each in one.given_up)
                words = " ".join(given_up_line(each) for each in one.given_up)
                self._page.noticed.emit(Message(text=words, tone=Tone.GOOD if sure else Tone.NEUTRAL))

        self._at_home.read(told(), say, owner=self._page)


def _changed(one: Checkout) -> Changes:
    return Changes.of(("checkout", one.id), ("relationship", one.relationship), ("ledger", "all"))


def _label(name: str) -> str:
    """What a field is called; of the key, the choice beside it says what it means."""
    return _("The key that signs it") if name == KEY else sentence_case(asked_field_label(name))


async def _look_for(
    means: Means, want: IntentcastId, known: str, domain: str, *, choice: bool | None = None
) -> _Found | _WantsPage:
    """The shop, looked for if it was not found before, and the search as it would leave, signed as chosen for it."""
    vendor = VendorId(known) if known else (await find_shop.find_shop_at(means, domain)).id
    shop = await means.vault.read(lambda tx: find_shop.shop_of(tx, vendor))
    if shop is None:
        raise NotFound(vendor)
    try:
        written = await search_shop.written(means, want, vendor, known=choice)
    except NoShopPage:
        return _WantsPage(vendor=vendor)
    names = {one.id: one.name for one in await choose_vendors.vendors(means)}
    face = await page_key.page_standing(means)
    view = SearchView(
        shop=names.get(vendor, shop.domain),
        goes_to=host_of(shop.endpoint),
        elsewhere=bool(find_shop.elsewhere(shop)),
        body=written.body,
        tells=tuple((_label(one.name), asked_value_label(one.name, one.value)) for one in written.tells),
        known=any(one.name == KEY for one in written.tells),
        can_be_known=bool(face.address and face.keys),
    )
    return _Found(vendor=vendor, written=written, view=view, known=choice)
