"""Where templates of letters come from: ours, and a folder that the person names. Its path is kept as a setting."""

import asyncio
from pathlib import Path

from vrm_desktop.formats.errors import FileUnreadable
from vrm_desktop.formats.letter_shelf import EMPTY, Shelf, read_shelf
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services.means import Means
from vrm_desktop.services.rights_letters import Shelves

_SETTING = "letters-folder"


async def shelves(means: Means, wished: str) -> Shelves:
    """All templates there are, for somebody who wishes for this language (`de`, `de_AT`).

    A named folder that cannot be read any more counts as empty: ours stand in, and `folder` still tells of it.
    """
    named = await folder(means)
    theirs = EMPTY
    if named is not None:
        try:
            theirs = await asyncio.to_thread(read_shelf, named)
        except FileUnreadable:
            theirs = EMPTY
    own = await asyncio.to_thread(read_shelf, resources_folder() / "letters")
    return Shelves(own=own, named=theirs, wished=wished)


async def folder(means: Means) -> Path | None:
    """The folder that the person named, or None."""
    text = await means.vault.read(lambda tx: tx.setting(_SETTING))
    return Path(text) if text else None


async def name_folder(means: Means, path: Path | None) -> Shelf:
    """Use the templates of this folder before ours from now on, or none; what is in it.

    Raises:
        FileUnreadable: nothing in it is a template; nothing was changed.
    """
    found = EMPTY if path is None else await asyncio.to_thread(read_shelf, path)
    await means.vault.write(lambda tx: tx.set_setting(_SETTING, "" if path is None else str(path)))
    return found
