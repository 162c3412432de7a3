"""Counterparties with or without an endpoint: kept by hand, changed, and the file that belongs to each of them."""

from dataclasses import replace

from vrm_desktop.canon import base64url
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Kid, PersonaId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

_LIVE = frozenset({RelationshipState.OPEN, RelationshipState.ASKING, RelationshipState.ENDING})


def file_of(tx: Transaction, means: Means, vendor: VendorId) -> Relationship:
    """The relationship that what is written to this counterparty belongs to.

    It is the newest one that is not over; else the newest one at all, so that what follows an end stays in its file;
    and for a counterparty that nothing was said to yet, a new one with an identity of its own, whose conversation has
    not begun. Letters and e-mails belong to it; the key waits until the counterparty has an endpoint.

    Raises:
        NotFound: no such counterparty.
    """
    if tx.vendor(vendor) is None:
        raise NotFound(vendor)
    known = sorted((one for one in tx.relationships() if one.vendor == vendor), key=lambda one: (one.started, one.id))
    live = [one for one in known if one.state in _LIVE]
    if known:
        return (live or known)[-1]
    key = RelationshipId(means.new_id("rel"))
    kid = tx.new_identity(key, means.random.token(32), base64url.encode(means.random.token(32)))
    now = means.clock.now()
    begun = Relationship(
        id=key,
        persona=PersonaId("me"),
        vendor=vendor,
        intentcast=None,
        state=RelationshipState.OPEN,
        conversation=Conversation(side=Side.PERSON, own_kid=kid, peer_kid=Kid("")),
        endpoint="",
        started=now,
    )
    tx.save_relationship(begun)
    tx.add_note(Note(relationship=key, at=now, sender=Side.PERSON, kind="file-begun", text=""))
    return begun


async def add(means: Means, details: ContactDetails) -> tuple[Counterparty, RelationshipId]:
    """Keep a counterparty by hand, and begin its file."""

    def change(tx: Transaction) -> tuple[Counterparty, RelationshipId]:
        made = Counterparty(
            id=VendorId(means.new_id("vendor")),
            name=details.name.strip(),
            kind=details.kind,
            added=means.clock.now(),
            **{name: getattr(details, name) for name in _BY_HAND},
        )
        tx.save_vendor(made)
        return made, file_of(tx, means, made.id).id

    return await means.vault.write(change)


async def edit(means: Means, key: VendorId, details: ContactDetails) -> Changes:
    """Change what is written down about a counterparty. What its own signed card says of name and kind stands.

    Raises:
        NotFound: no such counterparty.
    """

    def change(tx: Transaction) -> Changes:
        found = tx.vendor(key)
        if found is None:
            raise NotFound(key)
        before, after = details_of(found), details
        if found.card is not None:
            after = replace(details, name=before.name, kind=before.kind)
        changed = {name: getattr(after, name) for name in _NAMES if getattr(after, name) != getattr(before, name)}
        tx.save_vendor(replace(found, **changed))
        return Changes.of(("vendor", key))

    return await means.vault.write(change)


async def open_file(means: Means, key: VendorId) -> RelationshipId:
    """The file of a counterparty, begun if there is none (see `file_of`)."""
    return (await means.vault.write(lambda tx: file_of(tx, means, key))).id


def details_of(vendor: Counterparty) -> ContactDetails:
    """What is written down now. What a list brought in that does not fit by hand is left out, and stays as it is."""
    plain = ContactDetails(name=vendor.name.strip() or vendor.id, kind=vendor.kind)
    for field in _BY_HAND:
        try:
            plain = replace(plain, **{field: getattr(vendor, field)})
        except InvalidValue:
            continue
    return plain


_BY_HAND = ("postal", "email", "phone", "web", "country", "languages", "number", "reply_to", "note")
_NAMES = ("name", "kind", *_BY_HAND)
