"""What the desk holds of somebody and may use: each value with what the person signed about it. Changes nothing.

Purposes and days are those that the person signed. A value that the person has objected to, or has restricted, is
still held and no longer usable.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.protocol.claims import Item, WiderItem
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.messages import Accept, DataRequest, Grant, OrderChange, Reveal, Update
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.vendor.dossier import Dossier, Held

FOR_THE_ORDER = frozenset({Purpose.DELIVERY, Purpose.PAYMENT, Purpose.CONTACT, Purpose.SERVICE})
"""What a value may be for that the shop's people read when they serve somebody."""
_STOPS = frozenset({"objection", "restriction"})
SignedItem = Item | WiderItem


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Holding:
    """One value held, which rode at `place` beside the person's message `number`; `consent` is its grant's id."""

    number: int
    place: int
    name: str
    value: str
    purpose: Purpose
    until: date
    digest: Digest
    consent: MessageId | None = None
    usable: bool = True


def holdings(dossier: Dossier) -> tuple[Holding, ...]:
    """All that is held, oldest first."""
    items, stops = signed_items(dossier), stopped(dossier)
    found = []
    for held in dossier.held:
        item, told = items[held.number, held.place], Disclosure.from_text(held.text)
        entry = dossier.person_entry(held.number)
        purpose = Purpose(item.purpose)
        found.append(
            Holding(
                number=held.number,
                place=held.place,
                name=told.name,
                value=told.value,
                purpose=purpose,
                until=held.until,
                digest=told.digest,
                consent=entry.id if entry is not None and entry.kind is Kind.GRANT else None,
                usable=not any(covers(stop, told.name, purpose) for stop in stops),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.number, one.place)))


def newest(found: Iterable[Holding]) -> dict[str, str]:
    """The usable values by name; a later one stands for an earlier one."""
    return {one.name: one.value for one in found if one.usable}


def covers(request: DataRequest, name: str, purpose: Purpose) -> bool:
    """Whether a right is exercised over this field for this purpose; what it leaves out means all."""
    named = not request.fields or any(name == field or name.startswith(field + ".") for field in request.fields)
    return named and (not request.purposes or purpose.value in request.purposes)


def stopped(dossier: Dossier) -> tuple[DataRequest, ...]:
    """The person's objections and restrictions."""
    found = []
    for entry in dossier.entries:
        if entry.side is Side.PERSON and entry.kind is Kind.DATA_REQUEST and entry.jws:
            message = decode_again(entry.jws, dossier.conversation.kids(Side.PERSON))
            if isinstance(message, DataRequest) and message.right in _STOPS:
                found.append(message)
    return tuple(found)


def usable(dossier: Dossier, held: Iterable[Held]) -> tuple[Held, ...]:
    """Those of `held` that may be used."""
    chosen = tuple(held)
    if not stopped(dossier):
        return chosen
    places = {(one.number, one.place) for one in holdings(dossier) if one.usable}
    return tuple(one for one in chosen if (one.number, one.place) in places)


def signed_items(dossier: Dossier) -> dict[tuple[int, int], SignedItem]:
    """What the person signed about each value ever told, by message number and place."""
    found: dict[tuple[int, int], SignedItem] = {}
    for entry in dossier.entries:
        if entry.side is not Side.PERSON or not entry.jws:
            continue
        message = decode_again(entry.jws, dossier.conversation.kids(Side.PERSON))
        match message:
            case Reveal(items=items) | Accept(items=items) | OrderChange(items=items):
                found |= {(entry.number, place): item for place, item in enumerate(items)}
            case Update(items=wider) | Grant(items=wider):
                found |= {(entry.number, place): item for place, item in enumerate(wider)}
            case _:
                pass
    return found
