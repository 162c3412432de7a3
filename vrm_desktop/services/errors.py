"""What services refuse, with stable codes. People's words for each code live in wording."""

from typing import ClassVar


class ServiceError(Exception):
    """Something the person asked for cannot be done; nothing was changed."""

    code: ClassVar[str] = "service"


class NotFound(ServiceError):
    """There is no such thing under this id."""

    code = "not-found"


class NotPossibleNow(ServiceError):
    """The thing exists, but its state does not allow this."""

    code = "not-possible-now"


class AlreadyAsked(NotPossibleNow):
    """The want was cast already: whom it asks does not change any more."""

    code = "already-asked"


class NoWebAddress(NotPossibleNow):
    """What was given as an address on the web is none."""

    code = "no-web-address"


class NobodyToAsk(ServiceError):
    """No known vendor fits the want."""

    code = "nobody-to-ask"


class Interrupted(ServiceError):
    """The program was stopped while something was leaving; nobody knows whether it arrived."""

    code = "interrupted"


class NoAgreement(ServiceError):
    """The agreement that this needs has not been signed by both sides."""

    code = "no-agreement"


class OfferGone(ServiceError):
    """The offer cannot be accepted any more."""

    code = "offer-gone"


class PaymentChanged(ServiceError):
    """A confirmed order is confirmed again with other payment details. Only the first, signed ones stand."""

    code = "payment-changed"


class PaymentBlocked(ServiceError):
    """Something about the payment differs from the signed order, and the person has not decided yet."""

    code = "payment-blocked"


class OverLimit(ServiceError):
    """Limits are in force and none allows it. The message names each and why."""

    code = "over-limit"


class MailOfferIncomplete(ServiceError):
    """A mail is to count as an offer, and its total or its last day is not known. The message names what lacks."""

    code = "mail-offer-incomplete"


class MailWarningsOpen(ServiceError):
    """A mail is to count as an offer, and a warning about it was not confirmed. The message names them."""

    code = "mail-warnings-open"


class LetterUnfinished(ServiceError):
    """Something in the letter still has to be filled in."""

    code = "letter-unfinished"


class DayNotPossible(ServiceError):
    """The day is still to come, or before what it follows."""

    code = "day-not-possible"


class AddressNotGiven(NotFound):
    """The person gave this address to nobody."""

    code = "address-not-given"


class AddressShared(NotPossibleNow):
    """Several were given this address, so that it proves nothing about one of them."""

    code = "address-shared"


class StillInTime(ServiceError):
    """Their time to answer is not over, so that a letter about its end would not be true."""

    code = "still-in-time"


class NoLetterTemplate(ServiceError):
    """No template for such a letter in any language that can be used."""

    code = "no-letter-template"


class NotOverDrp(ServiceError):
    """This cannot be asked of this organisation over the Data Rights Protocol."""

    code = "not-over-drp"


class OrganisationSilent(ServiceError):
    """The organisation has not taken a request for so long that it goes on by letter."""

    code = "drp-silent"


class NothingToTell(ServiceError):
    """The organisation asks who the person is, and nothing of that is in the profile."""

    code = "drp-nothing-to-tell"


class NoWindow(ServiceError):
    """No window is open on this home, so there is none to lock."""

    code = "no-window"


class HistoryDiffers(ServiceError):
    """What the vendor has on record and what is here are not one chain; nothing may be said to it."""

    code = "history-differs"


class NeverLeft(ServiceError):
    """A question waited to leave when a copy of the vault was made; the copy does not ask it."""

    code = "restored-not-sent"


class SaidOtherwise(ServiceError):
    """It waited to leave when a copy of the vault was made, and the person has said otherwise since."""

    code = "said-otherwise"


class KeyElsewhere(NotPossibleNow):
    """The conversation goes on under a key that is not here: it was changed after this copy of the vault was made."""

    code = "key-elsewhere"


class PageElsewhere(ServiceError):
    """A page leads on to another owner's site, where nothing was asked. `link` is where, cleaned."""

    code = "page-elsewhere"

    def __init__(self, link: str) -> None:
        super().__init__(link)
        self.link = link


class PageForbidsPrograms(ServiceError):
    """A site's `robots.txt` does not let programs that come by themselves ask for a page."""

    code = "page-forbids-programs"


class WatchedPriceGone(ServiceError):
    """A page that is watched does not say the price of the same product any more."""

    code = "watched-price-gone"


class OtherwiseKnown(NotFound):
    """The counterparty is known, but not by this way; `about` is its name."""

    def __init__(self, about: str) -> None:
        super().__init__(about)
        self.about = about


class NotKnownAsShop(OtherwiseKnown):
    """The counterparty is not known to answer as a shop."""

    code = "shop-not-known"


class NotKnownAsDesk(OtherwiseKnown):
    """The counterparty is not known to have a quote desk."""

    code = "desk-not-known"


class ShopNotFound(NotPossibleNow):
    """No shop was looked for at this counterparty's site, or none was found."""

    code = "shop-not-found"


class ShopCannot(NotPossibleNow):
    """The shop does not list this ability, or its edition of the protocol does not know it."""

    code = "shop-cannot"


class NoShopPage(NotPossibleNow):
    """No page about whoever asks is set that could be named to shops."""

    code = "shop-no-page"


class NoPageKey(NotPossibleNow):
    """There is no key of the person's own page that could sign."""

    code = "shop-no-key"


class ShopNeedsCurrency(NotPossibleNow):
    """This edition names a currency, and none is known for the want's country."""

    code = "shop-no-currency"


class VaultTrouble(ServiceError):
    """The vault refused: wrong passphrase, damaged, in use, disk full. `code` is the vault's own, e.g. `vault-busy`.

    `needs` says what a program must know to open a vault that is too new, e.g. `header format 2`.
    """

    def __init__(self, code: str, detail: str = "", *, needs: str = "") -> None:
        super().__init__(detail or code)
        self.code = code  # type: ignore[misc]  # this one error speaks for a whole tree
        self.needs = needs


class QuoteIncomplete(NotPossibleNow):
    """A quote desk cannot be asked yet: its form wants more, or differs. The message is a path and why.

    `path`: the argument that is missing, "" where it is something else.
    """

    code = "quote-incomplete"

    def __init__(self, detail: str, *, path: str = "") -> None:
        super().__init__(detail)
        self.path = path


class QuoteWithoutTool(QuoteIncomplete):
    """It has not been said which of a quote desk's tools is asked."""

    code = "quote-without-tool"
