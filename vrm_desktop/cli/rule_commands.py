"""`vrm rule list|set|drop`: what is answered by itself, what is asked, what never goes."""

import argparse

from vrm_desktop.cli import data_shapes
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.wish import RuleWord
from vrm_desktop.services import choose_vendors, keep_rules
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.wish_words import rule_words


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help=_("all rules in force")).set_defaults(work=list_all)
    made = verbs.add_parser("set", help=_("make a rule, in place of the one that names the same"))
    made.add_argument("word", choices=[word.name.lower() for word in RuleWord])
    made.add_argument("--vendor", metavar="ID", help=_("only this vendor"))
    made.add_argument("--kind", choices=[one.value for one in OrganisationKind], help=_("only such organisations"))
    made.add_argument("--purpose", choices=[one.value for one in Purpose], help=_("only for this purpose"))
    made.add_argument("--field", default="", metavar="NAME", help=_("only this field, such as profile.phone"))
    made.set_defaults(work=set_one)
    dropped = verbs.add_parser("drop", help=_("take a rule of yours back"))
    dropped.add_argument("id", metavar="RULE")
    dropped.set_defaults(work=drop_one)


async def list_all(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All rules in force."""
    names = {one.id: one.name for one in await choose_vendors.vendors(home.means)}
    rules = await keep_rules.rules(home.means)
    lines = tuple(f"{one.id}  {rule_words(one, names.get(one.vendor, '') if one.vendor else '')}" for one in rules)
    return Result(shape={"rules": [data_shapes.rule(one) for one in rules]}, lines=lines)


async def set_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Make a rule."""
    await keep_rules.set_rule(
        home.means,
        RuleWord[arguments.word.upper()],
        vendor=VendorId(arguments.vendor) if arguments.vendor else None,
        kind=OrganisationKind(arguments.kind) if arguments.kind else None,
        purpose=Purpose(arguments.purpose) if arguments.purpose else None,
        field=arguments.field,
    )
    return await list_all(session, home, arguments)


async def drop_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Take a rule back."""
    await keep_rules.drop_rule(home.means, arguments.id)
    return await list_all(session, home, arguments)
