"""A vendor recommended to somebody: its own signed card in a file (`.vendorcard`), or its address and key in a QR code.

Nobody signs a recommendation. The card bears the vendor's own signature; a signature of the sender would need a key,
and any key would say more of the sender than she chose. Never here: anything about the sender but the note she wrote.
"""

from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.ids import Kid
from vrm_desktop.formats.errors import NotAVendorCard
from vrm_desktop.formats.qr_drawing import code_of, half_blocks, svg

LARGEST = 48 * 1024
NOTE_LENGTH = 500
SCHEME = "intentcast-vendor"
CARD_ENDING = ".vendorcard"
_FORMAT, _VERSION = "intentcast-vendor-card", 1
_MEMBERS = frozenset({"format", "version", "address", "card", "note"})
_LINK_NOTE = 140
"""As much of a note as a code has room for that a camera still reads."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RecommendedCard:
    """A recommendation as a file holds it: the vendor's origin, its card's bytes, still to be verified, and a note."""

    address: str
    card: bytes
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class VendorLink:
    """A recommendation as a code holds it: where the card is, and the key that it must be signed with."""

    address: str
    key: Kid
    note: str = ""


def write_card(address: str, card: bytes, note: str = "") -> bytes:
    """The file. `card` are the bytes as the vendor published them.

    Raises:
        NotAVendorCard: no address of a site, no card, or too long a note.
    """
    try:
        members = strict_json.decode(card)
        value = {
            "format": _FORMAT,
            "version": _VERSION,
            "address": origin(address),
            "card": members,
            **({"note": _note(note)} if note.strip() else {}),
        }
        return strict_json.encode(value)
    except CanonError as error:
        raise NotAVendorCard(str(error)) from error


def read_card(data: bytes) -> RecommendedCard:
    """What a file holds; the card is not verified by it.

    Raises:
        NotAVendorCard: no such file, or one from a newer program.
    """
    if len(data) > LARGEST:
        raise NotAVendorCard(f"larger than {LARGEST} bytes")
    try:
        value = strict_json.decode(data)
    except CanonError as error:
        raise NotAVendorCard(f"{error.code}: {error}") from error
    if not isinstance(value, dict) or value.get("format") != _FORMAT or value.get("version") != _VERSION:
        raise NotAVendorCard("not a vendor card file of version 1")
    address, card, note = value.get("address"), value.get("card"), value.get("note", "")
    if set(value) - _MEMBERS or not isinstance(address, str) or not isinstance(card, dict) or not isinstance(note, str):
        raise NotAVendorCard("it has members of another kind")
    return RecommendedCard(address=origin(address), card=strict_json.encode(card), note=_note(note))


def write_link(address: str, key: Kid, note: str = "") -> str:
    """The text that a code holds; of a long note only its beginning."""
    words = {"address": origin(address), "key": key}
    if note.strip():
        words["note"] = " ".join(note.split())[:_LINK_NOTE]
    return f"{SCHEME}:1?{urlencode(words, quote_via=quote)}"


def read_link(text: str) -> VendorLink:
    """What such a text says.

    Raises:
        NotAVendorCard: it is none.
    """
    parts = urlsplit(text.strip())
    if parts.scheme != SCHEME or parts.path != "1":
        raise NotAVendorCard("not a recommendation")
    try:
        words = parse_qs(parts.query, strict_parsing=True, max_num_fields=8)
    except ValueError as error:
        raise NotAVendorCard(str(error)) from error
    key = words.get("key", [""])[0]
    if len(key) != 43 or len(words.get("address", [])) != 1 or len(words["key"]) != 1:
        raise NotAVendorCard("an address and a key are expected")
    return VendorLink(address=origin(words["address"][0]), key=Kid(key), note=_note(words.get("note", [""])[0]))


def is_link(text: str) -> bool:
    """Whether a text means to be one."""
    return text.strip().startswith(f"{SCHEME}:")


def link_qr_svg(link: str) -> bytes:
    """The text as a QR code, as SVG."""
    return svg(code_of(link))


def link_qr_text(link: str) -> str:
    """The text as a QR code for a terminal."""
    return half_blocks(code_of(link))


def origin(address: str) -> str:
    """Where a vendor's card is published: scheme, host and port. Whatever else an address holds may tell of its user.

    Raises:
        NotAVendorCard: not the address of a site.
    """
    try:
        parts = urlsplit(address.strip())
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError as error:
        raise NotAVendorCard(str(error)) from error
    host = parts.hostname or ""
    if parts.scheme not in {"https", "http"} or not host or not host.isascii() or not host.isprintable():
        raise NotAVendorCard("not the address of a site")
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def _note(note: str) -> str:
    plain = note.strip()
    if len(plain) > NOTE_LENGTH:
        raise NotAVendorCard(f"a note has up to {NOTE_LENGTH} characters")
    return plain
