"""The mail account as a record: protected or here, one plain address, and passwords that stay out of sight."""

from dataclasses import replace

import pytest

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.mail_account import MailAccount, MailBox, MailSecurity

BOX = MailBox(host="imap.mail.example", port=993, user="me", password="Kanarienvogel")
ACCOUNT = MailAccount(address="me@mail.example", sends=BOX, reads=BOX)


def test_an_account_says_nothing_of_itself() -> None:
    assert "Kanarienvogel" not in repr(BOX) + repr(ACCOUNT) + str(ACCOUNT)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_only_this_computer_is_spoken_to_without_protection(host: str) -> None:
    assert replace(BOX, host=host, security=MailSecurity.NONE).host == host
    for elsewhere in ("mail.example", "127.0.0.1.mail.example", "localhost.mail.example", "0.0.0.0"):
        with pytest.raises(InvalidValue):
            replace(BOX, host=elsewhere, security=MailSecurity.NONE)


@pytest.mark.parametrize(
    "change",
    [
        {"host": ""},
        {"host": "a b"},
        {"host": "ü.example"},
        {"host": "a\n.example"},
        {"host": "a" * 255},
        {"port": 0},
        {"port": 65_536},
        {"user": ""},
        {"user": "a\nb"},
        {"user": "a" * 255},
        {"password": "a" * 2_000},
    ],
)
def test_what_is_no_mail_server_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        replace(BOX, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        *({"address": one} for one in ("", "me", "@mail.example", "me@", "a b@c.example", "a@b,c@d", "ü@b.example")),
        {"address": f"{'a' * 250}@b.example"},
        {"folder": ""},
        {"folder": "a\nb"},
        {"folder": "a" * 255},
    ],
)
def test_what_is_no_account_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(InvalidValue):
        replace(ACCOUNT, **change)  # type: ignore[arg-type]
