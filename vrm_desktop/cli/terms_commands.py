"""`vrm terms list|accept|refuse`: how the conditions stand, and the answer to a counter."""

import argparse
from collections.abc import Awaitable, Callable

from vrm_desktop.cli import shapes
from vrm_desktop.cli.following import has_left, say
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.services import settle_terms
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.settle_terms import TermsView
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import agreement_state_label, conversation_label, terms_label


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", help=_("how your conditions stand with each vendor"))
    listing.add_argument("--intentcast", metavar="ID")
    listing.set_defaults(work=list_terms)
    for verb, work, told in (
        ("accept", accept, _("accept a vendor's counter")),
        ("refuse", refuse, _("refuse a vendor's counter")),
    ):
        one = verbs.add_parser(verb, help=told)
        one.add_argument("id", metavar="RELATIONSHIP")
        one.set_defaults(work=work)


def _shape(view: TermsView) -> shapes.Shape:
    return {
        "id": view.relationship.id,
        "vendor": view.relationship.vendor,
        "vendor_name": view.vendor_name,
        "state": view.relationship.conversation.state.value,
        "open_counter": view.open_counter,
        "agreements": [shapes.agreement(one) for one in view.agreements],
    }


async def list_terms(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """How the terms stand with every vendor."""
    views = await settle_terms.terms(home.means, IntentcastId(arguments.intentcast) if arguments.intentcast else None)
    lines: list[str] = []
    for view in views:
        state = conversation_label(view.relationship.conversation.state)
        lines.append(f"{view.relationship.id}  {view.vendor_name}: {state}")
        lines += [f"    {terms_label(one.roster)}: {agreement_state_label(one.state)}" for one in view.agreements]
        if view.open_counter:
            lines.append(
                "    " + _("Your answer is needed: vrm terms accept|refuse {id}").format(id=view.relationship.id)
            )
    return Result(shape={"terms": [_shape(one) for one in views]}, lines=tuple(lines) or (_("Nobody was asked yet."),))


async def _answered(
    session: Session, home: OpenHome, key: RelationshipId, saying: Callable[[], Awaitable[object]]
) -> Result:
    followed = await say(home, key, saying, has_left)
    followed.tell(session)
    views = await settle_terms.terms(home.means)
    view = next(one for one in views if one.relationship.id == key)
    line = f"{view.vendor_name}: {conversation_label(view.relationship.conversation.state)}"
    return Result(shape={"terms": _shape(view)}, lines=(line,), status=followed.status)


async def accept(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Close a vendor's counter."""
    key = RelationshipId(arguments.id)
    return await _answered(session, home, key, lambda: settle_terms.accept_counter(home.means, key))


async def refuse(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Refuse a vendor's counter."""
    key = RelationshipId(arguments.id)
    return await _answered(session, home, key, lambda: settle_terms.refuse_counter(home.means, key))
