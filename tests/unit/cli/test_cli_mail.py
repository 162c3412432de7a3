"""`vrm mail`: the account without its password, asking by mail, and the mails that come back."""

from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.mail_servers import smtp_server

BOX = {"security": "tls", "user": "me@mail.example", "password": True}
CANARY = "Kanarienvogel-7391846"
ANSWER = (
    "From: Rad & Tat <laden@rad.example>\r\nTo: me@mail.example\r\nSubject: Ihr Angebot\r\n"
    "Authentication-Results: mx.example; dkim=pass\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/html; charset=utf-8\r\n\r\n"
    "<p>799 EUR</p><p style='display:none'>1 EUR</p><a href='https://else.example/x'>rad.example</a>\r\n"
)


@pytest.fixture
def shop(vrm: CommandLine) -> str:
    added = vrm.json("counterparty", "add", "Rad & Tat", "--kind", "shop", "--email", "laden@rad.example")
    return str(added["counterparty"]["id"])


@pytest.fixture
def want(vrm: CommandLine) -> str:
    return str(
        vrm.json("intentcast", "new", "used 54 cm road bike, under 876 EUR, Cologne, by Friday")["intentcast"]["id"]
    )


def _set(vrm: CommandLine, folder: Path, *words: str, status: int = 0) -> dict[str, object]:
    file = folder / "mail-password"
    file.write_text(f"{CANARY}\n", encoding="utf-8")
    return vrm.json(
        "mail", "account", "set", "--address", "me@mail.example", "--password-file", str(file), *words, status=status
    )


def test_an_account_is_shown_without_its_password(vrm: CommandLine, tmp_path: Path) -> None:
    assert vrm.json("mail", "account", "show") == {"account": None}
    made = _set(vrm, tmp_path, "--smtp", "smtp.mail.example", "--imap", "imap.mail.example:1993", "--folder", "Offers")
    assert made == vrm.json("mail", "account", "show")
    assert made["account"] == {
        "address": "me@mail.example",
        "smtp": {**BOX, "host": "smtp.mail.example", "port": 465},
        "imap": {**BOX, "host": "imap.mail.example", "port": 1993},
        "folder": "Offers",
        "from": "alias",
        "signs": False,
    }
    changed = vrm.json("mail", "account", "set", "--smtp", "-", "--from", "account", "--sign", "yes")["account"]
    assert (changed["smtp"], changed["imap"]["password"], changed["from"], changed["signs"]) == (
        None,
        True,
        "account",
        True,
    )
    told = vrm.run("mail", "account", "show")
    assert "your own mail program" in told.output
    assert CANARY not in told.output + told.told
    assert vrm.json("mail", "account", "forget") == {"account": None}
    assert not [path for path in vrm.home.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]


def test_a_password_is_asked_for_and_never_an_argument(vrm: CommandLine) -> None:
    ran = vrm.run("mail", "account", "set", "--address", "me@mail.example", "--smtp", "smtp.mail.example")
    assert ran.status != 0
    assert "password" in ran.told.lower()
    assert vrm.run("mail", "account", "set", "--password", CANARY).status == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--smtp", "smtp.mail.example", "--smtp-security", "none"),
        ("--smtp", "smtp.mail.example:99999"),
        ("--imap", "imap mail"),
    ],
)
def test_what_is_no_mail_server_is_refused(vrm: CommandLine, tmp_path: Path, words: tuple[str, ...]) -> None:
    _set(vrm, tmp_path, *words, status=1)
    assert vrm.json("mail", "account", "show") == {"account": None}


def test_an_account_is_tried_and_sends(vrm: CommandLine, shop: str, want: str) -> None:
    with smtp_server() as (box, port):
        server = f"127.0.0.1:{port}"
        words = ("--address", "me@mail.example", "--smtp", server, "--smtp-security", "none", "--no-password")
        vrm.json("mail", "account", "set", *words)
        assert vrm.json("mail", "account", "try") == {"tried": {"sends": True, "folders": []}}
        shown = vrm.json("mail", "preview", want, shop)["mail"]
        assert {"name": "profile.email", "value": "me@mail.example", "until": shown["tells"][0]["until"]} in shown[
            "tells"
        ]
        assert "87600" not in str(shown)
        vrm.json("intentcast", "cast", want, "--vendor", f"{shop}:mail", "--spread", "0")
        vrm.json("sync")
        assert len(box.mails) == 1
        assert b"87600" not in box.mails[0]


def test_a_draft_is_handed_out_for_the_own_mail_program(vrm: CommandLine, shop: str, want: str, tmp_path: Path) -> None:
    vrm.json("intentcast", "cast", want, "--vendor", f"{shop}:mail", "--spread", "0")
    [letter] = vrm.json("letter", "list")["letters"]
    file = tmp_path / "request.eml"
    made = vrm.json("mail", "draft", letter["id"], str(file))["draft"]
    assert made["file"] == str(file)
    assert b"X-Unsent: 1" in file.read_bytes()
    assert b"request.jsonld" in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert vrm.run("mail", "draft", letter["id"], str(file)).status == 1  # never over a file that is there


def test_mails_are_taken_in_shown_and_let_go_of(vrm: CommandLine, shop: str, tmp_path: Path) -> None:
    file, other = tmp_path / "answer.eml", tmp_path / "other.eml"
    file.write_bytes(ANSWER.encode())
    other.write_bytes(b"nothing like a mail")
    read = vrm.json("mail", "read", str(file), str(other), str(tmp_path / "gone.eml"), status=4)
    [taken] = read["mails"]
    assert [one["code"] for one in read["refused"]] == ["not-a-mail", "file-unreadable"]
    assert (taken["vendor"], taken["match"], taken["new"]) == (shop, "sender", True)
    assert taken["doubts"] == ["hidden-text", "link-elsewhere"]
    assert vrm.json("mail", "read", str(file))["mails"][0]["new"] is False
    shown = vrm.json("mail", "show", taken["id"])["mail"]
    assert (shown["text"], shown["hidden"], shown["from_html"]) == ("799 EUR\nrad.example", 1, True)
    assert shown["links"] == ["https://else.example/x"]
    assert shown["authentication"] == ["dkim=pass"]
    told = vrm.run("mail", "show", taken["id"]).output
    assert "! It holds text that is hidden from you" in told
    assert "Links to: https://else.example/x" in told
    copy = tmp_path / "copy.eml"
    vrm.json("mail", "save", taken["id"], str(copy))
    assert copy.read_bytes() == ANSWER.encode()
    assert vrm.json("mail", "assign", taken["id"], shop)["mail"]["match"] == "by-hand"
    assert [one["id"] for one in vrm.json("mail", "list", "--from", shop)["mails"]] == [taken["id"]]
    vrm.json("mail", "discard", taken["id"])
    assert vrm.json("mail", "list") == {"mails": []}
    assert vrm.run("mail", "list").output.strip() == "No mails were taken in."
    assert vrm.run("mail", "read", str(other)).status == 1


def test_nothing_is_fetched_without_an_account(vrm: CommandLine) -> None:
    for words in (("fetch",), ("folders",), ("account", "try")):
        assert vrm.run("mail", *words).status == 1


def test_what_waits_is_listed_taken_back_or_decided_about(vrm: CommandLine, shop: str, want: str) -> None:
    assert vrm.run("channel", "waiting").output == "Nothing waits.\n"
    with smtp_server() as (box, port):
        words = ("--address", "me@mail.example", "--smtp", f"127.0.0.1:{port}", "--smtp-security", "none")
        vrm.json("mail", "account", "set", *words, "--no-password")
        box.answer = "451 later"
        vrm.json("intentcast", "cast", want, "--vendor", f"{shop}:mail", "--spread", "0", status=4)
    [act] = vrm.json("channel", "waiting")["acts"]
    assert (act["vendor"], act["way"], act["kind"], act["state"]) == (shop, "mail", "mail", "waiting")
    assert "profile.email" in {one["name"] for one in act["tells"]}
    assert f"{act['id']}  Rad & Tat, e-mail: waits until" in vrm.run("channel", "waiting").output
    assert vrm.json("channel", "decide", act["id"], "again", status=1)["error"]["id"] == "not-possible-now"
    assert vrm.run("channel", "undo", act["id"]).output == "Taken back.\n"
    assert vrm.json("channel", "waiting") == {"acts": []}


@pytest.mark.parametrize(("what", "left"), [("again", 1), ("leave", 0)])
def test_what_may_have_left_is_sent_again_only_by_the_persons_word(
    vrm: CommandLine, shop: str, want: str, what: str, left: int
) -> None:
    with smtp_server() as (box, port):
        words = ("--address", "me@mail.example", "--smtp", f"127.0.0.1:{port}", "--smtp-security", "none")
        vrm.json("mail", "account", "set", *words, "--no-password")
        box.answer = "nothing that a mail server says"
        vrm.json("intentcast", "cast", want, "--vendor", f"{shop}:mail", "--spread", "0", status=4)
        [act] = vrm.json("channel", "waiting")["acts"]
        assert act["state"] == "unsure"
        assert "may have left, or not; decide with" in vrm.run("channel", "waiting").output
        box.answer = "250 OK"
        vrm.run("sync")
        assert not box.mails
        vrm.json("channel", "decide", act["id"], what)
        vrm.run("sync")
        assert len(box.mails) == left
    assert vrm.json("channel", "waiting") == {"acts": []}
