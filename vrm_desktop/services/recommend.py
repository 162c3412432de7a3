"""Recommending a vendor: its own signed card goes from hand to hand, and is verified by whoever takes it.

Nothing of the sender goes with it but a note that she chose. Taking one sends nothing to anybody.
"""

from dataclasses import dataclass, replace

from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.page_visit import VisitFor
from vrm_desktop.domain.vendor import Counterparty, VendorCard
from vrm_desktop.formats.vendor_card_file import RecommendedCard, VendorLink, origin, write_card, write_link
from vrm_desktop.protocol.cards import parse_card
from vrm_desktop.protocol.errors import KeyChanged
from vrm_desktop.services.choose_vendors import add_vendor
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.visit_pages import look_at_card

SOURCE = "recommended"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Recommendation:
    """What can be handed on: the name to call the file by, the file, and the text for a code."""

    vendor: Counterparty
    file: bytes
    link: str


async def recommend(means: Means, key: VendorId, note: str = "") -> Recommendation:
    """Make a vendor's card ready to hand on.

    Raises:
        NotFound: no such vendor. NotPossibleNow: it has no card. NotAVendorCard: the note is too long.
    """
    vendor = await means.vault.read(lambda tx: tx.vendor(key))
    if vendor is None:
        raise NotFound(key)
    if vendor.card is None or not vendor.card_bytes or not vendor.address:
        raise NotPossibleNow("it publishes no card")
    file = write_card(vendor.address, vendor.card_bytes, note)
    return Recommendation(vendor=vendor, file=file, link=write_link(vendor.address, vendor.card.key, note))


async def take_card(means: Means, recommended: RecommendedCard) -> Counterparty:
    """Keep the vendor of a file. Its card must hold, and be of the key that is known already, if one is.

    Raises:
        ProtocolError: the card was changed, has expired, or is of another key than this vendor's.
    """
    now = means.clock.now()

    def change(tx: Transaction) -> Counterparty:
        there = next((one for one in tx.vendors() if one.address and _same(one.address, recommended.address)), None)
        pinned = there.pinned if there is not None else None
        card = parse_card(recommended.card, now=now, pinned=pinned, last_serial=None)
        there = there or next((one for one in tx.vendors() if one.pinned == card.key), None)
        if there is not None and there.card is not None and there.card.serial >= card.serial:
            return there
        vendor = replace(
            there or _new(means, card, recommended.address),
            name=card.name,
            kind=card.kind,
            card=card,
            card_bytes=recommended.card,
            pinned=card.key,
        )
        if recommended.note and not vendor.note:
            vendor = replace(vendor, note=recommended.note)
        tx.save_vendor(vendor)
        return vendor

    return await means.vault.write(change)


async def take_link(means: Means, link: VendorLink) -> Counterparty:
    """Fetch the card that a code points to, and keep the vendor if it is signed with the key in the code.

    Raises:
        ChannelError: it cannot be reached, or its card does not hold. KeyChanged: it is of another key.
    """
    card, _data = await look_at_card(means, link.address, VisitFor.PERSON, pinned=link.key, last_serial=None)
    if card.key != link.key:
        raise KeyChanged("another key than the one recommended")
    vendor = await add_vendor(means, link.address)
    if link.note and not vendor.note:
        vendor = replace(vendor, note=link.note)
        await means.vault.write(lambda tx: tx.save_vendor(vendor))
    return vendor


def _new(means: Means, card: VendorCard, address: str) -> Counterparty:
    return Counterparty(
        id=VendorId(means.new_id("vendor")),
        name=card.name,
        kind=card.kind,
        added=means.clock.now(),
        address=address,
        source=SOURCE,
    )


def _same(one: str, other: str) -> bool:
    return one.rstrip("/") == other or (one.startswith("http") and origin(one) == other)
