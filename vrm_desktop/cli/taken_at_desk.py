"""Accepting what a quote desk offers: its own tool is called once, and what it says to that is told at once.

Never here: what is shown before (quote_commands, offer_commands), or accepting by mail or over our own wire.
"""

from vrm_desktop.cli import quote_shapes, shapes
from vrm_desktop.cli.session import DONE, REFUSED, Result
from vrm_desktop.domain.offer import Offer
from vrm_desktop.services import accept_offer, collect_offers, compare_offers, keep_desks, keep_relationship
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_desks import QuoteView
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import order_state_label


async def take(home: OpenHome, offer: Offer, payment: str | None, *, over_limit: bool) -> QuoteView:
    """Accept, call the desk, and give back how the quote stands then.

    Raises:
        OverLimit and the others of `accept_offer.accept`: nothing was said.
    """
    await accept_offer.accept(home.means, offer.id, payment, over_limit=over_limit)
    await home.exchange.one_pass(offer.relationship)
    await collect_offers.sync_once(home.means, home.exchange)  # others are told that another was chosen
    found = await keep_desks.quotes(home.means, offer.intentcast)
    return next(one for one in found if offer.id in one.asked.offers)


async def accept_at_desk(home: OpenHome, offer: Offer, payment: str | None, *, over_limit: bool) -> Result:
    """The same for `vrm offer accept`."""
    view = await take(home, offer, payment, over_limit=over_limit)
    file = await keep_relationship.relationship(home.means, offer.relationship)
    state = order_state_label(file.order.state) if file.order is not None else _("not placed")
    shape = {
        "offer": shapes.offer((await compare_offers.offer(home.means, offer.id)).offer),
        "order": shapes.order(file.order),
        "relationship": shapes.relationship(file),
        "quote": quote_shapes.quote(view),
    }
    lines = (
        _("{vendor}: order {state}").format(vendor=offer.vendor_name, state=state),
        *quote_shapes.quote_lines(view),
    )
    return Result(shape=shape, lines=lines, status=status_of(view))


def status_of(view: QuoteView) -> int:
    """Refused where the last thing that was asked of the desk did not work."""
    failed = any(act.trouble for act in view.acts[-1:])
    return REFUSED if failed or view.asked.trouble else DONE
