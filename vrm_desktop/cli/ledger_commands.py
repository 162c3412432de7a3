"""`vrm ledger` (who knows what) and `vrm journal verify` (proof)."""

import argparse
from datetime import date

from vrm_desktop.cli import shapes
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.services import who_knows_what
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.who_knows_what import GroupBy, LedgerEntry, LedgerQuery
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label, ledger_state_label, purpose_label
from vrm_desktop.wording.ledger_words import group_label


def add_ledger_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of `vrm ledger`; without one it lists."""
    _asking(noun)
    noun.set_defaults(work=show)
    verbs = noun.add_subparsers(dest="verb", required=False, metavar="VERB")
    _asking(verbs.add_parser("list", help=_("what was told, to whom, what for, until when")))


def _asking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--vendor", metavar="V", help=_("only what this vendor knows"))
    parser.add_argument("--field", default="", metavar="NAME", help=_("only this field: phone, address, want.title"))
    parser.add_argument("--purpose", choices=[one.value for one in Purpose], help=_("only for this purpose"))
    parser.add_argument("--about", default="", metavar="WHOM", help=_("only about this person"))
    parser.add_argument("--held", action="store_true", help=_("only what is still held"))
    parser.add_argument("--lapses", type=month, metavar="YYYY-MM", help=_("only what lapses in this month"))
    parser.add_argument("--words", default="", metavar="WORDS", help=_("only what has these words"))
    parser.add_argument("--by", choices=[one.value for one in GroupBy], help=_("put together by this"))


def add_journal_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of `vrm journal`."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("verify", help=_("follow both chains from their first row")).set_defaults(work=verify)


async def show(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Who knows what."""
    query = LedgerQuery(
        vendor=VendorId(arguments.vendor) if arguments.vendor else None,
        field=arguments.field,
        purpose=Purpose(arguments.purpose) if arguments.purpose else None,
        subject=arguments.about,
        held=arguments.held,
        lapses=arguments.lapses,
        words=arguments.words,
    )
    entries = await who_knows_what.asked(home.means, query)
    shape: dict[str, object] = {"entries": [shapes.entry(one) for one in entries]}
    lines = [_line(one) for one in entries]
    if arguments.by:
        groups = who_knows_what.grouped(entries, GroupBy(arguments.by))
        shape["groups"] = [
            {"id": key, "entries": [shapes.entry(one) for one in group]} for key, group in groups.items()
        ]
        lines = []
        for key, group in groups.items():
            lines += [group_label(GroupBy(arguments.by), key), *("    " + _line(one) for one in group)]
    return Result(shape=shape, lines=tuple(lines) or await _none(home, query))


async def _none(home: OpenHome, query: LedgerQuery) -> tuple[str, ...]:
    """That nothing was found, and under which names something was told, so that a mistyped one is seen."""
    told = sorted({one.row.name for one in await who_knows_what.asked(home.means, LedgerQuery())})
    if not told:
        return (_("Nobody knows anything from here."),)
    lines = [_("Nobody knows that from here, as far as the ledger says.")]
    if query.field:
        lines.append(_("Fields that were told: {names}").format(names=", ".join(told)))
    return tuple(lines)


def _line(one: LedgerEntry) -> str:
    return (
        f"{one.vendor_name}  {asked_field_label(one.row.name)}: {asked_value_label(one.row.name, one.row.value)}  "
        f"({purpose_label(one.row.purpose)}, {values.day(one.row.until)}, {ledger_state_label(one.row.state)})"
    )


def month(text: str) -> date:
    """A month as people type it: 2027-03."""
    return date.fromisoformat(f"{text}-01")


async def verify(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """Follow journal and ledger link by link."""
    proof = await who_knows_what.verify(home.means)
    shape = {"journal": {"id": proof.head, "messages": proof.journal, "disclosures": proof.ledger, "sound": True}}
    line = _("Whole: {messages} messages and {disclosures} disclosures, every link fits.").format(
        messages=proof.journal, disclosures=proof.ledger
    )
    return Result(shape=shape, lines=(line,))
