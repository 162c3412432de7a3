"""The comparison of offers does what it says: filters filter, the named order holds, the choice is what is shown."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.fakes.ui_probes import Probe, texts
from vrm_desktop.ui.gallery.offer_samples import LONG, NONE_FIT, NONE_YET, OFFERS, USUAL, WEIGHTS
from vrm_desktop.ui.models.offers_view import OfferFilter, Weight
from vrm_desktop.ui.pages.offer_rows import offer_columns, offer_row
from vrm_desktop.ui.pages.offers_page import OffersPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look


@pytest.fixture
def page(look: Look, probe: Probe) -> OffersPage:
    made = OffersPage(look)
    made.show_offers(USUAL)
    probe.show(made, 1060, 800)
    return made


def test_the_best_place_comes_first_whatever_order_offers_came_in(page: OffersPage) -> None:
    page.show_offers(replace(USUAL, offers=USUAL.offers[::-1]))
    assert page.table.shown_ids == ("offer-1", "offer-2", "offer-3", "offer-4", "offer-5")
    assert "5 of 5 offers · best for me first" in texts(page)


def test_within_my_limit_shows_no_total_above_it_and_none_that_is_unknown(page: OffersPage) -> None:
    page.ask(frozenset({OfferFilter.WITHIN_LIMIT}))
    shown = {offer.id: offer for offer in OFFERS if offer.id in page.table.shown_ids}
    assert set(shown) == {"offer-1", "offer-2", "offer-3"}
    assert all(offer.total_minor is not None and offer.total_minor <= 80000 for offer in shown.values())
    assert "3 of 5 offers · best for me first" in texts(page)


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({OfferFilter.IN_TIME}, "124"),
        ({OfferFilter.BINDING}, "124"),
        ({OfferFilter.ASKS_NOTHING}, "2"),
        ({OfferFilter.WITHIN_LIMIT, OfferFilter.BINDING}, "12"),
        (set(), "12345"),
    ],
)
def test_each_filter_holds_for_all_that_is_left(page: OffersPage, asked: set[OfferFilter], left: str) -> None:
    page.ask(frozenset(asked))
    assert page.table.shown_ids == tuple(f"offer-{number}" for number in left)


def test_one_cent_above_the_limit_is_above_it() -> None:
    asked = frozenset({OfferFilter.WITHIN_LIMIT})
    at, above = replace(OFFERS[0], total_minor=80000), replace(OFFERS[0], total_minor=80001)
    assert (USUAL.passes(at, asked), USUAL.passes(above, asked)) == (True, False)
    assert not USUAL.passes(replace(OFFERS[0], total_minor=None), asked)
    assert not USUAL.passes(replace(OFFERS[0], currency="GBP"), asked)
    assert not replace(USUAL, limit="", limit_minor=None).passes(at, asked)


def test_without_a_limit_or_a_date_there_is_nothing_to_filter_by(page: OffersPage) -> None:
    page.ask(frozenset({OfferFilter.WITHIN_LIMIT, OfferFilter.IN_TIME}))
    page.show_offers(replace(USUAL, limit="", limit_minor=None, needed_by=""))
    assert not {"Within my limit", "In time"} & set(texts(page))
    assert len(page.table.shown_ids) == 5


def test_the_order_named_is_the_order_shown(page: OffersPage) -> None:
    total = [column.key for column in offer_columns()].index("total")
    page.table.horizontalHeader().setSortIndicator(total, Qt.SortOrder.AscendingOrder)
    assert page.table.shown_ids == ("offer-3", "offer-1", "offer-2", "offer-4", "offer-5")
    assert "5 of 5 offers · sorted by Total to pay" in texts(page)


def test_each_place_is_explained(page: OffersPage) -> None:
    page.table.choose("offer-3")
    words = "\n".join(texts(page))
    for sentence in (*OFFERS[2].reasons, OFFERS[2].would_win, OFFERS[2].on_accept):
        assert sentence in words


def test_accept_counter_and_decline_name_the_offer_that_is_shown(page: OffersPage) -> None:
    heard: list[tuple[str, str]] = []
    page.accept_requested.connect(lambda offer: heard.append(("accept", offer)))
    page.counter_requested.connect(lambda offer: heard.append(("counter", offer)))
    page.decline_requested.connect(lambda offer: heard.append(("decline", offer)))
    page.table.choose("offer-2")
    for button in (page.details.accept, page.details.counter, page.details.decline):
        button.click()
    assert heard == [("accept", "offer-2"), ("counter", "offer-2"), ("decline", "offer-2")]


def test_an_expired_offer_cannot_be_accepted(page: OffersPage) -> None:
    page.table.choose("offer-5")
    assert not page.details.accept.isEnabled()
    assert not page.details.counter.isEnabled()
    assert "This offer has expired. Ask again to get a new one." in texts(page)


def test_the_offer_one_looks_at_stays_when_news_come_in(page: OffersPage) -> None:
    page.table.choose("offer-3")
    page.show_offers(replace(USUAL, offers=(replace(OFFERS[2], total="€650.00", total_minor=65000), *OFFERS[:2])))
    assert page.table.chosen_id == page.details.offer_id == "offer-3"
    assert "€650.00" in texts(page)


def test_new_offers_wait_until_they_are_asked_for(page: OffersPage) -> None:
    asked: list[bool] = []
    page.newest_requested.connect(lambda: asked.append(True))
    assert "Show 1 new offer" in texts(page)
    page._newest.click()
    assert asked == [True]
    page.show_offers(replace(USUAL, new_waiting=0))
    assert not any("new offer" in text for text in texts(page))


def test_moving_a_weight_tells_all_weights(page: OffersPage) -> None:
    heard: list[tuple[Weight, ...]] = []
    page.weights_changed.connect(heard.append)
    page.show_weights(shown=True)
    QTest.keyClick(page._sliders[0]._slider, Qt.Key.Key_Left)
    assert heard == [(replace(WEIGHTS[0], level=3), *WEIGHTS[1:])]
    sliders = list(page._sliders)
    page.show_offers(replace(USUAL, weights=heard[0]))
    assert page._sliders == sliders  # the slider under the finger is not replaced
    page.show_offers(replace(USUAL, weights=WEIGHTS[:2]))
    assert len(page._sliders) == 2
    assert len(heard) == 1


def test_no_offers_yet_leads_to_where_one_can_watch(page: OffersPage) -> None:
    went: list[PageId] = []
    page.going.connect(went.append)
    page.show_offers(NONE_YET)
    assert any(text.startswith("No offers yet.") for text in texts(page))
    page._none_yet.button.click()
    assert went == [PageId.CAST]


def test_filters_that_leave_nothing_can_be_dropped_at_once(page: OffersPage) -> None:
    page.show_offers(NONE_FIT)
    page.ask(frozenset({OfferFilter.ASKS_NOTHING}))
    assert "No offer fits all of this." in texts(page)
    page._none_fit.button.click()
    assert len(page.table.shown_ids) == 3


def test_a_hostile_vendor_is_shown_letter_by_letter(page: OffersPage) -> None:
    page.show_offers(LONG)
    page.table.choose("offer-1")
    assert any("<b>Best</b> <img src=" in text for text in texts(page))
    assert not any("\u202e" in text for text in texts(page))


def test_a_row_says_in_words_what_its_colours_mean() -> None:
    cells = offer_row(USUAL, OFFERS[2]).cells
    words = [cell.sub for cell in cells]
    assert "after your date" in words
    assert "to be confirmed" in words
    assert offer_row(USUAL, OFFERS[4]).cells[0].main == "–"
    assert offer_row(USUAL, OFFERS[1]).cells[5].main == "Nothing more"


def test_views_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="begin at one"):
        replace(OFFERS[0], place=0)
    with pytest.raises(ValueError, match="below nothing"):
        replace(OFFERS[0], total_minor=-1)
    with pytest.raises(ValueError, match="limit"):
        replace(USUAL, limit="")
    with pytest.raises(ValueError, match="once"):
        replace(USUAL, offers=(OFFERS[0], OFFERS[0]))
    with pytest.raises(ValueError, match="counted"):
        replace(USUAL, new_waiting=-1)
