"""What is said about mails: how one was matched, what to know before believing it, what went wrong. No decisions."""

from vrm_desktop.domain.mail import MailDoubt, MailMatch
from vrm_desktop.domain.mail_account import MailSecurity
from vrm_desktop.wording.catalogue import _


def match_label(match: MailMatch) -> str:
    """Why a mail is taken to be an answer."""
    return {
        MailMatch.IN_REPLY_TO: _("answers a mail of yours"),
        MailMatch.REPLY_ADDRESS: _("came to the address that only they have"),
        MailMatch.BY_HAND: _("you said whose it is"),
        MailMatch.SENDER: _("came from their address, as it says"),
        MailMatch.NONE: _("nobody knows whose it is"),
    }[match]


def doubt_label(doubt: MailDoubt) -> str:
    """What the person should know before believing a mail, in one sentence."""
    return {
        MailDoubt.NO_SENDER: _("It does not say clearly who wrote it."),
        MailDoubt.SENDER_ELSEWHERE: _("It comes from another address than theirs."),
        MailDoubt.REPLY_ELSEWHERE: _("An answer to it would go somewhere else."),
        MailDoubt.AUTHENTICATION_FAILED: _("Your mail server could not confirm its sender."),
        MailDoubt.HIDDEN_TEXT: _("It holds text that is hidden from you; that text was left out."),
        MailDoubt.LINK_ELSEWHERE: _("It links to a site that is not theirs."),
        MailDoubt.CUT: _("It is too long; not all of it was read."),
    }[doubt]


def security_label(security: MailSecurity) -> str:
    """How the connection to a mail server is protected."""
    return {
        MailSecurity.TLS: _("protected (TLS)"),
        MailSecurity.STARTTLS: _("protected (STARTTLS)"),
        MailSecurity.NONE: _("not protected, on this computer"),
    }[security]


def mail_note_words() -> dict[str, str]:
    """Lines of a relationship's story."""
    return {"mail-came": _("wrote you a mail: {text}")}


def mail_error_words() -> dict[str, tuple[str, str]]:
    """Error codes of mail."""
    return {
        "mail-login-refused": (
            _("The mail server does not let you in."),
            _("Check name and password of your mail account; some providers want a password for programs."),
        ),
        "mail-folder-gone": (
            _("The mail server has no such folder."),
            _("Choose another one for the answers; nothing was changed."),
        ),
        "no-mail-account": (
            _("There is no mail account to send with."),
            _("Set one, or send the draft with your own mail program."),
        ),
        "no-mail-password": (
            _("The password of your mail account is needed."),
            _("Name a file with --password-file, or run this in a terminal to be asked."),
        ),
        "not-a-mail": (_("This is no mail, or too large."), _("Save the mail as an .eml file of up to 10 MiB.")),
    }
