"""The `[[connectors]]` of `desk.toml`, checked. What each kind makes of them is decided where it is opened."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from vrm_desktop.domain.kinds import Kind
from vrm_desktop.vendor.connectors.port import ERASED
from vrm_desktop.vendor.errors import BadSettings
from vrm_desktop.vendor.toml_table import TomlTable

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
EVENTS = frozenset({*(kind.value for kind in Kind), ERASED})


class ConnectorKind(StrEnum):
    """Those of the house, and the shop's own."""

    TRYTON = "tryton"
    WEBHOOK = "webhook"
    MAIL = "mail"
    PYTHON = "python"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorSettings:
    """One connector. Empty `events` means all; `values` lets personal values go there.

    `patience` is for one event, `listens` between two times of asking. `own_network` allows a host that is not public.
    `sender`, `to` and `inbox` (where people reach the desk) are for mail.
    """

    name: str
    kind: ConnectorKind
    url: str = ""
    user: str = ""
    secret_file: str = ""
    file: str = ""
    sender: str = ""
    to: tuple[str, ...] = ()
    inbox: str = ""
    events: frozenset[str] = frozenset()
    values: bool = False
    own_network: bool = False
    patience: timedelta = timedelta(seconds=30)
    listens: timedelta = timedelta(seconds=30)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise BadSettings("connectors: name is lower-case letters, digits and -")
        needs = {
            ConnectorKind.TRYTON: ("url", "user", "secret_file"),
            ConnectorKind.WEBHOOK: ("url", "secret_file"),
            ConnectorKind.MAIL: ("url", "sender", "to"),
            ConnectorKind.PYTHON: ("file",),
        }[self.kind]
        for member in needs:
            if not getattr(self, member):
                raise BadSettings(
                    f"connectors: {self.name} ({self.kind}) needs {'from' if member == 'sender' else member}"
                )

    @property
    def hands_on(self) -> bool:
        """Whether anybody's values leave the desk here; a mail never says them."""
        return self.values and self.kind is not ConnectorKind.MAIL


def read_connectors(tables: tuple[TomlTable, ...]) -> tuple[ConnectorSettings, ...]:
    """All of them.

    Raises:
        BadSettings: one cannot be used, or two have the same name.
    """
    found = tuple(_connector(table) for table in tables)
    if len({each.name for each in found}) != len(found):
        raise BadSettings("connectors: each has a name of its own")
    return found


def _connector(table: TomlTable) -> ConnectorSettings:
    named = table.text("kind")
    if named not in set(ConnectorKind):
        raise BadSettings(f"connectors: kind is one of {', '.join(ConnectorKind)}")
    kind = ConnectorKind(named)
    usual = ("ping", "accept", "message", "end") if kind is ConnectorKind.MAIL else ()
    settings = ConnectorSettings(
        name=table.text("name"),
        kind=kind,
        url=table.text("url", most=2000),
        user=table.text("user"),
        secret_file=table.text("secret_file", most=1000),
        file=table.text("file", most=1000),
        sender=table.text("from", most=254),
        to=table.words("to"),
        inbox=table.text("inbox", most=2000).rstrip("/"),
        events=frozenset(table.words("events", usual, among=EVENTS)),
        values=table.flag("values", default=kind is ConnectorKind.TRYTON),
        own_network=table.flag("own_network", default=False),
        patience=timedelta(seconds=table.number("patience_seconds", 30, least=1, most=120)),
        listens=timedelta(seconds=table.number("listen_seconds", 30, least=1, most=3600)),
    )
    table.done()
    return settings
