"""The errors of docs/protocol.md, section 3: each code that travels, with its statuses. What they mean stands there."""

from collections.abc import Mapping
from typing import Final

STATUSES: Final[Mapping[str, tuple[int, ...]]] = {
    "malformed": (400,),
    "too-large": (413,),
    "wrong-type": (415,),
    "bad-signature": (400,),
    "wrong-audience": (400,),
    "expired": (400,),
    "not-served": (422,),
    "unsupported": (422,),
    "fork": (409,),
    "missing": (409,),
    "not-allowed-now": (409,),
    "bad-disclosure": (400,),
    "bad-seen": (409,),
    "bad-agreement": (400,),
    "bad-order": (400,),
    "unknown-conversation": (404,),
    "full": (409,),
    "busy": (429, 503),
}
PREFIX: Final = "urn:intentcast:error:"
