"""Proofs that a request comes from whoever keeps the page that it names: which parts of it are signed, and when.

The signer is the vault's and dies with it; nothing is signed unless one was handed in. Never here: whether to be known.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.protocol.http_signatures import Covered, content_digest, fields, parameters, signature_base
from vrm_desktop.services.ports import ChannelError, Clock, PageSigner

_USUAL_PORTS: Final = {"https": ":443", "http": ":80"}
_FIELDS: Final = ("ucp-agent", "idempotency-key", "content-digest", "content-type")


class Prover:
    """Signs requests that name `page`, with its key."""

    def __init__(self, signer: PageSigner, page: str, clock: Clock) -> None:
        self._signer = signer
        self._page = page
        self._clock = clock

    def __call__(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers, all in lower case, with the page and the proof beside them. Raises `ChannelError`."""
        told = {"ucp-agent": f'profile="{self._page}"', **headers}
        if body:
            told |= {"content-type": "application/json", "content-digest": content_digest(body)}
        covered = (*_where(method, url), *((name, told[name]) for name in _FIELDS if name in told))
        created = int(self._clock.now().timestamp())
        try:
            how = parameters(covered, created=created, keyid=self._signer.public.kid)
            base = signature_base(covered, how)
        except InvalidValue as error:
            raise ChannelError("request-refused", str(error), may_have_arrived=False, final=True) from error
        return told | fields(how, self._signer.sign(base))


def _where(method: str, url: str) -> tuple[Covered, ...]:
    """Method, host and path, and the query where there is one."""
    parts = urlsplit(url)
    authority = parts.netloc.lower().removesuffix(_USUAL_PORTS.get(parts.scheme, ""))
    where = (("@method", method), ("@authority", authority), ("@path", parts.path or "/"))
    return (*where, ("@query", f"?{parts.query}")) if "?" in url else where
