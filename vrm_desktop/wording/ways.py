"""The ways into a vault, and what backups were made for, as people read them. No decisions here."""

import re

from vrm_desktop.wording.catalogue import _

_BEFORE_SCHEMA = re.compile(r"before-schema-([0-9]{1,6})")


def way_label(kind: str) -> str:
    """A way in, by its kind (`passphrase`, `recovery`, `keyring`); an unknown one shows its own name."""
    words = {
        "passphrase": _("passphrase"),
        "recovery": _("recovery code"),
        "keyring": _("this computer's keyring"),
    }
    return words.get(kind, kind)


def backup_reason(why: str) -> str:
    """What a kept backup was made for; an unknown reason shows its own name."""
    words = {
        "scheduled": _("made by itself"),
        "by-hand": _("made by hand"),
        "before-rotation": _("before a new key"),
    }
    if _BEFORE_SCHEMA.fullmatch(why):
        return _("before a newer version")
    return words.get(why, why)
