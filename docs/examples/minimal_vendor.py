"""A whole vendor: `python minimal_vendor.py FOLDER PORT`, after make_card.py (its neighbour) has filled FOLDER.

Standard library and PyNaCl. It signs the terms of its card, offers one thing at one price, confirms orders, and keeps
every conversation as a JSON file that is on the disk before the answer leaves. Sections are those of docs/protocol.md.
"""  # noqa: INP001 - a program beside the docs

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, urlsplit

from make_card import b64, canonical, digest, key, protected, unb64
from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

STATUS = {"too-large": 413, "wrong-type": 415, "not-served": 422, "unsupported": 422, "unknown-conversation": 404,
          "fork": 409, "missing": 409, "not-allowed-now": 409, "bad-seen": 409}  # fmt: skip  # all others are 400
NEEDS = {  # section 7: the kinds that come in, the members that each must have, the states in which it may come
    "ping": ("category area answers_by asked read agreements digests", "new"), "reveal": ("agreement items", "agreed"),
    "counter": ("offer total currency", "offered"), "decline": ("offer reason", "offered"),
    "accept": ("offer order items", "offered"), "paid": ("order amount currency method", "confirmed"),
    "message": ("text", "agreed offered confirmed"), "withdraw-cast": ("", "agreed offered declined"),
    "end": ("", "agreed offered confirmed declined"),
}  # fmt: skip
LINE = {"title": "A good book", "quantity": 1, "unit": 1900, "condition": "new", "sku": "", "gtin": "", "link": ""}
PRICE = {"currency": "EUR", "items": 1900, "shipping": 300, "fees": 0, "tax": 0, "total": 2200}
FOLDER, LOCK = Path(sys.argv[1]), Lock()
CARD_BYTES = (FOLDER / "intentcast.json").read_bytes()
KEY, CARD = key(FOLDER), json.loads(CARD_BYTES)
PATH = urlsplit(CARD["endpoint"]).path


class Refused(Exception):
    """A code of section 3, and the members that go with it."""


def need(holds: object, code: str, **members: Any) -> None:
    if not holds:
        raise Refused(code, members)


def parse(data: bytes) -> Any:
    value = json.loads(data)
    need(canonical(value) == data, "malformed")
    return value


def verified(typ: str, kid: str, one: Any, payload: str) -> Any:
    """The payload that `kid` signed for `typ`. The header is made anew and compared, never interpreted (section 1)."""
    need(one["protected"] == protected(typ, kid), "bad-signature")
    VerifyKey(unb64(kid)).verify(f"{one['protected']}.{payload}".encode(), unb64(one["signature"]))
    return parse(unb64(payload))


def signed(typ: str, payload: str) -> dict[str, str]:
    header = protected(typ, CARD["key"])
    return {"protected": header, "signature": b64(KEY.sign(f"{header}.{payload}".encode()).signature)}


def take(body: bytes, name: str) -> str:
    """Check, store and answer a ping (no `name`), or a further message of conversation `name`; returns its id."""
    envelope = parse(body)
    need(envelope.keys() == {"disclosures", "jws"}, "malformed")
    (header, payload, signature), id_ = envelope["jws"].split("."), digest(envelope["jws"].encode())
    file = FOLDER / f"{name or id_}.talk"
    need(file.exists() or not name, "unknown-conversation")
    talk = json.loads(file.read_bytes()) if file.exists() else None
    if talk and id_ in talk["person"]:
        return talk["id"]  # the same bytes again: the same answer, no second effect
    kid = talk["kid"] if talk else json.loads(unb64(header))["kid"]
    said = verified("message", kid, {"protected": header, "signature": signature}, payload)
    need(said["v"] == 1, "not-served")
    need(set(said.get("must", [])) <= {"v", "kind", *NEEDS["ping"][0].split()}, "unsupported")
    members, states = NEEDS.get(said["kind"], ("unknown kind", ""))
    need(said.keys() >= set(members.split()) and (talk or said["kind"] == "ping"), "malformed")
    need(said["aud"] == CARD["key"] and (not talk or said.get("conv") == talk["id"]), "wrong-audience")
    until = datetime.fromisoformat(said["exp"] if "T" in said["exp"] else f"{said['exp']}T23:59:59Z")
    need(datetime.now(UTC) <= until + timedelta(minutes=5), "expired")
    if not talk:
        need(said["category"] in CARD["categories"] and said["area"]["country"] in CARD["regions"], "not-served")
        texts = [verified("agreement", kid, *one["signatures"], one["payload"]) for one in said["agreements"]]
        need([text["begins"] for text in texts] == ["ping", "accept"], "bad-agreement")
        need(all((text["person"], text["vendor"]) == (kid, CARD["key"]) for text in texts), "bad-agreement")
        talk = {"id": id_, "kid": kid, "state": "new", "ping": said, "person": [], "vendor": [], "seen": 0, "rows": []}
        talk |= {"fits": [text["entry"] for text in texts] == [each["entry"] for each in CARD["terms"]], "offers": {}}
    last, seen = len(talk["person"]), said.get("seen", {"seq": 0, "id": None})  # the two chains: section 4
    need(said["seq"] <= last + 1, "missing", last=last)
    need(said["seq"] == last + 1 and said.get("prev") == [None, *talk["person"]][-1], "fork")
    need(seen["seq"] >= talk["seen"] and [None, *talk["vendor"]][seen["seq"] :][:1] == [seen["id"]], "bad-seen")
    need(talk["state"] in [*states.split(), "ended"], "not-allowed-now", state=talk["state"])
    items = [item["digest"] for item in said.get("items", [])]  # what rides beside the message: section 6
    need(sorted(items) == sorted(digest(text.encode()) for text in envelope["disclosures"]), "bad-disclosure")
    talk["person"].append(id_)
    talk["rows"].append({"side": "person", "number": said["seq"], "envelope": envelope})
    talk["seen"] = seen["seq"]
    if talk["state"] != "ended":
        answer(talk, said, items)
    if talk["state"] == "ended":
        for row in talk["rows"]:
            row["envelope"]["disclosures"] = []  # erased: the values are nowhere else, and the chains still verify
    with file.with_suffix(".new").open("wb", buffering=0) as out:
        out.write(canonical(talk))
        os.fsync(out.fileno())
    file.with_suffix(".new").replace(file)
    return talk["id"]


def answer(talk: Any, said: Any, items: list[str]) -> None:
    """What follows a message; `talk` is stored afterwards, or not at all where something is refused."""
    asked, kind = talk["ping"]["agreements"], said["kind"]
    if kind == "ping":
        both = [{**one, "signatures": [*one["signatures"], signed("agreement", one["payload"])]} for one in asked]
        answers = {"answer": "accept", "agreements": both} if talk["fits"] else {"answer": "decline", "reason": "terms"}
        say(talk, "agreed" if talk["fits"] else "declined", "terms-answer", **answers)
    elif kind == "reveal":
        need(said["agreement"] == digest(unb64(asked[0]["payload"])), "bad-agreement")
        need(set(items) <= set(talk["ping"]["digests"]), "bad-disclosure")
        until = (datetime.now(UTC) + timedelta(days=14)).strftime("%Y-%m-%dT%H:%M:%SZ")
        offer = {"lines": [LINE], "price": PRICE, "binding": True, "fulfilment": "delivered", "by": until[:10]}
        id_ = say(talk, "offered", "offer", **offer, valid_until=until, payment=["on-delivery"])
        talk["offers"][id_] = {**offer, "offer": id_}
    elif kind == "accept":
        text = verified("order", talk["kid"], *said["order"]["signatures"], said["order"]["payload"])
        offer = {**talk["offers"].get(said["offer"], {"offer": 0}), "agreement": digest(unb64(asked[1]["payload"]))}
        offer |= {"conv": talk["id"], "person": talk["kid"], "vendor": CARD["key"], "payment": "on-delivery"}
        need(all(text.get(name) == value for name, value in offer.items()), "bad-order")
        need(set(items) <= set(text["digests"]), "bad-disclosure")
        record = {"conversation": talk["id"], "person": talk["person"], "vendor": talk["vendor"][: talk["seen"]]}
        order, how = said["order"], {"record": digest(canonical(record)), "payment": {"method": "on-delivery"}}
        order["signatures"].append(signed("order", order["payload"]))
        say(talk, "confirmed", "confirmation", order=order, **how)
    elif kind in {"withdraw-cast", "end"}:
        say(talk, "ended", "closure", reason="ended" if kind == "end" else "withdrawn", erased=True)
    else:
        need(said.get("offer", "") in {"", *talk["offers"]}, "malformed")
        say(talk, talk["state"], "acknowledgement", of=talk["person"][-1])


def say(talk: Any, state: str, kind: str, **members: Any) -> str:
    said = {"v": 1, "kind": kind, "aud": talk["kid"], "conv": talk["id"], "exp": "2100-01-01", **members}
    said |= {"seq": len(talk["vendor"]) + 1, "seen": {"seq": len(talk["person"]), "id": talk["person"][-1]}}
    payload = b64(canonical({**said, "prev": talk["vendor"][-1]} if talk["vendor"] else said))
    one = signed("message", payload)
    envelope = {"disclosures": [], "jws": f"{one['protected']}.{payload}.{one['signature']}"}
    talk["vendor"].append(digest(envelope["jws"].encode()))
    talk["rows"].append({"side": "vendor", "number": said["seq"], "envelope": envelope})
    talk["state"] = state
    return talk["vendor"][-1]


class Handler(BaseHTTPRequestHandler):
    def reply(self) -> None:
        url, body = urlsplit(self.path), self.rfile.read(min(int(self.headers.get("content-length", 0)), 4 * 65536))
        try:
            with LOCK:  # one thing at a time is enough for a small shop
                status, data, more = self.called(url.path.removeprefix(PATH).split("/"), parse_qs(url.query), body)
        except (Refused, CryptoError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            usual = ("bad-signature" if isinstance(error, CryptoError) else "malformed", {})
            code, members = error.args if isinstance(error, Refused) else usual
            status, more = STATUS.get(code, 400), {"Content-Type": "application/problem+json"}
            data = canonical({"type": f"urn:intentcast:error:{code}", "title": code, "status": status, **members})
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = reply  # noqa: N815 - the names that http.server calls

    def called(self, path: list[str], query: dict[str, list[str]], body: bytes) -> tuple[int, bytes, dict[str, str]]:
        if self.command == "GET" and path[1:] == [".well-known", "intentcast.json"]:
            return 200, CARD_BYTES, {"ETag": f'"{digest(CARD_BYTES)}"'}
        need(path[1] == "conversations" and len(path) in {2, 4}, "unknown-conversation")
        if self.command == "POST":
            need(self.headers.get("content-type", "").split(";")[0] == "application/json", "wrong-type")
            need(len(body) <= 65536, "too-large")
            id_ = take(body, path[2] if path[2:] else "")
            return 202, b"", {"Retry-After": "1", "Location": f"{CARD['endpoint']}/conversations/{id_}"}
        file, secret = FOLDER / f"{path[2]}.talk", self.headers.get("authorization", "").removeprefix("Bearer ")
        talk = json.loads(file.read_bytes()) if len(unb64(path[2])) == 32 and file.exists() else {}
        need(talk and digest(secret.encode()) == talk["ping"]["read"], "unknown-conversation")
        after = int(query.get("after", ["0"])[0])
        rows = [row for row in talk["rows"] if row["side"] == "vendor" and row["number"] > after]
        return 200, canonical({"messages": rows[:32], "more": len(rows) > 32}), {"Retry-After": "1"}


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler)
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)  # noqa: T201 - for whoever started it
    server.serve_forever()
