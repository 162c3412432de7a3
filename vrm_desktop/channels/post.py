"""The person's mail servers behind the services' port: the courier's words for what went wrong become the port's.

Never here: which mail is wanted, what is written, and the account's keeping.
"""

from collections.abc import Callable
from typing import Final

from vrm_desktop.courier.errors import CourierError, MailRefusedError
from vrm_desktop.courier.imap import Mailbox, Mark
from vrm_desktop.courier.mail_line import MailConnector, MailPlace, Protection
from vrm_desktop.courier.submission import Submission
from vrm_desktop.domain.mail_account import MailBox
from vrm_desktop.services.ports import ChannelError
from vrm_desktop.services.ports_outside import MailLook, MailMark

_FINAL: Final = frozenset({"address-refused", "request-refused", "mail-login-refused", "mail-folder-gone"})


class PostChannel:
    """Speaks SMTP and IMAP through the courier."""

    def __init__(self, connector: MailConnector) -> None:
        self._submission = Submission(connector)
        self._mailbox = Mailbox(connector)

    async def send(self, box: MailBox, message: bytes, *, sender: str, to: str) -> str:
        """Hand one mail over; what the server said to it."""
        try:
            return await self._submission.send(_place(box), message, sender=sender, to=to)
        except CourierError as error:
            raise _said(error) from error

    async def check(self, box: MailBox) -> None:
        """Sign in where mail is sent from."""
        try:
            await self._submission.greet(_place(box))
        except CourierError as error:
            raise _said(error) from error

    async def folders(self, box: MailBox) -> tuple[str, ...]:
        """The folders of a mailbox."""
        try:
            return await self._mailbox.folders(_place(box))
        except CourierError as error:
            raise _said(error) from error

    async def fetch(self, box: MailBox, folder: str, *, since: MailMark, wanted: Callable[[bytes], bool]) -> MailLook:
        """Look into one folder."""
        try:
            found = await self._mailbox.fetch(_place(box), folder, since=Mark(since.validity, since.uid), wanted=wanted)
        except CourierError as error:
            raise _said(error) from error
        return MailLook(
            mails=found.mails,
            mark=MailMark(validity=found.mark.validity, uid=found.mark.uid),
            heads=found.heads,
            too_large=found.too_large,
            more=found.more,
        )


def _place(box: MailBox) -> MailPlace:
    return MailPlace(
        host=box.host,
        port=box.port,
        protection=Protection(box.security.value),
        user=box.user,
        password=box.password,
    )


def _said(error: CourierError) -> ChannelError:
    final = error.code in _FINAL or (isinstance(error, MailRefusedError) and error.permanent)
    return ChannelError(error.code, str(error), may_have_arrived=error.may_have_arrived, final=final)
