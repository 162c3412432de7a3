"""A vendor that signs with another key: followed only where its card says so and the old key vouches for it.

That card is kept as proof of the change. It is asked for because a message of a running conversation came under an
unknown key, never because of a cast.
"""

from dataclasses import replace

from vrm_desktop.canon import hashes
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.ids import Digest, RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.page_visit import VisitFor
from vrm_desktop.domain.relationship import Note
from vrm_desktop.protocol.errors import BadSignature
from vrm_desktop.protocol.keys import with_new_peer_key
from vrm_desktop.protocol.signing import claimed_kid
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.make_bundle import VENDOR_CARD
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.visit_pages import look_at_card


def is_unknown_key(jws: str, tx: Transaction, key: RelationshipId) -> bool:
    """Whether a message claims a key that this vendor never had in this conversation."""
    relationship = tx.relationship(key)
    return relationship is not None and claimed_kid(jws) not in relationship.conversation.kids(Side.VENDOR)


async def follow_key(means: Means, key: RelationshipId) -> Changes:
    """Move the conversation on to the vendor's new key, by the card it now publishes.

    Raises:
        NotFound: no such relationship.
        BadSignature: the card names no new key. KeyChanged: the old key did not sign the card.
        ProtocolError: the card is refused.
        ChannelError: the card could not be fetched.
    """

    def look(tx: Transaction) -> tuple[str, int | None]:
        relationship = tx.relationship(key)
        vendor = tx.vendor(relationship.vendor) if relationship is not None else None
        if vendor is None:
            raise NotFound(key)
        return vendor.address, vendor.card.serial if vendor.card is not None else None

    address, serial = await means.vault.read(look)
    card, data = await look_at_card(means, address, VisitFor.KEY, pinned=None, last_serial=serial)
    now = means.clock.now()

    def change(tx: Transaction) -> Changes:
        relationship = tx.relationship(key)
        vendor = tx.vendor(relationship.vendor) if relationship is not None else None
        if relationship is None or vendor is None:
            raise NotFound(key)
        moved = with_new_peer_key(relationship.conversation, data, now=now)
        if moved == relationship.conversation:
            raise BadSignature("the card names no other key")
        tx.save_relationship(replace(relationship, conversation=moved))
        tx.attach(
            Attachment(
                id=means.new_id("attachment"),
                of=VENDOR_CARD,
                paper=vendor.id,
                name="vendor-card.json",
                media="application/json",
                size=len(data),
                digest=Digest(hashes.digest(data)),
                at=now,
                vendor=vendor.id,
                relationship=key,
            ),
            data,
        )
        tx.save_vendor(replace(vendor, card=card, card_bytes=data, pinned=card.key, refreshed=now, trouble=""))
        tx.add_note(Note(relationship=key, at=now, sender=Side.VENDOR, kind="vendor-key-changed", text=""))
        return Changes.of(("relationship", key), ("vendor", vendor.id))

    return await means.vault.write(change)
