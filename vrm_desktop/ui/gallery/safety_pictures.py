"""Pictures of the screens that keep a vault: recovering, restoring, steps of unlocking, and the safety page."""

from functools import partial

from PySide6.QtWidgets import QWidget

from vrm_desktop.services.keep_vault import BackupSchedule, Rhythm
from vrm_desktop.services.ways_in import NewRecoveryCode, Offer
from vrm_desktop.ui.gallery.picture import Picture, in_window
from vrm_desktop.ui.main_window import MainWindow
from vrm_desktop.ui.models.restore_view import BackupLine, RestoreView
from vrm_desktop.ui.models.safety_view import SafetyView
from vrm_desktop.ui.models.unlock_view import UnlockMode, UnlockProblem, UnlockView
from vrm_desktop.ui.pages.gate_frame import GateFrame
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.recover_page import RecoverPage
from vrm_desktop.ui.pages.restore_page import RestorePage
from vrm_desktop.ui.pages.safety_page import SafetyPage
from vrm_desktop.ui.pages.unlock_page import UnlockPage
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone

_PLACE = "/home/sam/.local/share/vrm-desktop/vault"
_BACKUPS = tuple(
    BackupLine(key=f"/backups/{day}", title=f"{day} Nov 2026, 09:12", detail=f"{why}, 2.4 MB")
    for day, why in ((21, "Made by itself"), (20, "Made when you asked for it"), (14, "Made before an update"))
)
_CODE = NewRecoveryCode(text="7QXK-M2ZD-9HVA-T4RB-0WCE-8JNF-3YGS-K5PT-1DMX", asked=(2, 5, 9))
_BARE = SafetyView(recovery="", keyring=Offer.NEEDS_CODE, schedule=BackupSchedule())
_FULL = SafetyView(
    recovery="Sat, 21 Nov 2026",
    keyring=Offer.ON,
    schedule=BackupSchedule(rhythm=Rhythm.WEEKLY, kept=14, folder="/media/sam/a very long name of a stick/" + "x" * 90),
    backups=_BACKUPS * 2,
    last="The last backup that opened when it was tried is from 21 Nov 2026, 09:12.",
    trouble="The second folder for backups is not there: Plug it in, or choose another one.",
)


def safety_pictures() -> tuple[Picture, ...]:
    """All of them."""
    damaged = UnlockView(
        mode=UnlockMode.UNLOCK,
        place=_PLACE,
        problem=UnlockProblem.DAMAGED,
        can_restore=True,
        can_import=True,
        backup="It has been left as it is. The last good backup is from 21 Nov 2026, 09:12.",
    )
    newer = UnlockView(mode=UnlockMode.UNLOCK, place=_PLACE, problem=UnlockProblem.TOO_NEW, needs="header format 2")
    ways = UnlockView(mode=UnlockMode.UNLOCK, place=_PLACE, forgotten=True, keyring=True)
    step = "After several wrong passphrases the next try waits 5 seconds."
    waits = UnlockView(
        mode=UnlockMode.UNLOCK, place=_PLACE, working=True, step=step, done=3, of=8, can_stop=True, forgotten=True
    )
    first = UnlockView(mode=UnlockMode.FIRST_RUN, place=_PLACE, can_restore=True, can_import=True)
    views = {"ways": ways, "waits": waits, "offers-backup": damaged, "needs": newer, "first": first}
    return (
        *(Picture(name=f"gate-{name}", make=partial(_unlock, view=view)) for name, view in views.items()),
        Picture(name="gate-recover", make=_recover),
        Picture(name="gate-recover-slip", make=lambda look: _recover(look, slip=True)),
        Picture(name="gate-restore", make=lambda look: _restore(look, RestoreView(backups=_BACKUPS, damaged=True))),
        Picture(name="gate-restore-none", make=lambda look: _restore(look, RestoreView())),
        Picture(name="safety", make=lambda look: _safety(look, _BARE)),
        Picture(name="safety-code", make=lambda look: _safety(look, _BARE, code=True)),
        Picture(name="safety-full", make=lambda look: _safety(look, _FULL)),
    )


def _gate(look: Look, page: GateFrame) -> QWidget:
    window = MainWindow(look, {})
    window.show_gate(page)
    return window


def _unlock(look: Look, *, view: UnlockView) -> QWidget:
    page = UnlockPage(look)
    page.show_view(view)
    return _gate(look, page)


def _recover(look: Look, *, slip: bool = False) -> QWidget:
    page = RecoverPage(look)
    if slip:
        page.code.setText("7QXK M2ZD 9HVA")
        page.show_slip("That recovery code has a slip in it. Compare it with your sheet.")
    return _gate(look, page)


def _restore(look: Look, view: RestoreView) -> QWidget:
    page = RestorePage(look)
    page.show_view(view)
    if view.damaged:
        words = "It was made 2 days before the last change. Missing would be: 1 offer, 3 messages."
        page.say("This backup opens and is whole.", words, Tone.GOOD)
    return _gate(look, page)


def _safety(look: Look, view: SafetyView, *, code: bool = False) -> QWidget:
    page = SafetyPage(look)
    page.show_safety(view)
    if code:
        page.show_code(_CODE)
    return in_window(look, PageId.SAFETY, page)
