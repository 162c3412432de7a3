"""Tabs: one panel at a time, in the order that its parts ask for, by mouse and by program."""

import pytest
from PySide6.QtWidgets import QWidget

from tests.fakes.ui_probes import Probe, texts
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.labels import PlainLabel
from vrm_desktop.ui.widgets.tabs import Tabs


def test_only_the_open_tab_shows_its_parts_in_their_order(look: Look, probe: Probe) -> None:
    tabs = Tabs(look, "Parts", (("a", "First"), ("b", "Second")))
    for words, order in (("late", 300), ("early", 100), ("middle", 200), ("middle too", 200)):
        tabs.place("a", PlainLabel(words), order)
    tabs.place("b", PlainLabel("other"), 100)
    chosen: list[str] = []
    tabs.chosen.connect(chosen.append)
    probe.show(tabs)
    assert set(texts(tabs)) == {"First", "Second", "early", "middle", "middle too", "late"}
    tops = {label.text(): label.mapTo(tabs, label.rect().topLeft()).y() for label in tabs.findChildren(PlainLabel)}
    assert tops["early"] < tops["middle"] < tops["middle too"] < tops["late"]
    tabs.button("b").click()
    probe.settle()
    assert set(texts(tabs)) == {"First", "Second", "other"}
    assert (tabs.key, chosen) == ("b", ["b"])
    tabs.choose("a")
    assert chosen == ["b"]


def test_tabs_need_something_to_choose_from(look: Look) -> None:
    with pytest.raises(ValueError, match="something"):
        Tabs(look, "Parts", ())
    tabs = Tabs(look, "Parts", (("a", "First"),))
    with pytest.raises(KeyError):
        tabs.choose("b")
    with pytest.raises(KeyError):
        tabs.place("b", QWidget(), 1)
