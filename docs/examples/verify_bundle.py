#!/usr/bin/env python3
"""Checks a dispute bundle of VRM Desktop without VRM Desktop and without a network.

    python verify_bundle.py BUNDLE.zip

Needs PyNaCl (`pip install pynacl`) and nothing else. Ends with status 0 when everything holds, with 1 when a message,
key, value, agreement or order does not, and with 2 when a newer program made the bundle. See docs/bundle.md.
"""

# ruff: noqa: T201 - printing is what it is for
import base64
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator

from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

FALSE = (CryptoError, zipfile.BadZipFile, ValueError, LookupError, TypeError, AttributeError)


def need(holds: object, what: str) -> None:
    if not holds:
        raise ValueError(what)


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def hashed(data: bytes) -> str:
    return b64(hashlib.sha256(data).digest())


def raw(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    need(b64(data) == text, "base64url in another form")
    return data


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read(data: bytes) -> dict:
    value = json.loads(data)
    need(isinstance(value, dict) and canonical(value) == data, "JSON that is not canonical")
    return value


def signed(typ: str, protected: str, payload: str, signature: str) -> tuple[str, bytes]:
    """The key that signed `payload` (base64url) for `typ`, and its bytes; the header says nothing else."""
    header = read(raw(protected))
    need(header == {"alg": "Ed25519", "kid": header["kid"], "typ": typ}, "another header")
    VerifyKey(raw(header["kid"])).verify(f"{protected}.{payload}".encode(), raw(signature))
    return header["kid"], raw(payload)


def members(path: str) -> tuple[dict, dict[str, bytes]]:
    """The manifest, checked against its signature, and every other file, checked against the manifest."""
    with zipfile.ZipFile(path) as archive:
        inside = archive.infolist()
        need(sum(one.file_size for one in inside) < 2**29 and len({*archive.namelist()}) == len(inside), "not in order")
        files = {one.filename: archive.read(one) for one in inside}
    data, seal = files.pop("manifest.json"), read(files.pop("manifest.signature.json"))
    manifest = read(data)
    if manifest["needs"] > 1:
        print(f"A newer program made this bundle: checking it needs format {manifest['needs']}, this knows 1.")
        sys.exit(2)
    maker, _ = signed("intentcast-bundle", seal["protected"], b64(data), seal["signature"])
    need(maker == manifest["keys"]["person"][-1], "the manifest is not under its maker's key")
    found = {name: {"bytes": len(x), "sha256": hashlib.sha256(x).hexdigest()} for name, x in files.items()}
    need(
        manifest["magic"] == "vrm-bundle" and found == manifest["members"], "a file was changed, is missing, or is over"
    )
    return manifest, files


def successions(files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Which vendor key follows which: a card signed by both."""
    for name, card in ((name, json.loads(files[name])) for name in files if name.startswith("cards/")):
        own, before = card.pop("signature"), card.pop("previous", None)
        text = b64(canonical(card))
        key, _ = signed("intentcast-card", own["protected"], text, own["signature"])
        need(key == card["key"], f"{name}: signed by another key")
        if before is not None:
            yield signed("intentcast-card", before["protected"], text, before["signature"])[0], key


def chains(files: dict[str, bytes]) -> tuple[dict[str, list[str]], dict[str, list[str]], list[tuple[str, str, dict]]]:
    """Follow both chains: the keys and ids of each side, and (side, id, payload) of every message in order."""
    proven, said, seen_by_vendor = set(successions(files)), [], 0
    keys, ids = ({"person": [], "vendor": []} for _ in range(2))
    for line in files["messages.jsonl"].splitlines():
        row = read(line)
        side, other = row["side"], {"person": "vendor", "vendor": "person"}[row["side"]]
        where = f"message {row['number']} of the {side}"
        kid, data = signed("intentcast-message", *row["jws"].split("."))
        payload = read(data)
        if not said:
            need(side == "person", "the first message is missing")
            keys = {"person": [kid], "vendor": [payload["aud"]]}
        if kid != keys[side][-1]:
            need(side == "vendor" and (keys[side][-1], kid) in proven, f"{where}: a key that nothing vouches for")
            keys[side].append(kid)
        conversation = said[0][1] if said else None
        need(payload.get("conv") == conversation and payload["aud"] in keys[other], f"{where}: from elsewhere")
        need(payload["seq"] == row["number"] == len(ids[side]) + 1, f"{where}: one is missing or moved before it")
        need(payload.get("prev") == (ids[side][-1] if ids[side] else None), f"{where}: it follows another message")
        seen = payload.get("seen", {"seq": 0, "id": None})
        need(seen["seq"] <= len(ids[other]), f"{where}: a message of the {other} before it is missing")
        need(seen["seq"] == 0 or ids[other][seen["seq"] - 1] == seen["id"], f"{where}: it has seen another message")
        need(seen["seq"] >= (len(ids[other]) if side == "person" else seen_by_vendor), f"{where}: it was moved")
        seen_by_vendor = seen["seq"] if side == "vendor" else seen_by_vendor
        if payload["kind"] == "key-change":
            new, proof = signed("intentcast-key", *payload["proof"].split("."))
            need(new == payload["kid"] not in keys["person"] + keys["vendor"], f"{where}: not a new key")
            need(proof == canonical({"conv": conversation, "new": new, "old": kid}), f"{where}: another change")
            keys["person"].append(new)
        ids[side].append(hashed(row["jws"].encode()))
        said.append((side, ids[side][-1], payload))
    return keys, ids, said


def document(value: dict, typ: str, keys: dict[str, list[str]]) -> tuple[dict, int]:
    """The text of a co-signed document between these two sides and its signatures; none where one does not hold."""
    try:
        text = read(raw(value["payload"]))
        kids = [signed(typ, one["protected"], value["payload"], one["signature"])[0] for one in value["signatures"]]
    except FALSE:
        return {}, 0
    parties = [text["person"], text["vendor"]]
    right = parties[0] in keys["person"] and parties[1] in keys["vendor"] and kids in (parties, *([x] for x in parties))
    return (text, len(kids)) if right else ({}, 0)


def agreed(keys: dict, ids: dict, said: list, files: dict[str, bytes]) -> Iterator[str]:
    """What stands under both signatures; every disclosure and order rests on it."""
    whole, stood, entries, cut = set(), set(), set(), (0, 0)
    offers = {id for side, id, payload in said if (side, payload["kind"]) == ("vendor", "offer")}
    for side, _, payload in said:
        for value in payload.get("agreements", ()):
            text, signatures = document(value, "intentcast-agreement", keys)
            key = hashed(raw(value["payload"]))
            stood.add((f"agreements/{key}.json", canonical(value)))
            entries.add(text.get("entry"))
            if signatures == 2 and key not in whole:
                whole.add(key)
                yield f"agreed: {text['roster']} {text['version']}, made {text['made']}, signed by both"
        if side == "person" and payload["kind"] in {"reveal", "update", "grant"}:
            need(payload["agreement"] in whole, "values were given without an agreement")
        if payload["kind"] in {"accept", "confirmation"}:
            text, signatures = document(payload["order"], "intentcast-order", keys)
            rests = text and text["conv"] == said[0][1] and text["offer"] in offers and text["agreement"] in whole
            key = hashed(raw(payload["order"]["payload"]))
            stood.add((f"orders/{key}.json", canonical(payload["order"])))
            if payload["kind"] == "accept":
                need(rests and signatures == 1, "the order is not one of this conversation")
                cut = payload["seq"], payload["seen"]["seq"]
            else:
                record = {"conversation": said[0][1]} | {s: ids[s][:n] for s, n in zip(ids, cut, strict=True)}
                fits = rests and signatures == 2 and payload["record"] == hashed(canonical(record))
                yield f"order {key}: " + ("signed by both" if fits else "THE VENDOR CONFIRMED ANOTHER RECORD")
    for name, data in files.items():
        own = (name, data) in stood or not name.startswith(("agreements/", "orders/"))
        terms = name == f"terms/{hashed(data)}.json" and hashed(data) in entries
        need(own and (terms or not name.startswith("terms/")), f"{name}: it stands in no message")


def values(said: list, data: bytes) -> Iterator[str]:
    """The values shown: each fits one digest in the message that it rode beside."""
    left = {(id, item["digest"]) for _, id, told in said for item in told.get("items", ())}
    left |= {(id, one) for _, id, told in said if told["kind"] == "use-report" for one in told.get("digests", ())}
    for row in map(read, data.splitlines()):
        key = (row["message"], hashed(row["text"].encode()))
        need(key in left, "a value that fits no message")
        left.remove(key)
        yield "shown: {1} = {2}".format(*json.loads(raw(row["text"])))
    yield f"{len(left)} values stay unknown"


def main(path: str) -> None:
    manifest, files = members(path)
    keys, ids, said = chains(files)
    need({side: len(ids[side]) for side in ids} == manifest["messages"], "messages are missing at the end")
    need(not said or (keys, said[0][1]) == (manifest["keys"], manifest["conversation"]), "another conversation")
    lines = [*agreed(keys, ids, said, files), *values(said, files["disclosures.jsonl"])]
    print(f"Whole: {len(ids['person'])} messages of the customer and {len(ids['vendor'])} of {manifest['vendor']}.")
    print(*lines, *(f"key of the vendor: {key}" for key in manifest["keys"]["vendor"]), sep="\n")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except FALSE as error:
        print(f"NOT WHOLE: {error or type(error).__name__}")
        sys.exit(1)
