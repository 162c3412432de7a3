"""What went wrong with a shop's page, in plain words, and the next best way. One table, no decisions."""

from vrm_desktop.wording.catalogue import _


def page_words() -> dict[str, tuple[str, str]]:
    """Title and advice by code."""
    by_hand = _("Open it in your browser, save the page as HTML, and add the file.")
    return {
        "page-refused": (_("The shop does not give this page to programs."), by_hand),
        "page-wall": (_("The shop wants to see that you are a person before it shows this page."), by_hand),
        "page-gone": (
            _("There is no such page any more."),
            _("Look for the product in the shop, and add its address."),
        ),
        "page-not-html": (
            _("This address is no web page."),
            _("Use the address of the page on which the product is sold."),
        ),
        "page-elsewhere": (
            _("This address leads on to another owner's site, and nothing was asked there."),
            _("Add the address that it leads to, if you trust it."),
        ),
        "page-forbids-programs": (
            _("The shop asks programs not to come to this page by themselves."),
            _("Look at it yourself; it is not watched."),
        ),
        "watched-price-gone": (
            _("The page does not say the price of this product any more."),
            _("Look at the page, and add it again if the product is still there."),
        ),
    }
