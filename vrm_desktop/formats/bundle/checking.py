"""Checking a bundle from end to end, offline: the chains, then what was agreed, ordered and shown. Raises or tells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.ids import Digest, Kid, MessageId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.formats.bundle.contents import MESSAGES, VALUES
from vrm_desktop.formats.bundle.documents import Documents
from vrm_desktop.formats.bundle.errors import BundleFalse, Finding
from vrm_desktop.formats.bundle.following import Follower, Line
from vrm_desktop.formats.bundle.reading import Opened, open_bundle
from vrm_desktop.protocol.checking import carried
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.messages import Card, Signature
from vrm_desktop.protocol.shapes import struct_of
from vrm_desktop.protocol.signing import Typ, verify_detached


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShownValue:
    """A value that the bundle opens: its name, and the message that it rode beside."""

    message: MessageId
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Checked:
    """What a whole bundle proves.

    `agreements` are those under both signatures (id, version, day); `order` is the hash of the order that both signed;
    `record_fits` tells whether the vendor's own record of it is these messages (None: none was confirmed). `unshown`
    counts the values that stay digests.
    """

    vendor: str
    made: datetime
    conversation: str | None
    person_messages: int
    vendor_messages: int
    vendor_kids: tuple[Kid, ...]
    agreements: tuple[tuple[str, str, str], ...]
    order: Digest | None
    record_fits: bool | None
    values: tuple[ShownValue, ...]
    unshown: int


def check_bundle(data: bytes) -> Checked:
    """What the bundle in `data` proves.

    Raises:
        BundleDamaged: no bundle, or its file is not as it was written.
        BundleTooNew: it needs a newer program.
        BundleFalse: something in it does not hold; the error says what and where.
    """
    opened = open_bundle(data)
    follower = Follower(frozenset(_successions(opened.members)))
    for at, line in enumerate(opened.members[MESSAGES].splitlines(), start=1):
        follower.take(line, at)
    _check_outline(opened, follower)
    documents = Documents(follower)
    documents.check(opened.members)
    shown = tuple(_values(opened.members[VALUES], follower.lines))
    told = sum(len(carried(line.message)) for line in follower.lines)
    return Checked(
        vendor=opened.vendor,
        made=opened.made,
        conversation=follower.conversation,
        person_messages=opened.counts[0],
        vendor_messages=opened.counts[1],
        vendor_kids=opened.vendor_kids,
        agreements=documents.agreed,
        order=documents.order,
        record_fits=documents.record_fits,
        values=shown,
        unshown=told - len(shown),
    )


def _check_outline(opened: Opened, follower: Follower) -> None:
    if opened.counts != follower.counts:
        raise BundleFalse(Finding.MISSING, MESSAGES)
    if opened.conversation != follower.conversation:
        raise BundleFalse(Finding.FOREIGN, MESSAGES)
    if follower.lines and (opened.person_kids, opened.vendor_kids) != (
        tuple(follower.keys[Side.PERSON]),
        tuple(follower.keys[Side.VENDOR]),
    ):
        raise BundleFalse(Finding.KEY, "manifest.json")


def _values(data: bytes, lines: list[Line]) -> Iterator[ShownValue]:
    left = {(line.id, one) for line in lines for one in carried(line.message)}
    for line in data.splitlines():
        try:
            match strict_json.decode_canonical(line):
                case {"message": str(message), "text": str(text), **others} if not others:
                    value = Disclosure.from_text(text)
                    left.remove((MessageId(message), value.digest))
                    yield ShownValue(message=MessageId(message), name=value.name, value=value.value)
                case _:
                    raise BundleFalse(Finding.VALUE, VALUES)
        except (CanonError, ProtocolError, KeyError) as error:
            raise BundleFalse(Finding.VALUE, VALUES) from error


def _successions(members: Mapping[str, bytes]) -> Iterator[tuple[Kid, Kid]]:
    """Which key a card shows to follow which: signed by both."""
    for name, data in members.items():
        if not name.startswith("cards/"):
            continue
        try:
            yield from _succession(data)
        except (CanonError, ProtocolError) as error:
            raise BundleFalse(Finding.KEY, name) from error


def _succession(data: bytes) -> Iterator[tuple[Kid, Kid]]:
    value = strict_json.decode(data)
    members = dict(value) if isinstance(value, dict) else {}
    signature, previous = members.pop("signature", None), members.pop("previous", None)
    card = struct_of(members, Card)
    payload = base64url.encode(strict_json.encode(members))
    own = struct_of(signature, Signature)
    verify_detached(own.protected, own.signature, payload, typ=Typ.CARD, kid=Kid(card.key))
    if previous is not None:
        consent = struct_of(previous, Signature)
        header = strict_json.decode_canonical(base64url.decode(consent.protected))
        old = Kid(str(header.get("kid"))) if isinstance(header, dict) else Kid("")
        verify_detached(consent.protected, consent.signature, payload, typ=Typ.CARD, kid=old)
        yield old, Kid(card.key)
