"""The one document that the scripted vendor holds ready, and where. Never here: who is told of it, and lies."""

from typing import Final

from vrm_desktop.canon import base64url, hashes
from vrm_desktop.conformance.misbehaving.house import House
from vrm_desktop.protocol import messages

PLACE: Final = "documents"
"""Where documents lie, below the endpoint."""
INVOICE: Final = b"%PDF-1.4\n% A made-up invoice.\n%%EOF\n"
_ID_BYTES: Final = 32


def invoice(house: House, *, signed: str = "") -> messages.Document:
    """An invoice, ready from now on at an address that nobody guesses; `signed` is named instead of its own hash."""
    id = base64url.encode(house.random(_ID_BYTES))
    house.papers[id] = INVOICE
    link = f"{house.endpoint}/{PLACE}/{id}"
    digest = signed or hashes.digest(INVOICE)
    return messages.Document(title="Invoice", media="application/pdf", hash=digest, link=link)
