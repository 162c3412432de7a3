"""How a key changes within a conversation, and how an old key vouches for a new one. Makes no keys and fetches nothing.

A person's key changes by `key-change`, the last message of the old key; a desk's by a card that the old key signed
too. What a person shows as `known` says at one desk, and nowhere else, that two conversations are one customer's.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.ids import Kid, MessageId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.protocol.cards import parse_card
from vrm_desktop.protocol.errors import BadSignature, Malformed
from vrm_desktop.protocol.messages import KeyChange
from vrm_desktop.protocol.signing import Signer, Typ, claimed_kid, sign_compact, verify_compact


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a `known` says: the older conversation at this desk, and the key that vouched (the last one there)."""

    conversation: MessageId
    kid: Kid


def key_proof(conversation: Conversation, new: Signer) -> str:
    """The new key's consent to follow this side's present key: a `key-change`'s `proof`."""
    return sign_compact(new, Typ.KEY, _change(conversation.id, old=conversation.own_kid, new=new.kid))


def check_key_change(message: KeyChange, *, conversation: Conversation, old: Kid) -> None:
    """Check a key-change by the side whose present key is `old`.

    Raises:
        BadSignature: the proof is not the new key's, or for another change; or that key was used here before.
        Malformed: the proof is no compact JWS.
    """
    new = Kid(message.kid)
    if new in {*conversation.own_kids, *conversation.peer_kids}:
        raise BadSignature("a key that this conversation knows already")
    if verify_compact(message.proof, typ=Typ.KEY, kid=new) != _change(conversation.id, old=old, new=new):
        raise BadSignature("a proof for another change")


def known_proof(older: Conversation, signer: Signer, *, kid: Kid, vendor: Kid) -> str:
    """What the key of an older conversation says of a new one by `kid` with the desk `vendor`: a ping's `known`.

    Raises:
        Malformed: the older conversation was never opened.
        BadSignature: the signer is not its present key.
    """
    if older.id is None:
        raise Malformed("a conversation that was never opened")
    if signer.kid != older.own_kid:
        raise BadSignature("another relationship's key")
    return sign_compact(signer, Typ.KNOWN, strict_json.encode({"conv": older.id, "kid": kid, "vendor": vendor}))


def read_known(token: str, *, kid: Kid, vendor: Kid) -> Known:
    """What a `known` says that stands in the opening message of `kid` to the desk `vendor`.

    The desk still has to look at the older conversation: see `vouches`.

    Raises:
        BadSignature: it does not hold, or is about another key or desk.
        Malformed: no compact JWS.
    """
    older = claimed_kid(token, Typ.KNOWN)
    payload = verify_compact(token, typ=Typ.KNOWN, kid=older)
    try:
        value = strict_json.decode_canonical(payload)
    except CanonError as error:
        raise BadSignature(f"{error.code}: {error}") from error
    match value:
        case {"conv": str(conversation), "kid": str(new), "vendor": str(desk), **others} if not others:
            if (new, desk) == (kid, vendor):
                return Known(conversation=MessageId(conversation), kid=older)
    raise BadSignature("known for another key or another desk")


def vouches(known: Known, older: Conversation) -> bool:
    """Whether the older conversation, as the desk holds it, is the one named, and its person's key signed."""
    return (known.conversation, known.kid) == (older.id, older.peer_kid)


def with_new_peer_key(conversation: Conversation, card: bytes, *, now: datetime) -> Conversation:
    """The person's conversation after the desk's key changed by `card`, as fetched: the old key signed it too.

    Raises:
        KeyChanged: the present key did not sign the card.
        BadSignature, BadCard, Expired, Malformed, NotServed, TooLarge: as for any card.
    """
    key = parse_card(card, now=now, pinned=conversation.peer_kid, last_serial=None).key
    if key == conversation.peer_kid:
        return conversation
    return replace(conversation, peer_kid=key, peer_before=conversation.peer_kids)


def with_new_own_key(conversation: Conversation, kid: Kid) -> Conversation:
    """The desk's conversation after its card has changed to the key `kid`.

    Raises:
        BadSignature: a person's key changes by a key-change only.
    """
    if conversation.side is not Side.VENDOR:
        raise BadSignature("a person's key changes by a key-change")
    if kid == conversation.own_kid:
        return conversation
    return replace(conversation, own_kid=kid, own_before=conversation.own_kids)


def _change(conversation: MessageId | None, *, old: Kid, new: Kid) -> bytes:
    return strict_json.encode({"conv": conversation, "new": new, "old": old})
