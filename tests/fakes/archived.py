"""A vault put into an archive and back by the program's own parts, with cheap keys. Never here: what is expected."""

import io
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.fakes.vault_parts import CHEAP_KDF, NOON, PASSPHRASE, at_noon, unlocked
from tests.fakes.vaults import vault_in
from vrm_desktop.formats.archive.reading import Archive
from vrm_desktop.formats.archive.writing import write_archive
from vrm_desktop.vault import soundness
from vrm_desktop.vault.exporting import reading_out
from vrm_desktop.vault.importing import Imported, bring_in
from vrm_desktop.vault.migrating import packaged_migrations
from vrm_desktop.vault.secret import Passphrase
from vrm_desktop.vault.vault import OpenVault

TERMS = {"PDC-INTENT.json": b'{"id":"PDC-INTENT"}'}


def archive_of(vault: OpenVault) -> bytes:
    """The archive of an open vault."""
    out = io.BytesIO()
    vault.thread.upkeep_now(
        lambda connection: reading_out(
            connection, lambda everything: write_archive(out, everything, terms=TERMS, made=NOON)
        )
    )
    return out.getvalue()


def archive_in(folder: Path) -> bytes:
    """The archive of a closed vault, made first if there is none."""
    with vault_in(folder) as vault:
        return archive_of(vault)


def brought_in(data: bytes, folder: Path, passphrase: Passphrase = PASSPHRASE, *, set_aside: bool = False) -> Imported:
    """The archive's vault in a folder."""
    return bring_in(
        Archive(io.BytesIO(data)),
        folder,
        passphrase,
        set_aside=set_aside,
        kdf=CHEAP_KDF,
        random=secrets.token_bytes,
        clock=at_noon,
    )


def fingerprints(vault: OpenVault) -> Mapping[str, str]:
    """A hash over all rows of each table, and over the schema."""
    return vault.thread.upkeep_now(soundness.fingerprints)


def fingerprints_in(folder: Path, passphrase: Passphrase = PASSPHRASE) -> Mapping[str, str]:
    """The same of a closed vault, which must also be sound."""
    vault = unlocked(folder, passphrase, migrations=packaged_migrations())
    try:
        found = vault.check()
        assert found.sound, found
        return fingerprints(vault)
    finally:
        vault.close()


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None], *, sealed: bool = True) -> bytes:
    """The archive with its members changed; with `sealed` the manifest is made to fit them again."""
    import hashlib
    import json
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    if sealed:
        manifest = json.loads(members["manifest.json"])
        for name, content in members.items():
            if name == "manifest.json":
                continue
            said: dict[str, object] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            if name.startswith("tables/"):
                said["rows"] = content.count(b"\n")
            manifest["members"][name] = said
        for name in set(manifest["members"]) - set(members):
            del manifest["members"][name]
        members["manifest.json"] = json.dumps(
            manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            packed = zipfile.ZIP_STORED if name.startswith("bytes/") else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, packed)
    return out.getvalue()
