"""Opening a bundle's file: each member as its manifest says, and the manifest under its maker's key. Nothing deeper."""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.ids import Kid
from vrm_desktop.formats.bundle.contents import FORMAT, MANIFEST, MESSAGES, SIGNATURE, VALUES
from vrm_desktop.formats.bundle.errors import BundleDamaged, BundleFalse, BundleTooNew, Finding
from vrm_desktop.formats.bundle.writing import LARGEST, MOST_MEMBERS
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.protocol.messages import Signature
from vrm_desktop.protocol.shapes import read_instant, struct_of
from vrm_desktop.protocol.signing import Typ, verify_detached

_LONGEST_MANIFEST = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Opened:
    """A bundle whose file is whole: what its manifest says, and its members but manifest and signature."""

    vendor: str
    made: datetime
    conversation: str | None
    person_kids: tuple[Kid, ...]
    vendor_kids: tuple[Kid, ...]
    counts: tuple[int, int]
    members: Mapping[str, bytes]


def open_bundle(data: bytes) -> Opened:
    """The bundle in `data`.

    Raises:
        BundleDamaged: it is none, or a member is not as the manifest says.
        BundleTooNew: it needs a format that this program does not know.
        BundleFalse: the manifest is not under its maker's key.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _opened(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise BundleDamaged(str(error)) from error


def _opened(archive: zipfile.ZipFile) -> Opened:
    names = archive.namelist()
    if len(set(names)) != len(names) or len(names) > MOST_MEMBERS + 2 or not {MANIFEST, SIGNATURE} <= set(names):
        raise BundleDamaged("its files are not those of a bundle")
    manifest = _read(archive, MANIFEST, _LONGEST_MANIFEST)
    said = _canonical(manifest)
    match said:
        case {"magic": "vrm-bundle", "needs": int(needs)} if needs > FORMAT:
            raise BundleTooNew(f"format {needs}")
        case {
            "conversation": str() | None as conversation,
            "format": int(),
            "keys": {"person": [*person_kids], "vendor": [*vendor_kids]},
            "made": str(made),
            "magic": "vrm-bundle",
            "members": dict(listed),
            "messages": {"person": int(persons), "vendor": int(vendors)},
            "needs": int(),
            "vendor": str(vendor),
        }:
            pass
        case _:
            raise BundleDamaged("its manifest is none of ours")
    kids = tuple(Kid(str(kid)) for kid in person_kids)
    _check_signature(manifest, _read(archive, SIGNATURE, _LONGEST_MANIFEST), kids)
    if {*listed, MANIFEST, SIGNATURE} != set(names) or not {MESSAGES, VALUES} <= listed.keys():
        raise BundleDamaged("a file is missing, or one is over")
    members, room = {}, LARGEST
    for name, told in listed.items():
        members[name] = _member(archive, name, told, room)
        room -= len(members[name])
    return Opened(
        vendor=vendor,
        made=_instant(made),
        conversation=conversation,
        person_kids=kids,
        vendor_kids=tuple(Kid(str(kid)) for kid in vendor_kids),
        counts=(persons, vendors),
        members=members,
    )


def _member(archive: zipfile.ZipFile, name: str, told: JsonValue, room: int) -> bytes:
    match told:
        case {"bytes": int(length), "sha256": str(sha256)} if 0 <= length <= room:
            data = _read(archive, name, length)
            if len(data) == length and hashlib.sha256(data).hexdigest() == sha256:
                return data
    raise BundleDamaged(name)


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise BundleDamaged(name)
    return data


def _check_signature(manifest: bytes, data: bytes, kids: tuple[Kid, ...]) -> None:
    try:
        signature = struct_of(_canonical(data), Signature)
        if not kids:
            raise BundleDamaged("nobody's key")
        verify_detached(
            signature.protected, signature.signature, base64url.encode(manifest), typ=Typ.BUNDLE, kid=kids[-1]
        )
    except ProtocolError as error:
        raise BundleFalse(Finding.MANIFEST, MANIFEST) from error


def _canonical(data: bytes) -> JsonValue:
    try:
        return strict_json.decode_canonical(data)
    except CanonError as error:
        raise BundleDamaged(error.code) from error


def _instant(text: str) -> datetime:
    try:
        return read_instant(text)
    except ProtocolError as error:
        raise BundleDamaged("its manifest's instant") from error
