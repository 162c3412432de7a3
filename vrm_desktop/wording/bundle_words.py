"""The words about a dispute bundle: what it holds, what was found in one, and what can be wrong with it."""

from vrm_desktop.wording.catalogue import _


def what_a_bundle_holds() -> tuple[str, ...]:
    """What is said before one is made, one sentence each."""
    return (
        _("Every message of both sides goes in word for word, with its signature, and what you agreed and ordered."),
        _("What you told about yourself stays hidden in it unless you choose to show it. It proves itself either way."),
        _("Nothing is sent. You hand the file to whom you like; whoever gets it can read what is in it."),
    )


def finding_label(finding: str, where: str) -> str:
    """What is wrong with a bundle, and where (the closed list of findings; `where` is a message or a file)."""
    return {
        "manifest": _("its list of contents is not signed by the one who made it ({where})"),
        "changed": _("a message was changed ({where})"),
        "missing": _("a message is missing ({where})"),
        "reordered": _("a message was moved or stands twice ({where})"),
        "foreign": _("a message belongs to another conversation ({where})"),
        "key": _("a key is used that nothing vouches for ({where})"),
        "value": _("a value that is shown fits no message ({where})"),
        "agreement": _("an agreement was changed, or never stood in these messages ({where})"),
        "order": _("an order was changed, or never stood in these messages ({where})"),
    }[finding].format(where=where)


def bundle_error_words() -> dict[str, tuple[str, str]]:
    """Code to what happened and what to do. Part of wording/errors."""
    return {
        "bundle-damaged": (
            _("That file is no proof of ours, or it is not as it was written."),
            _("Ask whoever made it for the file again."),
        ),
        "bundle-too-new": (
            _("That proof was made by a newer version of this program."),
            _("Update VRM Desktop, and check it then."),
        ),
        "bundle-false": (_("That proof does not hold."), _("Do not rely on it; ask whoever made it.")),
        "not-a-statement": (
            _("That is no statement of a customer, or it was changed."),
            _("Ask whoever showed it to you for a new one."),
        ),
        "bundle-too-large": (
            _("That is more than one proof can carry."),
            _("Nothing was written; choose fewer attachments."),
        ),
    }
