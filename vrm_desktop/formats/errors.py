"""What a file can be refused for, with stable codes. People's words for each code live in wording."""

from typing import ClassVar


class FormatError(Exception):
    """A file or text is not what it should be."""

    code: ClassVar[str] = "format"


class FileUnreadable(FormatError):
    """The file is not there, too large, or cannot be read."""

    code = "file-unreadable"


class NotAVCard(FormatError):
    """Not a vCard of version 3 or 4."""

    code = "not-a-vcard"


class NotAWantFile(FormatError):
    """Not a JSON object with the members of a want."""

    code = "not-a-want-file"


class NotAnAmount(FormatError):
    """Not an amount with a currency."""

    code = "not-an-amount"


class NoPaymentForm(FormatError):
    """The payment cannot be written in this form (an EPC QR is for euro transfers only)."""

    code = "no-payment-form"
