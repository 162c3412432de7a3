"""Strict reading of one TOML table: every member is asked for by name and type; what nobody asked for is refused."""

from collections.abc import Mapping

from vrm_desktop.vendor.errors import BadSettings


class TomlTable:
    """A table under its dotted `name`. Call `done()` last: unknown members are spelling mistakes."""

    def __init__(self, members: Mapping[str, object], *, name: str = "") -> None:
        self._members = dict(members)
        self._name = name

    def text(self, key: str, default: str = "", *, most: int = 200) -> str:
        """A string of at most `most` characters."""
        value = self._members.pop(key, default)
        if not isinstance(value, str) or len(value) > most:
            raise self._wrong(key, f"is a text of at most {most} characters")
        return value

    def number(self, key: str, default: int, *, least: int = 0, most: int) -> int:
        """An integer between `least` and `most`, both included."""
        value = self._members.pop(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._wrong(key, f"is a whole number from {least} to {most}")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """true or false."""
        value = self._members.pop(key, default)
        if not isinstance(value, bool):
            raise self._wrong(key, "is true or false")
        return value

    def words(self, key: str, default: tuple[str, ...] = (), *, among: frozenset[str] | None = None) -> tuple[str, ...]:
        """A list of different strings, each one of `among` where that is given."""
        value = self._members.pop(key, list(default))
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise self._wrong(key, "is a list of texts")
        if len(set(value)) != len(value) or (among is not None and not among.issuperset(value)):
            known = f" out of {', '.join(sorted(among))}" if among else ""
            raise self._wrong(key, f"is a list of different words{known}")
        return tuple(value)

    def table(self, key: str) -> "TomlTable":
        """The table below `key`; an empty one where there is none."""
        value = self._members.pop(key, {})
        if not isinstance(value, dict):
            raise self._wrong(key, "is a table")
        return TomlTable(value, name=self._path(key))

    def tables(self, key: str) -> "tuple[TomlTable, ...]":
        """The tables of the array below `key`."""
        value = self._members.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self._wrong(key, f"is written as [[{self._path(key)}]]")
        return tuple(TomlTable(entry, name=f"{self._path(key)}[{place}]") for place, entry in enumerate(value))

    def pairs(self) -> dict[str, str]:
        """All members that are left, which must be strings."""
        left, self._members = self._members, {}
        for key, value in left.items():
            if not isinstance(value, str):
                raise self._wrong(key, "is a text")
        return {key: value for key, value in left.items() if isinstance(value, str)}

    def done(self) -> None:
        """Refuse members nobody asked for."""
        if self._members:
            raise self._wrong(min(self._members), "is not known here")

    def _path(self, key: str) -> str:
        return f"{self._name}.{key}" if self._name else key

    def _wrong(self, key: str, reason: str) -> BadSettings:
        return BadSettings(f"{self._path(key)} {reason}")
