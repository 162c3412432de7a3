"""`vrm find`: everything that is kept, by words."""

import argparse

from vrm_desktop.cli import shapes
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.found import Found
from vrm_desktop.services import find
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.found import found_kind_label, found_words

_LONGEST = 120


def add_to(noun: argparse.ArgumentParser) -> None:
    """The arguments of `vrm find`."""
    noun.add_argument("words", nargs="+", metavar="WORD", help=_("all of these, from each word's beginning"))
    noun.set_defaults(work=show)


async def show(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """What holds all the words."""
    found = await find.find(home.means, " ".join(arguments.words))
    lines = tuple(_line(one) for one in found)
    return Result(shape={"found": [_shape(one) for one in found]}, lines=lines or (_("Nothing holds all of that."),))


def _line(one: Found) -> str:
    title, text = found_words(one)
    parts = (found_kind_label(one.kind), title, " ".join(text.split())[:_LONGEST], one.vendor)
    told = dict.fromkeys(part for part in parts if part)
    return "  ".join((values.day(one.at.date()), *told))


def _shape(one: Found) -> shapes.Shape:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "name": one.name,
        "text": one.text,
        "vendor": one.vendor,
        "at": shapes.instant(one.at),
        "relationship": one.relationship,
        "intentcast": one.intentcast,
    }
