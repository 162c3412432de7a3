"""The header on the disk: `vault.hdr`, its previous version `vault.hdr.bak`, and what an absent or broken one means.

Never lives here: unlocking. The name always holds one whole header, the old or the new one.
"""

from dataclasses import dataclass
from pathlib import Path

from vrm_desktop.vault.durable_files import disk_errors, flush_folder, replace_file
from vrm_desktop.vault.errors import HeaderDamaged, NoVault
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_codec import MAX_BYTES, UnreadableHeader, decode_header, encode_header

NAME = "vault.hdr"
PREVIOUS = "vault.hdr.bak"
DAMAGED = "vault.hdr.damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHeader:
    """A header as read. `from_previous`: the current file was absent or damaged and its predecessor stood in."""

    header: Header
    from_previous: bool


def exists(folder: Path) -> bool:
    """Whether the folder claims to hold a vault, readable or not."""
    with disk_errors("looking for a vault"):
        return (folder / NAME).exists() or (folder / PREVIOUS).exists() or any(folder.glob("vault*.db"))


def read_header(folder: Path) -> FoundHeader:
    """The current header, or its predecessor. Raises NoVault, HeaderDamaged, VaultTooNew, DiskFailed."""
    if not exists(folder):
        raise NoVault("the folder holds no vault")
    try:
        return FoundHeader(header=read_one(folder / NAME), from_previous=False)
    except UnreadableHeader as error:
        damage = error
    try:
        return FoundHeader(header=read_one(folder / PREVIOUS), from_previous=True)
    except UnreadableHeader as error:
        raise HeaderDamaged(f"{NAME}: {damage}; {PREVIOUS}: {error}") from error


def read_one(path: Path) -> Header:
    """The header in one file. Raises UnreadableHeader (an absent file too), VaultTooNew, DiskFailed."""
    with disk_errors(f"reading {path.name}"):
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except FileNotFoundError as error:
            raise UnreadableHeader("absent") from error
    return decode_header(data)


def write_first_header(folder: Path, header: Header) -> None:
    """Put a new vault's header under both names, so that there are two copies from the start. Durable on return.

    The current name comes first and is flushed: the second copy alone would look like a damaged vault.
    """
    data = encode_header(header)
    for name in (NAME, PREVIOUS):
        replace_file(folder / name, data)
        flush_folder(folder)


def write_header(folder: Path, header: Header) -> None:
    """Make this the current header and the current one the previous. Durable on return.

    Raises DiskFull or DiskFailed; the current header is then untouched.
    """
    data = encode_header(header)
    try:
        current = encode_header(read_one(folder / NAME))
    except UnreadableHeader:
        pass  # absent or damaged: a good previous version must not be replaced by it
    else:
        replace_file(folder / PREVIOUS, current)
    replace_file(folder / NAME, data)
    flush_folder(folder)


def replace_both(folder: Path, header: Header) -> None:
    """Make this the current and the previous header, whatever stood there. Durable on return.

    The previous one goes first and is flushed: while the current one is whole it counts, and the moment it does not,
    the new one does.
    """
    data = encode_header(header)
    for name in (PREVIOUS, NAME):
        replace_file(folder / name, data)
        flush_folder(folder)


def forget_previous(folder: Path) -> None:
    """Make the previous version equal to the current one, so that a way in that was closed stays closed."""
    replace_file(folder / PREVIOUS, encode_header(read_one(folder / NAME)))
    flush_folder(folder)


def restore_from_previous(folder: Path) -> None:
    """Put the previous version back as the current one and set the damaged file aside. Durable on return."""
    data = encode_header(read_one(folder / PREVIOUS))
    with disk_errors("setting the damaged header aside"):
        if (folder / NAME).exists():
            (folder / NAME).replace(folder / DAMAGED)
    replace_file(folder / NAME, data)
    flush_folder(folder)
