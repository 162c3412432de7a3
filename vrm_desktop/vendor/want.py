"""What somebody wants, as far as a desk was told: the ping's coarse values and the words of the reveal. Never kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.protocol.errors import BadDisclosure
from vrm_desktop.protocol.meanings import area_from
from vrm_desktop.protocol.messages import Contact, Ping
from vrm_desktop.protocol.shapes import read_day

_QUANTITY = re.compile(r"[1-9][0-9]{0,2}")
_BID = re.compile(r"([0-9]{1,15}) ([A-Z]{3}) (firm|indicative) ([0-9]{4}-[0-9]{2}-[0-9]{2})")

OF_THE_WANT = frozenset({"want.title", "want.details", "want.quantity", "want.bid"})
"""The disclosed values, by wire name, that a `Want` has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """One want. `bid` is what the person says they would pay in all; a `firm` bid is not to be exceeded."""

    category: str
    condition: Condition
    fulfilment: Fulfilment
    answers_by: date
    attributes: Mapping[str, str] = field(default_factory=dict)
    needed_by: date | None = None
    title: str = ""
    details: str = ""
    quantity: int = 1
    bid: Money | None = None
    firm: bool = False
    area: Area | None = None


def asked(ping: Ping | Contact) -> Want:
    """The want as coarse as a first question says it; who makes contact wants nothing yet.

    Raises:
        Malformed: a day that does not exist.
    """
    if isinstance(ping, Contact):
        return Want(
            category=ping.category if isinstance(ping.category, str) else "",
            condition=Condition.ANY,
            fulfilment=Fulfilment.ANY,
            answers_by=read_day(ping.exp),
        )
    return Want(
        category=ping.category,
        condition=Condition(ping.condition),
        fulfilment=Fulfilment(ping.fulfilment),
        answers_by=read_day(ping.answers_by),
        attributes=ping.attributes,
        needed_by=read_day(ping.needed_by) if isinstance(ping.needed_by, str) else None,
        area=area_from(ping.area),
    )


def revealed(want: Want, values: Mapping[str, str]) -> Want:
    """`want` with the disclosed `values` (by wire name); names that quoting does not need are left alone.

    Raises:
        BadDisclosure: a quantity or a bid that cannot be read.
    """
    fuller = replace(want, title=values.get("want.title", ""), details=values.get("want.details", ""))
    quantity = values.get("want.quantity", "1")
    if not _QUANTITY.fullmatch(quantity):
        raise BadDisclosure("want.quantity is 1 to 999")
    fuller = replace(fuller, quantity=int(quantity))
    if "want.bid" not in values:
        return fuller
    match = _BID.fullmatch(values["want.bid"])
    if match is None:
        raise BadDisclosure("want.bid is written: minor units, currency, firm or indicative, day")
    try:
        bid = Money(minor=int(match[1]), currency=match[2])
    except InvalidValue as error:
        raise BadDisclosure(f"want.bid: {error}") from error
    return replace(fuller, bid=bid, firm=match[3] == "firm")
