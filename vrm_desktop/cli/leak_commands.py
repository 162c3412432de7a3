"""`vrm leak list|report|cut-off|take-back|addresses`: addresses of one counterparty alone, and what follows a leak."""

import argparse

from vrm_desktop.cli import shapes
from vrm_desktop.cli.argument_types import day
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.leak import Leak
from vrm_desktop.services import choose_vendors, cut_off, reply_references
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.leak_words import leak_lines


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help=_("what was reported")).set_defaults(work=list_all)
    report = verbs.add_parser("report", help=_("an address was used by somebody else than whom you gave it to"))
    report.add_argument("address", metavar="ADDRESS")
    report.add_argument("--what", default="", metavar="TEXT", help=_("what happened"))
    report.add_argument("--on", type=day, metavar="DAY")
    report.set_defaults(work=report_one)
    off = verbs.add_parser("cut-off", help=_("let go of a counterparty: retire its address, object, have all erased"))
    off.add_argument("vendor", metavar="COUNTERPARTY")
    off.add_argument("--leak", default="", metavar="ID", help=_("on account of this leak, with the proof attached"))
    off.set_defaults(work=cut_off_one)
    back = verbs.add_parser("take-back", help=_("deal with it as usual again"))
    back.add_argument("vendor", metavar="COUNTERPARTY")
    back.set_defaults(work=take_back)
    addresses = verbs.add_parser("addresses", help=_("where addresses for single counterparties are drawn from"))
    addresses.add_argument("--set", nargs="*", metavar="ADDRESS", help=_("such as me+*@mail.example or *@own.example"))
    addresses.set_defaults(work=show_addresses)


def _shape(one: Leak, name: str) -> shapes.Shape:
    return {
        "id": one.id,
        "address": one.address,
        "on": one.on.isoformat(),
        "what": one.what,
        "counterparty": {"id": one.vendor, "name": name},
        "relationship": one.relationship,
        "agreement": one.agreement,
        "terms": one.roster or None,
        "cut_off": one.cut_off.isoformat() if one.cut_off else None,
    }


async def _names(home: OpenHome) -> dict[VendorId, str]:
    return {one.id: one.name for one in await choose_vendors.vendors(home.means)}


def _lines(one: Leak, name: str) -> list[str]:
    return [*leak_lines(one, name), f"    {values.day(one.on)}  [{one.id}]"]


async def list_all(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """Every leak."""
    found, names = await cut_off.leaks(home.means), await _names(home)
    lines = [line for one in found for line in _lines(one, names.get(one.vendor, one.vendor))]
    shape = {"leaks": [_shape(one, names.get(one.vendor, "")) for one in found]}
    return Result(shape=shape, lines=tuple(lines) or (_("No leak was reported."),))


async def report_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Report a leak."""
    leak = await cut_off.report_leak(home.means, arguments.address, what=arguments.what, on=arguments.on)
    name = (await _names(home)).get(leak.vendor, leak.vendor)
    return Result(shape={"leak": _shape(leak, name)}, lines=tuple(_lines(leak, name)))


async def cut_off_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Let go of a counterparty."""
    done = await cut_off.cut_off(home.means, VendorId(arguments.vendor), arguments.leak)
    shape = {
        "id": arguments.vendor,
        "retired": list(done.retired),
        "said": [kind.value for kind in done.said],
        "letters": list(done.letters),
        "evidence": list(done.evidence),
    }
    lines = [_("Nothing is answered by itself any more.")]
    lines += [_("Retired: {address}").format(address=address) for address in done.retired]
    if done.said:
        lines.append(_("The objection and the request to erase everything are on their way."))
    lines += [_("A letter waits for you: vrm letter show {id}").format(id=one) for one in done.letters]
    return Result(shape={"cut_off": shape}, lines=tuple(lines))


async def take_back(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Deal with it as usual again."""
    await cut_off.take_back(home.means, VendorId(arguments.vendor))
    return Result(shape={"cut_off": {"id": arguments.vendor, "stands": False}}, lines=(_("As usual again."),))


async def show_addresses(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Where addresses are drawn from; with `--set`, from now on."""
    if arguments.set is not None:
        await reply_references.set_sources(home.means, tuple(arguments.set))
    found = await reply_references.sources(home.means)
    return Result(shape={"addresses": list(found)}, lines=found or (_("No addresses of your own are set."),))
