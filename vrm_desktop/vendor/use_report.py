"""What the desk holds of somebody and what it did with it, from its own records alone. Says and signs nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.claims import WiderItem
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.living import Grant, HeldValue, Update, UseOfValue
from vrm_desktop.protocol.messages import Accept, Item, Reveal
from vrm_desktop.vendor.dealings import Dealings
from vrm_desktop.vendor.dossier import Dossier
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
    items = _items(dossier)
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


def _items(dossier: Dossier) -> dict[tuple[int, int], Item | WiderItem]:
    """What the person signed about each value, by message number and place."""
    dealings = Dealings(dossier)
    found: dict[tuple[int, int], Item | WiderItem] = {}
    for entry in dossier.entries:
        if entry.side is not Side.PERSON or not entry.jws:
            continue
        message = dealings.message(entry)
        match message:
            case Reveal(items=items) | Accept(items=items):
                found |= {(entry.number, place): item for place, item in enumerate(items)}
            case Update(items=wider) | Grant(items=wider):
                found |= {(entry.number, place): item for place, item in enumerate(wider)}
            case _:
                pass
    return found
