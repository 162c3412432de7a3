"""The sections of the sidebar, in order, with their words, icons and shortcuts."""

from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.widgets.sidebar import Section
from vrm_desktop.wording.catalogue import _

_KEYS = 9  # on a keyboard's row of digits


def sections() -> tuple[Section, ...]:
    """What the sidebar shows from the top; the first nine have Ctrl and their number."""
    named = (
        (PageId.WANTS, _("What I want"), Icon.RADIO),
        (PageId.RELATIONSHIPS, _("Relationships"), Icon.HANDSHAKE),
        (PageId.AGENDA, _("Agenda"), Icon.CALENDAR),
        (PageId.MAILS, _("Mails"), Icon.MAIL),
        (PageId.CONTRACTS, _("Contracts"), Icon.FILE_TEXT),
        (PageId.LEDGER, _("Who knows what"), Icon.BOOK_USER),
        (PageId.RIGHTS, _("My rights"), Icon.SCALE),
        (PageId.VENDORS, _("Whom I can ask"), Icon.STORE),
        (PageId.PROFILE, _("My profile"), Icon.USER_ROUND),
    )
    return tuple(
        Section(key=page_id.value, label=label, icon=icon, keys=f"Ctrl+{number}" if number <= _KEYS else "")
        for number, (page_id, label, icon) in enumerate(named, 1)
    )


def feet() -> tuple[Section, ...]:
    """What stands at the foot, above "Lock now"."""
    return (
        Section(key=PageId.FIND.value, label=_("Find"), icon=Icon.SEARCH, keys="Ctrl+F"),
        Section(key=PageId.SETTINGS.value, label=_("Settings"), icon=Icon.SETTINGS, keys="Ctrl+,"),
    )
