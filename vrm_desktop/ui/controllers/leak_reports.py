"""What the card about leaks asks for: a leak noted, contact cut off on account of one. No rule of its own."""

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.leak import Leak
from vrm_desktop.services import choose_vendors, cut_off
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.pages.leak_card import LeakCard
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.leak_words import leak_lines


def leak_card(desk: TopicDesk) -> LeakCard:
    """The card, connected."""
    at_home, card = desk.at_home, LeakCard(desk.look)

    def report(address: str, what: str) -> None:
        def noted(found: tuple[Leak, str]) -> None:
            leak, name = found
            card.begin()
            at_home.bridge.notice(Changes.of(("relationship", leak.relationship or ""), ("vendor", leak.vendor)).things)
            at_home.say(" ".join(leak_lines(leak, name)), Tone.CAUTION)

        def failed(error: Exception) -> None:
            words = _why(error)
            if words:
                card.show_error(words)
            else:
                at_home.say_why(error)

        at_home.read(_report(at_home.home.means, address, what), noted, failed, owner=card)

    def let_go(vendor: str, leak: str) -> None:
        told = _("Contact is cut off. Nothing is answered by itself any more.")
        work = _let_go(at_home.home.means, VendorId(vendor), leak)
        at_home.act(work, lambda: at_home.say(told, Tone.GOOD), owner=card)

    card.reported.connect(report)
    card.cut_off.connect(let_go)
    return card


async def _report(means: Means, address: str, what: str) -> tuple[Leak, str]:
    leak = await cut_off.report_leak(means, address, what=what)
    return leak, (await choose_vendors.vendor(means, leak.vendor)).name


async def _let_go(means: Means, vendor: VendorId, leak: str) -> Changes:
    return (await cut_off.cut_off(means, vendor, leak)).changes


def _why(error: Exception) -> str:
    match error:
        case NotFound():
            return _("You gave this address to nobody here, so it can be tied to nobody.")
        case NotPossibleNow():
            return _("Several have this address, so it proves nothing about one of them.")
        case InvalidValue():
            return _("An address looks like name@host.example.")
        case _:
            return ""
