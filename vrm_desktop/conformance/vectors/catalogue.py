"""All negative vectors, by the place where they are posted."""

from vrm_desktop.conformance.vectors import chains, envelopes, later, orders, pings
from vrm_desktop.conformance.vectors.vector import Place, Vector

VECTORS: tuple[Vector, ...] = (
    *envelopes.VECTORS,
    *pings.VECTORS,
    *chains.VECTORS,
    *later.VECTORS,
    *orders.VECTORS,
)


def vectors_at(place: Place) -> tuple[Vector, ...]:
    """The vectors that are posted there."""
    return tuple(each for each in VECTORS if each.place is place)
