"""The keys of the person's own page: the newest signs, of older ones only the public half is kept.

The secret leaves only as a PageSigner, which dies when the vault closes. Never lives here: whether she wants to be
known.
"""

from typing import Final

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.page_key import PageKey
from vrm_desktop.vault.errors import NoSuchRecord, ValueRefused, VaultDamaged
from vrm_desktop.vault.page_signer import PageSigner, secret_from
from vrm_desktop.vault.repositories.part import Part
from vrm_desktop.vault.repositories.settings import PAGE_KEYS

MOST_KEPT: Final = 10


class PageKeysPart(Part):
    """Keys of the page."""

    def new_page_key(self, random: bytes) -> PageKey:
        """Make a key out of 40 random bytes; it signs from now on, and the one before it never again.

        Raises ValueRefused: the key is there already, or too many old ones are.
        """
        secret = secret_from(random)
        made = self._signers.lend_page(secret).public
        _, public = self._page_keys()
        if made in public or len(public) >= MOST_KEPT:
            raise ValueRefused("the page has this key, or too many")
        self._keep_page_keys(secret, (made, *public))
        return made

    def page_keys(self) -> tuple[PageKey, ...]:
        """Every key that stands on the page, the one that signs first."""
        return self._page_keys()[1]

    def page_signer(self) -> PageSigner:
        """What signs for the page until the vault closes. Raises NoSuchRecord, VaultDamaged."""
        secret, public = self._page_keys()
        if not public:
            raise NoSuchRecord("the page has no key")
        try:
            signer = self._signers.lend_page(secret)
        except ValueError as error:
            raise VaultDamaged("the page's secret is none") from error
        if signer.public != public[0]:
            raise VaultDamaged("the page's secret is another key's")
        return signer

    def drop_old_page_keys(self) -> int:
        """Keep the key that signs alone; how many went."""
        secret, public = self._page_keys()
        self._sql.execute("UPDATE settings SET value = ? WHERE key = ?", (_text(secret, public[:1]), PAGE_KEYS))
        return max(len(public) - 1, 0)

    def _page_keys(self) -> tuple[bytes, tuple[PageKey, ...]]:
        """The secret of the first, and all public ones; nothing where none was ever made. Raises VaultDamaged."""
        text = self._sql.value("SELECT value FROM settings WHERE key = ?", (PAGE_KEYS,))
        if text is None:
            return b"", ()
        try:
            kept = strict_json.decode(str(text).encode("utf-8"))
            match kept:
                case {"secret": str(secret), "public": [*listed]}:
                    public = tuple(PageKey(**dict(one)) for one in listed if isinstance(one, dict))
                    return base64url.decode(secret), public
        except (CanonError, InvalidValue, TypeError, UnicodeError) as error:
            raise VaultDamaged(f"the page's keys cannot be read back: {type(error).__name__}") from error
        raise VaultDamaged("the page's keys cannot be read back")

    def _keep_page_keys(self, secret: bytes, public: tuple[PageKey, ...]) -> None:
        self._sql.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (PAGE_KEYS, _text(secret, public)),
        )


def _text(secret: bytes, public: tuple[PageKey, ...]) -> str:
    listed: list[strict_json.JsonValue] = [{"kid": one.kid, "x": one.x, "y": one.y} for one in public]
    return strict_json.encode({"secret": base64url.encode(secret), "public": listed}).decode("utf-8")
