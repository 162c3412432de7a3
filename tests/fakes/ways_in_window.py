"""A window over a real vault that knows several vendors, each by ways of its own; nothing leaves for anybody."""

from functools import partial

from tests.fakes.asking_window import AskingWindow
from tests.fakes.people import WANT
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.domain.ways import FoundBy, KnownWay, Way
from vrm_desktop.services import keep_counterparty, say_what_i_want
from vrm_desktop.services.ports import Transaction
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.widgets.select import Select


def knows(person: AskingWindow, name: str, *ways: Way, email: str = "", web: str = "") -> Counterparty:
    """A shop without a card: an address or two, and ways that were found."""
    means = person.home.means
    details = ContactDetails(name=name, kind=OrganisationKind.SHOP, email=email, web=web)
    vendor, _file = person.run(keep_counterparty.add(means, details))
    for way in ways:
        known = KnownWay(
            id=f"{vendor.id}-{way.value}",
            vendor=vendor.id,
            at=means.clock.now(),
            way=way,
            address=f"https://{name.lower()}.example/{way.value}",
            found=FoundBy.PERSON,
        )
        person.run(means.vault.write(partial(_keep, known)))
    return vendor


def _keep(known: KnownWay, tx: Transaction) -> None:
    tx.keep_paper(known)


def wants(person: AskingWindow) -> Intentcast:
    """A want, opened on its plan."""
    want = person.run(say_what_i_want.save_want(person.home.means, WANT))
    person.asking.show_want(want.id, PageId.PLAN)
    person.until(lambda: want.title in person.plan.title)
    return want


def choose(select: Select, key: str) -> None:
    """Choose as a person does."""
    select.choose(key)
    select.activated.emit(select.currentIndex())
