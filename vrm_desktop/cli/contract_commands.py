"""`vrm contract add|edit|list|show|price|cancel|confirmed|keep-it|drop`: contracts and subscriptions."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import replace

from vrm_desktop.cli import shapes
from vrm_desktop.cli.argument_types import amount, day
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.calendar_arithmetic import Span, SpanUnit
from vrm_desktop.domain.contract import NO_NOTICE, Contract, Every, NoticeTo, PricePoint, Renewal
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.services import cancel_contracts, keep_contracts
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_contracts import ContractView
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.contracts import contract_state_label, price_words, rise_words, since_words, term_words

_SPAN = re.compile(r"([0-9]{1,4}) ?(d|w|m|y)")
_UNITS = {"d": SpanUnit.DAYS, "w": SpanUnit.WEEKS, "m": SpanUnit.MONTHS, "y": SpanUnit.YEARS}


def span(text: str) -> Span:
    """A span such as 6w, 3m, 30d or 1y."""
    matched = _SPAN.fullmatch(text.strip())
    try:
        if matched is not None:
            return Span(count=int(matched[1]), unit=_UNITS[matched[2]])
    except DomainError:
        pass
    raise argparse.ArgumentTypeError(_("a period looks like 30d, 6w, 3m or 1y"))


def months(text: str) -> int:
    """A number of months, 0 to 600."""
    if not (text.isascii() and text.isdigit() and int(text) <= 600):
        raise argparse.ArgumentTypeError(_("months are a number from 0 to 600"))
    return int(text)


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    add = verbs.add_parser("add", help=_("keep a contract"))
    add.add_argument("counterparty", metavar="COUNTERPARTY", help=_("the id of a counterparty"))
    add.add_argument("title", metavar="TITLE")
    add.add_argument("--starts", type=day, required=True, metavar="DAY")
    _add_terms(add)
    add.add_argument("--price", type=amount, metavar="AMOUNT")
    add.add_argument("--every", choices=[one.value for one in Every], default=Every.MONTH.value)
    add.set_defaults(work=add_one)
    edit = verbs.add_parser("edit", help=_("correct what is kept; what is not named stays"))
    edit.add_argument("id", metavar="CONTRACT")
    edit.add_argument("--title")
    edit.add_argument("--starts", type=day, metavar="DAY")
    _add_terms(edit)
    edit.set_defaults(work=edit_one)
    listed = verbs.add_parser("list", help=_("all contracts, and what they cost in a year"))
    listed.add_argument("--this-month", action="store_true", help=_("only what can be cancelled this month"))
    listed.set_defaults(work=list_all)
    price = verbs.add_parser("price", help=_("note a new price"))
    price.add_argument("id", metavar="CONTRACT")
    price.add_argument("price", type=amount, metavar="AMOUNT")
    price.add_argument("--since", type=day, metavar="DAY", help=_("from which day on (default: today)"))
    price.add_argument("--every", choices=[one.value for one in Every])
    price.set_defaults(work=set_price)
    for name, told, work in (
        ("show", _("show one contract"), show),
        ("keep-it", _("keep it: no reminder for this term, or the notice is taken back"), keep_it),
        ("drop", _("take it out of the file"), drop),
    ):
        verb = verbs.add_parser(name, help=told)
        verb.add_argument("id", metavar="CONTRACT")
        verb.set_defaults(work=work)
    for name, told, work in (
        ("cancel", _("give notice"), cancel),
        ("confirmed", _("they confirmed the end"), confirmed),
    ):
        verb = verbs.add_parser(name, help=told)
        verb.add_argument("id", metavar="CONTRACT")
        verb.add_argument("--ends", type=day, metavar="DAY", help=_("to this day"))
        verb.set_defaults(work=work)


def _add_terms(verb: argparse.ArgumentParser) -> None:
    """How it runs, what it is called, notes: None where nothing is said."""
    verb.add_argument("--months", type=months, help=_("the first term; 0: it runs on from the start"))
    verb.add_argument("--renews", type=months, metavar="MONTHS", help=_("by how many months it renews; 0: it runs on"))
    verb.add_argument("--ends", action="store_true", help=_("it ends by itself after its first term"))
    verb.add_argument("--notice", type=span, metavar="PERIOD")
    verb.add_argument("--month-end", action=argparse.BooleanOptionalAction, help=_("notice is to the end of a month"))
    verb.add_argument("--number", help=_("what they call it"))
    verb.add_argument("--note")


def shape(view: ContractView) -> dict[str, object]:
    """One contract as JSON."""
    one = view.contract
    return {
        "id": one.id,
        "counterparty": one.vendor,
        "counterparty_name": view.vendor_name,
        "relationship": one.relationship,
        "title": one.title,
        "number": one.number,
        "note": one.note,
        "state": one.state.value,
        "starts": one.starts.isoformat(),
        "months": one.months,
        "renewal": one.renewal.value,
        "renews": one.renews,
        "notice": {"count": one.notice.count, "unit": one.notice.unit.value, "to": one.notice_to.value},
        "term_end": view.term_end.isoformat() if view.term_end else None,
        "terminate_by": view.terminate_by.isoformat() if view.terminate_by else None,
        "earliest_end": view.earliest_end.isoformat(),
        "cancellable_this_month": view.cancellable_this_month,
        "by_wire": view.by_wire,
        "cancelled": one.cancelled.isoformat() if one.cancelled else None,
        "ends": one.ends.isoformat() if one.ends else None,
        "prices": [
            {"id": point.since.isoformat(), "price": shapes.money(point.price), "every": point.every.value}
            for point in one.prices
        ],
        "yearly": shapes.money(view.yearly),
        "rise": view.rise,
        "letter_unsent": view.unsent,
    }


def _lines(view: ContractView) -> tuple[str, ...]:
    one = view.contract
    price = " ".join(part for part in (price_words(view.price), rise_words(view.rise, view.rises)) if part)
    told = _("the letter must be there by {day}") if view.unsent else _("notice by {day}")
    by = told.format(day=values.day(view.terminate_by)) if view.terminate_by else ""
    ends = _("ends on {day}").format(day=values.day(one.ends)) if one.ends else ""
    state = contract_state_label(one.state, unsent=view.unsent)
    parts = (f"{one.title} ({view.vendor_name})", state, price, by, ends, f"[{one.id}]")
    return ("  ".join(part for part in parts if part), f"    {term_words(one)}")


async def _shown(home: OpenHome, key: str) -> Result:
    view = await keep_contracts.contract(home.means, key)
    prices = view.contract.prices if len(view.contract.prices) > 1 else ()
    history = (f"    {since_words(point)}" for point in prices)
    return Result(shape={"contract": shape(view)}, lines=(*_lines(view), *history))


async def add_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Keep a contract."""
    renewal = Renewal.ENDS if arguments.ends else Renewal.RENEWS if arguments.renews else Renewal.RUNS_ON
    price = arguments.price
    points = (PricePoint(since=arguments.starts, price=price, every=Every(arguments.every)),) if price else ()
    one = Contract(
        id=home.means.new_id("contract"),
        vendor=VendorId(arguments.counterparty),
        at=home.means.clock.now(),
        title=arguments.title,
        starts=arguments.starts,
        months=arguments.months or 0,
        renewal=renewal,
        renews=0 if arguments.ends else arguments.renews or 0,
        notice=arguments.notice or NO_NOTICE,
        notice_to=NoticeTo.MONTH_END if arguments.month_end else NoticeTo.ANY_DAY,
        prices=points,
        number=arguments.number or "",
        note=arguments.note or "",
    )
    await keep_contracts.keep(home.means, one)
    return await _shown(home, one.id)


async def edit_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Correct what is kept of a contract."""
    before = (await keep_contracts.contract(home.means, arguments.id)).contract
    said = {
        name: value
        for name in ("title", "months", "notice", "number", "note")
        if (value := getattr(arguments, name)) is not None
    }
    if arguments.month_end is not None:
        said["notice_to"] = NoticeTo.MONTH_END if arguments.month_end else NoticeTo.ANY_DAY
    if arguments.ends:
        said |= {"renewal": Renewal.ENDS, "renews": 0}
    elif arguments.months == 0 and arguments.renews is None:
        said |= {"renewal": Renewal.RUNS_ON, "renews": 0}
    elif arguments.renews is not None:
        said |= {"renewal": Renewal.RENEWS if arguments.renews else Renewal.RUNS_ON, "renews": arguments.renews}
    begun = before.begun(arguments.starts) if arguments.starts is not None else before
    await keep_contracts.keep(home.means, replace(begun, **said))
    return await _shown(home, arguments.id)


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """All contracts, and their yearly cost."""
    every = await keep_contracts.contracts(home.means)
    found = [view for view in every if view.cancellable_this_month or not arguments.this_month]
    totals = keep_contracts.yearly_totals(found)
    lines = [line for view in found for line in _lines(view)]
    lines += [_("In a year: {amount}").format(amount=values.money(total)) for total in totals]
    told = {"contracts": [shape(view) for view in found], "yearly": [shapes.money(total) for total in totals]}
    return Result(shape=told, lines=tuple(lines) or (_none(every),))


def _none(every: Sequence[ContractView]) -> str:
    return _("None can be cancelled this month.") if every else _("No contracts yet.")


async def show(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One contract."""
    return await _shown(home, arguments.id)


async def set_price(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Note a new price."""
    view = await keep_contracts.contract(home.means, arguments.id)
    usual = view.price.every if view.price is not None else Every.MONTH
    every = Every(arguments.every) if arguments.every else usual
    since = arguments.since or home.means.clock.today()
    await keep_contracts.set_price(
        home.means, arguments.id, PricePoint(since=since, price=arguments.price, every=every)
    )
    return await _shown(home, arguments.id)


async def cancel(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Give notice."""
    given = await cancel_contracts.cancel(home.means, arguments.id, arguments.ends)
    shown = await _shown(home, arguments.id)
    told = _("The notice goes with the next `vrm sync`.")
    if given.letter is not None:
        told = _("They take no notice over the wire: a letter is ready, {id}.").format(id=given.letter.id)
    letter = given.letter.id if given.letter is not None else None
    return Result(shape={**shown.shape, "letter": letter}, lines=(*shown.lines, told))


async def confirmed(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """They confirmed the end."""
    await cancel_contracts.confirmed(home.means, arguments.id, arguments.ends)
    return await _shown(home, arguments.id)


async def keep_it(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Keep it."""
    await cancel_contracts.keep_it(home.means, arguments.id)
    return await _shown(home, arguments.id)


async def drop(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Take it out of the file."""
    await keep_contracts.drop(home.means, arguments.id)
    return Result(shape={"dropped": arguments.id}, lines=(_("Taken out of the file."),))
