"""Files handed to the window: a saved page becomes public prices of a want, a mail is read; all else is left alone."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.domain.mail import MailIn
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.formats.errors import FormatError
from vrm_desktop.formats.mail_parts import LARGEST_MAIL
from vrm_desktop.formats.product_page.reading import LARGEST
from vrm_desktop.services import choose_vendors, keep_pages, read_mail, say_what_i_want
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.controllers.at_home import advice_for
from vrm_desktop.ui.controllers.handed_files import Handed, kind_of, read_file
from vrm_desktop.ui.controllers.mails_reading import belonging
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.pages.file_page import FilePage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _, ngettext

_OPEN = frozenset({IntentcastState.DRAFT, IntentcastState.CAST})
_SUBJECT = 120


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _Read:
    """What came of some files: changes, how many prices or mails, a mail to show, and the last thing that was wrong."""

    changes: Changes
    count: int
    words: str = ""
    mail: str = ""
    wrong: Exception | None = None


class FilesController(QObject):
    """One page, for asking which want saved pages are for. `open_mail` shows a mail by its id."""

    def __init__(self, desk: TopicDesk, open_mail: Callable[[str], None]) -> None:
        super().__init__(desk.parent)
        self._desk, self._open_mail = desk, open_mail
        self._page: FilePage | None = None
        self._waiting: tuple[Path, ...] = ()
        self._wants: tuple[Intentcast, ...] = ()

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How its page is made."""
        return {PageId.FILE: self._make}

    def take(self, files: tuple[Path, ...]) -> None:
        """Take these in, each by what its name says it is."""
        pages = tuple(file for file in files if kind_of(file) is Handed.PAGE)
        mails = tuple(file for file in files if kind_of(file) is Handed.MAIL)
        if mails:
            self._desk.at_home.read(_mails(self._means, mails), self._read_mails)
        if pages:
            self._desk.at_home.read(say_what_i_want.wants(self._means), lambda found: self._place(pages, found))
        if len(pages) + len(mails) < len(files):
            told = _("Neither a saved page (HTML) nor a mail (EML), so nothing was done with it: {name}")
            other = next(file for file in files if file not in (*pages, *mails))
            self._desk.at_home.say(told.format(name=other.name), Tone.CAUTION)

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _make(self) -> FilePage:
        page = FilePage(self._desk.look)
        page.chosen.connect(self._keep)
        page.left.connect(self._leave)
        self._page = page
        self._ask(page)
        return page

    def _place(self, pages: tuple[Path, ...], every: tuple[Intentcast, ...]) -> None:
        self._waiting = pages
        self._wants = tuple(want for want in every if want.state in _OPEN)
        if not self._wants:
            self._waiting = ()
            told = _("Say first what you want; then hand the page in again, and its price stands beside the offers.")
            self._desk.at_home.say(told, Tone.CAUTION)
        elif len(self._wants) == 1:
            self._keep(self._wants[0].id)
        else:
            if self._page is not None:
                self._ask(self._page)
            self._desk.go(PageId.FILE)

    def _ask(self, page: FilePage) -> None:
        page.ask([file.name for file in self._waiting], [(want.id, want.title) for want in self._wants])

    def _keep(self, want: str) -> None:
        pages, self._waiting = self._waiting, ()
        key = IntentcastId(want)

        def kept(found: _Read) -> None:
            self._desk.at_home.bridge.notice(found.changes.things)
            if found.count:
                self._desk.at_home.say(found.words, Tone.GOOD)
                self._desk.open_want(want, PageId.OFFERS)
            self._say_wrong(found.wrong)

        if pages and want:
            self._desk.at_home.read(_prices(self._means, key, pages), kept)

    def _leave(self) -> None:
        self._waiting = ()
        self._desk.go(PageId.WANTS)

    def _read_mails(self, found: _Read) -> None:
        self._desk.at_home.bridge.notice(found.changes.things)
        if found.words:
            self._desk.at_home.say(found.words, Tone.GOOD)
        self._say_wrong(found.wrong)
        if found.mail:
            self._open_mail(found.mail)

    def _say_wrong(self, wrong: Exception | None) -> None:
        if wrong is not None:
            words = advice_for(wrong)
            self._desk.at_home.say(f"{words.title} {words.advice}".strip(), Tone.CAUTION)


async def _prices(means: Means, key: IntentcastId, files: tuple[Path, ...]) -> _Read:
    kept: dict[str, PublicPrice] = {}
    wrong: Exception | None = None
    for file in files:
        try:
            found = await keep_pages.add(means, key, await asyncio.to_thread(read_file, file, LARGEST))
        except FormatError as error:
            wrong = error
            continue
        kept |= {one.id: one for one in found.prices}
    words = ngettext("{count} public price is kept.", "{count} public prices are kept.", len(kept))
    return _Read(
        changes=Changes.of(*(("public-price", price) for price in kept)),
        count=len(kept),
        words=words.format(count=len(kept)),
        wrong=wrong,
    )


async def _mails(means: Means, files: tuple[Path, ...]) -> _Read:
    taken: list[MailIn] = []
    new, wrong = 0, None
    for file in files:
        try:
            found = await read_mail.take_in(means, await asyncio.to_thread(read_file, file, LARGEST_MAIL))
        except FormatError as error:
            wrong = error
            continue
        taken.append(found.mail)
        new += found.is_new
    names = {one.id: one.name for one in await choose_vendors.vendors(means)}
    things = frozenset({("mail", "")}).union(*(belonging(one) for one in taken)) if taken else frozenset()
    if len(taken) == 1 and new:
        one = taken[0]
        whose = names.get(one.vendor, one.sender) if one.vendor is not None else one.sender
        subject = one.subject[:_SUBJECT] or _("no subject")
        words = _("Read a mail from {sender}: {subject}").format(sender=whose or _("nobody named"), subject=subject)
    elif taken and new:
        words = ngettext("{count} mail was read.", "{count} mails were read.", new).format(count=new)
    else:
        words = _("That mail was here already.") if taken else ""
    mail = taken[0].id if len(taken) == 1 else ""
    return _Read(changes=Changes.of(*things), count=len(taken), words=words, mail=mail, wrong=wrong)
