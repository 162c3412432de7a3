"""The words for what can go wrong when everything is taken along, brought back or wiped. Part of wording/errors."""

from vrm_desktop.wording.catalogue import _


def archive_words() -> dict[str, tuple[str, str]]:
    """Code to what happened and what to do."""
    nothing = _("Nothing was taken from it, and nothing of yours was changed.")
    return {
        "archive-damaged": (_("That file is no archive of your things, or it was changed."), nothing),
        "archive-too-new": (
            _("That archive was made by a newer version of this program."),
            _("Update VRM Desktop, and bring it in then."),
        ),
        "archive-too-large": (
            _("That is more than one archive can hold."),
            _("Nothing was written; a backup has no such limit."),
        ),
        "wrong-archive-passphrase": (
            _("That passphrase does not open the archive."),
            _("It is the one that was chosen for the archive, which need not be your vault's."),
        ),
        "no-archive-passphrase": (
            _("The archive is encrypted, and its passphrase is needed."),
            _("Name a file with --archive-passphrase-file, or run this in a terminal to be asked."),
        ),
        "encrypted-file-damaged": (_("That encrypted file is not as it was written."), nothing),
        "encryption-not-known": (
            _("That file is encrypted in a way that this program does not open."),
            _("Decrypt it with the program `age`, and bring in what comes out."),
        ),
        "export-failed": (
            _("The archive could not be read back as it should, so it was thrown away."),
            _("Check the disk, and try again."),
        ),
        "name-taken": (_("There is a file of that name already."), _("It was left as it is; choose another name.")),
        "name-reserved": (
            _("That name belongs to your vault's own files."),
            _("What is called so there is cleared away, so choose another name or folder."),
        ),
        "folder-missing": (_("There is no such folder."), _("Make it first, or choose another one.")),
        "import-refused": (_("What is in that archive does not fit together."), nothing),
        "not-confirmed": (_("Nothing was done."), _("Say it with the option that the help names, or type the word.")),
        "restored-not-sent": (
            _("This question was waiting to leave when the copy was made."),
            _("Nobody knows whether it left since; ask again if you still want it."),
        ),
        "said-otherwise": (
            _("It waited here when the copy was made, and you have said otherwise since."),
            _("What you said later stands; say it again if you still want it."),
        ),
        "history-differs": (
            _("What the vendor has on record is not what you have."),
            _("Nothing is sent to it until this is cleared up; perhaps your vault is in use in two places."),
        ),
    }
