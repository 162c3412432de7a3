"""What this project never writes, or writes in one place only, as rules over syntax trees.

Each rule brings lines that it must catch and lines that it must spare; the test of the rules uses both.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from tests.architecture.source_tree import SourceFile

Find = Callable[[ast.Module], Iterator[int]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`find` yields the lines that offend; files whose place starts with one of `allowed` may."""

    why: str
    find: Find
    caught: tuple[str, ...]
    spared: tuple[str, ...]
    allowed: tuple[str, ...] = ()

    def offences(self, file: SourceFile) -> list[str]:
        """`place:line` of each."""
        if file.place.startswith(self.allowed):
            return []
        return [f"{file.place}:{line}" for line in self.find(file.tree)]


@cache
def _nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """All nodes, listed once for all rules."""
    return tuple(ast.walk(tree))


@cache
def _imported(tree: ast.Module) -> dict[str, str]:
    """What each imported local name stands for: `from time import time as t` gives `t` -> `time.time`."""
    names: dict[str, str] = {}
    for node in _nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _full_name(node: ast.expr, imported: dict[str, str]) -> str | None:
    match node:
        case ast.Name(id=name):
            return imported.get(name)
        case ast.Attribute(value=value, attr=attribute):
            owner = _full_name(value, imported)
            return f"{owner}.{attribute}" if owner else None
        case _:
            return None


def _names(pattern: str) -> Find:
    """Any mention, called or handed on, of an imported thing whose full name matches."""
    wanted = re.compile(pattern)

    def find(tree: ast.Module) -> Iterator[int]:
        imported = _imported(tree)
        for node in _nodes(tree):
            if isinstance(node, ast.Name | ast.Attribute) and wanted.fullmatch(_full_name(node, imported) or ""):
                yield node.lineno

    return find


def _methods(*methods: str) -> Find:
    def find(tree: ast.Module) -> Iterator[int]:
        for node in _nodes(tree):
            if isinstance(node, ast.Attribute) and node.attr in methods:
                yield node.lineno

    return find


def _settings(**forbidden: bool) -> Find:
    """A keyword, or an attribute assigned, with the forbidden value."""

    def offends(name: str | None, value: ast.expr) -> bool:
        return name in forbidden and isinstance(value, ast.Constant) and value.value is forbidden[name]

    def find(tree: ast.Module) -> Iterator[int]:
        for node in _nodes(tree):
            match node:
                case ast.keyword(arg=name, value=value) if offends(name, value):
                    yield value.lineno
                case ast.Assign(targets=[ast.Attribute(attr=name)], value=value) if offends(name, value):
                    yield value.lineno
                case _:
                    pass

    return find


def _texts(pattern: str) -> Find:
    """String literals that contain `pattern`, whatever the case; docstrings may speak of anything."""
    wanted = re.compile(pattern, re.IGNORECASE)

    def find(tree: ast.Module) -> Iterator[int]:
        prose = {id(node.value) for node in _nodes(tree) if isinstance(node, ast.Expr)}
        literals = [node for node in _nodes(tree) if isinstance(node, ast.Constant) and id(node) not in prose]
        for node in literals:
            if isinstance(node.value, str) and wanted.search(node.value):
                yield node.lineno

    return find


# Where programs are put together: the person's, and the vendor's, which is a program of its own.
ROOTS = ("vrm_desktop/wiring.py", "vrm_desktop/vendor/command.py")

RULES: dict[str, Rule] = {
    "PRAGMA rekey": Rule(
        why="it can destroy the file when the disk fails; the way is a new file and a rename",
        find=_texts(r"\bpragma\s+rekey\b"),
        caught=("db.execute('pragma  rekey = 1')", "STATEMENT = f'PRAGMA rekey = {key}'"),
        spared=("'''Never PRAGMA rekey.'''", "db.execute('PRAGMA key = 1')"),
    ),
    "rich text": Rule(
        why="a vendor's text is shown as text; rich text draws pictures and follows files",
        find=_methods("setHtml", "insertHtml", "appendHtml", "setMarkdown", "setOpenExternalLinks"),
        caught=("view.setHtml(text)", "self.page.view.insertHtml(text)", "document.setMarkdown(text)"),
        spared=("view.setPlainText(text)",),
    ),
    "JSON read loosely": Rule(
        why="canon reads JSON strictly, within limits; nobody else reads any",
        find=_names(r"json\.(loads?|JSONDecoder)|msgspec\.json\.(decode|Decoder)"),
        caught=(
            "import json\njson.loads(data)",
            "from json import loads as read\nread(data)",
            "import msgspec\nmsgspec.json.decode(data)",
        ),
        spared=("import json\njson.dumps(data)", "from vrm_desktop.canon import strict_json\nstrict_json.decode(data)"),
        allowed=("vrm_desktop/canon/",),
    ),
    "trust switched off or borrowed": Rule(
        why="a redirect, an unchecked certificate or a proxy from the environment leads where the person did not say",
        find=_settings(follow_redirects=True, verify=False, trust_env=True, check_hostname=False),
        caught=(
            "Client(follow_redirects=True)",
            "get(url, verify=False)",
            "Client(trust_env=True)",
            "c.check_hostname = False",
        ),
        spared=("Client(follow_redirects=False, trust_env=False)", "verify = False"),
    ),
    "certificates unchecked": Rule(
        why="TLS without a checked certificate keeps nothing",
        find=_names(r"ssl\.(CERT_NONE|CERT_OPTIONAL|_create_unverified_context|_create_default_https_context)"),
        caught=("import ssl\ncontext.verify_mode = ssl.CERT_NONE", "from ssl import CERT_NONE\nmode = CERT_NONE"),
        spared=("import ssl\nssl.create_default_context()",),
    ),
    "the wall clock": Rule(
        why="time is an argument; the clock is read where things are wired, and nowhere else",
        find=_names(
            r"time\.(time|time_ns|localtime|gmtime|ctime)"
            r"|datetime\.datetime\.(now|utcnow|today)|datetime\.date\.today"
        ),
        caught=(
            "import time\ntime.time()",
            "from time import time as instant\nopen_vault(clock=instant)",
            "from datetime import datetime\ndatetime.now(UTC)",
            "import datetime as d\nd.date.today()",
        ),
        spared=(
            "import time\ntime.monotonic()",
            "clock.now()",
            "from datetime import datetime\ndatetime.fromisoformat(text)",
        ),
        allowed=ROOTS,
    ),
    "randomness": Rule(
        why="randomness is an argument; it is drawn where things are wired, and nowhere else",
        find=_names(
            r"random\.\w+|secrets\.\w+|os\.(urandom|getrandom)|uuid\.uuid[14]|nacl\.utils\.random"
            r"|nacl\.signing\.SigningKey\.generate|cryptography(\.\w+)*\.(generate|generate_key|generate_private_key)"
        ),
        caught=(
            "import random\nrandom.shuffle(vendors)",
            "from secrets import token_bytes\nopen_vault(random=token_bytes)",
            "import os\nos.urandom(16)",
            "from nacl.signing import SigningKey\nSigningKey.generate()",
        ),
        spared=("random.token(16)", "from nacl.signing import SigningKey\nSigningKey(seed)"),
        allowed=ROOTS,
    ),
    "sockets": Rule(
        why="every outgoing socket is courier's, with its limits; the desk only listens",
        find=_names(
            r"(urllib\.request|http\.client|smtplib|imaplib|poplib|ftplib|telnetlib|xmlrpc)(\.\w+)*|socket\.\w+"
        ),
        caught=(
            "import urllib.request\nurllib.request.urlopen(url)",
            "from http.client import HTTPConnection\nHTTPConnection(host)",
            "import socket\nsocket.create_connection(address)",
        ),
        spared=("from urllib.parse import urlsplit\nurlsplit(text)", "from http import HTTPStatus\nHTTPStatus.OK"),
        allowed=("vrm_desktop/courier/", "vrm_desktop/vendor/"),
    ),
}
