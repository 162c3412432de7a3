"""Documents that the person attaches to a paper: an answer, a receipt, a photo. Their bytes lie in the vault."""

from dataclasses import dataclass
from datetime import datetime

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, RelationshipId, VendorId

MOST_BYTES = 20 * 1024 * 1024
"""How large one attached document may be."""

_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Attachment:
    """One document of `size` bytes with the SHA-256 `digest`, attached to the paper `paper` of the kind `of`."""

    id: str
    of: str
    paper: str
    name: str
    media: str
    size: int
    digest: Digest
    at: datetime
    vendor: VendorId | None = None
    relationship: RelationshipId | None = None

    def __post_init__(self) -> None:
        if not self.name or len(self.name) > _NAME_LENGTH or not 0 <= self.size <= MOST_BYTES:
            raise InvalidValue("an attachment has a name of up to 200 characters and up to 20 MiB")

    @property
    def words(self) -> str:
        """Its name."""
        return self.name
