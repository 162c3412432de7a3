"""`vrm settings show|set`: the settings that live in the vault, the same that the window shows."""

import argparse
from dataclasses import replace

from vrm_desktop.cli import backup_settings
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.services import keep_settings
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_settings import Settings
from vrm_desktop.services.keep_vault import BackupSchedule
from vrm_desktop.wording.catalogue import _

NAMES = ("outbox-pause", "lock-after", "lock-away", "proxy")


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("show", help=_("all settings")).set_defaults(work=show)
    put = verbs.add_parser("set", help=_("change one setting"))
    put.add_argument("name", choices=(*NAMES, *backup_settings.NAMES), metavar="NAME")
    put.add_argument("value", metavar="VALUE")
    put.set_defaults(work=set_one)


async def _result(home: OpenHome) -> Result:
    return _told(await keep_settings.settings(home.means), await home.keeping.schedule())


def _told(settings: Settings, schedule: BackupSchedule) -> Result:
    values = (str(settings.outbox_pause), str(settings.lock_after), "1" if settings.lock_away else "0", settings.proxy)
    pairs = (
        *zip(NAMES, values, strict=True),
        *zip(backup_settings.NAMES, backup_settings.shown(schedule), strict=True),
    )
    shape = {"settings": [{"id": name, "value": value} for name, value in pairs]}
    return Result(
        shape=shape,
        lines=(
            _("outbox-pause  {seconds} seconds to undo before something leaves").format(seconds=settings.outbox_pause),
            _("lock-after    {minutes} idle minutes until it locks (0: never)").format(minutes=settings.lock_after),
            _("lock-away     {one} (1: lock when the computer sleeps or its screen is locked)").format(
                one=1 if settings.lock_away else 0
            ),
            _("proxy         {proxy}").format(proxy=settings.proxy or _("none")),
            *backup_settings.lines(schedule),
        ),
    )


async def show(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All settings."""
    return await _result(home)


async def set_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Change one setting; an empty proxy or folder is none."""
    name, value = arguments.name, arguments.value.strip()
    if name in backup_settings.NAMES:
        schedule = await home.keeping.schedule()
        await home.keeping.set_schedule(backup_settings.changed(schedule, name, value))
    else:
        now = await keep_settings.settings(home.means)
        await keep_settings.save_settings(home.means, _changed(now, name, value))
    return await _result(home)


def _changed(now: Settings, name: str, value: str) -> Settings:
    if name == "proxy":
        return replace(now, proxy=value)
    if not (value.isascii() and value.isdigit() and len(value) <= 5):
        raise InvalidValue("a whole number is expected")
    number = int(value)
    if name == "lock-away":
        if number > 1:
            raise InvalidValue("lock-away is 1 or 0")
        return replace(now, lock_away=bool(number))
    return replace(now, outbox_pause=number) if name == "outbox-pause" else replace(now, lock_after=number)
