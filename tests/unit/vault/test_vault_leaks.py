"""Nothing the person stores, and no key, stands readable in any file; a plain database beside it must be caught."""

import base64
import json
import sqlite3
from pathlib import Path

from tests.fakes.vault_parts import PASSPHRASE, make, unlocked
from vrm_desktop.vault.secret import Passphrase, RecoveryCode
from vrm_desktop.vault.unlocking.recovery import written

CANARY = "Kanarienvogel-Zwölf-41952"


def forms(text: str) -> list[bytes]:
    """The text as it might stand in a file."""
    plain = text.encode()
    found = [plain, text.encode("utf-16-le"), text.encode("utf-16-be"), plain.hex().encode()]
    found.append(json.dumps(text)[1:-1].encode())
    # Base 64 has three alignments; the characters that depend on neighbours are cut off.
    encoders = (base64.b64encode, base64.urlsafe_b64encode)
    return found + [encode(bytes(shift) + plain)[4:-4] for shift in range(3) for encode in encoders]


def found_in(folder: Path, text: str) -> set[str]:
    """The files under the folder in which the text stands in any form."""
    return {
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms(text))
    }


def test_no_file_shows_what_was_stored_while_open_or_after(tmp_path: Path) -> None:
    folder = make(tmp_path / "vault", passphrase=Passphrase(CANARY))
    vault = unlocked(folder, Passphrase(CANARY))
    vault.set_way_in(Passphrase(CANARY), RecoveryCode(bytes(range(20))))
    vault.change_passphrase(Passphrase(CANARY), PASSPHRASE)
    for number in range(50):
        vault.thread.write_now(
            lambda transaction, number=number: transaction.insert(  # type: ignore[misc]
                "INSERT INTO shelf (name) VALUES (?)", (f"{CANARY} {number}",)
            )
        )
    vault.back_up("daily")
    assert (folder / "vault.db-wal").stat().st_size > 0
    assert found_in(tmp_path, CANARY) == set()
    vault.check()
    vault.close()
    assert found_in(tmp_path, CANARY) == set()
    assert found_in(tmp_path, written(RecoveryCode(bytes(range(20))))) == set()


def test_the_search_finds_a_plain_database_and_every_form(tmp_path: Path) -> None:
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE shelf (name TEXT)")
    plain.execute("INSERT INTO shelf VALUES (?)", (CANARY,))
    plain.commit()
    plain.close()
    (tmp_path / "utf16").write_text(f"x{CANARY}", encoding="utf-16")
    (tmp_path / "json").write_text(json.dumps({"name": CANARY}), encoding="utf-8")
    for shift in range(3):
        (tmp_path / f"base64 {shift}").write_bytes(base64.b64encode(b"y" * shift + CANARY.encode() + b"zz"))
    assert found_in(tmp_path, CANARY) == {"plain.db", "utf16", "json", "base64 0", "base64 1", "base64 2"}
