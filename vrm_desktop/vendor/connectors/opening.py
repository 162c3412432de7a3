"""From the settings to connectors that work: files read, addresses checked. The one place that knows every kind."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import assert_never
from urllib.parse import urlsplit

from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.errors import AddressRefusedError
from vrm_desktop.courier.limits import Limits
from vrm_desktop.courier.mail import Mailer, MailServer
from vrm_desktop.courier.targets import parse_target
from vrm_desktop.vendor.connectors.mail import Mail
from vrm_desktop.vendor.connectors.port import Connector
from vrm_desktop.vendor.connectors.settings import ConnectorKind, ConnectorSettings
from vrm_desktop.vendor.connectors.signatures import WebhookSigner
from vrm_desktop.vendor.connectors.tryton import Tryton
from vrm_desktop.vendor.connectors.tryton_session import TrytonSession
from vrm_desktop.vendor.connectors.webhook import Webhook
from vrm_desktop.vendor.errors import BadSettings
from vrm_desktop.vendor.settings import DeskSettings

_MAIL_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a connector may use besides its own settings: the shop's, its folder, the way out and the time of day."""

    shop: DeskSettings
    folder: Path
    courier: Courier
    now: Callable[[], datetime]


def open_connector(
    settings: ConnectorSettings, *, shop: DeskSettings, folder: Path, now: Callable[[], datetime]
) -> Connector:
    """One connector; files are looked for in `folder`. Nothing is connected to yet.

    Raises:
        BadSettings: a file cannot be read, or an address or a secret cannot be used.
    """
    own = frozenset({urlsplit(settings.url).hostname or ""}) if settings.own_network else frozenset()
    around = Surroundings(shop=shop, folder=folder, courier=Courier(Limits(), own_hosts=own), now=now)
    match settings.kind:
        case ConnectorKind.WEBHOOK:
            _check_address(settings, own)
            return Webhook(settings.url, WebhookSigner(_secret(settings, folder)), around.courier, now=now)
        case ConnectorKind.TRYTON:
            _check_address(settings, own)
            session = TrytonSession(
                settings.url, user=settings.user, password=_secret(settings, folder), courier=around.courier
            )
            return Tryton(session, shop=shop, now=now)
        case ConnectorKind.MAIL:
            return Mail(Mailer(_mail_server(settings, folder)), settings, shop=shop.name)
        case ConnectorKind.PYTHON:
            return _own(settings, around)
        case _:
            assert_never(settings.kind)


def _check_address(settings: ConnectorSettings, own: frozenset[str]) -> None:
    try:
        target = parse_target(settings.url, own_hosts=own)
    except AddressRefusedError as error:
        raise BadSettings(f"connectors: {settings.name}: {error}; see own_network") from error
    if settings.kind is ConnectorKind.WEBHOOK and target.is_own and not settings.url.startswith("https:"):
        raise BadSettings(f"connectors: {settings.name}: a webhook goes by https")


def _secret(settings: ConnectorSettings, folder: Path) -> str:
    try:
        return (folder / settings.secret_file).read_text(encoding="utf-8").split("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"connectors: {settings.name}: {settings.secret_file} cannot be read") from error


def _mail_server(settings: ConnectorSettings, folder: Path) -> MailServer:
    parts = urlsplit(settings.url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in _MAIL_PORTS or not parts.hostname or parts.path.strip("/") or port == -1:
        raise BadSettings(f"connectors: {settings.name}: url is smtp://host or smtps://host, with a port if need be")
    return MailServer(
        host=parts.hostname,
        port=port or _MAIL_PORTS[parts.scheme],
        wrapped=parts.scheme == "smtps",
        user=settings.user,
        password=_secret(settings, folder) if settings.user else "",
    )


def _own(settings: ConnectorSettings, around: Surroundings) -> Connector:
    """The shop's own: what `connect(settings, around)` in its file returns."""
    file = around.folder / settings.file
    spec = importlib.util.spec_from_file_location(f"vrm_connector_{settings.name.replace('-', '_')}", file)
    if spec is None or spec.loader is None:
        raise BadSettings(f"connectors: {settings.name}: {settings.file} is no Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        connector: Connector = module.connect(settings, around)
    except Exception as error:
        raise BadSettings(f"connectors: {settings.name}: {settings.file}: {type(error).__name__}: {error}") from error
    return connector
