"""Pictures of contracts and of changing once."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.calendar_arithmetic import Span, SpanUnit
from vrm_desktop.domain.contract import Contract, Every, PricePoint, Renewal, yearly_cost
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.money import Money
from vrm_desktop.services.keep_contracts import ContractView
from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.models.change_view import ChangeLine, ChangeView, FieldLine, HolderLine, PlanView, ToldLine
from vrm_desktop.ui.models.contracts_view import ContractsView
from vrm_desktop.ui.pages.change_page import ChangePage
from vrm_desktop.ui.pages.contracts_page import ContractsPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.presenters.contracts import contracts_view
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone

_TODAY = date(2026, 11, 22)
_NOW = datetime(2026, 11, 22, 9, 12, tzinfo=UTC)


def _price(day: date, minor: int, every: Every = Every.MONTH) -> PricePoint:
    return PricePoint(since=day, price=Money(minor=minor, currency="EUR"), every=every)


def _contract(
    key: str, title: str, starts: date, months: int, prices: tuple[PricePoint, ...], weeks: int = 4
) -> Contract:
    return Contract(
        id=key,
        vendor=VendorId("vendor-1"),
        at=_NOW,
        title=title,
        number="K-7391846",
        starts=starts,
        months=months,
        renewal=Renewal.RENEWS if months else Renewal.RUNS_ON,
        renews=months,
        notice=Span(count=weeks, unit=SpanUnit.WEEKS),
        prices=prices,
    )


def _view(one: Contract, vendor: str) -> ContractView:
    price = one.price_on(_TODAY)
    return ContractView(
        contract=one,
        vendor_name=vendor,
        term_end=one.term_end(_TODAY),
        terminate_by=one.next_terminate_by(_TODAY) if one.cancelled is None else None,
        earliest_end=one.earliest_end(_TODAY),
        cancellable_this_month=one.can_be_cancelled_within(_TODAY, date(2026, 11, 30)),
        by_wire=False,
        price=price,
        yearly=yearly_cost(price) if price is not None else None,
        rise=one.rise(),
    )


_POWER = _contract(
    "c1",
    "Electricity, tariff Comfort Green",
    date(2024, 1, 1),
    12,
    (_price(date(2024, 1, 1), 8_900), _price(date(2025, 1, 1), 9_400), _price(date(2026, 1, 1), 10_750)),
)
_GYM = _contract("c2", "Gym", date(2024, 2, 29), 12, (_price(date(2024, 2, 29), 2_990),), 6)
_PHONE = _contract("c3", "Mobile phone, 20 GB", date(2022, 3, 14), 0, (_price(date(2022, 3, 14), 1_499),))
_PAPER = _contract("c4", "Weekend paper " * 6, date(2026, 6, 1), 6, (_price(date(2026, 6, 1), 31_900, Every.YEAR),), 6)
_FEW = contracts_view(
    (
        _view(_POWER, "Stadtwerke Sülzhafen"),
        _view(_GYM, "Muskelkater"),
        _view(_PAPER, "A publishing house with quite a long name of its own"),
        _view(_PHONE, "Fernsprecher"),
        _view(_GYM.given_notice(date(2026, 11, 3), date(2027, 2, 28)), "Other gym"),
    ),
    (),
    _TODAY,
)
_FIELDS = tuple(
    FieldLine(path=path, label=label, value=value)
    for path, label, value in (
        ("name", "Name", "Ottilie Zwiebelfisch"),
        ("email", "E-mail", "ottilie@zwiebelfisch.example"),
        ("phone", "Phone", "+49 221 7391846"),
        ("address.street", "Street", "Achsstand 2 b"),
        ("address.postcode", "Postcode", "50937"),
        ("address.locality", "Town", "Sülzhafen"),
        ("address.country", "Country", "DE"),
    )
)
_WAYS = (("tell", "By itself, signed"), ("erase", "By itself, signed"), ("leave", "Nothing is said"))
_ALL = (("tell", "Tell them"), ("erase", "Ask to erase"), ("leave", "Leave it"))
_OLD = ("Street: Querlenkerweg 1183, until Sat, 20 Feb 2027",)
_HOLDERS = (
    HolderLine(key="r1", name="Radwerk", values=_OLD, reasons=(), choices=_ALL, chosen="tell", ways=_WAYS),
    HolderLine(
        key="r2",
        name="Stadtwerke Sülzhafen",
        values=_OLD,
        reasons=(),
        choices=_ALL,
        chosen="tell",
        ways=(("tell", "A letter, ready to send"), ("erase", "A letter, ready to send"), ("leave", "Nothing is said")),
        warning="No address of theirs is known here: read it to them, or use a form.",
    ),
    HolderLine(
        key="r3",
        name="A bicycle shop with a rather long name that does not fit",
        values=_OLD,
        reasons=("Street: rather erase, because the time it may use this has run out",),
        choices=_ALL[1:],
        chosen="erase",
        ways=_WAYS,
    ),
)
_TOLD = (
    ToldLine(key="r1", name="Radwerk", state="Received", tone=Tone.GOOD, detail="New: street", action="Open the file"),
    ToldLine(
        key="r2",
        name="Stadtwerke Sülzhafen",
        state="Letter to send",
        tone=Tone.CAUTION,
        detail="New: street",
        action="To the letter",
        can_confirm=True,
    ),
    ToldLine(
        key="r4",
        name="Velo Süd",
        state="Told, no receipt yet",
        tone=Tone.ACCENT,
        detail="New: street",
        action="Open the file",
        can_confirm=True,
    ),
)
_UNDER_WAY = ChangeLine(
    id="change-1",
    title="Achsstand 2 b",
    summary="Valid from Sun, 22 Nov 2026; 1 of 3 are done",
    rows=_TOLD,
    done=1,
    total=3,
    can_undo=True,
    finished=False,
)
_CHANGE = ChangeView(
    fields=_FIELDS,
    plan=PlanView(news=("Street: Querlenkerweg 1183 → Achsstand 2 b",), holders=_HOLDERS, since=_TODAY),
    changes=(),
    today=_TODAY,
)
_TRUE = replace(_CHANGE, plan=PlanView(news=(), holders=(), since=_TODAY), changes=(_UNDER_WAY,))
_NONE = ContractsView(lines=(), summary="", vendors=(("vendor-1", "Stadtwerke Sülzhafen"),))


def contract_pictures() -> tuple[Picture, ...]:
    """All of them."""
    return (
        Picture(name="contracts", make=partial(_page, view=_FEW)),
        Picture(name="contracts-none", make=partial(_page, view=_NONE)),
        Picture(name="change", make=partial(_change, view=_CHANGE)),
        Picture(name="change-progress", make=partial(_change, view=_TRUE)),
        Picture(name="contracts-form", make=partial(_page, view=_NONE, form=True)),
        Picture(name="contracts-correct", make=_correcting),
    )


def _correcting(look: Look) -> QWidget:
    page = ContractsPage(look)
    page.show_contracts(_FEW, _TODAY)
    page.details.edit.click()
    return in_window(look, PageId.CONTRACTS, page)


def _page(look: Look, *, view: ContractsView, form: bool = False) -> QWidget:
    page = ContractsPage(look)
    page.show_contracts(view, _TODAY)
    if form:
        page.open_form()
    return in_window(look, PageId.CONTRACTS, page)


def _change(look: Look, *, view: ChangeView) -> QWidget:
    page = ChangePage(look)
    page.show_change(view)
    return in_window(look, PageId.CHANGE, page)
