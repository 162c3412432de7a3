"""Pictures of "My limits": some in each state, none, and a form that does not fit."""

from datetime import date

from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.models.limits_view import LimitLine, LimitsView
from vrm_desktop.ui.pages.limits_page import LimitsPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone

_VENDORS = (("vendor-1", "Radhaus Ehrenfeld"), ("vendor-2", "Velo Süd"))


def limit_pictures() -> tuple[Picture, ...]:
    """All of them."""
    return (
        Picture(name="limits", make=lambda look: _page(look, _lines())),
        Picture(name="limits-none-yet", make=lambda look: _page(look, ())),
        Picture(name="limits-wrong", make=lambda look: _page(look, (), wrong=True)),
    )


def _page(look: Look, lines: tuple[LimitLine, ...], *, wrong: bool = False) -> QWidget:
    page = LimitsPage(look)
    page.show_limits(LimitsView(lines=lines, vendors=_VENDORS, today=date(2026, 11, 23)))
    if wrong:
        form = page.form
        form.title.setText("Bike parts")
        for key, _name in _VENDORS:
            form.vendor.choose(key)
            form.vendor.chosen.emit(key)
        form.articles.number.setText("4012345678901")
        form.articles.title.setText("Inner tube")
        form.articles.count.setValue(2)
        form.articles.add.click()
        form.articles.number.setText("CONTI-RACE-28-700x25")
        form.articles.add.click()
        form.accounts.number.setText("DE02 1203 0000 0000 2020 51")
        form.accounts.add.click()
        form.often.choose("WEEKLY")
        form.often.chosen.emit("WEEKLY")
        form.show_error("highest", "Say what one purchase may cost at most, such as 80.00 EUR.")
    return in_window(look, PageId.LIMITS, page)


def _lines() -> tuple[LimitLine, ...]:
    return (
        LimitLine(
            id="limit-1",
            title="Bike parts",
            state="In force",
            tone=Tone.GOOD,
            allows=(
                "up to €80.00 each time",
                "up to €200.00 in all",
                "from 20 Nov 2026, 09:30 until 31 Mar 2027, 23:59",
                "of Radhaus Ehrenfeld, Velo Süd",
                "once a week",
            ),
            used="Bought so far: €62.50 of €200.00",
            bought=("Fri, 20 Nov 2026: €62.50, Inner tube and two tyres",),
        ),
        LimitLine(
            id="limit-2",
            title="W" * 80,
            state="Taken back on Mon, 2 Nov 2026",
            tone=Tone.NEUTRAL,
            allows=("up to €80.00 each time", "of any vendor"),
            used="Bought so far: €0.00",
            alive=False,
        ),
    )
