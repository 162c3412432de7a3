"""Documents under two signatures that verify themselves: what agreements and orders have in common. No texts here."""

from typing import Generic, NoReturn, TypeVar

from vrm_desktop.canon import base64url
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.ids import Digest
from vrm_desktop.protocol.errors import Malformed
from vrm_desktop.protocol.messages import CoSigned

T = TypeVar("T")


class VerifiedDocument(Generic[T]):
    """A document whose signatures a subclass's constructor has verified, so a value of the type *is* the verification.

    Never stored as such and not pickled: load the document and construct it again.
    """

    __slots__ = ("_document", "_hash", "_text")

    def __init__(self, document: CoSigned, text: T) -> None:
        """Keep `document`, whose verified text is `text`."""
        self._document = document
        self._text: T = text
        self._hash = document_hash(document)

    @property
    def document(self) -> CoSigned:
        """The co-signed document."""
        return self._document

    @property
    def text(self) -> T:
        """What it says."""
        return self._text

    @property
    def hash(self) -> Digest:
        """The document hash."""
        return self._hash

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("a verified document is not pickled; verify it again")


def document_hash(document: CoSigned) -> Digest:
    """The hash of the decoded payload bytes: the document's name, whoever has signed so far.

    Raises:
        Malformed: the payload is not base64url.
    """
    return Digest(digest(payload_bytes(document)))


def payload_bytes(document: CoSigned) -> bytes:
    """The decoded payload: not verified.

    Raises:
        Malformed: it is not base64url.
    """
    try:
        return base64url.decode(document.payload)
    except CanonError as error:
        raise Malformed(f"{error.code}: {error}") from error
