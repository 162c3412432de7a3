"""The person's own key in a relationship, in words: why one would make a new one, how it stands, why it stays."""

from vrm_desktop.domain.own_key import KeyStaysFor
from vrm_desktop.wording.catalogue import _


def own_key_error_words() -> dict[str, tuple[str, str]]:
    """Title and advice by code."""
    return {
        "key-elsewhere": (
            _("Your key here was changed after this copy of your vault was made, and the new one is not in it."),
            _("You can read on, and say something again in a new conversation, or from a newer backup."),
        ),
        "key-stays": (_("A new key cannot be made here now."), _("Look how it stands first.")),
    }


def why_new_key() -> str:
    """Why a person would want a new key."""
    return _("Make a new key if someone may have had access to your vault or an old backup: the old one can then no "
             "longer speak for you here.")  # fmt: skip


def what_stays_readable() -> str:
    """What a new key does not do."""
    return _("Whoever has an old copy could still read what is said here. To end that too, leave and begin anew.")


def new_key_on_its_way() -> str:
    """Made, and not told yet."""
    return _("Your new key is on its way; the old one counts there until they know.")


def new_key_known() -> str:
    """Told."""
    return _("They know your new key, and take nothing of the old one any more.")


def new_key_refused() -> str:
    """Said, and not taken."""
    return _("They did not take your new key, so nothing more can be said here. Begin a new conversation instead.")


def way_on_elsewhere() -> str:
    """What to do where the new key is not here."""
    return _("You can read on, and say something again in a new conversation, or from a newer backup. If it was not "
             "you who changed the key, tell them so by another way.")  # fmt: skip


def why_key_stays(why: KeyStaysFor) -> str:
    """Why there is no new key."""
    return {
        KeyStaysFor.NOT_BEGUN: _("Nothing has been said under this key yet."),
        KeyStaysFor.OVER: _("Nothing more is said here, so the key stays."),
        KeyStaysFor.ELSEWHERE: _(
            "Your key here was changed after this copy of your vault was made, and the new one is not in it."
        ),
        KeyStaysFor.NOT_UNDERSTOOD: _("Their program does not follow a new key. Leave and begin anew instead."),
        KeyStaysFor.HALF_SIGNED: _("Something waits for their signature under the old key. Try again once it came."),
    }[why]
