"""The gettext catalogue. Every text a person reads passes through `_` or `ngettext`; no sentences from pieces."""

import gettext as _gettext
from collections.abc import Callable
from pathlib import Path

DOMAIN = "vrm_desktop"


class Catalogue:
    """The chosen language's translations; English is the source and needs none."""

    def __init__(self) -> None:
        self._translations: _gettext.NullTranslations = _gettext.NullTranslations()

    def choose(self, languages: list[str], folder: Path) -> None:
        """Use the first of `languages` (BCP 47 tags) that `folder` has a compiled catalogue for."""
        self._translations = _gettext.translation(DOMAIN, localedir=folder, languages=languages, fallback=True)

    def gettext(self, text: str) -> str:
        """The text in the chosen language."""
        return self._translations.gettext(text)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The text for `count` things in the chosen language."""
        return self._translations.ngettext(one, many, count)


CATALOGUE = Catalogue()
_: Callable[[str], str] = CATALOGUE.gettext
ngettext: Callable[[str, str, int], str] = CATALOGUE.ngettext
