"""The Data Rights Protocol in a counterparty's file: shows what a request would tell, asks, looks, takes back.

Never here: a page; what is asked and told is the services'.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from vrm_desktop.domain.drp import DrpAction, DrpExercise, DrpRegime
from vrm_desktop.formats.errors import FileUnreadable
from vrm_desktop.formats.organisation_lists import LARGEST
from vrm_desktop.services import exercise_over_drp, plan_drp_request
from vrm_desktop.services.import_drp_directory import DirectoryRead, import_directory
from vrm_desktop.services.means import Means
from vrm_desktop.services.plan_drp_request import DrpAsking
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.pages.drp_card import DrpCard
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _, ngettext


class DrpController(QObject):
    """One card. `by_letter` takes the id of a counterparty that is to get a letter instead."""

    def __init__(self, desk: TopicDesk, parent: QObject, by_letter: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._desk, self._by_letter = desk, by_letter
        self._card: DrpCard | None = None

    def card(self) -> DrpCard:
        """A new card."""
        card, at_home = DrpCard(self._desk.look), self._desk.at_home
        self._card = card

        def plan(asking: DrpAsking) -> None:
            at_home.read(plan_drp_request.plan(self._means, asking), card.show_plan, owner=card)

        def ask(asking: DrpAsking) -> None:
            def asked(made: DrpExercise) -> None:
                at_home.bridge.notice(_changed(made).things)
                card.begin()
                told = _("Asked. What comes of it is shown here.")
                waits = _("Kept. It leaves as soon as the organisation can be reached.")
                at_home.say(told if made.report is not None else waits, Tone.GOOD if made.report else Tone.CAUTION)

            at_home.read(exercise_over_drp.ask(self._means, asking), asked, owner=card)

        def check(key: str) -> None:
            at_home.act(exercise_over_drp.look(self._means, key), owner=card)

        def revoke(key: str) -> None:
            at_home.act(exercise_over_drp.revoke(self._means, key), owner=card)

        card.planned.connect(plan)
        card.asked.connect(ask)
        card.looked.connect(check)
        card.revoked.connect(revoke)
        card.by_letter.connect(self._by_letter)
        return card

    def prefer(self, vendor: str, action: DrpAction, regime: DrpRegime) -> None:
        """Have this chosen in the file of that counterparty; nothing is asked."""
        if self._card is not None:
            self._card.prefer(vendor, action, regime)

    def take_in(self, file: Path) -> None:
        """Take in a directory of those who answer the protocol."""

        async def take() -> DirectoryRead:
            return await import_directory(self._means, await asyncio.to_thread(bytes_of, file, LARGEST))

        def taken(read: DirectoryRead) -> None:
            self._desk.at_home.bridge.notice(Changes.of(*(("vendor", one.vendor) for one in read.entries)).things)
            told = ngettext(
                "{count} organisation answers the Data Rights Protocol.",
                "{count} organisations answer the Data Rights Protocol.",
                len(read.entries),
            ).format(count=len(read.entries))
            left = _("{count} entries could not be used.").format(count=read.left_out)
            self._desk.at_home.say(f"{told} {left}" if read.left_out else told, Tone.GOOD)

        self._desk.at_home.read(take(), taken)

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means


def _changed(made: DrpExercise) -> Changes:
    return Changes.of(("drp-exercise", made.id), ("relationship", made.relationship), ("ledger", made.vendor))


def bytes_of(file: Path, most: int) -> bytes:
    """What a file holds, up to `most` bytes.

    Raises:
        FileUnreadable: it cannot be read, or holds more.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(most + 1)
    except OSError as error:
        raise FileUnreadable(str(error)) from error
    if len(data) > most:
        raise FileUnreadable("too large")
    return data
