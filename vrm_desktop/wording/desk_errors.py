"""What went wrong with a quote desk, in plain words, and the next best way. One table, no decisions."""

from vrm_desktop.wording.catalogue import _


def desk_words() -> dict[str, tuple[str, str]]:
    """Title and advice by code."""
    mail = _("Ask it by e-mail, or look on its site for another address.")
    return {
        "mcp-not-here": (_("There is no quote desk at this address."), _("Check the address on the vendor's site.")),
        "desk-not-known": (_("{name} is not known to have a quote desk."), _("Add its address first.")),
        "mcp-login": (_("The quote desk only answers those who have an account there."), mail),
        "mcp-moved": (
            _("The quote desk sends you to another address, and nothing was asked there."),
            _("Add the new address yourself, if you trust it."),
        ),
        "mcp-version": (_("The quote desk speaks in a way that this program does not know."), mail),
        "mcp-refused": (_("The quote desk does not take this request."), _("Look at its form, and put in what fits.")),
        "quote-incomplete": (
            _("The quote desk wants to know more before it can be asked."),
            _("Fill in what its form demands."),
        ),
        "quote-without-tool": (
            _("It has not been said yet which of the quote desk's tools shall be asked."),
            _("Choose one of them."),
        ),
        "quote-unclear": (
            _("The quote desk answered, and no clear price stands in it."),
            _("Read its answer, and ask it back by another way."),
        ),
        "not-a-desk-profile": (
            _("This file does not describe a quote desk in a way that can be used."),
            _("Nothing was taken from it; compare it with one that comes with the program."),
        ),
        "not-a-tool-form": (
            _("What you put in does not fit the form of this desk."),
            _("Look at the form, and try again."),
        ),
    }
