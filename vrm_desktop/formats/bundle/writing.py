"""Writing a bundle: the same contents and moment give the same bytes. The manifest stands under the person's key."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.hashes import digest
from vrm_desktop.domain.terms import RosterEntry
from vrm_desktop.formats.bundle.contents import FORMAT, MAGIC, MANIFEST, MESSAGES, SIGNATURE, VALUES, Contents
from vrm_desktop.formats.bundle.errors import BundleTooLarge
from vrm_desktop.formats.bundle.plain_words import conditions, readme, story
from vrm_desktop.protocol.agreements import document_hash
from vrm_desktop.protocol.messages import CoSigned
from vrm_desktop.protocol.shapes import canonical_value, struct_of, write_instant
from vrm_desktop.protocol.signing import Signer, Typ, protected_header

LARGEST: Final = 256 * 1024 * 1024
"""Bytes of everything inside, unpacked."""
MOST_MEMBERS: Final = 2000
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_NAME_LENGTH: Final = 60


def write_bundle(contents: Contents, *, made: datetime, signer: Signer) -> bytes:
    """The bundle's ZIP; `signer` holds the person's present key in this relationship.

    Raises:
        BundleTooLarge: more than 2,000 files or 256 MiB.
        ProtocolError: what is to go in does not hold already.
    """
    members = dict(_members(contents))
    if len(members) > MOST_MEMBERS or sum(map(len, members.values())) > LARGEST:
        raise BundleTooLarge(f"{len(members)} files")
    manifest = strict_json.encode(
        {
            "conversation": contents.conversation,
            "format": FORMAT,
            "keys": {"person": contents.person_kids, "vendor": contents.vendor_kids},
            "made": write_instant(made),
            "magic": MAGIC,
            "members": {name: _shown(data) for name, data in members.items()},
            "messages": {side: sum(one.side.value == side for one in contents.spoken) for side in ("person", "vendor")},
            "needs": FORMAT,
            "vendor": contents.vendor,
        }
    )
    return packed({**members, MANIFEST: manifest, SIGNATURE: sign_manifest(manifest, signer)})


def sign_manifest(manifest: bytes, signer: Signer) -> bytes:
    """The detached signature over a manifest, as its member holds it."""
    protected = protected_header(Typ.BUNDLE, signer.kid)
    signature = signer.sign(f"{protected}.{base64url.encode(manifest)}".encode("ascii"))
    return strict_json.encode({"protected": protected, "signature": base64url.encode(signature)})


def packed(members: Mapping[str, bytes]) -> bytes:
    """A ZIP of these files in the order of their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, allowZip64=False) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, members[name])
    return out.getvalue()


def entry_bytes(entry: RosterEntry) -> bytes:
    """A published entry's canonical form: its hash is what agreements bind."""
    return strict_json.encode(
        {
            "aliases": entry.aliases,
            "allows": entry.allows,
            "forbids": entry.forbids,
            "id": entry.id,
            "offered_to_vendors": entry.offered_to_vendors,
            "official": entry.official,
            "requires": entry.requires,
            "summary": entry.summary,
            "title": entry.title,
            "version": entry.version,
        }
    )


def plain_name(name: str) -> str:
    """A file's name with nothing in it that any file system minds."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name).lstrip("._-")[-_NAME_LENGTH:] or "file"


def _members(contents: Contents) -> Iterator[tuple[str, bytes]]:
    said = contents.in_order
    yield "README.txt", readme(contents).encode()
    yield "conditions.txt", conditions(contents).encode()
    yield "story.txt", story(contents).encode()
    yield (
        MESSAGES,
        _lines(
            {"at": write_instant(one.at), "jws": one.jws, "number": one.number, "side": one.side.value} for one in said
        ),
    )
    place = {one.message: index for index, one in enumerate(said)}
    shown = sorted(contents.opened, key=lambda one: (place.get(one.message, len(place)), one.text))
    yield VALUES, _lines({"message": one.message, "text": one.text} for one in shown)
    for folder, documents in (("agreements", contents.agreements), ("orders", contents.orders)):
        for data in documents:
            yield f"{folder}/{document_hash(struct_of(canonical_value(data), CoSigned))}.json", data
    for entry in contents.entries:
        data = entry_bytes(entry)
        yield f"terms/{digest(data)}.json", data
    for number, card in enumerate(contents.cards, start=1):
        yield f"cards/{number}.json", card
    for folder, files in (("letters", contents.letters), ("attachments", contents.attachments)):
        for number, (name, data) in enumerate(sorted(files.items()), start=1):
            yield f"{folder}/{number}-{plain_name(name)}", data


def _lines(rows: Iterator[dict[str, object]]) -> bytes:
    return b"".join(strict_json.encode(row) + b"\n" for row in rows)


def _shown(data: bytes) -> dict[str, object]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
