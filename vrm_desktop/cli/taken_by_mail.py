"""Accepting an offer that came by mail: the acceptance leaves as a mail, or lies ready as a draft. It is ordered
then, though nobody has signed it; `vrm mail ordered` says which mail confirms it.

Never here: accepting over our own wire, or by a desk's tool.
"""

from collections.abc import Awaitable, Callable

from vrm_desktop.cli import shapes
from vrm_desktop.cli.following import say
from vrm_desktop.cli.session import DONE, PARTLY, Result, Session
from vrm_desktop.domain.letter import Letter, LetterState
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.outside import OutsideAct, OutsideState
from vrm_desktop.domain.relationship import OrderState
from vrm_desktop.services import compare_offers
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.outside_acts import OPEN
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import command_advice
from vrm_desktop.wording.payment import ordered_words


async def accept_by_mail(
    session: Session, home: OpenHome, offer: Offer, accepting: Callable[[], Awaitable[object]], wait: float
) -> Result:
    """Accept, and say how the acceptance goes."""
    followed = await say(home, offer.relationship, accepting, lambda file: not _open(file, offer), wait)
    file = followed.file
    act = _act(file, offer)
    letter = None if act is not None else _draft(file)
    if act is not None and act.trouble:
        session.tell(command_advice(act.trouble).sentence)
    shape = {
        "order": shapes.order(file.order),
        "offer": shapes.offer((await compare_offers.offer(home.means, offer.id)).offer),
        "acceptance": {"state": act.state.value if act is not None else None, "letter": letter},
        "relationship": shapes.relationship(file),
    }
    status = DONE if act is None or act.state is OutsideState.DONE else PARTLY
    lines = [f"{file.vendor.name}: {_said(act, letter)}"]
    if file.order is not None and file.order.state is OrderState.PLACED:
        lines.append(ordered_words(file.order, file.relationship.way, file.vendor.name))
    return Result(shape=shape, lines=tuple(lines), status=status)


def _said(act: OutsideAct | None, letter: str | None) -> str:
    if act is None:
        return _("your acceptance lies ready; hand it out with: vrm mail draft {id} FILE.eml").format(id=letter or "")
    return {
        OutsideState.DONE: _("your acceptance has left by e-mail, and the confirmation comes by e-mail."),
        OutsideState.UNSURE: _("your acceptance may have left, or not. It is not sent again by itself."),
        OutsideState.FAILED: _("your acceptance did not leave. Nothing is ordered."),
        OutsideState.UNDONE: _("your acceptance did not leave. Nothing is ordered."),
    }.get(act.state, _("your acceptance waits, and leaves with the next `vrm sync`."))


def _open(file: RelationshipFile, offer: Offer) -> bool:
    act = _act(file, offer)
    return act is not None and act.state in OPEN


def _act(file: RelationshipFile, offer: Offer) -> OutsideAct | None:
    acts = [one for one in file.papers_of(OutsideAct) if one.accepts == offer.id]
    return acts[-1] if acts else None


def _draft(file: RelationshipFile) -> str | None:
    drafts = [
        one
        for one in file.papers_of(Letter)
        if one.relationship == file.relationship.id and one.state is LetterState.DRAFT
    ]
    return drafts[-1].id if drafts else None
