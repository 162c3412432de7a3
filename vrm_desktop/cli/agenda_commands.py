"""`vrm agenda list|add|done|export`: everything with a date."""

import argparse
import asyncio
import os
from pathlib import Path

from vrm_desktop.cli.argument_types import day
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.agenda import AgendaKind, When
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.services import agenda
from vrm_desktop.services.agenda import AgendaEntry
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording import values
from vrm_desktop.wording.agenda import agenda_kind_label, agenda_words, sentence, when_label
from vrm_desktop.wording.catalogue import _, ngettext

_PRIVATE = 0o600
_CALENDAR = b"BEGIN:VCALENDAR"


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    listed = verbs.add_parser("list", help=_("what falls due, the earliest first"))
    listed.add_argument("--all", action="store_true", help=_("what is done or past too"))
    listed.set_defaults(work=list_all)
    add = verbs.add_parser("add", help=_("keep a date of your own"))
    add.add_argument("day", type=day, metavar="DAY")
    add.add_argument("text", metavar="TEXT")
    add.add_argument("--counterparty", metavar="ID", help=_("with whom"))
    add.set_defaults(work=add_one)
    done = verbs.add_parser("done", help=_("tick a date off"))
    done.add_argument("id", metavar="ID")
    done.add_argument("--undo", action="store_true", help=_("take the tick away"))
    done.set_defaults(work=tick_one)
    export = verbs.add_parser("export", help=_("write a calendar file (.ics)"))
    export.add_argument("file", metavar="FILE")
    export.add_argument("--names", action="store_true", help=_("say with whom and about what, not only what is due"))
    export.set_defaults(work=export_all)


def shape(entry: AgendaEntry) -> dict[str, object]:
    """One date as JSON."""
    item = entry.item
    return {
        "id": _id(entry),
        "kind": item.kind.value,
        "due": item.due.isoformat(),
        "when": entry.when.value,
        "done": item.done,
        "text": agenda_words(item, want=entry.want),
        "counterparty": entry.vendor_name or None,
        "relationship": entry.file,
        "intentcast": item.intentcast,
    }


def _id(entry: AgendaEntry) -> str:
    return f"{entry.item.kind.value}:{entry.item.key}"


def _line(entry: AgendaEntry) -> str:
    words = agenda_words(entry.item, entry.vendor_name, entry.want)
    return f"{values.day(entry.item.due)}  {words}  [{_id(entry)}]"


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Everything with a date, by how near it is."""
    shown = tuple(When) if arguments.all else agenda.COMING
    found = [one for one in await agenda.agenda(home.means) if one.when in shown]
    lines: list[str] = []
    for when in shown:
        there = [one for one in found if one.when is when]
        lines += [when_label(when), *(f"    {_line(one)}" for one in there)] if there else []
    return Result(shape={"agenda": [shape(one) for one in found]}, lines=tuple(lines) or (_("Nothing falls due."),))


async def add_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Keep a date of one's own."""
    vendor = VendorId(arguments.counterparty) if arguments.counterparty else None
    item = await agenda.remind(home.means, arguments.day, arguments.text, vendor)
    return await _shown(home, item.kind, item.key)


async def tick_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Tick a date off."""
    word, _colon, key = arguments.id.partition(":")
    if word not in set(AgendaKind):
        raise NotFound(arguments.id)
    await agenda.tick(home.means, AgendaKind(word), key, done=not arguments.undo)
    return await _shown(home, AgendaKind(word), key)


async def _shown(home: OpenHome, kind: AgendaKind, key: str) -> Result:
    found = await agenda.agenda(home.means)
    entry = next(one for one in found if (one.item.kind, one.item.key) == (kind, key))
    return Result(shape={"date": shape(entry)}, lines=(_line(entry),))


async def export_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Write what is to come into a calendar file."""
    file = await asyncio.to_thread(Path(arguments.file).expanduser)

    def title(entry: AgendaEntry) -> str:
        if not arguments.names:
            return sentence(agenda_kind_label(entry.item.kind))
        return agenda_words(entry.item, entry.vendor_name, entry.want)

    data, count = await agenda.calendar(home.means, title)
    await asyncio.to_thread(_write, file, data)
    told = ngettext("{count} date is in {file}.", "{count} dates are in {file}.", count)
    return Result(
        shape={"calendar": {"file": str(file), "dates": count, "names": arguments.names}},
        lines=(told.format(count=count, file=file),),
    )


def _write(file: Path, data: bytes) -> None:
    """Write a file for this person's eyes only. An older calendar gives way, any other file does not."""
    if file.exists() and not file.read_bytes().startswith(_CALENDAR):
        raise NotPossibleNow("another file has this name")
    made = file.with_name(f".{file.name}.new")
    made.unlink(missing_ok=True)
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb") as out:
        out.write(data)
    made.replace(file)
