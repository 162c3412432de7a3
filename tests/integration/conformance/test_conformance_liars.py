"""The control of the kit: every scripted lie fails the rule that it breaks, and whoever does not lie fails none."""

import asyncio

import msgspec
import pytest

from tests.fakes.graded import faults, graded_scenario
from vrm_desktop.conformance.ask import Wishes
from vrm_desktop.conformance.chapters import contacts, leaving, living, ordering, reading, refusing, terms, transport
from vrm_desktop.conformance.errors import BadAsk
from vrm_desktop.conformance.grading import Chapter
from vrm_desktop.conformance.misbehaving.card_lies import CARD_LIES
from vrm_desktop.conformance.misbehaving.house import House, Talk, published
from vrm_desktop.conformance.misbehaving.living_lies import wish
from vrm_desktop.conformance.misbehaving.scenario import Scenario
from vrm_desktop.conformance.misbehaving.scenarios import SCENARIOS
from vrm_desktop.conformance.misbehaving.script import honest
from vrm_desktop.conformance.misbehaving.web import Request, answer
from vrm_desktop.conformance.rules import Level, Outcome
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.messages import AnyMessage

SOON, LATE = 1.0, 10.0
WISHES = {"consent-withdrawn", "grant-answered", "wish-once"}
WAITED_FOR = {
    *("slow", "drip", "always-busy", "silent", "no-closure"),
    *("silent-case", "silent-right", "silent-grant", "silent-voice", "old-key"),
}
"""Their lie is to let wait; the others are given time, however busy this computer is."""
_BUSY = b'{"status":429,"title":"Busy","type":"urn:intentcast:error:busy"}'
ORDERS = ordering.orders
CAUGHT: dict[str, tuple[str, Chapter]] = {
    "html": ("list-form", ORDERS),
    "slow": ("answers", ORDERS),
    "drip": ("answers", ORDERS),
    "huge": ("answers", ORDERS),
    "deep": ("list-form", ORDERS),
    "redirect": ("no-redirect", ORDERS),
    "compressed": ("answers", ORDERS),
    "cut-off": ("answers", ORDERS),
    "server-error": ("no-server-error", ORDERS),
    "plain-errors": ("problem-form", ORDERS),
    "always-busy": ("answers", ORDERS),
    "takes-anything": ("refuse.fork", refusing.refuses_in_conversation),
    "open-reads": ("read-secret", reading.reads),
    "answers-twice": ("message-twice", transport.repeats),
    "forgets": ("closed-readable", leaving.withdraws),
    "other-location": ("location", ORDERS),
    "broken-location": ("location", ORDERS),
    "bad-card": ("card-signature", ORDERS),
    "expired-card": ("card-life", ORDERS),
    "eternal-card": ("card-life", ORDERS),
    "falling-serial": ("card-serial", ORDERS),
    "small-order-key": ("card-signature", ORDERS),
    "huge-card": ("card-size", ORDERS),
    "card-elsewhere": ("card-endpoint", ORDERS),
    "card-tomorrow": ("card-shape", ORDERS),
    "no-categories": ("card-lists", ORDERS),
    "wrong-signature": ("vendor-signature", ORDERS),
    "other-key": ("vendor-signature", ORDERS),
    "gap": ("vendor-chain", ORDERS),
    "fork": ("vendor-chain", ORDERS),
    "replay": ("vendor-chain", ORDERS),
    "never-seen": ("vendor-seen", ORDERS),
    "other-audience": ("vendor-audience", ORDERS),
    "other-conversation": ("vendor-audience", ORDERS),
    "future-kind": ("vendor-shape", ORDERS),
    "offers-first": ("vendor-state", ORDERS),
    "accepts-other-text": ("terms-text", ORDERS),
    "one-signature": ("terms-text", ORDERS),
    "counter-twice": ("vendor-state", ORDERS),
    "other-currency": ("offer-currency", ORDERS),
    "bad-sum": ("vendor-shape", ORDERS),
    "too-many-offers": ("five-offers", ORDERS),
    "withdrawn-binding": ("binding-stands", ORDERS),
    "offer-of-old": ("offer-validity", ORDERS),
    "iban-in-offer": ("bank-details", ORDERS),
    "marked-links": ("no-marked-links", ORDERS),
    "wrong-record": ("confirmation-record", ORDERS),
    "other-order": ("confirmation-same-order", ORDERS),
    "other-payment": ("confirmation-payment", ORDERS),
    "second-iban": ("bank-details", ORDERS),
    "closes-early": ("accept-answered", ORDERS),
    "silent": ("terms-answered", ORDERS),
    "no-closure": ("end-closed", leaving.ends_early),
    "keeps-all": ("end-erased", leaving.ends_early),
    "talks-on": ("vendor-state", leaving.ends_early),
    "other-case": ("vendor-shape", ORDERS),
    "silent-case": ("case-answered", ORDERS),
    "other-change": ("vendor-shape", ORDERS),
    "other-document": ("document-true", ORDERS),
    "no-document": ("document-true", ORDERS),
    "moved-document": ("document-true", ORDERS),
    "silent-right": ("right-answered", ORDERS),
    "report-of-strangers": ("report-true", ORDERS),
    "copy-of-strangers": ("copy-whole", ORDERS),
    "erases-others": ("erasure-receipted", ORDERS),
    "asks-twice": ("wish-once", ORDERS),
    "silent-grant": ("grant-answered", ORDERS),
    "keeps-consent": ("consent-withdrawn", ORDERS),
    "refund-other-currency": ("refund-order", ORDERS),
    "refund-other-order": ("refund-order", ORDERS),
    "silent-voice": ("voice-answered", ORDERS),
    "closed-elsewhere": ("vendor-audience", leaving.ends_early),
    "old-key": ("key-change-answered", contacts.makes_contact),
}


def test_every_scenario_has_a_rule_that_catches_it() -> None:
    assert CAUGHT.keys() == SCENARIOS.keys() - {"honest"}


@pytest.mark.parametrize("name", CAUGHT)
def test_a_lie_fails_the_rule_that_it_breaks(name: str) -> None:
    rule, chapter = CAUGHT[name]
    report = graded_scenario(name, patience=SOON if name in WAITED_FOR else LATE, chapters=(chapter,))
    assert rule in faults(report), faults(report)
    assert not report.conforms
    assert report.seconds < 30
    if name in CARD_LIES:
        assert len(faults(report)) == 1, "nothing goes on with such a card"


def test_a_vendor_that_does_not_lie_passes_every_rule() -> None:
    report = graded_scenario("honest")
    assert faults(report) == {}
    assert report.conforms
    left = {grade.rule.id for grade in report.grades if grade.outcome.value == "not applicable"}
    assert left == {"busy-retry-after", "receipt-order", "refund-order", *WISHES}


def test_a_vendor_that_asks_once_and_signs_for_what_it_erases_passes_what_is_about_consent() -> None:
    def asking(talk: Talk, message: AnyMessage) -> None:
        honest(talk, message)
        if isinstance(message, messages.Paid):
            wish(talk, message)

    report = graded_scenario(Scenario(lie="asks once", script=asking), chapters=(ORDERS,))
    assert faults(report) == {}
    assert {grade.rule.id for grade in report.grades if grade.outcome is Outcome.PASSED} >= WISHES


def test_a_vendor_whose_card_lists_no_later_kinds_is_not_asked_for_them() -> None:
    def small(house: House, card: messages.Card) -> bytes:
        return published(house, msgspec.structs.replace(card, kinds=()))

    report = graded_scenario(Scenario(lie="small", card=small), chapters=(ORDERS, contacts.makes_contact))
    assert faults(report) == {}
    left = {grade.rule.id for grade in report.grades if grade.outcome is Outcome.NOT_APPLICABLE}
    assert {rule.id for rule in (*living.RULES, *contacts.RULES)} <= left


def test_what_is_not_reached_has_failed() -> None:
    report = graded_scenario("honest", level=Level.CORE, chapters=(terms.negotiates,))
    assert faults(report) == {}
    assert not report.conforms


def test_a_wish_beyond_the_closed_lists_is_no_grade() -> None:
    for wishes in (
        Wishes(category="shoes.red"),
        Wishes(attributes={"colour": "red"}),
        Wishes(region="Cologne"),
        Wishes(cast_terms="MY-OWN"),
    ):
        with pytest.raises(BadAsk):
            graded_scenario("honest", wishes=wishes)


def test_what_the_vendor_does_not_serve_fails_where_it_is_asked_for() -> None:
    report = graded_scenario("honest", wishes=Wishes(category="health.appointment"), chapters=(ORDERS,))
    assert "taken" in faults(report)
    assert "not-served" in faults(report)["taken"]


def test_a_busy_desk_is_asked_again_when_it_says_so() -> None:
    begged: list[str] = []

    async def busy_twice(_house: House, request: Request, writer: asyncio.StreamWriter) -> bool:
        if request.is_post and len(begged) < 2:
            begged.append(request.target)
            writer.write(answer("429 Too Many", _BUSY, kind="application/problem+json"))
            return True
        return False

    report = graded_scenario(Scenario(lie="busy twice", answering=busy_twice), chapters=(leaving.withdraws,))
    assert faults(report) == {}
    assert begged == ["/intentcast/conversations"] * 2
    assert "busy-retry-after" in {grade.rule.id for grade in report.grades if grade.outcome is Outcome.PASSED}


def test_a_run_ends_in_time_however_slow_the_desk_is() -> None:
    report = graded_scenario("slow", longest=1)
    assert faults(report) == {}
    assert {grade.reason for grade in report.grades if grade.outcome is Outcome.FAILED} == {
        "not reached: the run was ended after 1 s"
    }
    assert report.seconds < 10
