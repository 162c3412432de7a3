"""A shop's home folder: `desk.toml`, the catalogue, the keys, the database. Reads it into a `Shop`; serves nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.roster import Roster, parse_entry
from vrm_desktop.vendor.article import Catalogue
from vrm_desktop.vendor.catalogue_file import read_catalogue
from vrm_desktop.vendor.errors import BadCatalogue, BadHome, BadSettings
from vrm_desktop.vendor.key_file import KeyFiles, open_keys
from vrm_desktop.vendor.settings import DeskSettings
from vrm_desktop.vendor.settings_file import read_settings
from vrm_desktop.vendor.shop import Shop

SETTINGS, CATALOGUE, KEY, DATABASE = "desk.toml", "catalogue.csv", "desk.key", "desk.sqlite3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """An opened home folder. `sample` tells that the sample catalogue stands in for the shop's own."""

    shop: Shop
    keys: KeyFiles
    database: Path
    sample: bool
    catalogue: Path | None = None

    def restocked(self) -> "Home":
        """The same home with its catalogue read again.

        Raises:
            BadHome, BadSettings, BadCatalogue: the text says what and where.
        """
        if self.catalogue is None:
            return self
        goods = _catalogue(self.catalogue, self.shop.settings, sample=False)
        return replace(self, shop=replace(self.shop, catalogue=goods))


def open_home(
    folder: Path,
    *,
    resources: Path,
    name: str | None,
    catalogue: Path | None,
    random: Callable[[int], bytes],
    may_be_new: bool = True,
) -> Home:
    """The shop in `folder`; `name` and `catalogue` go before what `desk.toml` says.

    The folder is made when there is none, unless it may not be new: a slip in its name is no shop of its own.

    A folder without `desk.toml` and without a catalogue serves the sample shop; one with a catalogue alone gets the
    plain defaults, under the catalogue's name.

    Raises:
        BadHome, BadSettings, BadCatalogue: the text says what and where.
    """
    if not may_be_new and not any((folder / file).exists() for file in (SETTINGS, CATALOGUE, KEY)):
        raise BadHome(f"{folder}: no desk has its files here")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadHome(f"{folder}: {error.strerror}") from error
    samples, roster = resources / "samples", _roster(resources / "roster")
    own = catalogue or _if_there(folder / CATALOGUE)
    settings = _settings(folder / SETTINGS, samples=samples, own=own, name=name, roster=roster)
    if own is None and settings.catalogue:
        own = folder / settings.catalogue
    goods = _catalogue(own or samples / CATALOGUE, settings, sample=own is None)
    return Home(
        shop=Shop(settings=settings, catalogue=goods, roster=roster),
        keys=open_keys(folder / KEY, random=random),
        database=folder / DATABASE,
        sample=own is None,
        catalogue=own,
    )


def _settings(file: Path, *, samples: Path, own: Path | None, name: str | None, roster: Roster) -> DeskSettings:
    known = frozenset(entry.id for entry in roster.entries if entry.offered_to_vendors)
    if file.exists() or own is None:
        settings = _read(_bytes(file if file.exists() else samples / SETTINGS), known)
    else:
        settings = DeskSettings(name=name or own.stem)
    return replace(settings, name=name) if name else settings


def _read(data: bytes, known: frozenset[str]) -> DeskSettings:
    try:
        return read_settings(data, roster_ids=known)
    except BadSettings as error:
        raise BadSettings(f"{SETTINGS}: {error}") from error


def _catalogue(file: Path, settings: DeskSettings, *, sample: bool) -> Catalogue:
    name = "sample catalogue" if sample else file.name
    try:
        return read_catalogue(_bytes(file), name=name, product_types=settings.product_types)
    except BadCatalogue as error:
        raise BadCatalogue(error.row, error.reason, file=file.name) from error


def _roster(folder: Path) -> Roster:
    try:
        return Roster(parse_entry(_bytes(file)) for file in sorted(folder.glob("*.json")))
    except ProtocolError as error:
        raise BadSettings(f"the roster cannot be read: {error}") from error


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadHome(f"{file}: {error.strerror}") from error


def _if_there(file: Path) -> Path | None:
    return file if file.exists() else None
