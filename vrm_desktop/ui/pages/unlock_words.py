"""What the first screen says when the vault does not open: what happened, that nothing is lost, what to do."""

from vrm_desktop.ui.models.unlock_view import UnlockProblem
from vrm_desktop.wording.catalogue import _


def problem_title(problem: UnlockProblem) -> str:
    """What happened, in one short sentence."""
    return {
        UnlockProblem.WRONG_PASSPHRASE: _("That passphrase does not fit."),
        UnlockProblem.DAMAGED: _("Your vault file is damaged."),
        UnlockProblem.TOO_NEW: _("Your vault was made by a newer version."),
        UnlockProblem.BUSY: _("Your vault is open somewhere else."),
        UnlockProblem.DISK: _("The vault could not be written."),
    }[problem]


def problem_advice(problem: UnlockProblem) -> str:
    """What to do about it."""
    return {
        UnlockProblem.WRONG_PASSPHRASE: _("Check the language of your keyboard, and try again."),
        UnlockProblem.DAMAGED: _("It has been left as it is. A backup from before will bring your things back."),
        UnlockProblem.TOO_NEW: _("Nothing was changed. Install the newest version of this program to open it."),
        UnlockProblem.BUSY: _("Close the other window, or wait until the command that uses it has ended."),
        UnlockProblem.DISK: _("Nothing was lost. Make room on the disk, or check that you may write there."),
    }[problem]
