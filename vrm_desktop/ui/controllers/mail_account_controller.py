"""The page of the mail account: kept in the vault, tried, forgotten. Never shows a password."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from vrm_desktop.domain.mail_account import MailAccount
from vrm_desktop.services import mail_account
from vrm_desktop.services.mail_account import Tried
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import Reading, advice_for
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.mail_account_view import MailAccountForm
from vrm_desktop.ui.pages.mail_account_page import MailAccountPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard
from vrm_desktop.ui.presenters.mail_account import account_form, account_from
from vrm_desktop.ui.presenters.typed_values import NotTyped
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _, ngettext


class MailAccountController(QObject):
    """One page."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._page: MailAccountPage | None = None
        self._reading = Reading(desk.at_home, lambda: mail_account.account(self._means), self._show)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How its page is made."""
        return {PageId.MAIL_ACCOUNT: self._make}

    def cards(self) -> Sequence[RelationshipCard]:
        """None."""
        return ()

    def refresh(self, changes: frozenset[Change]) -> None:
        """What is being typed stays, unless another account is kept."""
        if self._page is not None and ("settings", "mail-account") in changes:
            self._reading.again()

    def acted(self, _key: str) -> bool:
        """No message of this controller has a button."""
        return False

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _make(self) -> MailAccountPage:
        page = MailAccountPage(self._desk.look)
        page.kept.connect(self._keep)
        page.tried.connect(self._try)
        page.forgotten.connect(self._forget)
        self._page = page
        self._reading.again()
        return page

    def _show(self, found: MailAccount | None) -> None:
        if self._page is not None:
            self._page.show_form(account_form(found))

    def _keep(self, form: MailAccountForm) -> None:
        page = self._page

        async def keep() -> Changes:
            before = await mail_account.account(self._means)
            return await mail_account.set_account(self._means, account_from(form, before))

        def failed(error: Exception) -> None:
            if isinstance(error, NotTyped) and page is not None:
                page.show_error(error.field, error.words)
            else:
                self._desk.at_home.say_why(error)

        def done() -> None:
            self._desk.at_home.say(_("The account is kept in your vault. “Try it” shows whether it works."), Tone.GOOD)

        self._desk.at_home.act(keep(), done, failed, owner=page)

    def _try(self) -> None:
        page = self._page
        if page is None:
            return

        def done(found: Tried) -> None:
            count = len(found.folders)
            told = [_("Mail can be sent.")] if found.sends else []
            if count:
                words = ngettext("{count} folder can be read.", "{count} folders can be read.", count)
                told.append(words.format(count=count))
                page.show_folders(found.folders)
            page.show_report(_("It works. Nothing was sent."), " ".join(told), Tone.GOOD)

        def failed(error: Exception) -> None:
            words = advice_for(error)
            page.show_report(words.title, words.advice, Tone.BAD)

        self._desk.at_home.read(mail_account.try_account(self._means), done, failed, owner=page)

    def _forget(self) -> None:
        def done() -> None:
            told = _("The account is forgotten. What was sent and read stays where it is.")
            self._desk.at_home.say(told, Tone.GOOD)

        self._desk.at_home.act(mail_account.forget_account(self._means), done, owner=self._page)
