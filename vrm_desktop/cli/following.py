"""Following one relationship until what was just said has left and been answered, or the time is over."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from vrm_desktop.cli.session import DONE, PARTLY, Session
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.relationship import Note
from vrm_desktop.services import keep_relationship
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import note_label

USUAL_WAIT = 8.0
UNSAID = "not-sent-"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Followed:
    """What became of something said: the file after it, and the difficulties that came up on the way."""

    file: RelationshipFile
    difficulties: tuple[Note, ...]
    enough: bool

    @property
    def status(self) -> int:
        """Done, or in part when something did not get through or was not answered."""
        return DONE if self.enough and not self.unsaid else PARTLY

    @property
    def unsaid(self) -> bool:
        """Whether something will not be said at all."""
        return any(note.kind.startswith(UNSAID) for note in self.difficulties)

    def tell(self, session: Session) -> None:
        """Say, on standard error, what did not get through, and what becomes of it."""
        for note in self.difficulties:
            session.tell(f"{self.file.vendor.name}: {note_label(note)}")
        if self.enough or self.unsaid:
            return
        if self.file.waiting:
            session.tell(_("It is kept and leaves with the next `vrm sync`."))
        else:
            session.tell(_("There is no answer yet; `vrm sync` fetches it."))


async def say(
    home: OpenHome,
    key: RelationshipId,
    saying: Callable[[], Awaitable[object]],
    enough: Callable[[RelationshipFile], bool],
    seconds: float = USUAL_WAIT,
) -> Followed:
    """Put something into the outbox by `saying`, and follow it until `enough` holds of the file, or `seconds` are over.

    Something that failed for good ends the waiting too.
    """
    told = len((await keep_relationship.relationship(home.means, key)).notes)
    await saying()

    def over(file: RelationshipFile) -> bool:
        return enough(file) or any(note.kind.startswith(UNSAID) for note in file.notes[told:])

    file = await follow(home, key, over, seconds)
    difficulties = tuple(note for note in file.notes[told:] if note.kind == "trouble" or note.kind.startswith(UNSAID))
    return Followed(file=file, difficulties=difficulties, enough=enough(file))


async def follow(
    home: OpenHome, key: RelationshipId, enough: Callable[[RelationshipFile], bool], seconds: float = USUAL_WAIT
) -> RelationshipFile:
    """The relationship's file once `enough` holds, or as it is after `seconds`."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    home.exchange.tend((key,))
    while True:
        file = await keep_relationship.relationship(home.means, key)
        left = end - loop.time()
        if enough(file) or left <= 0:
            return file
        await home.exchange.next_changes(left)


def has_left(file: RelationshipFile) -> bool:
    """Nothing waits to leave any more."""
    return not file.waiting
