"""Being known to shops: requests signed with the key of the person's own page, from her word until she takes it back.

The choice counts for the page that it was made for: naming another ends it. Never here: the key's secret, which stays
in the vault, and signing.
"""

from dataclasses import dataclass
from typing import Final

from vrm_desktop.domain.page_key import PageKey
from vrm_desktop.services.errors import NoPageKey, NoShopPage, NotPossibleNow
from vrm_desktop.services.find_shop import PROFILE
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

KNOWN_BY: Final = "shop-known-by"
MOST_KEYS: Final = 10
_RANDOM_BYTES: Final = 40
_CHANGED: Final = Changes.of(("settings", "all"))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PageStanding:
    """The page that is named to shops ("" for none), whether requests are signed, and the keys, the signing first."""

    address: str
    known: bool
    keys: tuple[PageKey, ...]


def known_by(tx: Transaction) -> str:
    """The name of the key that requests to shops are signed with; "" where the person stays anonymous."""
    page = tx.setting(PROFILE) or ""
    if not page or tx.setting(KNOWN_BY) != page:
        return ""
    return next((one.kid for one in tx.page_keys()), "")


def signs_with(tx: Transaction, choice: bool | None) -> str:  # noqa: FBT001 - three answers to one question
    """The name of the key that signs one act, "" for none: as chosen for it, or (None) as it is set.

    Raises:
        NoPageKey: she is to be known, and there is no page with a key.
    """
    if choice is None:
        return known_by(tx)
    if not choice:
        return ""
    keys = tx.page_keys()
    if not keys or not tx.setting(PROFILE):
        raise NoPageKey
    return keys[0].kid


def choice_for_one(tx: Transaction, choice: bool | None) -> bool | None:  # noqa: FBT001 - as above
    """The same choice, or None where it is no other than what is set."""
    return None if choice is None or choice == bool(known_by(tx)) else choice


def standing(tx: Transaction) -> PageStanding:
    """How shops see whoever asks."""
    return PageStanding(address=tx.setting(PROFILE) or "", known=bool(known_by(tx)), keys=tx.page_keys())


async def page_standing(means: Means) -> PageStanding:
    """The same, read from the vault."""
    return await means.vault.read(standing)


async def be_known(means: Means) -> Changes:
    """Sign what is asked of shops from now on; the key is made if there is none.

    Raises:
        NoShopPage: no page is set that could hold the key.
    """
    random = means.random.token(_RANDOM_BYTES)

    def change(tx: Transaction) -> Changes:
        page = tx.setting(PROFILE) or ""
        if not page:
            raise NoShopPage
        if not tx.page_keys():
            tx.new_page_key(random)
        tx.set_setting(KNOWN_BY, page)
        return _CHANGED

    return await means.vault.write(change)


async def be_anonymous(means: Means) -> Changes:
    """Sign nothing from now on. The key stays, for a page that still shows it."""

    def change(tx: Transaction) -> Changes:
        tx.set_setting(KNOWN_BY, "")
        return _CHANGED

    return await means.vault.write(change)


async def new_key(means: Means) -> Changes:
    """Put a new key in the place of the one that signs, or make the first; whether it signs is not changed.

    An old one stays on the page until it is dropped.

    Raises:
        NoShopPage: no page is set that could hold the key. NotPossibleNow: there are too many old ones.
    """
    random = means.random.token(_RANDOM_BYTES)

    def change(tx: Transaction) -> Changes:
        if not tx.setting(PROFILE):
            raise NoShopPage
        if len(tx.page_keys()) >= MOST_KEYS:
            raise NotPossibleNow("too many keys")
        tx.new_page_key(random)
        return _CHANGED

    return await means.vault.write(change)


async def drop_old_keys(means: Means) -> Changes:
    """Take every key but the one that signs off the page."""

    def change(tx: Transaction) -> Changes:
        tx.drop_old_page_keys()
        return _CHANGED

    return await means.vault.write(change)
