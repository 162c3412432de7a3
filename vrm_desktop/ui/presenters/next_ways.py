"""The next best ways as their card shows them. Pure; the sentences are those of the command line."""

from vrm_desktop.domain.reaching import NextKind, NextWay, NextWays
from vrm_desktop.domain.ways import Way
from vrm_desktop.ui.models.next_ways_view import NextStep, NextWaysView
from vrm_desktop.wording.agenda import sentence
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.reaching import because_words, next_words, told_words


def next_ways_view(found: NextWays) -> NextWaysView:
    """All of them, in the order given."""
    return NextWaysView(because=because_words(found.because), steps=tuple(_step(one) for one in found.ways))


def _step(one: NextWay) -> NextStep:
    vendor = one.vendor.id if one.vendor is not None else ""
    about = one.price.id if one.price is not None else vendor
    way = one.way.value if one.way is not None else ""
    return NextStep(
        id=":".join((one.kind.value, way, about)),
        kind=one.kind,
        words=next_words(one),
        told=sentence(told_words(one)),
        action=_action(one),
        vendor=vendor,
        way=one.way,
        address=one.address,
    )


def _action(one: NextWay) -> str:
    match one.kind:
        case NextKind.ASK:
            return _ask(one.way)
        case NextKind.USE_PRICE:
            return _("See the price")
        case NextKind.LOOK:
            return _("Copy the address")
        case NextKind.DISCOVER:
            return _("Look for ways")
        case NextKind.WRITE:
            return _("Write a letter")
        case NextKind.CHOOSE_FROM_LIST:
            return _("Look through the lists")
        case _:
            return _("Add a vendor")


def _ask(way: Way | None) -> str:
    match way:
        case Way.MAIL:
            return _("Ask by e-mail")
        case Way.UCP:
            return _("Ask its price list")
        case Way.MCP:
            return _("Ask its quote desk")
        case _:
            return _("Ask directly")
