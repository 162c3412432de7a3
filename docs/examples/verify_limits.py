#!/usr/bin/env python3
"""Checks a limit of VRM Desktop without VRM Desktop and without a network.

    python verify_limits.py LIMIT.json

Needs PyNaCl (`pip install pynacl`) and nothing else. Prints what the limit allows. Ends with status 0 when both
mandates hold and the limit is neither revoked nor over, with 1 otherwise. What was bought under it already is not in
the file: only its owner counts that. See docs/payments.md.
"""

# ruff: noqa: T201 - printing is what it is for
import base64
import hashlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

FALSE = (CryptoError, OSError, ValueError, LookupError, TypeError, AttributeError)
KNOWN = {
    "checkout": {"checkout.allowed_merchants", "checkout.line_items"},
    "payment": {
        "payment.agent_recurrence",
        "payment.allowed_payees",
        "payment.amount_range",
        "payment.budget",
        "payment.execution_date",
        "payment.reference",
    },
}


def need(holds: object, what: str) -> None:
    if not holds:
        raise ValueError(what)


def raw(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    need(base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text, "base64url in another form")
    return data


def read(data: bytes) -> dict:
    value = json.loads(data)
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    need(isinstance(value, dict) and plain == data, "JSON that is not canonical")
    return value


def signed(token: str) -> tuple[str, dict]:
    """The key that signed a compact JWS, and what it says."""
    protected, payload, signature = token.split(".")
    header = read(raw(protected))
    need(header == {"alg": "Ed25519", "kid": header["kid"], "typ": "intentcast-limit"}, "another header")
    VerifyKey(raw(header["kid"])).verify(f"{protected}.{payload}".encode(), raw(signature))
    return header["kid"], read(raw(payload))


def hashed(token: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).rstrip(b"=").decode()


def mandate(token: str, which: str) -> tuple[str, dict, dict]:
    """The key, the mandate, and its constraints by name."""
    kid, said = signed(token)
    need(set(said) == {"vct", "constraints", "cnf", "iat", "exp"}, f"{which}: other members")
    need(said["vct"] == f"mandate.{which}.open.1", f"{which}: another kind of mandate")
    need(said["cnf"] == {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": kid}}, f"{which}: another key")
    found = {one["type"]: one for one in said["constraints"]}
    need(len(found) == len(said["constraints"]), f"{which}: a constraint twice")
    need(found.keys() <= KNOWN[which], f"{which}: a constraint that is not known, so nothing is allowed")
    return kid, said, found


def main(path: str) -> int:
    with Path(path).open("rb") as file:
        limit = json.loads(file.read(1_000_000))
    need((limit["format"], limit["version"]) == ("vrm-limit", 1), "no limit of version 1")
    kid, what, of_whom = mandate(limit["checkout"], "checkout")
    other, how, how_much = mandate(limit["payment"], "payment")
    need((kid, what["iat"], what["exp"]) == (other, how["iat"], how["exp"]), "two mandates that do not belong together")
    reference = how_much["payment.reference"]["conditional_transaction_id"]
    need(reference == hashed(limit["checkout"]), "a payment mandate of another checkout mandate")
    amount, window = how_much["payment.amount_range"], how_much["payment.execution_date"]
    print(f"Signed by {kid} on {datetime.fromtimestamp(how['iat'], UTC):%Y-%m-%d}.")
    print(f"each: {amount.get('min', 0)} to {amount['max']} minor units of {amount['currency']}")
    print(f"from {window['not_before']} until {window['not_after']}")
    for name, one in sorted({**of_whom, **how_much}.items()):
        if name not in {"payment.amount_range", "payment.execution_date", "payment.reference"}:
            print(
                f"{name}: {json.dumps({key: value for key, value in one.items() if key != 'type'}, ensure_ascii=False)}"
            )
    if "revocation" in limit:
        revoker, said = signed(limit["revocation"])
        need(revoker == kid and said["revokes"] == hashed(limit["checkout"]), "a revocation of another limit")
        print(f"REVOKED on {datetime.fromtimestamp(said['iat'], UTC):%Y-%m-%d}")
        return 1
    if datetime.now(UTC).timestamp() >= how["exp"]:
        print("OVER")
        return 1
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except FALSE as error:
        print(f"DOES NOT HOLD: {error or type(error).__name__}")
        sys.exit(1)
