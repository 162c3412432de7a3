"""Theme, type and icons: switched live, sized by the font, complete on disk."""

import gc

from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from tests.fakes.ui_probes import Probe
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.ui.gallery.pictures_of_pages import pictures
from vrm_desktop.ui.theme.fonts import FAMILY, tabular
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.metrics import metrics_for
from vrm_desktop.ui.theme.palette import palette_for
from vrm_desktop.ui.theme.stylesheet import stylesheet
from vrm_desktop.ui.theme.tokens import DARK, THEMES, ThemeChoice
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card


def test_switching_the_theme_repaints_what_is_on_screen(look: Look, probe: Probe, qapp: QApplication) -> None:
    card = Card(look, "Heading")
    probe.show(card, 300, 200)
    before = card.grab().toImage()
    look.choose(ThemeChoice.DARK)
    probe.settle()
    after = card.grab().toImage()
    assert QColor(after.pixel(150, 150)).name() == DARK.surface
    assert before != after
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.canvas


def test_what_is_gone_no_longer_follows_the_look(look: Look, probe: Probe) -> None:
    gc.collect()  # what earlier tests left behind follows the look until it is collected
    probe.settle()
    following = look.receivers(SIGNAL("changed()"))
    for picture in pictures():
        window = picture.make(look)
        assert look.receivers(SIGNAL("changed()")) > following
        window.deleteLater()
        del window
        probe.settle()
    assert look.receivers(SIGNAL("changed()")) == following
    look.choose(ThemeChoice.DARK)


def test_icons_take_the_colour_of_the_theme_and_follow_its_change(look: Look) -> None:
    button = Button(look, "Go", role=ButtonRole.SECONDARY, icon=Icon.CHECK)
    light = button.icon().pixmap(18, 18).toImage()
    look.choose(ThemeChoice.DARK)
    dark = button.icon().pixmap(18, 18).toImage()
    assert light != dark
    inks = {dark.pixelColor(x, y).name() for x in range(18) for y in range(18) if dark.pixelColor(x, y).alpha() == 255}
    assert DARK.text in inks


def test_an_icon_is_drawn_sharp_for_a_dense_screen(look: Look) -> None:
    dense = look.pixmap(Icon.LOCK, "text", 18, 2.0)
    assert (dense.width(), dense.devicePixelRatio()) == (36, 2.0)
    assert look.pixmap(Icon.LOCK, "text", 18, 2.0).cacheKey() == dense.cacheKey()


def test_every_icon_has_its_drawing_and_every_drawing_its_name() -> None:
    files = {file.stem for file in (resources_folder() / "icons").glob("*.svg")}
    assert files == {icon.value for icon in Icon}


def test_licences_lie_beside_what_they_cover() -> None:
    assert "SIL Open Font License" in (resources_folder() / "fonts" / "LICENSE-Inter.txt").read_text("utf-8")
    assert "ISC" in (resources_folder() / "icons" / "LICENSE-lucide.txt").read_text("utf-8")


def test_the_bundled_typeface_has_its_weights(look: Look) -> None:
    widths = set()
    for weight in (QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold, QFont.Weight.Bold):
        font = QFont(FAMILY)
        font.setPixelSize(40)
        font.setWeight(weight)
        widths.add(QFontMetrics(font).horizontalAdvance("Relationship"))
    assert len(widths) == 4


def test_figures_can_stand_under_each_other(look: Look) -> None:
    proportional = QFont(FAMILY)
    proportional.setPixelSize(28)
    aligned = QFontMetrics(tabular(proportional))
    assert QFontMetrics(proportional).horizontalAdvance("1111") != QFontMetrics(proportional).horizontalAdvance("0000")
    assert aligned.horizontalAdvance("1111") == aligned.horizontalAdvance("0000")


def test_sizes_grow_with_the_text_scale_and_stop_at_its_ends(qapp: QApplication, look: Look) -> None:
    font = QFont(FAMILY)
    font.setPixelSize(14)
    small, large = metrics_for(FAMILY, font, 1.0), metrics_for(FAMILY, font, 1.6)
    assert (small.body, small.unit) == (14, 8)
    assert (large.body, large.unit) == (22, 12)
    assert metrics_for(FAMILY, font, 9.0) == large
    assert metrics_for(FAMILY, font, 0.1) == small


def test_the_desktop_s_larger_text_is_respected(look: Look) -> None:
    font = QFont(FAMILY)
    font.setPixelSize(20)
    assert metrics_for(FAMILY, font, 1.0).body == 20


def test_style_sheets_leave_nothing_to_fill_in(look: Look) -> None:
    for theme in THEMES:
        assert "$" not in stylesheet(theme, look.metrics)
        assert palette_for(theme).color(QPalette.ColorRole.Accent).name() == theme.accent


def test_following_the_system_lands_on_a_theme(look: Look) -> None:
    look.choose(ThemeChoice.SYSTEM)
    assert look.choice is ThemeChoice.SYSTEM
    assert look.theme in THEMES
    for choice in (ThemeChoice.CONTRAST_LIGHT, ThemeChoice.CONTRAST_DARK):
        look.choose(choice)
        assert look.theme.name == choice.value
