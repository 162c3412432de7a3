"""Documents attached to papers, read back as they were attached: checked against their digest. Writes no file."""

from vrm_desktop.canon import hashes
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction


async def documents(means: Means, vendor: VendorId) -> tuple[Attachment, ...]:
    """All documents attached in the files of one counterparty, the newest first.

    Raises:
        NotFound: no such counterparty.
    """

    def look(tx: Transaction) -> tuple[Attachment, ...]:
        if tx.vendor(vendor) is None:
            raise NotFound(vendor)
        return newest_first(tx.papers(Attachment, vendor=vendor))

    return await means.vault.read(look)


async def document(means: Means, key: str) -> tuple[Attachment, bytes]:
    """One document with its bytes, the very ones that were attached.

    Raises:
        NotFound: none under this id, or its bytes are not what was attached.
    """

    def look(tx: Transaction) -> tuple[Attachment, bytes]:
        found, data = tx.paper(Attachment, key), tx.attached(key)
        if found is None or data is None or hashes.digest(data) != found.digest:
            raise NotFound(key)
        return found, data

    return await means.vault.read(look)


def newest_first(found: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """In the order in which they are listed."""
    return tuple(sorted(found, key=lambda one: (one.at, one.id), reverse=True))
