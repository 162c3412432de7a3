"""The part of a cast's plan that goes beyond our own wire: composed for showing, compared before it is asked.

Never here: any single way, and what leaves over our own wire.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.plan import CastPlan, VendorPlan
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import Way
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_table import OUTSIDE, outside
from vrm_desktop.services.outside_ways import begin, way_of, ways_of
from vrm_desktop.services.ports import Transaction


def ways_to_ask(tx: Transaction, means: Means, want: Intentcast, vendor: Counterparty) -> tuple[Way, ...]:
    """By which ways this counterparty can be asked for this want; our own wire first, where it has a card."""
    native = (Way.NATIVE,) if vendor.card is not None else ()
    others = tuple(one.way for one in ways_of(tx, vendor) if _can(tx, means, want, vendor, one.way))
    return (*native, *others)


def known_ways(tx: Transaction, vendor: Counterparty) -> tuple[Way, ...]:
    """By which ways this counterparty could be asked for something or other."""
    return tuple(one.way for one in ways_of(tx, vendor) if one.way in OUTSIDE)


def _can(tx: Transaction, means: Means, want: Intentcast, vendor: Counterparty, way: Way) -> bool:
    if way not in OUTSIDE:
        return False
    try:
        OUTSIDE[way].compose(tx, means, want, vendor, way_of(tx, vendor, way))
    except NotPossibleNow:
        return False
    return True


def with_ways(
    tx: Transaction, means: Means, want: Intentcast, plan: CastPlan, ways: Mapping[VendorId, Way]
) -> CastPlan:
    """The plan, with what leaves for those who are asked by another way than our own wire.

    Raises:
        NotFound: one of them is not known, or not by its way. NotPossibleNow: the want cannot be asked that way.
    """
    return replace(plan, vendors=tuple(_by_way(tx, means, want, one, ways) for one in plan.vendors))


def _by_way(
    tx: Transaction, means: Means, want: Intentcast, plan: VendorPlan, ways: Mapping[VendorId, Way]
) -> VendorPlan:
    way = ways.get(plan.vendor, Way.NATIVE)
    if way is Way.NATIVE:
        return plan
    vendor = _vendor(tx, plan.vendor)
    composed = outside(way).compose(tx, means, want, vendor, way_of(tx, vendor, way))
    return replace(plan, ping=(), reveal=composed.tells, way=way, body=composed.body)


def still_true(tx: Transaction, means: Means, want: Intentcast, plan: CastPlan) -> bool:
    """Whether what would leave by other ways is still exactly what the plan shows."""
    for one in plan.vendors:
        if one.way is Way.NATIVE:
            continue
        try:
            now = _by_way(tx, means, want, one, {one.vendor: one.way})
        except (NotFound, NotPossibleNow):
            return False
        if (now.reveal, now.body) != (one.reveal, one.body):
            return False
    return True


def ask_outside(
    tx: Transaction, means: Means, want: Intentcast, vendor: Counterparty, plan: VendorPlan, not_before: datetime
) -> RelationshipId:
    """Begin the relationship of one who is asked by another way, and put what the plan shows on its way."""
    known = way_of(tx, vendor, plan.way)
    relationship = begin(tx, means, vendor.id, plan.way, endpoint=known.address, want=want)
    outside(plan.way).ask(tx, means, relationship, plan, not_before)
    return relationship.id


def _vendor(tx: Transaction, key: VendorId) -> Counterparty:
    found = tx.vendor(key)
    if found is None:
        raise NotFound(key)
    return found
