"""Small texts by key: how the person likes the program. Never lives here: secrets, neither to read nor to write."""

from typing import Final

from vrm_desktop.vault.errors import ValueRefused
from vrm_desktop.vault.repositories.part import Part

PAGE_KEYS: Final = "page-keys"
"""The row that belongs to `repositories/page_keys`, which lends what is in it and never gives it away."""


class SettingsPart(Part):
    """Settings."""

    def setting(self, key: str) -> str | None:
        """The text under a key, if there is one. Raises ValueRefused for the place of a secret."""
        row = self._sql.one("SELECT value FROM settings WHERE key = ?", (_open(key),))
        return None if row is None else str(row[0])

    def set_setting(self, key: str, value: str) -> None:
        """Keep a text under a key. Raises ValueRefused for the place of a secret."""
        self._sql.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (_open(key), value),
        )


def _open(key: str) -> str:
    if key == PAGE_KEYS:
        raise ValueRefused("what is kept there is no setting")
    return key
