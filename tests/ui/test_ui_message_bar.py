"""Messages: one at a time, undone by their own button, gone by themselves."""

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.ui_probes import Probe, texts
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import ThemeChoice, Tone
from vrm_desktop.ui.widgets.message_bar import MessageBar
from vrm_desktop.ui.widgets.notice import Notice


@pytest.fixture
def bar(look: Look, probe: Probe) -> MessageBar:
    made = MessageBar(look)
    probe.show(made, 600, 60)
    made.hide()
    return made


def lasting(text: str) -> Message:
    return Message(text=text, seconds=None)


def test_the_action_tells_its_key_once_and_the_message_leaves(bar: MessageBar) -> None:
    acted: list[str] = []
    bar.acted.connect(acted.append)
    bar.say(Message(text="Declined.", action="Undo", key="undo:7", tone=Tone.GOOD, seconds=None))
    assert {"Declined.", "Undo"} <= set(texts(bar))
    bar._action.click()
    assert acted == ["undo:7"]
    assert not bar.isVisible()


def test_messages_wait_for_each_other(bar: MessageBar) -> None:
    emptied: list[bool] = []
    bar.emptied.connect(lambda: emptied.append(True))
    bar.say(lasting("one"))
    bar.say(lasting("two"))
    seen = [bar.message]
    bar.dismiss()
    seen.append(bar.message)
    assert not bar._action.isVisible()
    bar.dismiss()
    seen.append(bar.message)
    assert seen == [lasting("one"), lasting("two"), None]
    assert emptied == [True]


def test_a_message_leaves_by_itself(bar: MessageBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.emptied, timeout=60_000):
        bar.say(Message(text="Saved.", seconds=0.01))
    assert not bar.isVisible()


def test_vendor_text_in_a_message_stays_text(bar: MessageBar) -> None:
    bar.say(lasting("<h1>Shop</h1> is away"))
    assert "<h1>Shop</h1> is away" in texts(bar)


def test_colours_follow_the_theme_while_a_message_is_shown(bar: MessageBar, look: Look, probe: Probe) -> None:
    bar.say(Message(text="Careful.", tone=Tone.CAUTION, seconds=None))
    probe.settle()
    light = bar.grab().toImage()
    look.choose(ThemeChoice.DARK)
    probe.settle()
    assert bar.grab().toImage() != light


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Message(text=""),
        lambda: Message(text="x", action="Undo"),
        lambda: Message(text="x", key="undo"),
        lambda: Message(text="x", seconds=0),
    ],
)
def test_a_message_that_makes_no_sense_is_refused(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(ValueError, match=r"message|action"):
        wrong()


def test_a_notice_says_what_to_do_as_long_as_it_is_true(look: Look, probe: Probe) -> None:
    notice = Notice(look)
    notice.say("The vendor is away.", "Nothing is lost.", Tone.CAUTION)
    probe.show(notice, 500, 90)
    assert texts(notice) == ["", "The vendor is away.", "Nothing is lost."]
    assert notice.accessibleName() == "The vendor is away. Nothing is lost."
    notice.say("Back again.")
    assert "Nothing is lost." not in texts(notice)
