"""What services need of the ways beyond our own wire: pages, shops, quote desks and post. Protocols only.

Every call may raise `ports.ChannelError`. Adapters fit structurally and are made when they are first used.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from vrm_desktop.canon.loose_json import Loose
from vrm_desktop.domain.mail_account import MailBox
from vrm_desktop.domain.shop import ShopCall, Signed
from vrm_desktop.formats.mcp_tools import Tool, ToolResult
from vrm_desktop.services.ports import PageSigner


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WebPage:
    """What one address answered: nothing in it was followed or believed.

    `kind` is the media type in lower case, `charset` as the answer names it ("": it does not), `location` where it
    leads on. `etag` and `modified` are the site's words for this copy; `retry_after` seconds are its wish.
    """

    status: int
    body: bytes
    kind: str = ""
    charset: str = ""
    location: str = ""
    etag: str = ""
    modified: str = ""
    retry_after: int | None = None


class WebPages(Protocol):
    """Single pages of the open web, one visit at a time. Called by `services/visit_pages.py` and nobody else."""

    async def fetch(
        self, url: str, *, most: int, etag: str = "", modified: str = "", seconds: float | None = None
    ) -> WebPage: ...


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShopAnswer:
    """What a shop answered: `told` its data, `text` the same as it came, for the record.

    `status` is None where tools are called. `refused`: it says in its messages why it did not do it. `signed` is what
    its own signature of it is worth.
    """

    told: dict[str, Loose]
    text: str
    status: int | None = None
    refused: bool = False
    signed: Signed = Signed.NONE


class Shops(Protocol):
    """Shops that speak the Universal Commerce Protocol. Called by `services/` for what is in the ledger already.

    With a `signer`, each request is signed with the key of the page that it names; without one, nothing is.

    Codes of a `ChannelError`, beside the courier's: `shop-not-admitted`, `shop-refused`, `shop-gone`, `shop-moved`,
    `busy`, `answered-badly`.
    """

    async def call(self, call: ShopCall, signer: PageSigner | None = None) -> ShopAnswer: ...

    async def search(self, call: ShopCall, signer: PageSigner | None = None) -> tuple[ShopAnswer, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ListedTools:
    """What a desk lists; `more`: it has more than were read."""

    tools: tuple[Tool, ...]
    more: bool


class QuoteDesks(Protocol):
    """Desks that quote through tools of the Model Context Protocol; `line` keeps relationships apart.

    Codes of a `ChannelError`, beside the courier's: `mcp-not-here`, `mcp-login`, `mcp-moved`, `mcp-version`,
    `mcp-refused`, `busy`, `answered-badly`.
    """

    async def tools(self, address: str, *, line: str) -> ListedTools: ...

    async def call(self, address: str, tool: str, arguments: dict[str, Loose], *, line: str) -> ToolResult: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MailMark:
    """Up to which mail a folder was looked at: its numbers count only together with `validity`."""

    validity: int = 0
    uid: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailLook:
    """What a look into a folder brought: the wanted mails' bytes, and the mark to go on from.

    `heads`: how many mails' heads were looked at; `too_large`: wanted, but left there; `more`: there is more to look
    at next time.
    """

    mails: tuple[bytes, ...]
    mark: MailMark
    heads: int
    too_large: int
    more: bool


class Post(Protocol):
    """Mail servers that the person named: sending, and reading one folder without changing anything in it.

    Codes of a `ChannelError`, beside the courier's: `mail-refused`, `mail-login-refused`, `mail-folder-gone`.
    """

    async def send(self, box: MailBox, message: bytes, *, sender: str, to: str) -> str: ...

    async def check(self, box: MailBox) -> None: ...

    async def folders(self, box: MailBox) -> tuple[str, ...]: ...

    async def fetch(
        self, box: MailBox, folder: str, *, since: MailMark, wanted: Callable[[bytes], bool]
    ) -> MailLook: ...


class Outside(Protocol):
    """All of them, each put together when it is first asked for."""

    def web(self) -> WebPages: ...

    def post(self) -> Post: ...

    def shops(self) -> Shops: ...

    def desks(self) -> QuoteDesks: ...
