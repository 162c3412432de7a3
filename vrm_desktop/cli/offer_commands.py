"""`vrm offers INTENTCAST` and `vrm offer show|accept|decline|counter OFFER`."""

import argparse
from collections.abc import Awaitable, Callable

from vrm_desktop.cli import next_ways_shown, page_commands, shapes
from vrm_desktop.cli.argument_types import amount, seconds
from vrm_desktop.cli.following import USUAL_WAIT, has_left, say
from vrm_desktop.cli.limit_commands import judged_lines
from vrm_desktop.cli.paying import paying_lines
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.cli.taken_by_mail import accept_by_mail
from vrm_desktop.domain.acts import DeclineReason
from vrm_desktop.domain.ids import IntentcastId, MessageId
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.ranking import Ranked, WouldWin
from vrm_desktop.domain.relationship import OrderState
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import accept_offer, collect_offers, compare_offers, keep_limits
from vrm_desktop.services.compare_offers import OfferView
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import (
    asked_field_label,
    caveat_label,
    criterion_label,
    offer_state_label,
    order_state_label,
)
from vrm_desktop.wording.reaching import offered_by


def add_list_to(noun: argparse.ArgumentParser) -> None:
    """The arguments of `vrm offers`."""
    noun.add_argument("id", metavar="INTENTCAST")
    noun.set_defaults(work=list_offers)


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of `vrm offer`."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("show", help=_("one offer, explained"))
    accept = verbs.add_parser("accept", help=_("order it; what delivery needs goes to this vendor alone"))
    accept.add_argument("--payment", metavar="WAY", help=_("one of the ways of paying that the offer lists"))
    accept.add_argument("--over-limit", action="store_true", help=_("although none of your limits allows it"))
    accept.add_argument(
        "--wait", type=seconds, default=USUAL_WAIT, metavar="SECONDS", help=_("wait for the confirmation")
    )
    decline = verbs.add_parser("decline", help=_("decline it, with a reason"))
    reasons = [one.value for one in DeclineReason]
    told = _("why, so that the vendor can learn: {reasons}").format(reasons=", ".join(reasons))
    decline.add_argument("--reason", choices=reasons, default=DeclineReason.OTHER.value, metavar="WHY", help=told)
    counter = verbs.add_parser("counter", help=_("propose another price"))
    counter.add_argument("--price", type=amount, required=True, metavar="AMOUNT")
    counter.add_argument("--note", default="")
    for command, work in ((show, show_offer), (accept, accept_one), (decline, decline_one), (counter, counter_one)):
        command.add_argument("id", metavar="OFFER")
        command.set_defaults(work=work)


def _price(offer: Offer) -> str:
    return values.money(offer.price.all_in) if offer.price else _("no price")


def _when(offer: Offer) -> str:
    return _("by {day}").format(day=values.day(offer.by)) if offer.by else _("no date")


def _way_lines(offer: Offer) -> tuple[str, ...]:
    way = offered_by(offer.way)
    return (f"    {way}",) if way else ()


def _ranked_lines(row: Ranked) -> tuple[str, ...]:
    first = f"{row.place}. {row.offer.vendor_name}: {_price(row.offer)}, {_when(row.offer)}  ({row.offer.id})"
    reasons = ", ".join(
        _("{what} {points}").format(what=criterion_label(one.criterion), points=one.points) for one in row.judged
    )
    lines = [first, *_way_lines(row.offer)]
    lines.append("    " + _("{score} of 1000: {reasons}").format(score=row.score, reasons=reasons))
    lines += [f"    {caveat_label(caveat)}" for caveat in sorted(row.caveats)]
    return tuple(lines)


async def list_offers(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The offers for a want, best first."""
    view = await compare_offers.compare(home.means, IntentcastId(arguments.id))
    offers = [shapes.offer(row.offer, row) for row in view.ranked] + [shapes.offer(one) for one in view.others]
    lines = [line for row in view.ranked for line in _ranked_lines(row)]
    lines += [f"-  {one.vendor_name}: {_price(one)} [{offer_state_label(one.state)}]" for one in view.others]
    if view.sealed:
        day = values.day(view.want.answers_by)
        lines.append(_("{count} offers are sealed until {day} is over.").format(count=view.sealed, day=day))
    shape = {"intentcast": {"id": view.want.id}, "offers": offers, "sealed": view.sealed}
    result = Result(shape=shape, lines=tuple(lines) or (_("No offers yet."),))
    result = await page_commands.beside(home.means, view.want.id, result)
    return result if offers or view.sealed else await next_ways_shown.after(home.means, view.want.id, result)


def _hint(hint: WouldWin) -> tuple[str, ...]:
    lines = []
    if hint.total is not None:
        lines.append("    " + _("would come first at {total}").format(total=values.money(hint.total)))
    if hint.by is not None:
        lines.append("    " + _("would come first if it came by {day}").format(day=values.day(hint.by)))
    return tuple(lines)


def _offer_lines(view: OfferView) -> tuple[str, ...]:
    offer = view.offer
    lines = [f"{offer.vendor_name}: {_price(offer)}, {_when(offer)} [{offer_state_label(offer.state)}]"]
    if view.ranked is None:
        lines += _way_lines(offer)
    lines += [f"    {line.quantity} x {line.title}" for line in offer.lines]
    if offer.price is not None:
        shipping = values.money(type(offer.price.all_in)(minor=offer.price.shipping, currency=offer.price.currency))
        lines.append("    " + _("of which shipping {money}").format(money=shipping))
    binding = _("binding until {moment}") if offer.binding else _("an indication, until {moment}")
    lines.append("    " + binding.format(moment=values.instant(offer.valid_until)))
    wants = ", ".join(asked_field_label(ask.name) for ask in offer.asks) or _("nothing")
    lines.append("    " + _("wants to know: {fields}").format(fields=wants))
    if view.ranked is not None:
        lines += _ranked_lines(view.ranked)[1:]
    return (*lines, *_hint(view.would_win))


async def show_offer(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One offer."""
    view = await compare_offers.offer(home.means, MessageId(arguments.id))
    return Result(shape={"offer": shapes.offer(view.offer, view.ranked, view.would_win)}, lines=_offer_lines(view))


async def accept_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Accept an offer and wait for the vendor's confirmation."""
    key = MessageId(arguments.id)
    view = await compare_offers.offer(home.means, key)

    found = await keep_limits.judge_offer(home.means, view.offer)
    for line in judged_lines(found) if found.asks else ():
        session.tell(line)

    async def accepting() -> None:
        await accept_offer.accept(home.means, key, arguments.payment, over_limit=arguments.over_limit)
        home.exchange.tend(await collect_offers.active(home.means))

    if view.offer.way is Way.MCP:
        from vrm_desktop.cli.taken_at_desk import accept_at_desk  # looking at offers needs nothing of desks

        return await accept_at_desk(home, view.offer, arguments.payment, over_limit=arguments.over_limit)
    if view.offer.way is Way.MAIL:
        return await accept_by_mail(session, home, view.offer, accepting, arguments.wait)

    def confirmed(file: RelationshipFile) -> bool:
        return file.order is not None and file.order.state is not OrderState.PLACED

    followed = await say(home, view.offer.relationship, accepting, confirmed, arguments.wait)
    followed.tell(session)
    order = followed.file.order
    state = order_state_label(order.state) if order else _("not sent yet")
    lines = [_("{vendor}: order {state}").format(vendor=view.offer.vendor_name, state=state)]
    lines += paying_lines(order) if order is not None else ()
    after = await compare_offers.offer(home.means, key)
    shape = {
        "offer": shapes.offer(after.offer),
        "order": shapes.order(order),
        "relationship": shapes.relationship(followed.file),
    }
    return Result(shape=shape, lines=tuple(lines), status=followed.status)


async def decline_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Decline an offer."""
    key = MessageId(arguments.id)
    view = await compare_offers.offer(home.means, key)
    reason = DeclineReason(arguments.reason)
    return await _after(session, home, view.offer, lambda: accept_offer.decline(home.means, key, reason))


async def counter_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Propose another price."""
    key = MessageId(arguments.id)
    view = await compare_offers.offer(home.means, key)
    price, note = arguments.price, arguments.note
    return await _after(session, home, view.offer, lambda: accept_offer.counter(home.means, key, price, note))


async def _after(session: Session, home: OpenHome, offer: Offer, saying: Callable[[], Awaitable[object]]) -> Result:
    followed = await say(home, offer.relationship, saying, has_left)
    followed.tell(session)
    view = await compare_offers.offer(home.means, offer.id)
    line = f"{offer.vendor_name}: {offer_state_label(view.offer.state)}"
    return Result(shape={"offer": shapes.offer(view.offer, view.ranked)}, lines=(line,), status=followed.status)
