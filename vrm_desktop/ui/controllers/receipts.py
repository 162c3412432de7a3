"""A receipt out of a file that the person chose. Never keeps it; the service does."""

import asyncio
import mimetypes
from pathlib import Path

from vrm_desktop.domain.attachment import MOST_BYTES
from vrm_desktop.services.hand_over_payment import Receipt
from vrm_desktop.ui.controllers.drp_controller import bytes_of


async def receipt_from(file: str) -> Receipt:
    """The document, named as its file is.

    Raises:
        FileUnreadable: it cannot be read, or holds more than 20 MiB.
    """
    data = await asyncio.to_thread(bytes_of, Path(file), MOST_BYTES)
    media = mimetypes.guess_type(file)[0] or "application/octet-stream"
    return Receipt(name=Path(file).name, media=media, data=data)
