"""What the desk holds of somebody and what it did with it, from its own records alone. Says and signs nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.living import HeldValue, UseOfValue
from vrm_desktop.vendor.dossier import Dossier
from vrm_desktop.vendor.holdings import signed_items
from vrm_desktop.vendor.uses import Used

MOST_ROWS = 200
"""So many of each stand in one report, the latest uses first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRecord:
    """The `held` and `uses` of a use-report."""

    held: tuple[HeldValue, ...]
    uses: tuple[UseOfValue, ...]


def use_record(dossier: Dossier, used: Iterable[Used]) -> UseRecord:
    """What is held now, and what was used, for which purpose, when and by whom; also of values erased since.

    Purposes, days and digests are those that the person signed; nothing is taken from what the shop would like.
    """
    items = signed_items(dossier)
    held = tuple(
        HeldValue(
            name=Disclosure.from_text(one.text).name,
            purpose=items[one.number, one.place].purpose,
            until=one.until.isoformat(),
            digest=items[one.number, one.place].digest,
        )
        for one in dossier.held
    )
    latest_first = sorted(used, key=lambda one: (-one.at, one.use.number, one.use.place))
    uses = tuple(
        UseOfValue(
            name=one.use.name,
            purpose=items[one.use.number, one.use.place].purpose,
            day=datetime.fromtimestamp(one.at, UTC).date().isoformat(),
            by=one.use.by.value,
            whom=one.use.whom,
        )
        for one in latest_first
    )
    return UseRecord(held=held[:MOST_ROWS], uses=uses[:MOST_ROWS])
