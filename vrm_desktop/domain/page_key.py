"""The public half of a key of the person's own page, by which shops know who asks. Never here: its secret half."""

import re
from dataclasses import dataclass
from typing import Final

from vrm_desktop.domain.errors import InvalidValue

_COORDINATE: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PageKey:
    """A P-256 key for ES256: `x` and `y` are its point, `kid` its thumbprint (RFC 7638); each 32 bytes in base64url."""

    kid: str
    x: str
    y: str

    def __post_init__(self) -> None:
        if not all(_COORDINATE.fullmatch(one) for one in (self.kid, self.x, self.y)):
            raise InvalidValue("a page's key has a thumbprint and a point of 43 characters each")
