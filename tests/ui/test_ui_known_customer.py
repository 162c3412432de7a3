"""Being known as their customer: chosen on the plan, shown to one vendor alone, and taken back as easily."""

from pathlib import Path

from tests.fakes.asking_window import AskingWindow, asking_window
from tests.fakes.people import WANT
from tests.fakes.ui_probes import Probe, texts
from tests.fakes.vendor_process import serving
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.living import ContactAbout
from vrm_desktop.services import choose_vendors, collect_offers, keep_relationship, say_what_i_want, start_conversation
from vrm_desktop.services.start_conversation import Wish
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look


def kept(person: AskingWindow) -> Intentcast:
    """A want, chosen in the list."""
    want = person.run(say_what_i_want.save_want(person.home.means, WANT))
    person.bridge.notice([("intentcast", want.id)])
    person.window.show_page(PageId.WANTS)
    person.until(lambda: want.id in person.wants.table.shown_ids)
    person.wants.choose(want.id)
    return want


def test_a_vendor_may_know_its_customer_again_if_the_person_says_so(tmp_path: Path, look: Look, probe: Probe) -> None:
    with serving(tmp_path / "desk") as desk, asking_window(tmp_path / "home", look, probe) as person:
        means = person.home.means
        vendor = person.run(choose_vendors.add_vendor(means, desk.url))
        wish = Wish(vendor=vendor.id, about=ContactAbout.QUESTION, words="Does the pump fit?")
        begun = person.run(start_conversation.begin(means, person.run(start_conversation.plan(means, wish))))
        person.run(collect_offers.sync_once(means, person.home.exchange))
        assert person.run(keep_relationship.relationship(means, begun.relationship)).relationship.address
        want = kept(person)
        person.wants.details.step.click()
        person.until(person.plan.known.isVisible)
        person.plan.known.choose(begun.relationship)
        person.plan.known.chosen.emit(begun.relationship)
        person.until(lambda: any("you are its customer" in text for text in texts(person.plan)))
        assert person.run(say_what_i_want.want(means, want.id)).as_customer == begun.relationship
        person.plan.known.chosen.emit("")
        person.until(lambda: not any("you are its customer." in text for text in texts(person.plan)))
        assert person.run(say_what_i_want.want(means, want.id)).as_customer is None
