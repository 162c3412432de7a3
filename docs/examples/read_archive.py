#!/usr/bin/env python3
"""Reads an archive of VRM Desktop without VRM Desktop: checks every hash and every chain, then prints what is inside.

    python read_archive.py ARCHIVE.zip              what there is, and each relationship's story
    python read_archive.py ARCHIVE.zip TABLE        every row of one table, one JSON object a line

Standard library only. An encrypted archive is opened first with `age --decrypt --output ARCHIVE.zip ARCHIVE.age`.
Ends with status 1 when anything is not as it was written.
"""

# ruff: noqa: T201 - printing is what it is for

import base64
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator


class NotAsWrittenError(Exception):
    """The archive is not what it says that it is."""


def lines(archive: zipfile.ZipFile, name: str) -> Iterator[dict]:
    """The rows of one table."""
    with archive.open(name) as file:
        for line in file:
            yield json.loads(line)


def b64(data: bytes) -> str:
    """Base64url without padding, as hashes are written here."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def canonical(value: object) -> bytes:
    """The one way to write a record: keys in order, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def check_members(archive: zipfile.ZipFile) -> dict:
    """Compare every member with the manifest; returns the manifest."""
    manifest = json.loads(archive.read("manifest.json"))
    if manifest["magic"] != "vrm-archive" or manifest["needs"] > 1:
        raise NotAsWrittenError("this reader knows archives of format 1")
    names = archive.namelist()
    if sorted(names) != sorted([*manifest["members"], "manifest.json"]):
        raise NotAsWrittenError("other members than the manifest names")
    for name, said in manifest["members"].items():
        hashed, rows = hashlib.sha256(), 0
        with archive.open(name) as file:
            while piece := file.read(65_536):
                hashed.update(piece)
                rows += piece.count(b"\n")
        if hashed.hexdigest() != said["sha256"] or rows != said.get("rows", rows):
            raise NotAsWrittenError(f"{name} was changed")
    return manifest


def check_chain(archive: zipfile.ZipFile, chain: str) -> int:
    """Follow a chain from its first row: each link covers the row and the link before. Returns its length."""
    link, length = hashlib.sha256(chain.encode()).digest(), 0
    for row in lines(archive, f"tables/{chain}.jsonl"):
        length += 1
        link = hashlib.sha256(link + canonical(row["body"])).digest()
        if row["seq"] != length or row["chain"] != b64(link):
            raise NotAsWrittenError(f"{chain} row {length} does not follow from the one before")
        if chain == "journal" and row["body"]["jws"] != b64(hashlib.sha256(row["jws"].encode()).digest()):
            raise NotAsWrittenError(f"journal row {length} holds other signed bytes")
    for head in lines(archive, "tables/chain_heads.jsonl"):
        if head["name"] == chain and (head["length"], head["head"]) != (length, b64(link)):
            raise NotAsWrittenError(f"{chain} ended elsewhere")
    return length


def timeline(archive: zipfile.ZipFile) -> Iterator[str]:
    """Every relationship with its story and its messages, by time."""
    vendors = {row["id"]: row["body"]["name"] for row in lines(archive, "tables/vendors.jsonl")}
    told: dict[str, list[tuple[str, str]]] = {}
    for row in lines(archive, "tables/notes.jsonl"):
        note = row["body"]
        told.setdefault(row["relationship"], []).append((note["at"], f"{note['kind']}: {note['text']}"))
    for row in lines(archive, "tables/journal.jsonl"):
        what = f"{row['sender']} signed {row['body']['kind']} no. {row['number']}"
        told.setdefault(row["relationship"], []).append((row["body"]["at"], what))
    for row in lines(archive, "tables/relationships.jsonl"):
        yield f"{vendors[row['vendor']]} ({row['body']['state']})"
        yield from (f"  {at}  {what}" for at, what in sorted(told.get(row["id"], [])))


def main(arguments: list[str]) -> int:
    """Check the archive, then print a table or an overview."""
    try:
        with zipfile.ZipFile(arguments[0]) as archive:
            manifest = check_members(archive)
            lengths = {chain: check_chain(archive, chain) for chain in ("journal", "ledger")}
            if len(arguments) > 1:
                for row in lines(archive, f"tables/{arguments[1]}.jsonl"):
                    print(json.dumps(row, ensure_ascii=False))
                return 0
            print(f"Made {manifest['made']}, tables of layout {manifest['schema']}; every hash fits.")
            print(f"Chains: journal {lengths['journal']}, ledger {lengths['ledger']} rows, unbroken.")
            for name, said in sorted(manifest["members"].items()):
                print(f"  {name}: {said.get('rows', said['bytes'])} {'rows' if 'rows' in said else 'bytes'}")
            for line in timeline(archive):
                print(line)
    except (NotAsWrittenError, OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        print(f"Not as it was written: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3}:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
