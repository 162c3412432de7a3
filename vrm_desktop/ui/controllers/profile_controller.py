"""My profile: read it, import a vCard, change a field, remove one and put it back."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from vrm_desktop.domain.ids import FieldId
from vrm_desktop.domain.profile import FieldPath, ProfileField, ShareDefault
from vrm_desktop.formats.errors import FileUnreadable
from vrm_desktop.formats.vcard import read_vcard
from vrm_desktop.services import keep_profile, who_knows_what
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.services.who_knows_what import LedgerEntry
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import AtHome, Reading, advice_for
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.profile_page import ProfilePage
from vrm_desktop.ui.presenters.profile import profile_view
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.labels import field_label

LARGEST_CARD = 1024 * 1024
_PUT_BACK = "put-back:"
_NEW = "new:"
_Found = tuple[tuple[ProfileField, ...], tuple[LedgerEntry, ...]]


class ProfileController(QObject):
    """One page."""

    copied = Signal(str)

    def __init__(self, at_home: AtHome, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at_home, self._look = at_home, look
        self._page: ProfilePage | None = None
        self._fields: dict[str, ProfileField] = {}
        self._removed: dict[str, ProfileField] = {}
        self._reading = Reading(at_home, lambda: _look(at_home.home.means), self._show)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the page of this controller is made."""
        return {PageId.PROFILE: self._make}

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed."""
        if self._page is not None and any(kind in {"profile", "ledger"} for kind, _id in changes):
            self._reading.again()

    def acted(self, key: str) -> bool:
        """Do what the button of a message stands for. False when the message is not one of this controller's."""
        if not key.startswith(_PUT_BACK):
            return False
        field = self._removed.pop(key.removeprefix(_PUT_BACK), None)
        if field is not None:
            self._at_home.act(keep_profile.put_back(self._at_home.home.means, field))
        return True

    def _make(self) -> ProfilePage:
        self._page = ProfilePage(self._look)
        self._page.import_requested.connect(self._import)
        self._page.saved.connect(self._save)
        self._page.removed.connect(self._remove)
        self._page.copy_requested.connect(self.copied)
        self._reading.again()
        return self._page

    def _show(self, found: _Found) -> None:
        fields, ledger = found
        self._fields = {field.id: field for field in fields}
        if self._page is not None:
            today = self._at_home.home.means.clock.now().astimezone().date()
            self._page.show_profile(profile_view(fields, ledger, today))

    def _import(self, path: str) -> None:
        page = self._page
        if page is None:
            return

        def done(result: tuple[int, tuple[str, ...]]) -> None:
            new, left_out = result
            told = ngettext("{count} new field from the vCard.", "{count} new fields from the vCard.", new)
            text = told.format(count=new) if new else _("Everything in this vCard was there already.")
            if left_out:
                text += " " + _("Left out: {what}.").format(what=", ".join(left_out))
            self._at_home.say(text, Tone.GOOD)
            self._at_home.bridge.notice({("profile", "all")})

        def failed(error: Exception) -> None:
            words = advice_for(error)
            page.show_problem(words.title, words.advice)

        page.show_problem("")
        self._at_home.read(_import_card(self._at_home.home.means, Path(path)), done, failed, owner=page)

    def _save(self, key: str, value: str, share: str) -> None:
        page, means = self._page, self._at_home.home.means
        if page is None:
            return

        def failed(error: Exception) -> None:
            page.field.show_error(advice_for(error).title)

        if key.startswith(_NEW):
            work = _set_new(means, FieldPath(key.removeprefix(_NEW)), value, ShareDefault(share))
        else:
            work = keep_profile.change_field(means, FieldId(key), value, ShareDefault(share))
        self._at_home.act(work, failed=failed, owner=page)

    def _remove(self, key: str) -> None:
        field = self._fields.get(key)
        if field is None:
            return

        def done() -> None:
            self._removed[field.id] = field
            told = _("Removed: {what}.").format(what=field_label(field.path))
            self._at_home.said.emit(Message(text=told, action=_("Undo"), key=f"{_PUT_BACK}{field.id}"))

        self._at_home.act(keep_profile.remove_field(self._at_home.home.means, field.id), done)


async def _look(means: Means) -> _Found:
    return await keep_profile.profile(means), await who_knows_what.ledger(means)


async def _set_new(means: Means, path: FieldPath, value: str, share: ShareDefault) -> Changes:
    field = await keep_profile.set_field(means, path, value, share)
    return Changes.of(("profile", field.id))


async def _import_card(means: Means, path: Path) -> tuple[int, tuple[str, ...]]:
    """How many fields are new, and what had no place.

    Raises:
        FileUnreadable: it is not there, too large, or cannot be read. NotAVCard: it holds no card.
    """
    card = read_vcard(await asyncio.to_thread(_bytes_of, path))
    fields = tuple((one.path, one.value, one.contexts, one.preferred) for one in card.fields)
    return await keep_profile.take_over(means, fields, source="import:vcard"), card.left_out


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_CARD + 1)
    except OSError as error:
        raise FileUnreadable(error.strerror or "it cannot be read") from error
    if len(data) > LARGEST_CARD:
        raise FileUnreadable("larger than a megabyte")
    return data
