"""What the fuzzers feed: for every parser a function that takes any bytes, its seeds, and what it may refuse with.

A target checks more than "no crash": what was read must be written again as it stood. Where a checksum or a signature
would turn every changed input away, the target mends it. Never here: how inputs are made (`fuzz_run`).
"""

import hashlib
import hmac
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from tests.fakes.fuzz_mail_offer import mail_offer

DATA = Path(__file__).resolve().parent.parent / "data"
Read = Callable[[bytes], None]
NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One parser. `refusals` are the only exceptions that bytes may cause; no input is longer than `longest` bytes."""

    read: Read
    seeds: Sequence[bytes]
    refusals: tuple[type[Exception], ...]
    longest: int = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`make` imports what it needs, so that a process loads (and instruments) one parser only."""

    make: Callable[[], Target]
    inputs: int


def _wire_payloads() -> list[bytes]:
    from vrm_desktop.canon import base64url

    envelopes = [path.read_bytes() for path in sorted((DATA / "messages").glob("*.json")) if path.name != CARD]
    return [base64url.decode(json.loads(envelope)["jws"].split(".")[1]) for envelope in envelopes]


CARD = "vendor-card.json"


def _strict_json() -> Target:
    from vrm_desktop.canon import strict_json
    from vrm_desktop.canon.errors import CanonError

    def read(data: bytes) -> None:
        value = strict_json.decode(data)
        if strict_json.decode_canonical(strict_json.encode(value)) != value:
            raise AssertionError("the canonical form is of another value")

    seeds = [path.read_bytes() for path in sorted((DATA / "messages" / "refused").glob("body-*.json"))]
    return Target(read=read, seeds=[*seeds, *_wire_payloads()], refusals=(CanonError,))


def _header() -> Target:
    from vrm_desktop.canon import strict_json
    from vrm_desktop.canon.errors import CanonError
    from vrm_desktop.vault.errors import VaultTooNew
    from vrm_desktop.vault.header_codec import UnreadableHeader, decode_header, encode_header

    def mended(data: bytes) -> bytes:
        try:
            value = strict_json.decode(data)
        except CanonError:
            return data
        if not isinstance(value, dict):
            return data
        value.pop("sha256", None)
        return strict_json.encode({**value, "sha256": hashlib.sha256(strict_json.encode(value)).hexdigest()})

    def read(data: bytes) -> None:
        whole = mended(data)
        if encode_header(decode_header(whole)) != whole:
            raise AssertionError("a header that is written otherwise than it was read")

    seeds = [path.read_bytes() for path in sorted((DATA / "vaults" / "headers").glob("*.hdr"))]
    return Target(read=read, seeds=seeds, refusals=(UnreadableHeader, VaultTooNew))


def _backup() -> Target:
    from vrm_desktop.vault.backup_container import Front, glance, open_container
    from vrm_desktop.vault.errors import BackupDamaged, VaultTooNew
    from vrm_desktop.vault.secret import Subkey

    key = Subkey(bytes(range(32)))
    handle = os.memfd_create("backup")
    file = Path(f"/proc/self/fd/{handle}")
    target = Path(f"/dev/shm/fuzzed-database-{os.getpid()}")  # noqa: S108 - a name of this process alone, removed below

    def put(data: bytes) -> None:
        os.ftruncate(handle, 0)
        os.pwrite(handle, data, 0)

    def read(data: bytes) -> None:
        digest = hashlib.sha256(data).digest()
        put(data + digest + hmac.digest(key.reveal(), digest, "sha256"))
        front = glance(file)
        with open_container(file) as container:
            container.require_key(key)
            if container.front != front:
                raise AssertionError("a glance sees another front")
            try:
                container.extract(target)
                if target.stat().st_size != front.database_bytes:
                    raise AssertionError("a database of another length")
            finally:
                target.unlink(missing_ok=True)

    def container_of(header: bytes, summary: bytes, pages: int) -> bytes:
        front = Front(made=NOW, header=header, summary=summary, database_bytes=4096 * pages)
        return front.sealed_to + summary + bytes(4096 * pages)

    seeds = [container_of(b"header", b"summary", pages) for pages in (0, 1)] + [container_of(b"", b"", 0)]
    return Target(read=read, seeds=seeds, refusals=(BackupDamaged, VaultTooNew), longest=9000)


def _summary() -> Target:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from vrm_desktop.vault.backup_summary import encode, unseal
    from vrm_desktop.vault.errors import BackupDamaged
    from vrm_desktop.vault.secret import Subkey

    key, nonce = Subkey(bytes(32)), bytes(12)
    cipher = AESGCM(key.reveal())

    def read(data: bytes) -> None:
        found = unseal(nonce + cipher.encrypt(nonce, data, b"front"), key, bound_to=b"front")
        if encode(found) != data:
            raise AssertionError("a summary that is written otherwise than it was read")

    seed = b'{"counts":{"ledger":3},"heads":{"ledger":[3,"abc"]},"made":1778000000,"schema":2}'
    return Target(read=read, seeds=[seed], refusals=(BackupDamaged,))


def _records() -> Target:
    from tests.fakes import specimens
    from vrm_desktop.canon import records
    from vrm_desktop.canon.errors import CanonError

    stored = (
        specimens.WANT,
        specimens.PLAN,
        specimens.FIELD,
        specimens.VENDOR,
        specimens.RELATIONSHIP,
        specimens.OFFER,
        specimens.ORDER,
        specimens.PING_ACT,
        specimens.DECLINE_ACT,
        specimens.JOURNAL[0],
        specimens.LEDGER[0],
        specimens.NOTES[0],
        specimens.AGENDA[0],
    )
    kinds = [type(one) for one in stored]

    def read(data: bytes) -> None:
        if data:
            kind = kinds[data[0] % len(kinds)]
            again = records.from_bytes(data[1:], kind)
            if records.from_bytes(records.to_bytes(again), kind) != again:
                raise AssertionError("a record that comes back as another")

    seeds = [bytes([number]) + records.to_bytes(one) for number, one in enumerate(stored)]
    return Target(read=read, seeds=seeds, refusals=(CanonError,))


def _envelope() -> Target:
    from vrm_desktop.protocol.envelope import Envelope
    from vrm_desktop.protocol.errors import ProtocolError
    from vrm_desktop.protocol.signing import claimed_kid

    def read(data: bytes) -> None:
        envelope = Envelope.from_bytes(data)
        if envelope.to_bytes() != data:
            raise AssertionError("an envelope that is written otherwise than it was read")
        claimed_kid(envelope.jws)

    seeds = [path.read_bytes() for path in sorted((DATA / "messages").glob("*.json")) if path.name != CARD]
    return Target(read=read, seeds=seeds, refusals=(ProtocolError,))


def _message() -> Target:
    from vrm_desktop.protocol.errors import ProtocolError
    from vrm_desktop.protocol.receiving import decode_message
    from vrm_desktop.protocol.shapes import payload_of
    from vrm_desktop.protocol.signing import SeedSigner, Typ, sign_compact

    signer = SeedSigner(bytes(range(32)))

    def read(data: bytes) -> None:
        payload_of(decode_message(sign_compact(signer, Typ.MESSAGE, data), signer.kid))

    return Target(read=read, seeds=_wire_payloads(), refusals=(ProtocolError,))


def _card() -> Target:
    from vrm_desktop.canon import base64url, strict_json
    from vrm_desktop.canon.errors import CanonError
    from vrm_desktop.protocol.cards import parse_card
    from vrm_desktop.protocol.errors import ProtocolError
    from vrm_desktop.protocol.signing import SeedSigner, Typ, protected_header

    signer = SeedSigner(bytes(range(32)))
    protected = protected_header(Typ.CARD, signer.kid)

    def mended(data: bytes) -> bytes:
        try:
            value = strict_json.decode(data)
        except CanonError:
            return data
        if not isinstance(value, dict):
            return data
        members = {name: member for name, member in value.items() if name not in ("signature", "previous")}
        members["key"] = signer.kid
        payload = base64url.encode(strict_json.encode(members))
        signature = base64url.encode(signer.sign(f"{protected}.{payload}".encode()))
        return strict_json.encode({**members, "signature": {"protected": protected, "signature": signature}})

    def read(data: bytes) -> None:
        parse_card(mended(data), now=NOW, pinned=None, last_serial=None)

    return Target(read=read, seeds=[(DATA / "messages" / CARD).read_bytes()], refusals=(ProtocolError,))


def _roster_entry() -> Target:
    from vrm_desktop.protocol.errors import ProtocolError
    from vrm_desktop.protocol.roster import parse_entry
    from vrm_desktop.resources_folder import resources_folder

    def read(data: bytes) -> None:
        parse_entry(data)

    seeds = [path.read_bytes() for path in sorted((resources_folder() / "roster").glob("*.json"))]
    return Target(read=read, seeds=seeds, refusals=(ProtocolError,))


def _want_file() -> Target:
    from vrm_desktop.formats.errors import FormatError
    from vrm_desktop.formats.want_file import read_want

    def read(data: bytes) -> None:
        read_want(data)

    whole = (
        b'{"title":"Used road bike","category":"mobility.bicycle","area":"DE-NW","quantity":1,"needed_by":"2026-12-01",'
        b'"price_cap":{"minor":80000,"currency":"EUR"},"weights":{"cost":6,"date":3,"care":2,"privacy":3},'
        b'"attributes":{"type":"road"},"condition":"used","fulfilment":"any","payment":["cash"],"sealed_offers":true}'
    )
    short = b'{"title":"x","area":{"country":"DE","region":"DE-NW","postal_prefix":"50"}}'
    return Target(read=read, seeds=[whole, short], refusals=(FormatError,))


def _vcard() -> Target:
    from vrm_desktop.formats.errors import FormatError
    from vrm_desktop.formats.vcard import read_vcard

    def read(data: bytes) -> None:
        read_vcard(data)

    newer = (
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna Beispiel\r\nN:Beispiel;Anna;;;\r\nTEL;TYPE=home,pref:tel:+49221\r\n"
        b"ADR;TYPE=home:;;Weg 1;Ort;NW;50937;Germany\r\nBDAY:19800229\r\nEND:VCARD\r\n"
    )
    older = (
        b'BEGIN:VCARD\nVERSION:3.0\nitem1.EMAIL;X="a;b":a@b.example\nNOTE;ENCODING=QUOTED-PRINTABLE:=C3=A4\\, \\n\n'
        b"ORG:One\\;Two;Three\n folded\nLANG;PREF=1:de\nEND:VCARD\n"
    )
    return Target(read=read, seeds=[newer, older], refusals=(FormatError,), longest=2048)


def _payment() -> Target:
    from vrm_desktop.domain.errors import DomainError
    from vrm_desktop.domain.money import Money
    from vrm_desktop.domain.relationship import PaymentDetails
    from vrm_desktop.formats.errors import FormatError
    from vrm_desktop.formats.payment_forms import epc_qr_text, payto

    def read(data: bytes) -> None:
        texts = data.decode("utf-8", "replace").split("\0")
        method, payee, iban, bic, reference, currency, digits = (texts + [""] * 7)[:7]
        details = PaymentDetails(method=method, payee=payee, iban=iban, bic=bic, reference=reference)
        amount = Money(minor=int.from_bytes(digits.encode()[:7], "big"), currency=currency)
        if not payto(details, amount).isascii():
            raise AssertionError("a link that is not ASCII")
        epc_qr_text(details, amount)

    seeds = [b"sepa-transfer\0Rad & Tat\0DE02120300000000202051\0BYLADEM1001\0R-1\0EUR\0\x01\x02"]
    return Target(read=read, seeds=seeds, refusals=(FormatError, DomainError), longest=400)


def _amount() -> Target:
    from vrm_desktop.domain.errors import DomainError
    from vrm_desktop.formats.amounts import read_amount
    from vrm_desktop.formats.errors import FormatError

    def read(data: bytes) -> None:
        read_amount(data.decode("utf-8", "replace"))

    seeds = [b"799.00 EUR", "799,00 €".encode(), b"12 JPY"]
    return Target(read=read, seeds=seeds, refusals=(FormatError, DomainError), longest=64)


def _typed_line() -> Target:
    from vrm_desktop.formats.typed_line.line import parse

    def read(data: bytes) -> None:
        found = parse(data.decode("utf-8", "replace"), today=TODAY, home_country="DE")
        for chip in found.chips:
            if found.text[chip.start : chip.end] != chip.source:
                raise AssertionError("a chip that does not come from the text")

    rows = (DATA / "typed_lines" / "before_parser.jsonl").read_text(encoding="utf-8").splitlines()
    return Target(read=read, seeds=[json.loads(row)["text"].encode() for row in rows[::4]], refusals=(), longest=300)


def sample_archive(*, large: bool = True) -> bytes:
    """An archive of one table, with a value in a file of its own if it is to be `large`."""
    from vrm_desktop.formats.archive.rows import LARGE, Value
    from vrm_desktop.formats.archive.writing import write_archive

    class Kept:
        """One table."""

        schema, vault_id = 3, bytes(16)

        def tables(self) -> tuple[str, ...]:
            return ("notes",)

        def rows(self, _table: str) -> Iterator[Mapping[str, Value]]:
            yield {"nth": 1, "body": '{"text":"said"}', "data": bytes(8)}
            if large:
                yield {"nth": 2, "body": "plain", "data": bytes(LARGE + 1)}

    out = io.BytesIO()
    write_archive(out, Kept(), terms={}, made=NOW)
    return out.getvalue()


def _archive() -> Target:
    from vrm_desktop.formats.archive.reading import Archive
    from vrm_desktop.formats.errors import FormatError

    def read(data: bytes) -> None:
        Archive(io.BytesIO(data)).verify()

    whole = sample_archive(large=False)
    return Target(read=read, seeds=[whole], refusals=(FormatError,), longest=len(whole) + 64)


def _archive_manifest() -> Target:
    from vrm_desktop.formats.archive import manifest
    from vrm_desktop.formats.errors import FormatError

    def read(data: bytes) -> None:
        found = manifest.read_manifest(data)  # it may say more than we know
        if manifest.read_manifest(found.to_bytes()) != found:
            raise AssertionError("a manifest that comes back as another")

    with zipfile.ZipFile(io.BytesIO(sample_archive())) as whole:
        return Target(read=read, seeds=[whole.read(manifest.NAME)], refusals=(FormatError,))


def _archive_row() -> Target:
    from vrm_desktop.formats.archive.rows import from_line
    from vrm_desktop.formats.errors import FormatError

    def read(data: bytes) -> None:
        from_line(data, str.encode)

    with zipfile.ZipFile(io.BytesIO(sample_archive())) as whole:
        return Target(read=read, seeds=whole.read("tables/notes.jsonl").splitlines(), refusals=(FormatError,))


def _encrypted_archive() -> Target:
    from vrm_desktop.vault.age_file import AgeReader, AgeWriter
    from vrm_desktop.vault.errors import VaultError
    from vrm_desktop.vault.secret import Passphrase

    passphrase = Passphrase("four calm herons wading")
    out = io.BytesIO()
    with AgeWriter(out, passphrase, random=bytes, work=1) as writer:
        writer.write(b"an archive")

    def read(data: bytes) -> None:
        if AgeReader(io.BytesIO(data), passphrase, most_work=3).readall() != b"an archive":
            raise AssertionError("another content under the same passphrase")

    return Target(read=read, seeds=[out.getvalue()], refusals=(VaultError,), longest=len(out.getvalue()) + 64)


def _product_page() -> Target:
    from vrm_desktop.formats.errors import NoPriceOnPage
    from vrm_desktop.formats.product_page.reading import MOST_PRICES, read_page

    def read(data: bytes) -> None:
        found = read_page(data)
        if not 0 < len(found.prices) <= MOST_PRICES or any(one.low.minor <= 0 for one in found.prices):
            raise AssertionError("a price that is none, or more of them than are read")

    graph = (
        b'<meta charset=utf-8><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@id":"#o",'
        b'"@type":"Offer","price":"799,00","priceCurrency":"EUR","itemCondition":"NewCondition","url":"/p?utm_source=x"'
        b',"shippingDetails":{"shippingRate":{"value":4.9,"currency":"EUR"}}},{"@type":["Product","Thing"],"name":"Bike",'
        b'"gtin13":"4006381333931","offers":{"@id":"#o"}}]};</script>'
    )
    items = (
        b'<div itemscope itemtype="https://schema.org/Product"><b itemprop=name>Bike</b><p itemprop=offers itemscope '
        b"itemtype=http://schema.org/AggregateOffer><meta itemprop=lowPrice content=9.99><meta itemprop=highPrice "
        b"content=12><i itemprop=priceCurrency>EUR</i></div>"
    )
    return Target(read=read, seeds=[graph, items], refusals=(NoPriceOnPage,), longest=2048)


def _robots_file() -> Target:
    from vrm_desktop.formats.robots_file import may_visit

    def read(data: bytes) -> None:
        path, _line, rest = data.partition(b"\n")
        if may_visit(rest, "/" + path.decode("utf-8", "replace")) not in {True, False}:
            raise AssertionError("neither yes nor no")

    seeds = [b"p/7?a=b\nUser-agent: *\nDisallow: /p*b$\nAllow: /p/7\nUser-agent: intentcast\nDisallow: /*?a\n"]
    return Target(read=read, seeds=seeds, refusals=(), longest=400)


def _pasted_address() -> Target:
    from vrm_desktop.formats.web_address import asked_address, same_owner

    def read(data: bytes) -> None:
        found = asked_address(data.decode("utf-8", "replace"))
        if found is None:
            return
        again = asked_address(found.address)
        if (
            not found.address.isascii()
            or again is None
            or again.stripped
            or not same_owner(found.address, again.address)
        ):
            raise AssertionError("an address that is read otherwise the second time")

    seeds = ["https://räder.example/p%20/ä?utm_source=x&c=1#f".encode(), b"shop.example", b"https://[::1]:80/"]
    return Target(read=read, seeds=seeds, refusals=(), longest=200)


def _planted_bug() -> Target:
    """The control: a reader with a bug that a fuzzer led by coverage finds, and blind chance does not."""

    def read(data: bytes) -> None:
        if len(data) < 5 or data[0] != 0x76:
            raise ValueError("no magic")
        if data[1] != 0x72:
            raise ValueError("half a magic")
        if data[2] != 0x6D:
            raise ValueError("most of a magic")
        if data[3] > 0x7F and data[4] % 16 == 7:
            raise IndexError("the planted bug")

    return Target(read=read, seeds=[b"some text"], refusals=(ValueError,), longest=64)


PLANS: Mapping[str, Plan] = {
    "strict-json": Plan(make=_strict_json, inputs=350_000),
    "header": Plan(make=_header, inputs=100_000),
    "backup": Plan(make=_backup, inputs=40_000),
    "backup-summary": Plan(make=_summary, inputs=100_000),
    "archive": Plan(make=_archive, inputs=60_000),
    "archive-manifest": Plan(make=_archive_manifest, inputs=60_000),
    "archive-row": Plan(make=_archive_row, inputs=60_000),
    "encrypted-archive": Plan(make=_encrypted_archive, inputs=60_000),
    "stored-record": Plan(make=_records, inputs=60_000),
    "envelope": Plan(make=_envelope, inputs=150_000),
    "message": Plan(make=_message, inputs=30_000),
    "card": Plan(make=_card, inputs=40_000),
    "roster-entry": Plan(make=_roster_entry, inputs=60_000),
    "want-file": Plan(make=_want_file, inputs=100_000),
    "vcard": Plan(make=_vcard, inputs=40_000),
    "payment": Plan(make=_payment, inputs=60_000),
    "amount": Plan(make=_amount, inputs=100_000),
    "typed-line": Plan(make=_typed_line, inputs=4_000),
    "product-page": Plan(make=_product_page, inputs=8_000),
    "mail-offer": Plan(make=mail_offer, inputs=4_000),
    "robots-file": Plan(make=_robots_file, inputs=30_000),
    "pasted-address": Plan(make=_pasted_address, inputs=30_000),
}
CONTROL = Plan(make=_planted_bug, inputs=400_000)
