"""The mail account in the real window over a real vault: kept, never shown again, tried, forgotten."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.fakes.running_window import running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.mail_account import MailAccount, MailBox, MailSecurity
from vrm_desktop.services import mail_account
from vrm_desktop.ui.models.mail_account_view import MailAccountForm, ServerForm
from vrm_desktop.ui.pages.mail_account_page import MailAccountPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.presenters.mail_account import account_form, account_from
from vrm_desktop.ui.presenters.typed_values import NotTyped
from vrm_desktop.ui.theme.look import Look

_SECRET = "geheim-und-lang"
_SERVER = ServerForm(used=True, host="mail.zwiebelfisch.example")


def test_an_account_is_kept_tried_and_forgotten_and_its_password_never_shown(
    tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        window.window.show_page(PageId.MAIL_ACCOUNT)
        window.settle()
        page = window.window.page(PageId.MAIL_ACCOUNT)
        assert isinstance(page, MailAccountPage)
        page.address.setText("ottilie")
        page.keep.click()
        window.settle()
        assert "An address looks like name@host.example." in texts(page)
        page.address.setText("ottilie@zwiebelfisch.example")
        page.reading.used.click()
        page.reading.host.setText("127.0.0.1")
        page.reading.port.setText("1")
        page.reading.security.choose(MailSecurity.NONE)
        page.password.setText(_SECRET)
        page.keep.click()
        window.settle()
        window.wait(page.attempt.isVisible)
        kept = window.do(mail_account.account(window.home.means))
        assert kept is not None
        assert kept.reads is not None
        assert (kept.reads.password, kept.reads.port, kept.sends) == (_SECRET, 1, None)
        assert all(_SECRET not in field.text() for field in page.findChildren(QLineEdit))
        page.attempt.click()
        window.settle()
        assert page.report.isVisible()
        assert page.attempt.isEnabled()
        page.forget.click()
        page.forget.click()
        window.settle()
        assert window.do(mail_account.account(window.home.means)) is None
        window.wait(page.forget.isHidden)


def test_a_kept_password_goes_to_no_other_server() -> None:
    form = MailAccountForm(address="o@z.example", password=_SECRET, sending=_SERVER, reading=_SERVER)
    kept = account_from(form, None)
    assert kept.sends == MailBox(host=_SERVER.host, port=465, user="o@z.example", password=_SECRET)
    again = account_form(kept)
    assert _SECRET not in repr(again)
    assert account_from(again, kept) == kept
    moved = MailAccountForm(address="o@z.example", sending=ServerForm(used=True, host="mail.other.example"))
    with pytest.raises(NotTyped) as told:
        account_from(moved, kept)
    assert told.value.field == "password"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (MailAccountForm(address="o@z.example", folder=" "), "folder"),
        (MailAccountForm(address="o@z.example", password="x", sending=ServerForm(used=True)), "sending"),
        (
            MailAccountForm(address="o@z.example", password="x", reading=ServerForm(used=True, host="a", port="x")),
            "reading",
        ),
    ],
)
def test_the_part_that_does_not_fit_is_named(form: MailAccountForm, field: str) -> None:
    with pytest.raises(NotTyped) as told:
        account_from(form, None)
    assert told.value.field == field


def test_no_account_is_an_empty_form_and_no_servers_an_own_mail_program() -> None:
    assert account_form(None) == MailAccountForm()
    assert account_from(MailAccountForm(address="o@z.example"), None) == MailAccount(address="o@z.example")
