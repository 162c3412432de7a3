"""What waited in a copy, held against what was said since: the same, overtaken, or something else."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests.fakes.two_sides import TwoSides
from vrm_desktop.domain import acts, living
from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.money import Money
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.messages import AnyMessage
from vrm_desktop.protocol.saying import plain_message
from vrm_desktop.services.said_already import overtakes, says

OF, OTHER, ORDER = MessageId("F" * 43), MessageId("E" * 43), Digest("O" * 43)
DAY = date(2027, 3, 1)
CLAIMS = TwoSides().revealed().person.stamp()
PHONE = PlannedField(
    name="profile.phone",
    value="+49 221 1",
    stage=Stage.LATER,
    purpose=Purpose.CONTACT,
    until=DAY,
    source=Source.PROFILE,
)
MAIL = replace(PHONE, name="profile.email", value="o@example.org")
EUROS = Money(minor=90_000, currency="EUR")


def _told(*fields: PlannedField) -> tuple[Mapping[str, Disclosure], tuple[messages.WiderItem, ...]]:
    values = [Disclosure(salt="A" * 22, name=one.name, value=one.value) for one in fields]
    items = [messages.WiderItem(digest=one.digest, purpose="contact", until=DAY.isoformat()) for one in values]
    return {one.digest: one for one in values}, tuple(items)


VALUES, ITEMS = _told(PHONE)
CHANGED = messages.OrderChange(
    **CLAIMS,
    order=ORDER,
    what="change",
    text="Ring twice.",
    items=(messages.Item(digest=ITEMS[0].digest, purpose="contact", until=DAY.isoformat()),),
)
PAIRS: tuple[tuple[acts.Act, AnyMessage, tuple[acts.Act, ...]], ...] = (
    (
        acts.Counter(offer=OF, price=EUROS, note="Please."),
        messages.Counter(**CLAIMS, offer=OF, total=90_000, currency="EUR", note="Please."),
        (
            acts.Counter(offer=OTHER, price=EUROS, note="Please."),
            acts.Counter(offer=OF, price=Money(minor=1, currency="EUR"), note="Please."),
            acts.Counter(offer=OF, price=EUROS),
        ),
    ),
    (
        acts.Decline(offer=OF, reason=acts.DeclineReason.DATE),
        messages.Decline(**CLAIMS, offer=OF, reason="price"),
        (acts.Decline(offer=OTHER, reason=acts.DeclineReason.PRICE),),
    ),
    (
        acts.Paid(amount=EUROS, method="cash"),
        messages.Paid(**CLAIMS, order=ORDER, amount=90_000, currency="EUR", method="sepa-transfer"),
        (acts.Paid(amount=Money(minor=1, currency="EUR"), method="sepa-transfer"),),
    ),
    (
        acts.Update(fields=(PHONE,)),
        messages.Update(**CLAIMS, agreement=ORDER, items=ITEMS),
        (
            acts.Update(fields=(replace(PHONE, value="+49 221 2"),)),
            acts.Update(fields=(PHONE, MAIL)),
            acts.Update(fields=(MAIL,)),
        ),
    ),
    (
        acts.Grant(of=OF, fields=(PHONE,), consent=True),
        messages.Grant(**CLAIMS, of=OF, agreement=ORDER, items=ITEMS, consent=True),
        (
            acts.Grant(of=OTHER, fields=(PHONE,), consent=True),
            acts.Grant(of=OF, fields=(MAIL,), consent=True),
            acts.Refuse(of=OF, reason=living.RefusalReason.TERMS),
        ),
    ),
    (
        acts.Refuse(of=OF, reason=living.RefusalReason.TERMS),
        messages.Refuse(**CLAIMS, of=OF, reason="later"),
        (acts.Refuse(of=OTHER, reason=living.RefusalReason.LATER),),
    ),
    (
        acts.OrderChange(order=ORDER, what=living.ChangeKind.CHANGE, text="Ring twice.", fields=(PHONE,)),
        CHANGED,
        (
            acts.OrderChange(order=ORDER, what=living.ChangeKind.CHANGE, text="Ring.", fields=(PHONE,)),
            acts.OrderChange(order=ORDER, what=living.ChangeKind.CANCEL, text="Ring twice.", fields=(PHONE,)),
            acts.OrderChange(order=ORDER, what=living.ChangeKind.CHANGE, text="Ring twice.", fields=(MAIL,)),
            acts.OrderChange(order=ORDER, what=living.ChangeKind.CHANGE, text="Ring twice.", by=DAY, fields=(PHONE,)),
        ),
    ),
)
PLAIN: tuple[tuple[acts.Case | acts.DataRequest | acts.WithdrawConsent | acts.Notice | acts.Message, acts.Act], ...] = (
    (
        acts.Case(about=living.CaseAbout.BILL, what="Paid twice.", want=living.Remedy.REFUND, amount=EUROS),
        acts.Case(about=living.CaseAbout.BILL, what="Paid twice.", want=living.Remedy.REFUND),
    ),
    (acts.DataRequest(right=living.DataRight.ACCESS), acts.DataRequest(right=living.DataRight.ERASURE)),
    (acts.WithdrawConsent(of=OF), acts.WithdrawConsent(of=OF, fields=("profile.phone",))),
    (acts.Notice(about=living.NoticeAbout.DEADLINE, by=DAY), acts.Notice(about=living.NoticeAbout.DEADLINE)),
    (acts.Message(text="Is it red?"), acts.Message(text="Is it blue?")),
    (acts.Message(text="Is it red?"), acts.Message(text="Is it red?", about=OF)),
)


@pytest.mark.parametrize(("act", "message", "others"), PAIRS, ids=lambda one: type(one).__name__)
def test_the_same_was_said_and_another_was_not(
    act: acts.Act, message: AnyMessage, others: tuple[acts.Act, ...]
) -> None:
    assert says(message, act, VALUES)
    assert [other for other in others if says(message, other, VALUES)] == []


@pytest.mark.parametrize(("act", "other"), PLAIN)
def test_words_are_the_same_only_where_all_of_them_are(act: acts.Message, other: acts.Act) -> None:
    message = plain_message(act, CLAIMS)
    assert says(message, act, {})
    assert not says(message, other, {})
    assert not overtakes(message, other, {})


def test_what_there_is_one_of_was_said_whatever_its_words() -> None:
    assert says(messages.End(**CLAIMS, reason="Moved."), acts.End(reason="Another."), {})
    assert says(messages.TermsRefuse(**CLAIMS), acts.TermsRefuse(), {})
    assert not says(messages.TermsRefuse(**CLAIMS), acts.TermsAccept(), {})


def test_an_erased_value_is_not_told_a_second_time() -> None:
    update = messages.Update(**CLAIMS, agreement=ORDER, items=ITEMS)
    assert says(update, acts.Update(fields=(MAIL,)), {})
    assert overtakes(update, acts.Update(fields=(PHONE, MAIL)), {})


def test_a_later_word_on_the_same_thing_stands() -> None:
    counter, paid, update, grant, refuse = (PAIRS[place][1] for place in (0, 2, 3, 4, 5))
    assert overtakes(counter, acts.Counter(offer=OF, price=Money(minor=1, currency="EUR")), {})
    assert overtakes(paid, acts.Paid(amount=Money(minor=1, currency="EUR"), method="cash"), {})
    assert not overtakes(paid, acts.Counter(offer=OF, price=EUROS), {})
    assert overtakes(update, acts.Update(fields=(replace(PHONE, value="+49 221 2"),)), VALUES)
    assert not overtakes(update, acts.Update(fields=(MAIL,)), VALUES)
    assert overtakes(refuse, acts.Grant(of=OF, fields=(PHONE,), consent=True), {})
    assert overtakes(grant, acts.Refuse(of=OF, reason=living.RefusalReason.LATER), {})
    assert not overtakes(grant, acts.Grant(of=OTHER, fields=(PHONE,), consent=True), {})
