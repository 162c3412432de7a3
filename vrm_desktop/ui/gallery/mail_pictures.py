"""Pictures of mails: the list, one that is read, one that everything is odd about, and one that is nobody's."""

from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.gallery import mail_samples as samples
from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.models.mail_account_view import MailAccountForm, ServerForm
from vrm_desktop.ui.models.mails_view import MailsView, MailView
from vrm_desktop.ui.pages.mail_account_page import MailAccountPage
from vrm_desktop.ui.pages.mail_page import MailPage
from vrm_desktop.ui.pages.mails_page import MailsPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone


def mail_pictures() -> tuple[Picture, ...]:
    """All of them."""
    server = ServerForm(used=True, host="mail.zwiebelfisch.example", port="465")
    account = MailAccountForm(
        address="ottilie@zwiebelfisch.example",
        has_password=True,
        sending=server,
        reading=server,
        folder="INBOX/Offers",
        kept=True,
    )
    vendors = (("vendor-1", "Radhaus Ehrenfeld"), ("vendor-2", "Velo Süd"))
    wants = (("want-2", "Two winter tyres"),)
    return (
        Picture(name="mails", make=lambda look: _list(look, samples.mails_view())),
        Picture(name="mails-none-yet", make=lambda look: _list(look, samples.mails_view(reads=False, some=False))),
        Picture(name="mails-none-new", make=lambda look: _list(look, samples.mails_view(some=False))),
        Picture(name="mail", make=lambda look: _one(look, samples.mail_view(samples.plain()), field="total")),
        Picture(name="mail-odd", make=lambda look: _one(look, samples.mail_view(samples.odd()), ticked=2)),
        Picture(name="mail-wrong", make=_wrong),
        Picture(name="mail-account-none", make=lambda look: _account(look, MailAccountForm())),
        Picture(name="mail-account", make=lambda look: _account(look, account, tried=True)),
        Picture(name="mail-account-wrong", make=lambda look: _account(look, account, wrong=True)),
        Picture(
            name="mail-confirmed",
            make=lambda look: _one(look, samples.mail_view(samples.plain(), samples.confirmed(samples.plain()))),
        ),
        Picture(
            name="mail-confirms",
            make=lambda look: _one(look, samples.mail_view(samples.thanks(), order=samples.ordered(), wants=wants)),
        ),
        Picture(
            name="mail-nobodys", make=lambda look: _one(look, samples.mail_view(samples.nobodys(), vendors=vendors))
        ),
    )


def _account(look: Look, form: MailAccountForm, *, tried: bool = False, wrong: bool = False) -> QWidget:
    page = MailAccountPage(look)
    page.show_form(form)
    if tried:
        page.show_folders(("INBOX", "INBOX/Offers", "Sent"))
        page.show_report("It works. Nothing was sent.", "Mail can be sent. 3 folders can be read.", Tone.GOOD)
    if wrong:
        page.show_error("sending", "A server looks like mail.host.example.")
        words = ("The mail server does not let you in.", "Check name and password of your mail account.")
        page.show_report(*words, Tone.BAD)
    return in_window(look, PageId.MAIL_ACCOUNT, page)


def _list(look: Look, view: MailsView) -> QWidget:
    page = MailsPage(look)
    page.show_mails(view)
    return in_window(look, PageId.MAILS, page)


def _one(look: Look, view: MailView, *, field: str = "", ticked: int = 0) -> QWidget:
    page = MailPage(look)
    page.show_mail(view)
    page.text.point_at(field)
    for box in list(page.warnings.boxes.values())[:ticked]:
        box.setChecked(True)
    return in_window(look, PageId.MAIL, page)


def _wrong(look: Look) -> QWidget:
    page = MailPage(look)
    page.show_mail(samples.mail_view(samples.plain()))
    page.values.total.setText("about 700")
    page.show_error("total", "An amount looks like 718.00 EUR.")
    return in_window(look, PageId.MAIL, page)
