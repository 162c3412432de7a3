"""`vrm mail offers|propose|confirm|dismiss|terms|ordered`: offers and orders by mail count once the person says so."""

import argparse
from typing import TYPE_CHECKING

from vrm_desktop.cli import shapes
from vrm_desktop.cli.argument_types import amount, day
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.mail_offer import MailWarning, ProposalState
from vrm_desktop.domain.mail_reading import MailReading, Quoted, TaxBasis
from vrm_desktop.services import confirm_mail_offer, keep_relationship, order_by_mail
from vrm_desktop.services.confirm_mail_offer import ProposalView
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.mail_offers import passage, proposal_lines, warning_line
from vrm_desktop.wording.payment import ordered_words, unsigned_lines

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse gives it no public name

_MOST_DAYS = 3650


def add_to(verbs: "Verbs") -> None:
    """The verbs of mail that are about offers."""
    listed = verbs.add_parser("offers", help=_("what mails propose for a want, beside the text it was read from"))
    listed.add_argument("want", metavar="INTENTCAST")
    listed.set_defaults(work=list_all)
    read = verbs.add_parser("propose", help=_("read a kept mail for what it offers"))
    read.add_argument("mail", metavar="MAIL")
    read.add_argument("--for", dest="want", metavar="INTENTCAST", help=_("the want that it answers, if not known"))
    read.set_defaults(work=propose_one)
    confirm = verbs.add_parser("confirm", help=_("let a proposal count as an offer, as read or as you correct it"))
    _add_values_to(confirm)
    confirm.set_defaults(work=confirm_one)
    dismiss = verbs.add_parser("dismiss", help=_("put a proposal aside"))
    dismiss.set_defaults(work=dismiss_one)
    terms = verbs.add_parser("terms", help=_("note that the vendor accepts your conditions in this mail"))
    terms.add_argument("--not", dest="accepted", action="store_false", help=_("it does not, after all"))
    terms.set_defaults(work=terms_one)
    ordered = verbs.add_parser("ordered", help=_("this mail confirms what you ordered by e-mail"))
    ordered.add_argument("mail", metavar="MAIL")
    ordered.set_defaults(work=ordered_one)
    for command in (confirm, dismiss, terms):
        command.add_argument("id", metavar="PROPOSAL")


def _add_values_to(confirm: argparse.ArgumentParser) -> None:
    confirm.add_argument("--total", type=amount, metavar="AMOUNT", help=_("all that you would pay"))
    confirm.add_argument("--items", type=amount, metavar="AMOUNT", help=_("the goods apart"))
    confirm.add_argument("--shipping", type=amount, metavar="AMOUNT", help=_("what shipping costs"))
    bases = [one.value for one in TaxBasis]
    confirm.add_argument("--tax", choices=bases, help=_("whether tax is in the goods' price (gross) or not (net)"))
    confirm.add_argument("--valid-until", type=day, metavar="DAY", help=_("the last day of the offer"))
    confirm.add_argument("--by", type=day, metavar="DAY", help=_("the day by which it comes"))
    confirm.add_argument("--returns", type=_number, metavar="DAYS", dest="returns_days", help=_("days to return it"))
    confirm.add_argument(
        "--warranty", type=_number, metavar="MONTHS", dest="warranty_months", help=_("months of warranty")
    )
    bound = confirm.add_mutually_exclusive_group()
    bound.add_argument("--binding", dest="binding", action="store_true", default=None, help=_("the vendor is bound"))
    bound.add_argument("--indication", dest="binding", action="store_false", default=None, help=_("it is not"))
    warnings = [one.value for one in MailWarning]
    confirm.add_argument(
        "--seen",
        action="append",
        choices=warnings,
        default=[],
        metavar="WARNING",
        help=_("a warning that you have looked at and trust the mail in spite of; once for each"),
    )


_VALUES = ("total", "items", "shipping", "tax", "valid_until", "by", "returns_days", "warranty_months", "binding")


def shape(view: ProposalView) -> shapes.Shape:
    """A proposal as JSON: each value with its place in the mail's text, and the passage."""
    one = view.proposal
    text = view.mail.text if view.mail is not None else ""
    return {
        "id": one.id,
        "intentcast": one.intentcast,
        "mail": one.mail,
        "vendor": one.vendor,
        "vendor_name": view.vendor_name,
        "sender": one.sender or None,
        "dated": one.dated.isoformat(),
        "state": one.state.value,
        "counts": one.state is ProposalState.CONFIRMED,
        "offer": one.offer,
        "terms_accepted": one.terms_accepted,
        "warnings": [warning.value for warning in one.warnings],
        "doubts": [doubt.value for doubt in one.reading.doubts],
        "read": _read(one.reading, text),
    }


def _read(reading: MailReading, text: str) -> list[shapes.Shape]:
    found: list[tuple[str, object, Quoted]] = [
        (name, shapes.money(said.money), said.at)
        for name, said in (("total", reading.total), ("items", reading.items), ("shipping", reading.shipping))
        if said is not None
    ]
    if reading.tax is not None:
        found.append(("tax", reading.tax.basis.value, reading.tax.at))
    found += [
        (name, said.day.isoformat(), said.at)
        for name, said in (("valid_until", reading.valid_until), ("by", reading.delivery_by))
        if said is not None
    ]
    found += [
        (name, said.count, said.at)
        for name, said in (
            ("within_working_days", reading.delivery_days if _working(reading) else None),
            ("within_days", None if _working(reading) else reading.delivery_days),
            ("returns_days", reading.returns_days),
            ("warranty_months", reading.warranty_months),
        )
        if said is not None
    ]
    if reading.standing is not None:
        found.append(("standing", reading.standing.standing.value, reading.standing.at))
    return [
        {
            "id": name,
            "value": value,
            "start": at.start,
            "end": at.end,
            "why": at.why.value,
            "passage": passage(text, at) if at.end <= len(text) else None,
        }
        for name, value, at in found
    ]


def _working(reading: MailReading) -> bool:
    return reading.delivery_days is not None and reading.delivery_days.working


def _lines(view: ProposalView) -> tuple[str, ...]:
    return proposal_lines(view.proposal, view.vendor_name, view.mail.text if view.mail is not None else "")


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """What mails propose for a want."""
    found = await confirm_mail_offer.proposals(home.means, IntentcastId(arguments.want))
    lines = tuple(line for one in found for line in _lines(one)) or (_("No mail proposes anything for it."),)
    return Result(shape={"proposals": [shape(one) for one in found]}, lines=lines)


async def propose_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Read a mail."""
    want = IntentcastId(arguments.want) if arguments.want else None
    made = await confirm_mail_offer.propose(home.means, arguments.mail, want)
    view = await confirm_mail_offer.proposal(home.means, made.id)
    lines = (*_lines(view), _("It counts as an offer once you confirm it."))
    return Result(shape={"proposal": shape(view)}, lines=lines)


async def confirm_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Let a proposal count."""
    view = await confirm_mail_offer.proposal(home.means, arguments.id)
    given = {name: getattr(arguments, name) for name in _VALUES if getattr(arguments, name) is not None}
    if "tax" in given:
        given["tax"] = TaxBasis(given["tax"])
    made = confirm_mail_offer.as_read(home.means, view.proposal, **given)
    seen = frozenset(MailWarning(one) for one in arguments.seen)
    offer = await confirm_mail_offer.confirm(home.means, arguments.id, made, seen)
    total = values.money(made.total)
    lines = [
        _("Offer by e-mail, confirmed by you: {vendor}, {total}, until {day}  ({id})").format(
            vendor=offer.vendor_name, total=total, day=values.day(made.valid_until), id=offer.id
        )
    ]
    if MailWarning.BANK_DETAILS in view.proposal.warnings:
        lines.append(f"!  {warning_line(MailWarning.BANK_DETAILS)}")
    return Result(shape={"offer": shapes.offer(offer)}, lines=tuple(lines))


async def dismiss_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Put a proposal aside."""
    await confirm_mail_offer.drop(home.means, arguments.id)
    return Result(shape={"dismissed": arguments.id}, lines=(_("Put aside."),))


async def terms_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Note what the vendor says to the person's conditions."""
    await confirm_mail_offer.accepted_terms(home.means, arguments.id, accepted=arguments.accepted)
    view = await confirm_mail_offer.proposal(home.means, arguments.id)
    return Result(shape={"proposal": shape(view)}, lines=_lines(view))


async def ordered_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Say that a mail confirms an order."""
    order = await order_by_mail.confirmed_by(home.means, arguments.mail)
    file = await keep_relationship.relationship(home.means, order.relationship)
    words = ordered_words(order, file.relationship.way, file.vendor.name)
    lines = [f"{file.vendor.name}: {words}", *(unsigned_lines(order.price.all_in) if order.price is not None else ())]
    return Result(shape={"order": shapes.order(order), "relationship": shapes.relationship(file)}, lines=tuple(lines))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:5]) <= _MOST_DAYS):
        raise argparse.ArgumentTypeError(_("a number of days or months, such as 14"))
    return int(text)
