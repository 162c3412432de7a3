"""A reader of QR codes drawn in half blocks, for tests: from signs to modules to bytes, by ISO/IEC 18004.

It corrects no errors: a code that a program has just made has none. Never here: making one.
"""

from collections.abc import Callable, Iterator

_QUIET = 4
_DARK = {" ": (1, 1), "▄": (1, 0), "▀": (0, 1), "█": (0, 0)}
_BYTE_MODE, _ECI_MODE = 4, 7
# error correction M: version -> (number of blocks, data bytes) of each kind of block
_BLOCKS = {
    4: [(2, 32)],
    5: [(2, 43)],
    6: [(4, 27)],
    7: [(4, 31)],
    8: [(2, 38), (2, 39)],
    9: [(3, 36), (2, 37)],
    10: [(4, 43), (1, 44)],
}
_ALIGNMENT = {4: [6, 26], 5: [6, 30], 6: [6, 34], 7: [6, 22, 38], 8: [6, 24, 42], 9: [6, 26, 46], 10: [6, 28, 50]}
_MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda row, column: (row + column) % 2,
    lambda row, _column: row % 2,
    lambda _row, column: column % 3,
    lambda row, column: (row + column) % 3,
    lambda row, column: (row // 2 + column // 3) % 2,
    lambda row, column: row * column % 2 + row * column % 3,
    lambda row, column: (row * column % 2 + row * column % 3) % 2,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2,
)


def read_qr(drawn: str) -> str:
    """The text of the code, which must be one byte segment of error correction M."""
    modules = _modules(drawn)
    size = len(modules)
    version = (size - 17) // 4
    format_bits = [modules[8][column] for column in (0, 1, 2, 3, 4)]
    told = int("".join(map(str, format_bits)), 2) ^ 0b10101
    assert told >> 3 == 0b00, "error correction M"
    mask = _MASKS[told & 0b111]
    bits = "".join(
        str(modules[row][column] ^ (mask(row, column) == 0)) for row, column in _path(size, _taken(size, version))
    )
    words = [int(bits[place : place + 8], 2) for place in range(0, len(bits) - 7, 8)]
    return _text(_data(words, version), version)


def _modules(drawn: str) -> list[list[int]]:
    rows: list[list[int]] = []
    for line in drawn.split("\n"):
        pairs = [_DARK[sign] for sign in line]
        rows += [[upper for upper, _lower in pairs], [lower for _upper, lower in pairs]]
    size = len(rows[0]) - 2 * _QUIET
    assert not any(any(row) for row in rows[:_QUIET]), "a quiet zone above"
    assert not any(any(row) for row in rows[_QUIET + size :]), "a quiet zone below"
    return [row[_QUIET : _QUIET + size] for row in rows[_QUIET : _QUIET + size]]


def _taken(size: int, version: int) -> set[tuple[int, int]]:
    """The modules that hold patterns, format and version, and no data."""
    taken = {(row, column) for row in range(9) for column in range(9)}
    taken |= {(row, column) for row in range(9) for column in range(size - 8, size)}
    taken |= {(row, column) for row in range(size - 8, size) for column in range(9)}
    taken |= {(6, place) for place in range(size)} | {(place, 6) for place in range(size)}
    centres = _ALIGNMENT[version]
    corners = {(6, 6), (6, centres[-1]), (centres[-1], 6)}
    for centre in {(row, column) for row in centres for column in centres} - corners:
        taken |= {(centre[0] + down, centre[1] + right) for down in range(-2, 3) for right in range(-2, 3)}
    if version >= 7:
        taken |= {(row, column) for row in range(6) for column in range(size - 11, size - 8)}
        taken |= {(row, column) for row in range(size - 11, size - 8) for column in range(6)}
    return taken


def _path(size: int, taken: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The data modules in reading order: pairs of columns from the right, upwards and downwards in turn."""
    upwards = True
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        for row in range(size - 1, -1, -1) if upwards else range(size):
            for column in (right, right - 1):
                if (row, column) not in taken:
                    yield row, column
        upwards = not upwards


def _data(words: list[int], version: int) -> bytes:
    """The data bytes in order: blocks are interleaved."""
    sizes = [size for count, size in _BLOCKS[version] for _block in range(count)]
    blocks: list[list[int]] = [[] for _size in sizes]
    stream = iter(words)
    for place in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if place < size:
                block.append(next(stream))
    return bytes(word for block in blocks for word in block)


def _text(data: bytes, version: int) -> str:
    bits = "".join(f"{byte:08b}" for byte in data)
    mode, place = int(bits[:4], 2), 4
    if mode == _ECI_MODE:
        assert int(bits[4:12], 2) == 26, "UTF-8"
        mode, place = int(bits[12:16], 2), 16
    assert mode == _BYTE_MODE
    wide = 8 if version < 10 else 16
    length = int(bits[place : place + wide], 2)
    place += wide
    return bytes(int(bits[place + 8 * index : place + 8 * index + 8], 2) for index in range(length)).decode("utf-8")
