"""Whether the person has let go of a counterparty: then nothing is answered by itself any more. One mark a vendor."""

from datetime import date

from vrm_desktop.domain.ids import VendorId
from vrm_desktop.services.ports import Transaction


def let_go(tx: Transaction, vendor: VendorId) -> bool:
    """Whether nothing may be said to it but by the person's own act."""
    return bool(tx.setting(_key(vendor)))


def mark(tx: Transaction, vendor: VendorId, on: date | None) -> None:
    """Let go of it from that day on; None takes it back."""
    tx.set_setting(_key(vendor), on.isoformat() if on is not None else "")


def _key(vendor: VendorId) -> str:
    return f"let-go/{vendor}"
