"""Signed documents as they come out of the vault: bytes, verified again on every use. Nothing verified is stored."""

from typing import TypeVar

from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.relationship import AgreementState, JournalRow, Relationship
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.agreements import SignedAgreement, standing
from vrm_desktop.protocol.messages import CoSigned
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.protocol.shapes import canonical_value, payload_of, struct_of
from vrm_desktop.services.errors import NoAgreement, NotFound
from vrm_desktop.services.ports import Transaction

_M = TypeVar("_M")


def to_bytes(document: CoSigned) -> bytes:
    """A co-signed document as it is stored."""
    return payload_of(document)


def from_bytes(data: bytes) -> CoSigned:
    """A stored document; its signatures are not checked yet."""
    return struct_of(canonical_value(data), CoSigned)


def signed(tx: Transaction, relationship: Relationship, begins: TermsFrom) -> SignedAgreement:
    """The agreement that holds from `begins`, both its signatures checked anew.

    Raises:
        NoAgreement: both sides have not signed it.
    """
    conversation = relationship.conversation
    for record in tx.agreements(relationship.id):
        if record.begins == begins.value and record.state is AgreementState.SIGNED:
            document = from_bytes(record.document)
            return standing(document, conversation)
    raise NoAgreement(begins.value)


def pledged_digests(tx: Transaction, relationship: Relationship) -> tuple[Digest, ...]:
    """The digests that the opening of this conversation carried, read from the journal's signed bytes.

    Raises:
        NotFound: nothing was sent.
    """
    for row in tx.journal(relationship.id):
        if row.kind in {Kind.PING, Kind.CONTACT}:
            opening = decode_again(row.jws, relationship.conversation.own_kids)
            if isinstance(opening, messages.Ping | messages.Contact):
                return tuple(Digest(digest) for digest in opening.digests)
    raise NotFound("ping")


def offer_as_sent(tx: Transaction, relationship: Relationship, key: MessageId) -> messages.Offer:
    """The vendor's offer, as `as_signed`."""
    return as_signed(tx, relationship, key, messages.Offer, Side.VENDOR)[1]


def wish_as_sent(tx: Transaction, relationship: Relationship, key: MessageId) -> messages.DataWish:
    """The vendor's data-request, as `as_signed`."""
    return as_signed(tx, relationship, key, messages.DataWish, Side.VENDOR)[1]


def as_signed(
    tx: Transaction, relationship: Relationship, key: MessageId, kind: type[_M], side: Side
) -> tuple[JournalRow, _M]:
    """A message of that kind, read from the journal's signed bytes, with its row there.

    Raises:
        NotFound: `side` said no such thing.
    """
    for row in tx.journal(relationship.id):
        if row.message == key and row.sender is side:
            said = decode_again(row.jws, relationship.conversation.kids(side))
            if isinstance(said, kind):
                return row, said
    raise NotFound(key)
