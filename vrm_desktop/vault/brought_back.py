"""Whether a vault stands here because it was brought back, so that it has to learn what was said since.

One empty file beside the header, made durable before the header counts: a crash may leave it where nothing was brought
back, which costs a question too many, and never the other way round. Never here: what follows from it.
"""

from pathlib import Path

from vrm_desktop.vault.durable_files import disk_errors, flush_folder, replace_file

NAME = "vault.brought-back"


def note(folder: Path) -> None:
    """Say so. Durable on return."""
    replace_file(folder / NAME, b"")
    flush_folder(folder)


def stands(folder: Path) -> bool:
    """Whether it was said."""
    with disk_errors(f"looking for {NAME}"):
        return (folder / NAME).exists()


def forget(folder: Path) -> None:
    """Take it back: what follows from it is in the vault."""
    with disk_errors(f"removing {NAME}"):
        (folder / NAME).unlink(missing_ok=True)
    flush_folder(folder)
