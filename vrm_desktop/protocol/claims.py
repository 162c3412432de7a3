"""What every message is made of: the wire's basic shapes, the claims on its place, co-signed documents and items.

Shapes and bounds only; the kinds themselves are in `messages` (up to the order) and `living` (what comes after).
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

VERSION = 1

# `$` alone would let a trailing newline through; `$(?!\n)` does not, and means the same in JSON Schema's dialect.

Text = Annotated[str, Meta(max_length=4000)]
Line = Annotated[str, Meta(max_length=200)]
Word = Annotated[str, Meta(min_length=1, max_length=64)]
Hash = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{43}$(?!\n)")]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]
Instant = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$(?!\n)")]
Expiry = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$(?!\n)")]
Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}$(?!\n)")]
Minor = Annotated[int, Meta(ge=0, le=2**53 - 1)]
Count = Annotated[int, Meta(ge=0, lt=2**31)]
Link = Annotated[str, Meta(max_length=2000)]
WidePurpose = Literal["quote", "delivery", "payment", "contact", "service", "marketing", "research", "personalisation"]
Token = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$(?!\n)", max_length=1000)]
"""A compact JWS inside a message."""
Base64 = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]+$(?!\n)", max_length=16384)]


class Wire(Struct, frozen=True, kw_only=True):
    """What every shape on the wire is: printed, it shows its kind and nothing of what it says."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


class Seen(Wire, frozen=True, kw_only=True):
    """The last message seen from the other side: its number and hash."""

    seq: Annotated[int, Meta(ge=1, le=200)]
    id: Hash


class Signature(Wire, frozen=True, kw_only=True):
    """One signature of a co-signed document (JWS general serialisation)."""

    protected: Base64
    signature: Base64


class CoSigned(Wire, frozen=True, kw_only=True):
    """A document and the signatures under it: the same payload bytes on both sides."""

    payload: Base64
    signatures: Annotated[tuple[Signature, ...], Meta(min_length=1, max_length=2)]


class Claims(Wire, frozen=True, kw_only=True, tag_field="kind"):
    """What every message carries. `conv`, `prev` are absent in a ping; `seen` while nothing was seen."""

    v: Literal[1] = 1
    aud: Hash
    seq: Annotated[int, Meta(ge=1, lt=2**31)]
    exp: Expiry
    conv: Hash | UnsetType = UNSET
    prev: Hash | UnsetType = UNSET
    seen: Seen | UnsetType = UNSET
    must: Annotated[tuple[Word, ...], Meta(max_length=32)] | UnsetType = UNSET


class Item(Wire, frozen=True, kw_only=True):
    """One disclosure riding beside the message: its digest, what it may be used for, until when."""

    digest: Hash
    purpose: Literal["quote", "delivery", "payment", "contact", "service"]
    until: Day


class WiderItem(Wire, frozen=True, kw_only=True):
    """One disclosure beside a later message, for any purpose that a vendor may have asked for."""

    digest: Hash
    purpose: WidePurpose
    until: Day
