"""The last places of a conversation are kept for what only fits there; words go on elsewhere before."""

import pytest

from vrm_desktop.domain.conversation import MOST_MESSAGES, Chain, Conversation
from vrm_desktop.domain.ids import Kid, MessageId
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.domain.room import KEPT_BY_VENDOR, KEPT_FOR_END, KEPT_FOR_MATTERS, fits, is_full


def talk(own: int, peer: int = 1) -> Conversation:
    return Conversation(
        side=Side.PERSON,
        own_kid=Kid("mine"),
        peer_kid=Kid("theirs"),
        id=MessageId("first"),
        state=State.CONFIRMED,
        own=Chain(seq=own, last=MessageId("own")),
        peer=Chain(seq=peer, last=MessageId("peer")),
    )


@pytest.mark.parametrize(
    ("kind", "last"),
    [
        (Kind.MESSAGE, MOST_MESSAGES - KEPT_FOR_MATTERS),
        (Kind.VOICE, MOST_MESSAGES - KEPT_FOR_MATTERS),
        (Kind.CASE, MOST_MESSAGES - KEPT_FOR_END),
        (Kind.KEY_CHANGE, MOST_MESSAGES - KEPT_FOR_END),
        (Kind.WITHDRAW_CONSENT, MOST_MESSAGES),
        (Kind.DATA_REQUEST, MOST_MESSAGES),
        (Kind.END, MOST_MESSAGES),
    ],
)
def test_each_kind_has_its_last_place(kind: Kind, last: int) -> None:
    assert fits(talk(last - 1), kind)
    assert not fits(talk(last), kind)


@pytest.mark.parametrize("kind", [Kind.MESSAGE, Kind.CASE, Kind.ORDER_CHANGE])
def test_what_wants_an_answer_goes_elsewhere_once_the_vendor_can_give_none(kind: Kind) -> None:
    full = MOST_MESSAGES - KEPT_BY_VENDOR
    assert fits(talk(9, full - 1), kind)
    assert not fits(talk(9, full), kind)
    assert fits(talk(9, full), Kind.END)


def test_a_conversation_is_full_for_whoever_wants_to_write() -> None:
    assert not is_full(talk(9))
    assert is_full(talk(MOST_MESSAGES - KEPT_FOR_MATTERS))
