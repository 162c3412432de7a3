"""Which file serves which way beyond our own wire. Nothing else may live here."""

from collections.abc import Mapping
from typing import Final

from vrm_desktop.domain.ways import Way
from vrm_desktop.services.ask_by_mail import MailWay
from vrm_desktop.services.ask_quote import QuoteWay
from vrm_desktop.services.errors import NotPossibleNow
from vrm_desktop.services.outside_ways import OutsideWay
from vrm_desktop.services.shop_way import ShopWay

OUTSIDE: Final[Mapping[Way, OutsideWay]] = {
    Way.UCP: ShopWay(),
    Way.MCP: QuoteWay(),
    Way.MAIL: MailWay(),
}


def outside(way: Way) -> OutsideWay:
    """What asks by this way.

    Raises:
        NotPossibleNow: nothing here asks by it: a page is visited, a letter written, our own wire has its exchange.
    """
    found = OUTSIDE.get(way)
    if found is None:
        raise NotPossibleNow(way.value)
    return found
