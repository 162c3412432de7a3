"""QR codes as drawings: SVG for a window, half blocks for a terminal. What a code says is made elsewhere."""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

QUIET = 4
"""Light modules around a code, as many as ISO/IEC 18004 asks for."""


def code_of(text: str) -> "segno.QRCode":
    """A code of this text, with error correction M."""
    import segno

    return segno.make(text, error="m", boost_error=False, micro=False)


def svg(code: "segno.QRCode") -> bytes:
    """The code as SVG, with its quiet zone."""
    buffer = BytesIO()
    code.save(buffer, kind="svg", scale=4, border=QUIET)
    return buffer.getvalue()


def half_blocks(code: "segno.QRCode") -> str:
    """The code for a dark terminal, two modules in each sign, with its quiet zone."""
    rows = [bytes(row) for row in code.matrix]
    side = bytes(QUIET)
    frame = [bytes(len(rows[0]) + 2 * QUIET)] * QUIET
    blank = frame[0]
    framed = [*frame, *(side + row + side for row in rows), *frame]
    if len(framed) % 2:
        framed.append(blank)
    pairs = zip(framed[::2], framed[1::2], strict=True)
    signs = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
    return "\n".join("".join(signs[upper, lower] for upper, lower in zip(a, b, strict=True)) for a, b in pairs)
