"""Make a vendor's key and its static card: `python make_card.py --folder shop --endpoint https://shop.example/intentcast`.

Needs PyNaCl and nothing of this project but the roster's files. Put intentcast.json at /.well-known/ of your site.
Run it again before the card expires, or when it should say something else: the serial rises, the key stays.
"""  # noqa: INP001 - a program beside the docs

import argparse
import base64
import hashlib
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nacl.signing import SigningKey

ROSTER = Path(__file__).resolve().parents[2] / "resources" / "roster"


def b64(data: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The bytes of strict base64url: unpadded, unused bits zero."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64(data) != text:
        raise ValueError("not base64url")
    return data


def canonical(value: object) -> bytes:
    """RFC 8785, which within the protocol's limits is this."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(data: bytes) -> str:
    """SHA-256 in base64url: 43 characters."""
    return b64(hashlib.sha256(data).digest())


def protected(typ: str, kid: str) -> str:
    """The only protected header for a type of signature and a key."""
    return b64(canonical({"alg": "Ed25519", "kid": kid, "typ": f"intentcast-{typ}"}))


def terms(name: str, roster: Path) -> dict[str, str]:
    """A roster entry as the card names it: id, version, and the hash of the published entry's canonical form."""
    entry = json.loads((roster / f"{name}.json").read_bytes())
    return {"roster": entry["id"], "version": entry["version"], "entry": digest(canonical(entry))}


def key(folder: Path) -> SigningKey:
    """The vendor's key: 32 random bytes, made once. Whoever has the file is the vendor."""
    file = folder / "vendor.key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(b64(os.urandom(32)))
    return SigningKey(unb64(file.read_text().strip()))


def main() -> None:
    """Read the arguments, write the card."""
    parser = argparse.ArgumentParser(description="Make a vendor's key and card.")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--name", default="A small shop")
    parser.add_argument("--category", action="append", default=[])
    parser.add_argument("--roster", type=Path, default=ROSTER, help="the folder with PDC-INTENT.json and SD-BASE.json")
    arguments = parser.parse_args()
    if not arguments.roster.is_dir():
        parser.error(f"{arguments.roster} is no folder: say with --roster where resources/roster of the project is")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    signing, file = key(arguments.folder), arguments.folder / "intentcast.json"
    kid = b64(bytes(signing.verify_key))
    card = {
        "v": 1,
        "versions": [1],
        "serial": json.loads(file.read_bytes())["serial"] + 1 if file.exists() else 1,
        "expires": (datetime.now(UTC) + timedelta(days=180)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "key": kid,
        "name": arguments.name,
        "kind": "shop",
        "endpoint": arguments.endpoint,
        "categories": arguments.category or ["leisure.book"],
        "regions": ["DE"],
        "languages": ["en"],
        "currencies": ["EUR"],
        "terms": [terms("PDC-INTENT", arguments.roster), terms("SD-BASE", arguments.roster)],
        "about": "",
        "email": "",
        "url": "",
        "privacy": "",
    }
    header = protected("card", kid)
    signature = signing.sign(f"{header}.{b64(canonical(card))}".encode()).signature
    file.write_bytes(canonical({**card, "signature": {"protected": header, "signature": b64(signature)}}))


if __name__ == "__main__":
    main()
