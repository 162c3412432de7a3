"""What a file can be refused for, with stable codes. People's words for each code live in wording."""

from typing import ClassVar


class FormatError(Exception):
    """A file or text is not what it should be."""

    code: ClassVar[str] = "format"


class FileUnreadable(FormatError):
    """The file is not there, too large, or cannot be read."""

    code = "file-unreadable"


class FileThere(FormatError):
    """There is a file of that name already; it was left as it is."""

    code = "file-exists"


class NotAVCard(FormatError):
    """Not a vCard of version 3 or 4."""

    code = "not-a-vcard"


class NotAWantFile(FormatError):
    """Not a JSON object with the members of a want."""

    code = "not-a-want-file"


class NotAVendorCard(FormatError):
    """Neither a file nor a code that recommends a vendor."""

    code = "not-a-vendor-card"


class NotAnAmount(FormatError):
    """Not an amount with a currency."""

    code = "not-an-amount"


class NotAPayto(FormatError):
    """Not a `payto:` link, or one whose account does not check."""

    code = "not-a-payto"


class NotAnEpcCode(FormatError):
    """Not the text of a bank QR code."""

    code = "not-an-epc-code"


class NoPaymentForm(FormatError):
    """The payment cannot be written in this form (an EPC QR is for euro transfers only)."""

    code = "no-payment-form"


class NoMailAddress(FormatError):
    """There is no address to mail to, or it is not one plain address."""

    code = "no-mail-address"


class NotATemplate(FormatError):
    """Not a template of a letter: brackets that do not fit, or too large."""

    code = "not-a-template"


class NotAReceipt(FormatError):
    """Neither a consent record nor a receipt in a form that is known, or it says too little to be kept."""

    code = "not-a-receipt"


class NotAList(FormatError):
    """Not a list of organisations or sites that can be read; nothing was taken from it."""

    code = "not-a-list"


class ArchiveDamaged(FormatError):
    """A file is no archive of ours, or not as it was written; nothing was taken from it."""

    code = "archive-damaged"


class ArchiveTooNew(FormatError):
    """A newer program wrote this archive. `needs` names what can read it, for instance `format 2`."""

    code = "archive-too-new"

    def __init__(self, needs: str) -> None:
        super().__init__(f"the archive needs a program that knows {needs}")
        self.needs = needs


class ArchiveTooLarge(FormatError):
    """More than one archive can carry; nothing was written."""

    code = "archive-too-large"


class NoPriceOnPage(FormatError):
    """The page says no clear price in a form that programs can read, or it is too large to be read."""

    code = "no-price-on-page"


class NotAShopAnswer(FormatError):
    """What a shop answered is not what the protocol says, or beyond the bounds; nothing was taken from it."""

    code = "not-a-shop-answer"


class NotAShopProfile(FormatError):
    """What a shop publishes about itself names no edition and endpoint that can be spoken to."""

    code = "not-a-shop-profile"


class NotADeskProfile(FormatError):
    """Not the profile of a quote desk: a member that is unknown, missing or of another kind."""

    code = "not-a-desk-profile"


class NotAToolForm(FormatError):
    """A tool's arguments cannot be shown as a form, or what was filled in does not fit it.

    `path`: the argument that is demanded and missing, "" where it is something else.
    """

    code = "not-a-tool-form"

    def __init__(self, detail: str, *, path: str = "") -> None:
        super().__init__(detail)
        self.path = path


class NotAQuote(FormatError):
    """What a desk answered cannot be taken for an offer; nothing was taken from it."""

    code = "quote-unclear"


class NotAMail(FormatError):
    """The file is no mail, or one too large to be read."""

    code = "not-a-mail"
