"""`vrm relationship new-key ID|--all`: go on under a new key, with one vendor or with all."""

import argparse
import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vrm_desktop.cli.argument_types import seconds
from vrm_desktop.cli.following import USUAL_WAIT
from vrm_desktop.cli.session import DONE, PARTLY, Result, Session
from vrm_desktop.domain.ids import Kid, RelationshipId
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.services import change_my_key, keep_relationship
from vrm_desktop.services.change_my_key import KeyStays, standing_of
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.own_key_words import (
    new_key_known,
    new_key_on_its_way,
    new_key_refused,
    what_stays_readable,
    why_key_stays,
    why_new_key,
)

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - the library names it nowhere else


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _Outcome:
    """What became of one key; `code` is stable."""

    file: RelationshipFile
    code: str
    words: str

    @property
    def shape(self) -> dict[str, object]:
        owner = self.file.relationship
        return {
            "relationship": owner.id,
            "vendor": owner.vendor,
            "vendor_name": self.file.vendor.name,
            "key": owner.conversation.own_kid,
            "outcome": self.code,
        }

    @property
    def line(self) -> str:
        return f"{self.file.relationship.id}  {self.file.vendor.name}: {self.words}"


def add_to(verbs: "Verbs") -> None:
    """The verb."""
    new = verbs.add_parser("new-key", help=_("go on under a new key"), description=why_new_key())
    which = new.add_mutually_exclusive_group(required=True)
    which.add_argument("id", nargs="?", metavar="ID")
    which.add_argument("--all", action="store_true", help=_("with every vendor, each under a key of its own"))
    new.add_argument("--wait", type=seconds, default=USUAL_WAIT, metavar="SECONDS", help=_("wait until they know it"))
    new.set_defaults(work=new_key)


async def new_key(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Have one relationship, or all, go on under a new key, and wait a little until the vendors know it."""
    before = {file.relationship.id: file for file in await keep_relationship.relationships(home.means)}
    stays: list[_Outcome] = []
    if arguments.all:
        asked = await change_my_key.change_all(home.means)
        moving = asked.on_their_way
        stays = [
            _Outcome(file=before[key], code=why.value, words=why_key_stays(why)) for key, why in asked.stays.items()
        ]
    else:
        moving = (RelationshipId(arguments.id),)
        try:
            await change_my_key.change(home.means, moving[0])
        except KeyStays as error:
            session.tell(why_key_stays(error.why))
            raise
    files = await _followed(home, moving, arguments.wait)
    outcomes = [_became(file, before[file.relationship.id].relationship.conversation.own_kid) for file in files]
    if outcomes:
        session.tell(what_stays_readable())
    outcomes += stays
    lines = tuple(one.line for one in outcomes) or (_("There is no relationship whose key could be changed."),)
    known = all(one.code == "known" for one in outcomes)
    return Result(shape={"keys": [one.shape for one in outcomes]}, lines=lines, status=DONE if known else PARTLY)


def _became(file: RelationshipFile, old: Kid) -> _Outcome:
    if standing_of(file).on_its_way:
        return _Outcome(file=file, code="on-its-way", words=new_key_on_its_way())
    unchanged = file.relationship.conversation.own_kid == old
    if unchanged or file.relationship.state is RelationshipState.BROKEN:
        return _Outcome(file=file, code="refused", words=new_key_refused())
    return _Outcome(file=file, code="known", words=new_key_known())


async def _followed(home: OpenHome, keys: tuple[RelationshipId, ...], seconds: float) -> list[RelationshipFile]:
    """The files once no new key of theirs waits to leave any more, or as they are after `seconds`."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    if seconds > 0:
        home.exchange.tend(keys)
    while True:
        files = [await keep_relationship.relationship(home.means, key) for key in keys]
        left = end - loop.time()
        if left <= 0 or not any(standing_of(file).on_its_way for file in files):
            return files
        await home.exchange.next_changes(left)
