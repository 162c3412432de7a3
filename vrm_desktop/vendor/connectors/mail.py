"""A mail for the shop's people when something has come in. Says what, and where to look; never who. Hears nothing."""

import re
from email.message import EmailMessage
from email.utils import format_datetime

from vrm_desktop.courier.errors import MailRefusedError
from vrm_desktop.courier.mail import Mailer
from vrm_desktop.domain.categories import CATEGORIES
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.vendor.connectors.port import Event, Heard, Notes, Told
from vrm_desktop.vendor.connectors.settings import ConnectorSettings
from vrm_desktop.vendor.errors import ConnectorAway, ConnectorRefused
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.values import day

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


class Mail:
    """One mailbox or several (fits `Connector`). The `Message-ID` is made of the event's id: a second one is a copy."""

    def __init__(self, mailer: Mailer, settings: ConnectorSettings, *, shop: str) -> None:
        self._mailer = mailer
        self._settings = settings
        self._shop = shop

    async def tell(self, event: Event, notes: Notes) -> Told:  # noqa: ARG002 - the port's shape
        """Send the mail for one event."""
        try:
            await self._mailer.send(self.mail(event))
        except MailRefusedError as error:
            raise (ConnectorRefused if error.permanent else ConnectorAway)(str(error)) from error
        return Told()

    def mail(self, event: Event) -> EmailMessage:
        """The mail for one event: the coarse want, and nothing personal whatever the settings allow."""
        mail = EmailMessage()
        subject = f"{self._shop}: {_subject(event.kind)} · {_category(event.want.category)}"
        mail["Subject"] = _CONTROL.sub(" ", subject)
        mail["From"] = self._settings.sender
        mail["To"] = ", ".join(self._settings.to)
        mail["Date"] = format_datetime(event.at)
        mail["Message-ID"] = f"<{event.id}@intentcast.invalid>"
        mail["Auto-Submitted"] = "auto-generated"
        area = event.want.area.code if event.want.area is not None else "–"
        lines = [
            _("What: {category}").format(category=_category(event.want.category)),
            _("Where: {area}").format(area=area),
            _("Answer by: {day}").format(day=day(event.want.answers_by)),
            "",
            _("More in your inbox:"),
            f"{self._settings.inbox}/desk/c/{event.conversation}" if self._settings.inbox else "/desk",
        ]
        mail.set_content("\n".join(lines))
        return mail

    async def listen(self, bookmark: str) -> Heard:
        """Mail goes one way."""
        return Heard(bookmark=bookmark)

    async def check(self) -> str:
        """Sign in to the mail server, and send nothing."""
        await self._mailer.greet()
        return "the mail server answers"

    async def close(self) -> None:
        """Nothing is kept open."""


def _category(code: str) -> str:
    found = CATEGORIES.get(code)
    return _(found.label) if found is not None else code


def _subject(kind: str) -> str:
    match kind:
        case Kind.PING:
            return _("Somebody asks")
        case Kind.ACCEPT:
            return _("An order has come")
        case Kind.MESSAGE:
            return _("Somebody has written")
        case Kind.END | Kind.WITHDRAW_CAST:
            return _("Somebody ends it")
        case _:
            return _("Something new")
