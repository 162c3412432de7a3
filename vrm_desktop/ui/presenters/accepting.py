"""What accepting an offer means by the way it came, before and after, in words for the person. Pure; no decisions."""

from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.ways import Way
from vrm_desktop.wording.catalogue import _


def before_accepting(offer: Offer) -> str:
    """What accepting tells, above what it tells."""
    match offer.way:
        case Way.NATIVE:
            if offer.binding:
                return _("The vendor is bound by it. It alone gets, signed by you:")
            return _("The vendor confirms it after you accept. It alone gets, signed by you:")
        case Way.MCP:
            return _("The desk is told its own number and that you accept, and nothing more. Nothing of it is signed.")
        case Way.MAIL:
            return _(
                "An e-mail says so, which nobody signs; without an account of yours it waits under Letters. It says:"
            )
        case Way.UCP | Way.PAGE | Way.LETTER:
            return ""


def after_accepting(offer: Offer) -> str:
    """What is under way now."""
    match offer.way:
        case Way.NATIVE:
            return _("Ordered. Your signature and your address are on their way to this vendor alone.")
        case Way.MCP:
            return _("The desk is told that you accept. Its answer, and how to pay, come here.")
        case Way.MAIL:
            return _("Accepted by e-mail. It is confirmed once you say that a mail of theirs confirms it.")
        case Way.UCP | Way.PAGE | Way.LETTER:
            return ""
