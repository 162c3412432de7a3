"""The sections of the sidebar, in order, with their words, icons and shortcuts."""

from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.widgets.sidebar import Section
from vrm_desktop.wording.catalogue import _


def sections() -> tuple[Section, ...]:
    """What the sidebar shows from the top."""
    return (
        Section(key=PageId.WANTS.value, label=_("What I want"), icon=Icon.RADIO, keys="Ctrl+1"),
        Section(key=PageId.RELATIONSHIPS.value, label=_("Relationships"), icon=Icon.HANDSHAKE, keys="Ctrl+2"),
        Section(key=PageId.LEDGER.value, label=_("Who knows what"), icon=Icon.BOOK_USER, keys="Ctrl+3"),
        Section(key=PageId.VENDORS.value, label=_("Whom I can ask"), icon=Icon.STORE, keys="Ctrl+4"),
        Section(key=PageId.PROFILE.value, label=_("My profile"), icon=Icon.USER_ROUND, keys="Ctrl+5"),
    )


def feet() -> tuple[Section, ...]:
    """What stands at the foot, above "Lock now"."""
    return (
        Section(key=PageId.FIND.value, label=_("Find"), icon=Icon.SEARCH, keys="Ctrl+F"),
        Section(key=PageId.SETTINGS.value, label=_("Settings"), icon=Icon.SETTINGS, keys="Ctrl+,"),
    )
