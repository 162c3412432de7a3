"""HTTP message signatures as text: the digest of a body (RFC 9530), what is signed, and the two fields (RFC 9421).

Only where a foreign protocol asks for it: our own messages carry their signatures inside. Never here: keys, which parts
of which request are covered, and sending.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from typing import Final

from vrm_desktop.domain.errors import InvalidValue

_NAME: Final = re.compile(r"@?[a-z][a-z0-9-]*", re.ASCII)
_VALUE: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?", re.ASCII)
_KEY: Final = re.compile(r"[A-Za-z0-9_.:-]+", re.ASCII)

Covered = tuple[str, str]
"""A part of a message that is signed: the name of a field or of a derived component, and its value."""


def content_digest(body: bytes) -> str:
    """The field `Content-Digest` for exactly these bytes."""
    return f"sha-256={_bytes(hashlib.sha256(body).digest())}"


def parameters(covered: Sequence[Covered], *, created: int, keyid: str) -> str:
    """What `Signature-Input` says after its label: the names covered, when (seconds since 1970), and by which key.

    Raises:
        InvalidValue: a name twice, or a name or key that cannot be written so.
    """
    names = [name for name, _ in covered]
    if len(set(names)) != len(names) or not all(_NAME.fullmatch(name) for name in names):
        raise InvalidValue("each part is covered once, by a name in lower case")
    if _KEY.fullmatch(keyid) is None or created < 0:
        raise InvalidValue("a signature names a plain key and an instant since 1970")
    return f'({" ".join(map(_quoted, names))});created={created};keyid="{keyid}"'


def signature_base(covered: Sequence[Covered], told: str) -> bytes:
    """The bytes that are signed: a line for each part, and `told` (see `parameters`) as the last.

    Raises:
        InvalidValue: a value that does not stand on one line in plain characters, with none around it.
    """
    if not all(_VALUE.fullmatch(value) for _, value in covered):
        raise InvalidValue("a signed value is one line of plain characters")
    lines = [f"{_quoted(name)}: {value}" for name, value in (*covered, ("@signature-params", told))]
    return "\n".join(lines).encode("ascii")


def fields(told: str, signature: bytes, *, label: str = "sig1") -> dict[str, str]:
    """The two fields that carry a signature: `told` is what `parameters` gave."""
    return {"signature-input": f"{label}={told}", "signature": f"{label}={_bytes(signature)}"}


def _quoted(name: str) -> str:
    return f'"{name}"'


def _bytes(data: bytes) -> str:
    """Bytes as a structured field has them (RFC 8941)."""
    return f":{base64.b64encode(data).decode('ascii')}:"
