"""`vrm counterparty add|edit|list|show|money|write|documents|save`: organisations, with or without a desk."""

import argparse
import asyncio
from collections.abc import Mapping
from dataclasses import replace

from vrm_desktop.cli import shapes
from vrm_desktop.cli.argument_types import amount, country, day, email_address, seconds, web_address
from vrm_desktop.cli.following import USUAL_WAIT, follow
from vrm_desktop.cli.new_file import write_new
from vrm_desktop.cli.session import DONE, PARTLY, Result, Session
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.booking import Booking, BookingKind, balances
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.living import ContactAbout
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.services import (
    choose_vendors,
    keep_counterparty,
    keep_documents,
    keep_money,
    keep_relationship,
    start_conversation,
)
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.start_conversation import ConversationPlan, Way, Wish
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.bookings import balance_words, booking_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label, purpose_label, relationship_state_label

_LINES = ("postal", "email", "phone", "web", "country", "number", "reply_to", "note")


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    add = verbs.add_parser("add", help=_("keep an organisation by hand, and begin its file"))
    add.add_argument("name", metavar="NAME")
    add.set_defaults(work=add_one)
    edit = verbs.add_parser("edit", help=_("change what is written down about it"))
    edit.add_argument("id", metavar="ID")
    edit.add_argument("--name")
    edit.set_defaults(work=edit_one)
    for command in (add, edit):
        _add_details(command)
    verbs.add_parser("list", help=_("all organisations you know")).set_defaults(work=list_all)
    show = verbs.add_parser("show", help=_("one, and its files"))
    show.add_argument("id", metavar="ID")
    show.set_defaults(work=show_one)
    money = verbs.add_parser("money", help=_("money both ways; --add writes a line down"))
    money.add_argument("id", metavar="ID")
    money.add_argument("--add", choices=[one.value for one in BookingKind], help=_("what happened to the money"))
    money.add_argument("--amount", type=amount, help=_("an amount such as 799.00 EUR"))
    money.add_argument("--on", type=day, metavar="DAY")
    money.add_argument("--for", dest="what", default="", metavar="TEXT")
    money.add_argument("--number", default="", help=_("of the bill or receipt"))
    money.add_argument("--strike", metavar="BOOKING", help=_("strike a line that you wrote down"))
    money.set_defaults(work=money_with)
    write = verbs.add_parser("write", help=_("begin a conversation: shown first, begun with --yes"))
    write.add_argument("id", metavar="ID")
    write.add_argument("text", metavar="TEXT")
    write.add_argument("--about", choices=[one.value for one in ContactAbout], default=ContactAbout.QUESTION.value)
    write.add_argument("--subject", default="", help=_("the subject, if it becomes a letter"))
    write.add_argument("--customer-number", action="store_true", help=_("tell your customer number there"))
    write.add_argument(
        "--tell",
        action="append",
        default=[],
        choices=[one.value for one in FieldPath],
        metavar="FIELD",
        help=_("tell this field of your profile too (again for more)"),
    )
    write.add_argument("--as-customer", metavar="RELATIONSHIP", help=_("be known as the customer of this earlier file"))
    write.add_argument("--yes", action="store_true", help=_("begin it"))
    write.add_argument("--wait", type=seconds, default=USUAL_WAIT, metavar="SECONDS")
    write.set_defaults(work=write_one)
    documents = verbs.add_parser("documents", help=_("what was attached to its papers"))
    documents.add_argument("id", metavar="ID")
    documents.set_defaults(work=list_documents)
    save = verbs.add_parser("save", help=_("save a copy of one of these documents into FILE"))
    save.add_argument("document", metavar="DOCUMENT")
    save.add_argument("file", metavar="FILE")
    save.set_defaults(work=save_document)


def _add_details(command: argparse.ArgumentParser) -> None:
    command.add_argument("--kind", choices=[one.value for one in OrganisationKind])
    command.add_argument("--postal", metavar="ADDRESS", help=_("where letters go; \\n begins a new line"))
    command.add_argument("--email", type=email_address)
    command.add_argument("--phone")
    command.add_argument("--web", type=web_address, metavar="URL")
    command.add_argument("--country", type=country, metavar="CC", help=_("two letters, such as DE"))
    command.add_argument("--language", action="append", metavar="LANG", help=_("such as de (again for more)"))
    command.add_argument("--number", help=_("what it calls you: your customer number"))
    command.add_argument(
        "--reply-to", type=email_address, metavar="EMAIL", help=_("the address that you gave to it alone")
    )
    command.add_argument("--note")


def _said(arguments: argparse.Namespace, before: ContactDetails) -> ContactDetails:
    given: dict[str, object] = {
        name: getattr(arguments, name) for name in _LINES if getattr(arguments, name) is not None
    }
    if "postal" in given:
        given["postal"] = str(given["postal"]).replace("\\n", "\n")
    if arguments.kind:
        given["kind"] = OrganisationKind(arguments.kind)
    if arguments.language is not None:
        given["languages"] = tuple(one for one in arguments.language if one)
    if arguments.name is not None:
        given["name"] = arguments.name
    return replace(before, **given)  # type: ignore[arg-type]  # the flags are named after the members


def shape(vendor: Counterparty, files: tuple[RelationshipFile, ...]) -> Mapping[str, object]:
    """One counterparty as JSON."""
    return {
        "id": vendor.id,
        "name": vendor.name,
        "kind": vendor.kind.value,
        "address": vendor.address or None,
        "desk": vendor.card is not None,
        **{name: getattr(vendor, name) for name in _LINES},
        "languages": list(vendor.languages),
        "source": vendor.source,
        "relationships": [{"id": one.relationship.id, "state": one.relationship.state.value} for one in files],
    }


async def _files(home: OpenHome, key: VendorId) -> tuple[RelationshipFile, ...]:
    found = await keep_relationship.relationships(home.means)
    return tuple(one for one in found if one.vendor.id == key)


async def _shown(home: OpenHome, key: VendorId) -> Result:
    vendor, files = await choose_vendors.vendor(home.means, key), await _files(home, key)
    lines = [f"{vendor.id}  {vendor.name}"]
    lines += [f"    {line}" for name in _LINES for line in str(getattr(vendor, name)).splitlines() if line]
    lines += [f"    {one.relationship.id}  {relationship_state_label(one.relationship.state)}" for one in files]
    return Result(shape={"counterparty": shape(vendor, files)}, lines=tuple(lines))


async def add_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Keep an organisation by hand."""
    details = _said(arguments, ContactDetails(name=arguments.name, kind=OrganisationKind.OTHER))
    vendor, _file = await keep_counterparty.add(home.means, details)
    return await _shown(home, vendor.id)


async def edit_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Change what is written down."""
    found = await choose_vendors.vendor(home.means, VendorId(arguments.id))
    await keep_counterparty.edit(home.means, found.id, _said(arguments, keep_counterparty.details_of(found)))
    return await _shown(home, found.id)


async def list_all(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All organisations, by name."""
    vendors = await choose_vendors.vendors(home.means)
    files = await keep_relationship.relationships(home.means)
    found = [(one, tuple(file for file in files if file.vendor.id == one.id)) for one in vendors]
    lines = tuple(f"{one.id}  {one.name}" for one, _own in found) or (_("You know no organisation yet."),)
    return Result(shape={"counterparties": [shape(one, own) for one, own in found]}, lines=lines)


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One organisation, and its files."""
    return await _shown(home, VendorId(arguments.id))


async def list_documents(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The documents of one organisation."""
    found = await keep_documents.documents(home.means, VendorId(arguments.id))
    lines = tuple(f"{one.id}  {values.day(one.at.date())}  {one.name}" for one in found)
    return Result(shape={"documents": [_document(one) for one in found]}, lines=lines or (_("No documents yet."),))


async def save_document(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """A copy of one document."""
    found, data = await keep_documents.document(home.means, arguments.document)
    await asyncio.to_thread(write_new, arguments.file, data)
    return Result(shape={"document": _document(found)}, lines=(_("A copy of the document is saved."),))


def _document(one: Attachment) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "media": one.media,
        "bytes": one.size,
        "at": shapes.instant(one.at),
        "of": one.of,
        "paper": one.paper,
    }


async def money_with(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Money both ways with one organisation, and a line more or less of it."""
    means, vendor = home.means, VendorId(arguments.id)
    if arguments.strike:
        await keep_money.strike(means, arguments.strike)
    if arguments.add:
        if arguments.amount is None:
            raise InvalidValue("--add goes with --amount")
        await keep_money.book(
            means,
            vendor,
            kind=BookingKind(arguments.add),
            amount=arguments.amount,
            on=arguments.on or means.clock.today(),
            what=arguments.what,
            number=arguments.number,
        )
    found = await keep_money.bookings(means, vendor)
    sums = balances(found)
    told = [
        {"id": one.currency, "owed": one.owed, "paid": one.paid, "back": one.back, "open": one.open.minor}
        for one in sums
    ]
    lines = [
        f"{values.day(one.on)}  {booking_label(one.kind)}  {values.money(one.amount)}  {one.words}" for one in found
    ]
    lines += [balance_words(one) for one in sums]
    whole = {"bookings": [_booking(one) for one in found], "balances": told}
    return Result(shape=whole, lines=tuple(lines) or (_("No money went either way yet."),))


def _booking(one: Booking) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "on": one.on.isoformat(),
        "amount": shapes.money(one.amount),
        "for": one.what,
        "number": one.number,
        "relationship": one.relationship,
        "message": one.message,
    }


async def write_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Show what a conversation would tell, and with --yes begin it."""
    wish = Wish(
        vendor=VendorId(arguments.id),
        about=ContactAbout(arguments.about),
        words=arguments.text,
        number=arguments.customer_number,
        fields=tuple(FieldPath(one) for one in arguments.tell),
        known=RelationshipId(arguments.as_customer) if arguments.as_customer else None,
        subject=arguments.subject,
    )
    planned = await start_conversation.plan(home.means, wish)
    told = {"way": planned.way.value, "at_once": _rows(planned.at_once), "after_terms": _rows(planned.after_terms)}
    if not arguments.yes:
        return Result(shape={"plan": told}, lines=(*_plan_lines(planned), _("Begin it with --yes.")))
    begun = await start_conversation.begin(home.means, planned)
    if planned.way is Way.LETTER:
        words = _("It has no program that understands this. A letter is drafted: {letter}").format(letter=begun.letter)
        return Result(shape={"plan": told, "letter": begun.letter, "relationship": begun.relationship}, lines=(words,))
    file = await follow(home, begun.relationship, _answered, arguments.wait)
    whole = {"plan": told, "relationship": shapes.relationship(file, whole=True)}
    line = f"{begun.relationship}  {file.vendor.name}: {relationship_state_label(file.relationship.state)}"
    return Result(shape=whole, lines=(line,), status=DONE if _answered(file) else PARTLY)


def _answered(file: RelationshipFile) -> bool:
    return file.relationship.state is not RelationshipState.ASKING and not file.waiting


def _rows(fields: tuple[PlannedField, ...]) -> list[dict[str, str]]:
    return [
        {"id": one.name, "value": one.value, "purpose": one.purpose.value, "until": one.until.isoformat()}
        for one in fields
    ]


def _plan_lines(planned: ConversationPlan) -> tuple[str, ...]:
    if planned.way is Way.LETTER:
        first = _("A letter to {vendor} would tell, besides your words:").format(vendor=planned.vendor.name)
        return (first, *_told(planned.at_once))
    return (
        _("The first question to {vendor} would tell:").format(vendor=planned.vendor.name),
        *_told(planned.at_once),
        _("Once it has signed your conditions, your words and:"),
        *_told(planned.after_terms),
    )


def _told(fields: tuple[PlannedField, ...]) -> tuple[str, ...]:
    return tuple(
        "    "
        + _("{what}: {value} ({purpose}, until {day})").format(
            what=asked_field_label(one.name),
            value=asked_value_label(one.name, one.value),
            purpose=purpose_label(one.purpose),
            day=values.day(one.until),
        )
        for one in fields
    ) or ("    " + _("nothing"),)
