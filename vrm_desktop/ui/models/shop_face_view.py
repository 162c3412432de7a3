"""How shops see whoever asks, as the window shows it. Never a secret."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShopFaceView:
    """The page that is named to shops ("" for none), whether requests are signed, and the names of the page's keys.

    `key` signs, now or by word for one act ("": there is none); `old` stand on the page still.
    """

    address: str = ""
    known: bool = False
    key: str = ""
    old: tuple[str, ...] = ()
