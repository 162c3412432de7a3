"""`vrm pay list|show|check|decide|handed-over|done|not-done|qr`: handing a payment over, and what became of it."""

import argparse
import asyncio
import mimetypes
from pathlib import Path

from vrm_desktop.cli import shapes
from vrm_desktop.cli.following import has_left, say
from vrm_desktop.cli.new_file import write_new
from vrm_desktop.cli.profile_commands import read_file
from vrm_desktop.cli.session import REFUSED, Result, Session
from vrm_desktop.domain.attachment import MOST_BYTES
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.payment import Decision, PayAlarm, PayState, PayWay
from vrm_desktop.formats.errors import NoPaymentForm
from vrm_desktop.formats.payment_forms import epc_qr_text
from vrm_desktop.services import hand_over_payment, see_payment
from vrm_desktop.services.hand_over_payment import Receipt
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.see_payment import Paying
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import command_advice
from vrm_desktop.wording.payment import (
    alarm_words,
    differing_words,
    pay_state_label,
    pay_way_label,
    payment_lines,
    unsigned_lines,
)


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help=_("the payments of all confirmed orders")).set_defaults(work=list_all)
    show = verbs.add_parser("show", help=_("how an order is paid, and what differs from it"))
    check = verbs.add_parser("check", help=_("compare a text with the order: an account, a link, a code, a whole mail"))
    decide = verbs.add_parser("decide", help=_("pay by the signed order and nothing else, or stop"))
    handed = verbs.add_parser("handed-over", help=_("you hand it to your bank, wallet or browser now"))
    done = verbs.add_parser("done", help=_("you have paid; the vendor is told where it can be"))
    undone = verbs.add_parser("not-done", help=_("you have not paid"))
    code = verbs.add_parser("qr", help=_("the bank code as a picture"))
    made = ((show, show_one), (check, check_one), (decide, decide_one), (handed, handed_one), (done, done_one))
    for verb, work in (*made, (undone, undone_one), (code, code_one)):
        verb.add_argument("order", metavar="ORDER", help=_("the id of the order or of its relationship"))
        verb.set_defaults(work=work)
    check.add_argument("text", metavar="TEXT")
    decide.add_argument("decision", choices=[one.value for one in Decision])
    handed.add_argument("--by", required=True, choices=[one.value for one in PayWay], metavar="WAY")
    handed.add_argument("--over-limit", action="store_true", help=_("although your limit names other payees"))
    done.add_argument("--receipt", metavar="FILE", help=_("keep this document with it"))
    undone.add_argument("--unsure", action="store_true", help=_("you do not know yet; you are asked again"))
    code.add_argument("--svg", required=True, metavar="FILE")


async def list_all(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All payments."""
    found = await see_payment.payments(home.means)
    lines = tuple(f"{one.order.relationship}  {one.vendor_name}: {_told(one)[0]}; {_state(one)}" for one in found)
    return Result(shape={"payments": [shape(one) for one in found]}, lines=lines or (_("There is nothing to pay."),))


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One payment."""
    return await _shown(home, await _key(home, arguments))


async def check_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Compare a text with the order; differing is refused by the exit status too."""
    checked = await hand_over_payment.check(home.means, await _key(home, arguments), arguments.text)
    differing = [
        {"id": str(at), "difference": one.difference.value, "agreed": one.agreed, "seen": one.seen}
        for at, one in enumerate(checked.differing, start=1)
    ]
    if checked.differing:
        lines = tuple(differing_words(one.difference, one.agreed, one.seen) for one in checked.differing)
        lines = (*lines, _("Do not pay to it. Ask the vendor in another way, then decide."))
    elif checked.found:
        signed = checked.paying.signed
        lines = (_("It says what the signed order says.") if signed else _("Nothing in it differs from your order."),)
    else:
        lines = (_("Nothing about where to pay was found in it."),)
    told = {"found": checked.found, "differing": differing, "payment": shape(checked.paying)}
    return Result(shape=told, lines=lines, status=REFUSED if differing else 0)


async def decide_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Decide about what differs."""
    key = await _key(home, arguments)
    await hand_over_payment.decide(home.means, key, Decision(arguments.decision))
    return await _shown(home, key)


async def handed_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Hand the payment over: what opens it is printed, and opened by nobody but the person."""
    key = await _key(home, arguments)
    way = await hand_over_payment.hand_over(home.means, key, PayWay(arguments.by), over_limit=arguments.over_limit)
    result = await _shown(home, key)
    lines = (*result.lines, *((_("Open it yourself: {link}").format(link=way.uri),) if way.uri else ()))
    return Result(shape={**result.shape, "opens": way.uri or None}, lines=lines)


async def done_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Say that it is paid, and keep a receipt."""
    key, receipt = await _key(home, arguments), None
    if arguments.receipt:
        data = await asyncio.to_thread(read_file, arguments.receipt, MOST_BYTES)
        media = mimetypes.guess_type(arguments.receipt)[0] or "application/octet-stream"
        receipt = Receipt(name=Path(arguments.receipt).name, media=media, data=data)
    followed = await say(home, key, lambda: hand_over_payment.done(home.means, key, receipt), has_left)
    followed.tell(session)
    result = await _shown(home, key)
    return Result(shape=result.shape, lines=result.lines, status=followed.status)


async def undone_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Say that it was not paid."""
    key = await _key(home, arguments)
    await hand_over_payment.not_done(home.means, key, unsure=arguments.unsure)
    return await _shown(home, key)


async def code_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Write the bank code into a new file."""
    data = await see_payment.code(home.means, await _key(home, arguments))
    await asyncio.to_thread(write_new, arguments.svg, data)
    return Result(shape={"file": arguments.svg}, lines=(_("Written to {file}.").format(file=arguments.svg),))


def shape(one: Paying) -> shapes.Shape:
    """A payment as JSON. `ways` can be used while it is not `blocked`."""
    pay, handed = one.payment, one.handover
    return {
        "id": one.order.hash,
        "relationship": one.order.relationship,
        "vendor": one.vendor_name,
        "amount": shapes.money(one.amount),
        "method": pay.method,
        "payee": pay.payee or None,
        "iban": pay.iban or None,
        "bic": pay.bic or None,
        "reference": pay.reference or None,
        "ways": [{"id": way.way.value, "opens": way.uri or None, "site": way.site or None} for way in one.ways],
        "state": PayState.SAID_PAID.value if one.paid and handed.state is PayState.OFFERED else handed.state.value,
        "way": handed.way.value if handed.way else None,
        "handed_over": shapes.instant(handed.handed),
        "paid_on": handed.told.isoformat() if handed.told else None,
        "receipt": handed.receipt or None,
        "signed": one.signed,
        "blocked": one.blocked,
        "trouble": one.trouble or None,
        "alarms": [_alarm(alarm, at) for at, alarm in enumerate(handed.alarms, start=1)],
        "more_alarms": handed.more,
    }


async def _shown(home: OpenHome, key: RelationshipId) -> Result:
    one = await see_payment.payment(home.means, key)
    lines = [f"{one.vendor_name}: {_state(one)}", *_told(one)]
    if one.trouble:
        lines.append(command_advice(one.trouble).sentence)
    lines += [alarm_words(alarm) for alarm in one.handover.undecided]
    if one.blocked:
        lines.append(_("Nothing is handed over until you decide."))
    elif not one.paid:
        for way in one.ways:
            told = pay_way_label(way.way, way.site)
            lines.append(f"  {way.way.value}: {told}" + (f"\n    {way.uri}" if way.uri else ""))
        lines += _drawn(one)
    return Result(shape={"payment": shape(one)}, lines=tuple(lines))


def _told(one: Paying) -> tuple[str, ...]:
    return payment_lines(one.payment, one.amount) if one.signed else unsigned_lines(one.amount)


def _drawn(one: Paying) -> list[str]:
    try:
        return [f"    {line}" for line in epc_qr_text(one.payment, one.amount).splitlines()]
    except NoPaymentForm:
        return []


def _state(one: Paying) -> str:
    if one.paid and one.handover.state is PayState.OFFERED:
        return pay_state_label(PayState.SAID_PAID)
    return pay_state_label(one.handover.state)


def _alarm(one: PayAlarm, number: int) -> shapes.Shape:
    return {
        "id": str(number),
        "difference": one.difference.value,
        "agreed": one.agreed,
        "seen": one.seen,
        "source": one.source.value,
        "at": shapes.instant(one.at),
        "decided": one.decided.value if one.decided else None,
    }


async def _key(home: OpenHome, arguments: argparse.Namespace) -> RelationshipId:
    return await see_payment.named(home.means, arguments.order)
