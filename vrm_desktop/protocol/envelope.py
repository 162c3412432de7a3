"""What travels: one signed message and the disclosures beside it, in canonical form and at most 64 KiB."""

from dataclasses import dataclass

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.protocol.errors import Malformed, TooLarge

LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Envelope:
    """`jws` is a compact JWS; `disclosures` are base64url texts. Both unverified: `receiving` does that."""

    jws: str
    disclosures: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.jws.isascii():
            raise Malformed("a compact JWS is ASCII")
        if len(self.to_bytes()) > LARGEST:
            raise TooLarge(f"an envelope has at most {LARGEST} bytes")

    @property
    def message_id(self) -> MessageId:
        """The hash of the compact JWS text."""
        return MessageId(digest(self.jws.encode("ascii")))

    def to_value(self) -> dict[str, object]:
        """The JSON object, for nesting in an answer."""
        return {"disclosures": list(self.disclosures), "jws": self.jws}

    def to_bytes(self) -> bytes:
        """The canonical bytes that travel.

        Raises:
            Malformed: a text in it has no canonical form (a lone surrogate).
        """
        try:
            return strict_json.encode(self.to_value())
        except CanonError as error:
            raise Malformed(str(error)) from error

    @classmethod
    def from_bytes(cls, data: bytes) -> "Envelope":
        """The envelope in bytes that travelled.

        Raises:
            TooLarge: over 64 KiB.
            Malformed: not canonical, or other members.
        """
        if len(data) > LARGEST:
            raise TooLarge(f"an envelope has at most {LARGEST} bytes")
        try:
            return cls.from_value(strict_json.decode_canonical(data))
        except CanonError as error:
            raise Malformed(f"{error.code}: {error}") from error

    @classmethod
    def from_value(cls, value: object) -> "Envelope":
        """The envelope in a decoded JSON object.

        Raises:
            TooLarge: over 64 KiB.
            Malformed: other members.
        """
        match value:
            case {"disclosures": [*disclosures], "jws": str(jws), **others} if not others:
                texts = tuple(text for text in disclosures if isinstance(text, str))
                if len(texts) == len(disclosures):
                    return cls(jws=jws, disclosures=texts)
        raise Malformed("an envelope has the members disclosures and jws")
