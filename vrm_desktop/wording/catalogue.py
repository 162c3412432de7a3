"""The gettext catalogue. Every text a person reads passes through `_` or `ngettext`; no sentences from pieces."""

import gettext as _gettext
from collections.abc import Callable, Sequence
from pathlib import Path

DOMAIN = "vrm_desktop"
SOURCE = "en"


class Catalogue:
    """The chosen language's translations; English is the source and needs none.

    `locale` is how numbers, money and days are written: the person's language with its region, such as `de_AT`.
    """

    def __init__(self) -> None:
        self._translations: _gettext.NullTranslations = _gettext.NullTranslations()
        self.locale = SOURCE

    def choose(self, languages: Sequence[str], folder: Path) -> None:
        """Use the first of `languages` (`de`, `de_AT`) that is English or has a compiled catalogue in `folder`."""
        self._translations, self.locale = _gettext.NullTranslations(), SOURCE
        for tag in languages:
            if tag.partition("_")[0] == SOURCE:
                self.locale = tag
                return
            if _gettext.find(DOMAIN, folder, [tag]):
                self._translations, self.locale = _gettext.translation(DOMAIN, folder, [tag]), tag
                return

    def gettext(self, text: str) -> str:
        """The text in the chosen language."""
        return self._translations.gettext(text)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The text for `count` things in the chosen language."""
        return self._translations.ngettext(one, many, count)


CATALOGUE = Catalogue()
_: Callable[[str], str] = CATALOGUE.gettext
ngettext: Callable[[str, str, int], str] = CATALOGUE.ngettext
