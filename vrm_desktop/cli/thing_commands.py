"""`vrm thing list|add|edit|show|gone|forget`: what the person has, with its numbers, returns and warranties."""

import argparse
from dataclasses import replace

from vrm_desktop.cli import shapes
from vrm_desktop.cli.argument_types import amount, count, day
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.thing import Thing
from vrm_desktop.services import choose_vendors, keep_things
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _

_MEMBERS = ("quantity", "bought", "price", "serial", "gtin", "note", "return_by", "warranty_until")


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    listed = verbs.add_parser("list", help=_("all your things"))
    listed.add_argument("--counterparty", metavar="ID", help=_("only those from this one"))
    listed.set_defaults(work=list_all)
    add = verbs.add_parser("add", help=_("write a thing down"))
    add.add_argument("title", metavar="NAME")
    add.add_argument("--counterparty", metavar="ID", help=_("who it came from"))
    add.set_defaults(work=add_one)
    edit = verbs.add_parser("edit", help=_("write it down anew"))
    edit.add_argument("id", metavar="ID")
    edit.add_argument("--title")
    edit.set_defaults(work=edit_one)
    for command in (add, edit):
        command.add_argument("--quantity", type=count)
        command.add_argument("--bought", type=day, metavar="DAY")
        command.add_argument("--price", type=amount, metavar="AMOUNT", help=_("of one"))
        command.add_argument("--serial")
        command.add_argument("--gtin")
        command.add_argument("--note")
        command.add_argument("--return-by", type=day, metavar="DAY", help=_("the last day to send it back"))
        command.add_argument("--warranty-until", type=day, metavar="DAY")
    for verb, work, told in (
        ("show", show_one, _("one thing")),
        ("gone", gone_one, _("it is not here any more")),
        ("forget", forget_one, _("strike it off")),
    ):
        one = verbs.add_parser(verb, help=told)
        one.add_argument("id", metavar="ID")
        one.set_defaults(work=work)
        if verb == "gone":
            one.add_argument("--undo", action="store_true", help=_("it is here again"))


def shape(one: Thing) -> dict[str, object]:
    """One thing as JSON."""
    return {
        "id": one.id,
        "title": one.title,
        "counterparty": one.vendor,
        "relationship": one.relationship,
        "quantity": one.quantity,
        "bought": one.bought.isoformat() if one.bought else None,
        "price": shapes.money(one.price),
        "serial": one.serial,
        "gtin": one.gtin,
        "note": one.note,
        "return_by": one.return_by.isoformat() if one.return_by else None,
        "warranty_until": one.warranty_until.isoformat() if one.warranty_until else None,
        "order": one.order,
        "gone": one.gone.isoformat() if one.gone else None,
    }


def _line(one: Thing) -> str:
    parts = [f"{one.id}  {one.title}" if one.quantity == 1 else f"{one.id}  {one.quantity} × {one.title}"]
    if one.warranty_until is not None:
        parts.append(_("warranty until {day}").format(day=values.day(one.warranty_until)))
    if one.gone is not None:
        parts.append(_("gone since {day}").format(day=values.day(one.gone)))
    return " · ".join(parts)


def _said(one: Thing, arguments: argparse.Namespace) -> Thing:
    given = {name: getattr(arguments, name) for name in _MEMBERS if getattr(arguments, name) is not None}
    return replace(one, **given)


def _shown(one: Thing) -> Result:
    return Result(shape={"thing": shape(one)}, lines=(_line(one),))


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """All things; those that are gone last."""
    vendor = VendorId(arguments.counterparty) if arguments.counterparty else None
    found = await keep_things.things(home.means, vendor)
    lines = tuple(_line(one) for one in found) or (_("Nothing is written down yet."),)
    return Result(shape={"things": [shape(one) for one in found]}, lines=lines)


async def add_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Write a thing down."""
    means = home.means
    vendor = (await choose_vendors.vendor(means, VendorId(arguments.counterparty))) if arguments.counterparty else None
    made = Thing(
        id=means.new_id("thing"), title=arguments.title, at=means.clock.now(), vendor=vendor.id if vendor else None
    )
    return _shown(await keep_things.keep(means, _said(made, arguments)))


async def edit_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Write a thing down anew."""
    found = await keep_things.thing(home.means, arguments.id)
    if arguments.title is not None:
        found = replace(found, title=arguments.title)
    return _shown(await keep_things.keep(home.means, _said(found, arguments)))


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One thing."""
    return _shown(await keep_things.thing(home.means, arguments.id))


async def gone_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """A thing is not here any more, or again."""
    await keep_things.gone(home.means, arguments.id, here=arguments.undo)
    return _shown(await keep_things.thing(home.means, arguments.id))


async def forget_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Strike a thing off."""
    found = await keep_things.thing(home.means, arguments.id)
    await keep_things.forget(home.means, found.id)
    return Result(shape={"forgotten": found.id}, lines=(_("Struck off: {what}").format(what=found.title),))
