"""The pictures of asking, by name: which page shows which sample."""

from collections.abc import Callable

from vrm_desktop.ui.gallery import asking_samples as samples
from vrm_desktop.ui.gallery import ways_samples as ways
from vrm_desktop.ui.gallery.offer_samples import USUAL
from vrm_desktop.ui.models.cast_view import CastView
from vrm_desktop.ui.models.compose_view import ComposeView
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.models.next_ways_view import NextWaysView
from vrm_desktop.ui.models.order_view import OrderView
from vrm_desktop.ui.models.plan_view import PlanPageView
from vrm_desktop.ui.models.wants_view import WantsView
from vrm_desktop.ui.pages.cast_page import CastPage
from vrm_desktop.ui.pages.compose_page import ComposePage
from vrm_desktop.ui.pages.offer_answers import OfferAnswers
from vrm_desktop.ui.pages.offers_page import OffersPage
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.pages.plan_page import PlanPage
from vrm_desktop.ui.pages.plan_stages import BYTES
from vrm_desktop.ui.pages.wants_page import WantsPage
from vrm_desktop.ui.theme.look import Look

Shown = tuple[PageId, Callable[[Look], Page], tuple[Message, ...]]


def asking_pictures() -> dict[str, Shown]:
    """Each picture's name with its place in the window, its page and the messages on top."""
    undo = Message(text="Your questions leave in 8 seconds.", action="Undo", key="undo:1", seconds=None)
    return {
        "wants": (PageId.WANTS, lambda look: _wants(look, samples.WANTS), ()),
        "wants-none": (PageId.WANTS, lambda look: _wants(look, WantsView()), ()),
        "wants-long": (PageId.WANTS, lambda look: _wants(look, samples.WANTS_LONG), ()),
        "compose-new": (PageId.COMPOSE, lambda look: _compose(look, samples.COMPOSE_NEW, ""), ()),
        "compose": (PageId.COMPOSE, lambda look: _compose(look, samples.COMPOSE, samples.COMPOSE_LINE), ()),
        "compose-asked": (
            PageId.COMPOSE,
            lambda look: _compose(look, samples.COMPOSE_ASKED, samples.ASKED_LINE),
            (),
        ),
        "plan": (PageId.PLAN, lambda look: _plan(look, samples.PLAN), ()),
        "plan-bytes": (PageId.PLAN, lambda look: _plan(look, samples.PLAN, exact=True), ()),
        "plan-many": (PageId.PLAN, lambda look: _plan(look, samples.PLAN_MANY), ()),
        "plan-nobody": (PageId.PLAN, lambda look: _plan(look, samples.PLAN_NOBODY, ways.NOBODY), ()),
        "plan-none-fit": (PageId.PLAN, lambda look: _plan(look, ways.PLAN_UNTICKED, ways.NEXT), ()),
        "plan-by-mail": (PageId.PLAN, lambda look: _plan(look, ways.PLAN_BY_MAIL), ()),
        "plan-by-list": (PageId.PLAN, lambda look: _plan(look, ways.PLAN_BY_LIST), ()),
        "cast": (PageId.CAST, lambda look: _cast(look, samples.CAST), ()),
        "cast-held": (PageId.CAST, lambda look: _cast(look, samples.CAST_HELD), (undo,)),
        "cast-mixed": (PageId.CAST, lambda look: _cast(look, ways.CAST_MIXED), ()),
        "cast-declined": (PageId.CAST, lambda look: _cast(look, ways.CAST_DECLINED, ways.NEXT), ()),
        "cast-next-long": (PageId.CAST, lambda look: _cast(look, ways.CAST_DECLINED, ways.NEXT_LONG), ()),
        "cast-long": (PageId.CAST, lambda look: _cast(look, samples.CAST_LONG), ()),
        "offers-accept": (PageId.OFFERS, lambda look: _answer(look, _ask_accept), ()),
        "offers-accept-desk": (
            PageId.OFFERS,
            lambda look: _answer(look, lambda answers: answers.ask_accept(samples.ACCEPT_DESK)),
            (),
        ),
        "offers-missing": (PageId.OFFERS, lambda look: _answer(look, _ask_missing), ()),
        "offers-counter": (PageId.OFFERS, lambda look: _answer(look, _ask_price), ()),
        "offers-decline": (PageId.OFFERS, lambda look: _answer(look, _ask_reason), ()),
        "order": (PageId.OFFERS, lambda look: _order(look, samples.ORDER), ()),
        "order-placed": (PageId.OFFERS, lambda look: _order(look, samples.ORDER_PLACED), ()),
        "order-asked": (PageId.OFFERS, lambda look: _order(look, samples.ORDER_ASKED), ()),
        "order-paid": (PageId.OFFERS, lambda look: _order(look, samples.ORDER_PAID), ()),
        "order-over-limit": (PageId.OFFERS, lambda look: _order(look, samples.ORDER_OVER), ()),
        "order-alarm": (PageId.OFFERS, lambda look: _order(look, samples.ORDER_ALARM), ()),
    }


def _wants(look: Look, view: WantsView) -> Page:
    page = WantsPage(look)
    page.show_wants(view)
    return page


def _compose(look: Look, view: ComposeView, line: str) -> Page:
    page = ComposePage(look)
    page.show_line(line)
    page.show_view(view)
    return page


def _plan(look: Look, view: PlanPageView, others: NextWaysView | None = None, *, exact: bool = False) -> Page:
    page = PlanPage(look)
    if exact:
        page.stages.how.choose(BYTES)
    page.show_plan(view)
    page.next_ways.show_ways(others or NextWaysView())
    return page


def _cast(look: Look, view: CastView, others: NextWaysView | None = None) -> Page:
    page = CastPage(look)
    page.show_cast(view)
    page.next_ways.show_ways(others or NextWaysView())
    return page


def _answer(look: Look, ask: Callable[[OfferAnswers], None]) -> Page:
    page = OffersPage(look)
    page.show_offers(USUAL)
    ask(page.answers)
    return page


def _ask_accept(answers: OfferAnswers) -> None:
    answers.ask_accept(samples.ACCEPT)


def _ask_missing(answers: OfferAnswers) -> None:
    answers.ask_missing(samples.MISSING)


def _ask_price(answers: OfferAnswers) -> None:
    answers.ask_price(samples.PRICE)
    answers.show_error("Please type an amount, such as 650.00.")


def _ask_reason(answers: OfferAnswers) -> None:
    answers.ask_reason("offer-1", "Radhaus Ehrenfeld")


def _order(look: Look, order: OrderView) -> Page:
    page = OffersPage(look)
    page.show_offers(USUAL)
    page.show_order(order)
    return page
