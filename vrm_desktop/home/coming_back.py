"""What opening a vault begins with when it was brought back. Never here: what is asked, and of whom."""

from vrm_desktop.home.spoken import spoken
from vrm_desktop.services.catch_up import mark_all
from vrm_desktop.services.means import Means
from vrm_desktop.vault import brought_back
from vrm_desktop.vault.vault import OpenVault


async def begin_again(opened: OpenVault, means: Means) -> bool:
    """Mark every conversation to be caught up with, if the vault was brought back; whether it was.

    Done before anything is tended. Killed in the middle, it is done again.
    """
    with spoken():
        if not brought_back.stands(opened.folder):
            return False
    await mark_all(means)
    with spoken():
        brought_back.forget(opened.folder)
    return True
