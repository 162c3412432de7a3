"""Vendors that are no shops, or do not want to: what the protocol allows passes, and what was not tried says why."""

from msgspec import UNSET

from tests.fakes.graded import faults, graded_scenario
from vrm_desktop.conformance.chapters import leaving, ordering
from vrm_desktop.conformance.misbehaving.house import Talk
from vrm_desktop.conformance.misbehaving.scenario import Scenario
from vrm_desktop.conformance.misbehaving.script import honest
from vrm_desktop.conformance.rules import MISSED, Outcome
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.messages import AnyMessage


def without_prices(talk: Talk, message: AnyMessage) -> None:
    """An office: an appointment for an answer, nothing to pay."""
    match message:
        case messages.Reveal():
            line = messages.OfferLine(title="Tuesday at ten")
            talk.offer(lines=(line,), price=UNSET, payment=(), fulfilment="on-site", by="2031-01-07")
        case messages.Accept():
            talk.confirm(message, payment=messages.Payment(method="none"))
        case _:
            honest(talk, message)


def declining(talk: Talk, message: AnyMessage) -> None:
    if isinstance(message, messages.Ping):
        talk.say(messages.TermsAnswer(**talk.claims(), answer="decline", reason="terms"))
    else:
        honest(talk, message)


def closing(talk: Talk, message: AnyMessage) -> None:
    if isinstance(message, messages.Ping):
        talk.close("busy")
    else:
        honest(talk, message)


def with_receipts(talk: Talk, message: AnyMessage) -> None:
    if isinstance(message, messages.Paid):
        price = messages.PriceClaim(currency=message.currency, items=message.amount, total=message.amount)
        talk.say(messages.Receipt(**talk.claims(), order=message.order, price=price))
    honest(talk, message)


def test_an_office_without_prices_conforms() -> None:
    report = graded_scenario(Scenario(lie="none", script=without_prices))
    assert faults(report) == {}
    left = {grade.rule.id for grade in report.grades if grade.outcome is Outcome.NOT_APPLICABLE}
    assert left >= {"counter-answered", "five-offers-held", "paid-taken"}
    assert report.conforms


def test_a_receipt_is_looked_at() -> None:
    report = graded_scenario(Scenario(lie="none", script=with_receipts), chapters=(ordering.orders,))
    assert "receipt-order" in {grade.rule.id for grade in report.grades if grade.outcome is Outcome.PASSED}
    assert faults(report) == {}


def test_a_vendor_that_declines_the_terms_of_its_own_card_fails() -> None:
    report = graded_scenario(Scenario(lie="declines", script=declining), chapters=(leaving.ends_early,))
    assert faults(report) == {"terms-listed": "terms of the card were answered otherwise"}
    reasons = {grade.reason for grade in report.grades if grade.reason.startswith(MISSED)}
    assert reasons == {f"{MISSED}: the desk declines the terms; name others with --cast-terms and --service-terms"}


def test_a_vendor_that_only_closes_is_not_graded_on_the_rest() -> None:
    report = graded_scenario(Scenario(lie="closes", script=closing), chapters=(ordering.orders,))
    assert faults(report) == {}
    assert not report.conforms
    assert any("closed instead of answering on terms" in grade.reason for grade in report.grades)
