"""Small texts by key: how the person likes the program. Never lives here: secrets of the vault itself."""

from vrm_desktop.vault.repositories.part import Part


class SettingsPart(Part):
    """Settings."""

    def setting(self, key: str) -> str | None:
        """The text under a key, if there is one."""
        row = self._sql.one("SELECT value FROM settings WHERE key = ?", (key,))
        return None if row is None else str(row[0])

    def set_setting(self, key: str, value: str) -> None:
        """Keep a text under a key."""
        self._sql.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
