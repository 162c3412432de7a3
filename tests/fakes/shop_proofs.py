"""How a shop verifies who asks, as the published protocol describes it: from the page alone, with other libraries.

Nothing of the program's own signing is used. Never here: what a shop does then.
"""

import base64
import hashlib
import re
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.jwk import ECKey

_INPUT = re.compile(r'sig1=(\(("[^"]+"(?: "[^"]+")*)\)(;.*))')


def refusal(page: dict[str, Any], edition: str, head: str, body: bytes) -> str:
    """Why a request is not believed, in the protocol's word; "" where it is."""
    first, *lines = head.split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)}
    if "signature" not in headers:
        return "signature_missing"
    read = _INPUT.fullmatch(headers["signature-input"])
    if read is None or ";alg=" in read[3]:
        return "signature_invalid"
    covered = re.findall(r'"([^"]+)"', read[2])
    keyid = re.search(r';keyid="([^"]+)"', read[3])
    listed = page.get("keys" if edition == "2026-08-25" else "signing_keys", [])
    key = next((one for one in listed if keyid and one["kid"] == keyid[1]), None)
    if key is None:
        return "key_not_found"
    path, asked, query = target.partition("?")
    wanted = ["@method", "@authority", "@path", *(["@query"] if asked else [])]
    wanted += [name for name in ("ucp-agent", "idempotency-key") if name in headers]
    wanted += ["content-digest", "content-type"] if body else []
    if not set(wanted) <= set(covered):
        return "coverage_insufficient"
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    if body and headers["content-digest"] != f"sha-256=:{digest}:":
        return "digest_mismatch"
    told = {**headers, "@method": method, "@authority": headers["host"], "@path": path, "@query": f"?{query}"}
    base = "\n".join([*(f'"{name}": {told[name]}' for name in covered), f'"@signature-params": {read[1]}'])
    return "" if _holds(key, headers["signature"], base.encode()) else "signature_invalid"


def _holds(key: dict[str, Any], field: str, base: bytes) -> bool:
    signature = base64.b64decode(field.removeprefix("sig1=:").removesuffix(":"))
    if len(signature) != 64:
        return False
    public = ECKey.import_key(key).get_op_key("verify")
    assert isinstance(public, ec.EllipticCurvePublicKey)
    try:
        r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
        public.verify(encode_dss_signature(r, s), base, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
