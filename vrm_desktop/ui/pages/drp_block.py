"""One request over the Data Rights Protocol as a counterparty's file shows it, with what can be done about it.

Never here: asking anew (drp_card), and what the organisation's words mean (wording/drp).
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.drp import DrpExercise, DrpStanding, DrpStatus
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.drp import action_label, standing_lines, status_label

_LONGEST = 4000


class DrpBlock(QWidget):
    """`revoked` comes on the second click: what was taken back cannot be asked on."""

    looked = Signal()
    revoked = Signal()
    by_letter = Signal()

    def __init__(self, look: Look, one: DrpExercise) -> None:
        super().__init__()
        body = column(look, self, gap=0.75)
        head = row(look, gap=1)
        head.addWidget(PlainLabel(_heading(one), kind=LabelKind.STRONG, wrap=True), 1)
        head.addWidget(Pill(_state(one), _tone(one)))
        body.addLayout(head)
        theirs = one.report.details if one.report is not None else ""
        for line in standing_lines(one):
            words = line if line == theirs else sentence_case(line)
            body.addWidget(PlainLabel(words, wrap=True, selectable=True, cap=_LONGEST))
        self.check = Button(look, _("Ask how it stands"), icon=Icon.REFRESH_CW)
        self.revoke = Button(look, _("Take it back"), role=ButtonRole.QUIET)
        self.letter = Button(look, _("Go on by letter"), icon=Icon.MAIL)
        buttons = Flow(look)
        for button, offered in (
            (self.letter, one.by_letter),
            (self.check, one.open),
            (self.revoke, not one.revoking and (one.open or one.standing is DrpStanding.LOST)),
        ):
            button.setVisible(offered)
            buttons.addWidget(button)
        body.addLayout(buttons)
        self._sure = False
        self.check.clicked.connect(self.looked)
        self.revoke.clicked.connect(self._revoke)
        self.letter.clicked.connect(self.by_letter)

    def _revoke(self) -> None:
        if self._sure:
            self.revoked.emit()
            return
        self._sure = True
        self.revoke.setText(_("Yes, take it back for good"))


def _heading(one: DrpExercise) -> str:
    return _("{action}, asked on {day}").format(
        action=sentence_case(action_label(one.action)), day=values.day(one.at.date())
    )


def _state(one: DrpExercise) -> str:
    if one.by_letter:
        return _("Go on by letter")
    if one.revoking:
        return _("Taken back")
    return sentence_case(status_label(one.report.status)) if one.report is not None else _("On its way")


def _tone(one: DrpExercise) -> Tone:
    if one.by_letter or one.trouble:
        return Tone.CAUTION
    if one.report is None or one.revoking:
        return Tone.NEUTRAL
    return {
        DrpStatus.FULFILLED: Tone.GOOD,
        DrpStatus.DENIED: Tone.BAD,
        DrpStatus.EXPIRED: Tone.CAUTION,
    }.get(one.report.status, Tone.NEUTRAL)
