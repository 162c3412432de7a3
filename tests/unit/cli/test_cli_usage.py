"""What `vrm` itself takes: help, version, wrong words, and what it loads for them."""

import argparse
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from tests.fakes.command_line import CommandLine
from vrm_desktop import __version__
from vrm_desktop.cli import command
from vrm_desktop.cli.nouns import nouns

ALL_VERBS = {
    "demo": (),
    "vault": (
        "create",
        "check",
        "change-passphrase",
        "rotate-key",
        "recovery-code",
        "keyring",
        "ways",
        "backup",
        "backups",
        "restore",
        "export",
        "import",
        "wipe",
    ),
    "lock": (),
    "profile": ("import", "show", "set"),
    "vendor": ("add", "list", "show", "discover", "ways", "recommend"),
    "intentcast": ("new", "list", "show", "withdraw", "share", "plan", "cast", "again"),
    "terms": ("list", "accept", "refuse"),
    "offers": (),
    "page": ("add", "list", "drop", "watch", "unwatch", "watched", "visits"),
    "shop": (
        *("find", "search", "hits", "note", "cart", "go-on", "checkout", "give-up", "outcome", "order", "list", "page"),
    ),
    "channel": ("list", "waiting", "undo", "decide"),
    "quote": ("desks", "add", "tools", "form", "ask", "list", "show", "accept"),
    "offer": ("show", "accept", "decline", "counter"),
    "sync": (),
    "relationship": (
        "list",
        "show",
        "message",
        "new-key",
        "paid",
        "end",
        "leaving",
        "confirmed",
        "still-held",
        "prove-customer",
        "check-customer",
    ),
    "counterparty": ("add", "edit", "list", "show", "money", "write", "documents", "save"),
    "pay": ("list", "show", "check", "decide", "handed-over", "done", "not-done", "qr"),
    "limit": ("add", "list", "show", "check", "revoke", "export"),
    "thing": ("list", "add", "edit", "show", "gone", "forget"),
    "agenda": ("list", "add", "done", "export"),
    "contract": ("add", "edit", "list", "price", "show", "keep-it", "drop", "cancel", "confirmed"),
    "change": ("plan", "tell", "show", "undo", "confirmed"),
    "order": ("change", "cancel", "pause", "resume", "documents", "fetch", "list"),
    "case": ("open", "list", "show", "answer", "remind", "note", "resolve", "attach"),
    "voice": ("tell", "list", "show"),
    "ledger": ("list",),
    "wish": ("list", "show", "grant", "refuse", "got", "budget"),
    "rule": ("list", "set", "drop"),
    "consent": ("list", "show", "renew", "withdraw", "export", "import"),
    "rights": (
        "new",
        "list",
        "show",
        "answer",
        "extend",
        "demand",
        "acknowledged",
        "received",
        "remind",
        "admonish",
        "reply",
        "complain",
        "withdraw",
        "attach",
        "import-organisations",
        "organisations",
        "hints",
        "drp",
    ),
    "mail": (
        *("account", "folders", "preview", "draft", "read", "fetch", "list", "show", "save", "assign", "discard"),
        *("offers", "propose", "confirm", "dismiss", "terms", "ordered"),
    ),
    "letter": ("list", "show", "edit", "export", "link", "sent", "drop", "templates"),
    "find": (),
    "bundle": ("list", "make", "check"),
    "trust": ("show", "arrived", "missing"),
    "leak": ("list", "report", "cut-off", "take-back", "addresses"),
    "journal": ("verify",),
    "settings": ("show", "set"),
}
DRP_VERBS = ("directory", "organisations", "agent", "ask", "list", "show", "check", "revoke")


def test_these_are_all_nouns() -> None:
    assert set(ALL_VERBS) == set(nouns())


@pytest.mark.parametrize("noun", list(ALL_VERBS))
def test_these_are_all_verbs_of_a_noun(noun: str) -> None:
    parser = argparse.ArgumentParser(prog=noun)
    nouns()[noun].fill(parser)
    found = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    assert {verb for action in found for verb in action.choices} == set(ALL_VERBS[noun])


@pytest.mark.parametrize("noun", list(ALL_VERBS))
def test_every_noun_helps_itself_and_names_its_verbs(empty: CommandLine, noun: str) -> None:
    ran = empty.bare(noun, "--help")
    assert ran.status == 0
    assert f"usage: vrm {noun}" in ran.output
    assert set(ALL_VERBS[noun]) <= set(ran.output.split())


@pytest.mark.parametrize(("noun", "verb"), [(noun, verb) for noun, verbs in ALL_VERBS.items() for verb in verbs])
def test_every_verb_helps_itself(empty: CommandLine, noun: str, verb: str) -> None:
    ran = empty.bare(noun, verb, "--help")
    assert (ran.status, ran.told) == (0, "")
    assert ran.output.startswith(f"usage: vrm {noun} {verb}")


@pytest.mark.parametrize("verb", DRP_VERBS)
def test_every_verb_of_the_data_rights_protocol_helps_itself(empty: CommandLine, verb: str) -> None:
    ran = empty.bare("rights", "drp", verb, "--help")
    assert (ran.status, ran.told) == (0, "")
    assert ran.output.startswith(f"usage: vrm rights drp {verb}")
    assert set(DRP_VERBS) <= set(empty.bare("rights", "drp", "--help").output.split())


def test_help_and_version_go_to_standard_output(empty: CommandLine) -> None:
    helped = empty.bare("--help")
    assert helped.status == 0
    assert all(noun in helped.output for noun in ALL_VERBS)
    told = empty.bare("--version")
    assert (told.status, told.output, told.told) == (0, f"vrm {__version__}\n", "")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("fly",),
        ("vault",),
        ("vault", "burn"),
        ("--hom", "x", "vault", "check"),
        ("intentcast", "cast"),
        ("intentcast", "cast", "want-1", "--wait", "soon"),
        ("intentcast", "cast", "want-1", "--wait", "-1"),
        ("intentcast", "cast", "want-1", "--wait", "nan"),
        ("intentcast", "cast", "want-1", "--wait", "inf"),
        ("sync", "--wait", "100000"),
        ("intentcast", "new", "a", "b"),
        ("intentcast", "new", "--needed-by", "soon"),
        ("intentcast", "new", "--price-cap", "800"),
        ("intentcast", "new", "--price-cap", "1.005 EUR"),
        ("intentcast", "new", "--area", "Cologne"),
        ("intentcast", "new", "--area", "DE-NW 50674"),
        ("intentcast", "new", "--attribute", "road"),
        ("intentcast", "new", "--condition", "broken"),
        ("intentcast", "new", "--quantity", "0"),
        ("intentcast", "new", "--quantity", "two"),
        ("offer", "counter", "abc"),
        ("offer", "counter", "abc", "--price", "cheap"),
        ("offer", "decline", "abc", "--reason", "mood"),
        ("profile", "set", "shoe-size", "42"),
        ("profile", "set", "name"),
    ],
)
def test_wrong_words_are_status_2_with_a_line_on_standard_error(vrm: CommandLine, words: tuple[str, ...]) -> None:
    ran = vrm.bare(*words)
    assert (ran.status, ran.output) == (2, "")
    assert ran.told.startswith("usage: vrm")
    assert ran.told.splitlines()[-1].startswith("vrm")


def test_an_id_that_begins_with_a_dash_is_no_option(vrm: CommandLine) -> None:
    dashed = "-3NPryKg6Yy6SLJy63pbijPOuqpgCEPYVJdrIPcrNHI"
    for words in (("offer", "accept", dashed), ("offer", "decline", dashed, "--reason", "price")):
        ran = vrm.run("--json", *words)
        assert ran.status == 1, ran.told
        assert dashed in ran.output


def test_help_and_version_load_no_library() -> None:
    heavy = [
        *("httpx", "babel", "keyring", "sqlcipher3", "msgspec", "nacl", "segno", "vobject", "asyncio", "PySide6"),
        *("cryptography", "html.parser", "email.parser", "imaplib", "smtplib"),
    ]
    program = (
        "import sys; sys.argv = ['vrm', sys.argv[1]]\n"
        "from vrm_desktop.wiring import vrm\n"
        "try: vrm()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    for word in ("--version", "--help"):
        told = subprocess.run([sys.executable, "-c", program, word], check=True, capture_output=True, text=True)
        assert told.stdout.splitlines()[-1] == "[]"


def test_looking_at_what_is_stored_loads_no_network(vrm: CommandLine) -> None:
    ways = tuple(f"vrm_desktop.services.{one}" for one in ("ask_by_mail", "ask_quote", "shop_way"))
    unseen = ("httpx", "PySide6", "vobject", "segno", "html.parser", "email.parser", "vrm_desktop.channels.", *ways)
    program = (
        "import sys\n"
        "from tests.fakes.vault_parts import CHEAP_KDF\n"
        "from vrm_desktop.cli.command import main\n"
        "from vrm_desktop.wiring import Home\n"
        f"heavy = {unseen!r}\n"
        "where, house = sys.argv[1:5], lambda: Home(kdf=CHEAP_KDF)\n"
        "for words in sys.argv[5:]:\n"
        "    status = main([*where, *words.split()], make_house=house, environment={}, token=bytes)\n"
        "    loaded = [name for name in sys.modules if name.startswith(heavy)]\n"
        "    print('after', words, status, loaded)"
    )
    where = ["--home", str(vrm.home), "--passphrase-file", str(vrm.key_file)]
    looks = ("intentcast list", "vendor list", "relationship list", "ledger", "terms list", "offers want-1")
    told = subprocess.run(
        [sys.executable, "-c", program, *where, *looks],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    )
    after = [line for line in told.stdout.splitlines() if line.startswith("after ")]
    assert len(after) == len(looks)
    assert [line for line in after if not line.endswith(" []")] == []


def test_an_interrupted_command_says_how_to_go_on(vrm: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_anything: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "_run", interrupt)
    ran = vrm.run("sync")
    assert (ran.status, ran.output) == (1, "")
    assert "`vrm sync` goes on" in ran.told


@pytest.mark.parametrize(("number", "code"), [(28, "disk-full"), (5, "disk-failed")])
def test_a_disk_that_refuses_is_told_in_one_sentence(
    vrm: CommandLine, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(*_anything: object) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(command, "_run", refuse)
    ran = vrm.run("--json", "sync")
    assert (ran.status, ran.json["error"]["id"]) == (1, code)


def test_an_error_nobody_thought_of_is_told_calmly_and_never_shows_its_text(
    vrm: CommandLine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_arguments: object) -> NoReturn:
        raise KeyError("my passphrase is winter")

    monkeypatch.setattr(command, "_run", stumble)
    ran = vrm.run("--json", "sync")
    assert (ran.status, ran.json["error"]["id"], ran.json["error"]["detail"]) == (1, "engine", "")
    assert "KeyError at" in caplog.text
    assert "winter" not in caplog.text + ran.output + ran.told
