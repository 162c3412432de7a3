"""Which languages a person's system asks for, read from its environment as gettext does. Opens no catalogue."""

import re
from collections.abc import Mapping

NONE_WISHED = frozenset({"", "C", "POSIX"})
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[_-]([A-Za-z]{2}))?(?:[.@].*)?")


def wished_languages(environment: Mapping[str, str]) -> list[str]:
    """Languages as `de` or `de_AT`, the dearest first; none where the system asks for none (`C`, or nothing set).

    `LC_ALL`, `LC_MESSAGES` and `LANG` name the language, the first that is set; `LANGUAGE` may list several before it.
    """
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "")
    if locale.partition(".")[0] in NONE_WISHED:
        return []
    wished = [_tag(name) for name in (*environment.get("LANGUAGE", "").split(":"), locale)]
    return list(dict.fromkeys(tag for tag in wished if tag))


def _tag(name: str) -> str:
    found = _TAG.fullmatch(name.strip())
    if found is None:
        return ""
    language, region = found.groups()
    return f"{language.lower()}_{region.upper()}" if region else language.lower()
