"""The mail account as a form, and a form as an account; or which field does not fit. Pure."""

from collections.abc import Mapping

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.mail_account import READING_PORTS, SENDING_PORTS, MailAccount, MailBox, MailSecurity
from vrm_desktop.ui.models.mail_account_view import MailAccountForm, ServerForm
from vrm_desktop.ui.presenters.typed_values import NotTyped
from vrm_desktop.wording.catalogue import _


def account_form(one: MailAccount | None) -> MailAccountForm:
    """What is kept, without any password."""
    if one is None:
        return MailAccountForm()
    known = one.sends or one.reads
    return MailAccountForm(
        address=one.address,
        user=known.user if known is not None and known.user != one.address else "",
        has_password=known is not None and bool(known.password),
        sending=_server(one.sends),
        reading=_server(one.reads),
        folder=one.folder,
        as_alias=one.as_alias,
        signs=one.signs,
        kept=True,
    )


def account_from(form: MailAccountForm, before: MailAccount | None) -> MailAccount:
    """The account as typed; without a new password, the one kept for the same servers stays.

    Raises:
        NotTyped: a field does not fit.
    """
    address = form.address.strip()
    try:
        account = MailAccount(address=address, as_alias=form.as_alias, signs=form.signs)
    except InvalidValue as error:
        raise NotTyped("address", _("An address looks like name@host.example.")) from error
    if not form.folder.strip():
        raise NotTyped("folder", _("Name the one folder in which answers are looked for."))
    user = form.user.strip() or address
    return MailAccount(
        address=account.address,
        sends=_box("sending", form.sending, SENDING_PORTS, user, _password(form, before, reads=False)),
        reads=_box("reading", form.reading, READING_PORTS, user, _password(form, before, reads=True)),
        folder=form.folder.strip(),
        as_alias=form.as_alias,
        signs=form.signs,
    )


def _server(one: MailBox | None) -> ServerForm:
    if one is None:
        return ServerForm()
    return ServerForm(used=True, host=one.host, port=str(one.port), security=one.security)


def _password(form: MailAccountForm, before: MailAccount | None, *, reads: bool) -> str:
    """A kept password goes to no other server than the one that it was typed for."""
    if form.password or before is None:
        return form.password
    there, typed = (before.reads, form.reading) if reads else (before.sends, form.sending)
    return there.password if there is not None and there.host == typed.host.strip() else ""


def _box(field: str, form: ServerForm, ports: Mapping[MailSecurity, int], user: str, password: str) -> MailBox | None:
    if not form.used:
        return None
    port = form.port.strip()
    if not password and form.security is not MailSecurity.NONE:
        raise NotTyped("password", _("Type the password for this server."))
    try:
        return MailBox(
            host=form.host.strip(),
            port=_port(port) if port else ports[form.security],
            security=form.security,
            user=user if password else "",
            password=password,
        )
    except InvalidValue as error:
        raise NotTyped(field, _server_words()) from error


def _port(text: str) -> int:
    """A port; 0, which is none, for anything else."""
    return int(text) if text.isascii() and text.isdigit() else 0


def _server_words() -> str:
    return _("A server looks like mail.host.example. Without protection only this computer itself is spoken to.")
