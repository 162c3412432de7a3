"""What an export holds and what a wipe can promise, in plain words; window and command line say the same."""

from typing import Final

from vrm_desktop.wording.catalogue import _

WIPE: Final = "wipe"
"""What is typed to remove a vault, in every language."""


def what_an_export_holds() -> tuple[str, ...]:
    """What is said before anything is written, one sentence each."""
    return (
        _("It holds everything you keep here: profile, wants, offers, orders, messages, and who knows what."),
        _("It also holds the secret keys of your relationships. Without them they would end; with them, anybody "
          "can speak in your name."),
        _("It does not hold your passphrase or your recovery code."),
    )  # fmt: skip


def unencrypted_warning() -> str:
    """What it means that nothing protects the file."""
    return _("Nothing protects this file: whoever gets it, can read it. Encrypt it unless you need it in the open.")


def encrypted_hint() -> str:
    """How an encrypted archive is opened."""
    return _("It opens only with the passphrase you choose for it, here or with the program `age`. "
             "If you lose that passphrase, nobody can help.")  # fmt: skip


def what_a_wipe_does() -> tuple[str, ...]:
    """What a wipe can and cannot promise, one sentence each."""
    return (
        _("This removes your vault from this computer, its keys first. What is left of it anywhere cannot be opened "
          "without them."),
        _("This cannot promise that no old bytes survive: disks move data about, and file systems keep snapshots."),
        _("Copies elsewhere stay: backups you carried off, exports, a synchronised folder. Those still open with the "
          "passphrase of their day."),
        _("Vendors keep what you told them. To have them erase it, end the relationships first."),
    )  # fmt: skip
