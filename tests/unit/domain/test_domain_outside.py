"""Acts by other ways than our own wire, and the proof of their exchanges: bounds, and which may be done twice."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.outside import MOST_TEXT, OutsideAct, OutsideKind, OutsideRecord, OutsideState
from vrm_desktop.domain.ways import Way

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TOLD = PlannedField(
    name="want.title",
    value="a tent",
    stage=Stage.REVEAL,
    purpose=Purpose.QUOTE,
    until=date(2026, 12, 22),
    source=Source.WANT,
)
ACT = OutsideAct(
    id="outside-1",
    vendor=VendorId("vendor-1"),
    relationship=RelationshipId("rel-1"),
    at=NOW,
    way=Way.MAIL,
    kind=OutsideKind.MAIL,
    address="shop@example.org",
    body="A tent, please.",
    tells=(TOLD,),
    not_before=NOW,
)
RECORD = OutsideRecord(
    id="record-1",
    vendor=ACT.vendor,
    relationship=ACT.relationship,
    at=NOW,
    act=ACT.id,
    way=ACT.way,
    address=ACT.address,
    sent=ACT.body,
)


def test_an_act_is_bounded_and_tells_each_field_once() -> None:
    assert replace(ACT, body="x" * MOST_TEXT).words == "x" * MOST_TEXT
    with pytest.raises(InvalidValue):
        replace(ACT, body="x" * (MOST_TEXT + 1))
    with pytest.raises(InvalidValue):
        replace(ACT, tells=(TOLD, replace(TOLD, value="two tents")))


def test_an_act_moves_on_with_what_went_wrong() -> None:
    failed = ACT.now(OutsideState.FAILED, "busy")
    assert (failed.state, failed.trouble) == (OutsideState.FAILED, "busy")
    assert failed.now(OutsideState.WAITING).trouble == ""


def test_a_record_keeps_the_beginning_of_an_answer() -> None:
    answered = RECORD.with_answer("y" * (MOST_TEXT + 9), 200, NOW)
    assert (len(answered.answered), answered.status, answered.answered_at) == (MOST_TEXT, 200, NOW)
    assert answered.words.startswith("A tent, please.\ny")
    with pytest.raises(InvalidValue):
        replace(RECORD, sent="x" * (MOST_TEXT + 1))


def test_only_looking_and_cancelling_may_be_done_twice() -> None:
    courtesies = {OutsideKind.CANCEL_CART, OutsideKind.CANCEL_CHECKOUT}
    assert {kind for kind in OutsideKind if kind.is_courtesy} == courtesies
    assert {kind for kind in OutsideKind if kind.repeats} - courtesies == {
        OutsideKind.SEARCH,
        OutsideKind.LOOK_UP,
        OutsideKind.ORDER_LOOK,
        OutsideKind.QUOTE_LOOK,
    }
