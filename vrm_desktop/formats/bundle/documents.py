"""The documents in a bundle: agreements and orders, each as it stood in the messages, signed by whom it names."""

from collections.abc import Iterator, Mapping

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.ids import Digest, Kid, MessageId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.formats.bundle.errors import BundleFalse, Finding
from vrm_desktop.formats.bundle.following import Follower, Line
from vrm_desktop.protocol.documents import document_hash, payload_bytes
from vrm_desktop.protocol.errors import BadAgreement, ProtocolError
from vrm_desktop.protocol.messages import (
    Accept,
    AgreementText,
    AnyMessage,
    Confirmation,
    Contact,
    CoSigned,
    Grant,
    Offer,
    OrderText,
    Ping,
    Reveal,
    TermsAccept,
    TermsAnswer,
    Update,
)
from vrm_desktop.protocol.orders import record_hash
from vrm_desktop.protocol.shapes import LeftOut, canonical_value, struct_of
from vrm_desktop.protocol.signing import Typ, verify_detached

_BOTH = 2


class Documents:
    """The agreements and the order of the messages that `follower` has followed.

    Raises (all of it): BundleFalse, with what was found and where.
    """

    def __init__(self, follower: Follower) -> None:
        """Verify every document in the messages."""
        self._follower = follower
        self._whole: dict[Digest, AgreementText] = {}
        self._said: dict[Digest, list[CoSigned]] = {}
        self._entries: set[str] = set()
        self.order: Digest | None = None
        self.record_fits: bool | None = None
        for line in follower.lines:
            where = f"{line.side.value} {line.number}"
            self._take(line, where)

    @property
    def agreed(self) -> tuple[tuple[str, str, str], ...]:
        """The agreements under both signatures: id, version, day."""
        return tuple((text.roster, text.version, text.made) for text in self._whole.values())

    def check(self, members: Mapping[str, bytes]) -> None:
        """Check that the files of agreements, orders and published texts are those of the messages."""
        for name, data in members.items():
            folder, _, file = name.partition("/")
            if folder in {"agreements", "orders"} and not self._stood(data, file):
                raise BundleFalse(Finding.AGREEMENT if folder == "agreements" else Finding.ORDER, name)
            if folder == "terms" and (file != f"{digest(data)}.json" or digest(data) not in self._entries):
                raise BundleFalse(Finding.AGREEMENT, name)

    def _stood(self, data: bytes, file: str) -> bool:
        try:
            document = struct_of(canonical_value(data), CoSigned)
            key = document_hash(document)
        except ProtocolError:
            return False
        return file == f"{key}.json" and document in self._said.get(key, ())

    def _take(self, line: Line, where: str) -> None:
        message = line.message
        for document in _agreements(message):
            self._agreement(document)
        if isinstance(message, Reveal | Update | Grant) and message.agreement not in self._whole:
            raise BundleFalse(Finding.AGREEMENT, where)
        if isinstance(message, Accept) and not self._ordered(message.order, 1):
            raise BundleFalse(Finding.ORDER, where)
        if isinstance(message, Confirmation) and self.record_fits is None:
            self.record_fits = self._ordered(message.order, 2) and message.record == self._record()
            self.order = document_hash(message.order) if self.record_fits else None

    def _agreement(self, document: CoSigned) -> None:
        """One that does not hold was said, and counts for nothing: its message is proof of that alone."""
        try:
            text = struct_of(canonical_value(payload_bytes(document)), AgreementText)
            self._keep(document, text.person, text.vendor, Typ.AGREEMENT)
        except (ProtocolError, CanonError):
            return
        self._entries.add(text.entry)
        if len(document.signatures) == _BOTH:
            self._whole[document_hash(document)] = text

    def _ordered(self, document: CoSigned, signatures: int) -> bool:
        try:
            text = struct_of(canonical_value(payload_bytes(document)), OrderText)
            self._keep(document, text.person, text.vendor, Typ.ORDER)
        except (ProtocolError, CanonError):
            return False
        offered = {line.id for line in self._follower.lines if isinstance(line.message, Offer)}
        rests = text.conv == self._follower.conversation and text.offer in offered and text.agreement in self._whole
        said = len(self._said[document_hash(document)])
        return rests and len(document.signatures) == signatures and said >= signatures

    def _keep(self, document: CoSigned, person: str, vendor: str, typ: Typ) -> None:
        """Verify each signature by the key of the side that it names, the person's first where there are two."""
        keys = self._follower.keys
        if person not in keys[Side.PERSON] or vendor not in keys[Side.VENDOR]:
            raise BadAgreement("other parties")
        kids = (Kid(person), Kid(vendor)) if len(document.signatures) == _BOTH else (_signer(document),)
        if not set(kids) <= {person, vendor} or len(kids) != len(document.signatures):
            raise BadAgreement("not signed by its parties")
        for signature, kid in zip(document.signatures, kids, strict=True):
            verify_detached(signature.protected, signature.signature, document.payload, typ=typ, kid=kid)
        self._said.setdefault(document_hash(document), []).append(document)

    def _record(self) -> Digest | None:
        """The record of how the order came about: the person's messages up to the accept, the vendor's that it saw."""
        accepts = [line for line in self._follower.lines if isinstance(line.message, Accept)]
        conversation = self._follower.conversation
        if not accepts or conversation is None:
            return None
        seen = accepts[-1].message.seen
        return record_hash(
            conversation,
            tuple(self._ids(Side.PERSON, accepts[-1].number)),
            tuple(self._ids(Side.VENDOR, 0 if isinstance(seen, LeftOut) else seen.seq)),
        )

    def _ids(self, side: Side, number: int) -> Iterator[MessageId]:
        yield from self._follower.ids(side)[:number]


def _agreements(message: AnyMessage) -> tuple[CoSigned, ...]:
    match message:
        case Ping() | Contact() | TermsAnswer() | TermsAccept():
            return message.agreements
        case _:
            return ()


def _signer(document: CoSigned) -> Kid:
    if len(document.signatures) != 1:
        return Kid("")
    header = strict_json.decode_canonical(base64url.decode(document.signatures[0].protected))
    return Kid(str(header.get("kid"))) if isinstance(header, dict) else Kid("")
