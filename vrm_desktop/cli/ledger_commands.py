"""`vrm ledger` (who knows what) and `vrm journal verify` (proof)."""

import argparse

from vrm_desktop.cli import shapes
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.services import who_knows_what
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label, ledger_state_label, purpose_label


def add_ledger_to(noun: argparse.ArgumentParser) -> None:
    """The arguments of `vrm ledger`."""
    noun.add_argument("--vendor", metavar="V", help=_("only what this vendor knows"))
    noun.set_defaults(work=show)


def add_journal_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of `vrm journal`."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("verify", help=_("follow both chains from their first row")).set_defaults(work=verify)


async def show(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Who knows what."""
    entries = await who_knows_what.ledger(home.means, VendorId(arguments.vendor) if arguments.vendor else None)
    lines = tuple(
        f"{one.vendor_name}  {asked_field_label(one.row.name)}: {asked_value_label(one.row.name, one.row.value)}  "
        f"({purpose_label(one.row.purpose)}, {values.day(one.row.until)}, {ledger_state_label(one.row.state)})"
        for one in entries
    )
    shape = {"entries": [shapes.entry(one) for one in entries]}
    return Result(shape=shape, lines=lines or (_("Nobody knows anything from here."),))


async def verify(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """Follow journal and ledger link by link."""
    proof = await who_knows_what.verify(home.means)
    shape = {"journal": {"id": proof.head, "messages": proof.journal, "disclosures": proof.ledger, "sound": True}}
    line = _("Whole: {messages} messages and {disclosures} disclosures, every link fits.").format(
        messages=proof.journal, disclosures=proof.ledger
    )
    return Result(shape=shape, lines=(line,))
