"""What goes wrong with shops that are asked by their own protocol, in plain words. Nothing else may live here."""

from vrm_desktop.wording.catalogue import _


def shop_error_words() -> dict[str, tuple[str, str]]:
    """What goes wrong with shops."""
    return {
        "not-a-shop-answer": (_("The shop's answer cannot be read."), _("Nothing was taken from it.")),
        "not-a-shop-profile": (_("This shop cannot be asked."), _("It speaks in a way that is not known here.")),
        "shop-not-here": (_("There is no shop here that programs can ask."), _("Look at its pages instead.")),
        "shop-unspoken": (_("This shop cannot be asked."), _("It speaks in a way that is not known here.")),
        "shop-not-admitted": (
            _("This shop answers only those it knows."),
            _("Look at its pages instead, or write to it."),
        ),
        "shop-refused": (_("The shop does not take this."), _("Look at its pages instead.")),
        "shop-gone": (_("The shop is not there any more."), _("Look for it again.")),
        "shop-moved": (_("The shop sends elsewhere, which is not followed."), _("Look for it again.")),
        "shop-not-found": (_("No shop was found there yet."), _("Look for it first.")),
        "shop-not-known": (_("{name} is not known to answer as a shop."), _("Look for it by its domain.")),
        "shop-unprotected": (
            _("This shop wants to be asked at an address without protection, and is not asked there."),
            _("Look at its pages instead."),
        ),
        "shop-cannot": (_("This shop cannot do that."), _("Look at its pages instead.")),
        "shop-no-page": (
            _("Shops want the address of a page that says what asks them, and none is set."),
            _("Set one that many people share, or your own."),
        ),
        "shop-no-key": (
            _("There is no key yet that could sign this."),
            _("Make one first, and put your page with it in its place."),
        ),
        "shop-key-changed": (
            _("This was to be signed with a key that signs no longer, and did not leave."),
            _("Look at it again, and ask anew."),
        ),
        "shop-no-currency": (
            _("This shop wants to know a currency, and none is known for your country."),
            _("Set the most that you would pay: of it, only the currency is told."),
        ),
    }
