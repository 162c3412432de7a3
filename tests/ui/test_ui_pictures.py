"""Every picture there is: rendered, the same twice, nothing cut, every control reached, named and seen by keyboard."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget

from tests.fakes.process_pool import unmeasured
from tests.fakes.ui_probes import Probe, accessible_name, cut_widgets, tab_order
from vrm_desktop.ui import pictures as renderer
from vrm_desktop.ui.gallery.picture import Picture
from vrm_desktop.ui.gallery.pictures_of_pages import pictures
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import ThemeChoice

EVERY = pytest.mark.parametrize("picture", pictures(), ids=lambda picture: picture.name)


def test_names_are_unique_and_can_be_file_names() -> None:
    names = [picture.name for picture in pictures()]
    assert len(set(names)) == len(names)
    assert all(name.replace("-", "").isalnum() and name.islower() for name in names)


def test_pictures_come_out_in_every_theme_and_size_and_twice_the_same(
    look: Look, qapp: QApplication, tmp_path: Path
) -> None:
    shown = [picture for picture in pictures() if picture.name in ("offers", "unlock-busy")]
    first = renderer.render(shown, tmp_path / "a", application=qapp, look=look)
    second = renderer.render(shown, tmp_path / "b", application=qapp, look=look)
    assert len(first) == len(shown) * 4
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]
    assert len({file.read_bytes() for file in first}) == len(first)


def test_a_folder_that_cannot_be_written_is_said(look: Look, qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "unlock-light-1280x800.png").mkdir()
    shown = [picture for picture in pictures() if picture.name == "unlock"]
    with pytest.raises(OSError, match="could not write"):
        renderer.render(shown, tmp_path, application=qapp, look=look)


def test_the_command_wants_one_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert renderer.main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_options_are_no_folders(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (renderer.main(["--help"]), capsys.readouterr().out) == (0, renderer.USAGE)
    assert (renderer.main(["--size"]), capsys.readouterr().err) == (2, renderer.USAGE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.timeout(1_200)  # hundreds of pictures in a process of its own, on a computer that may be busy
def test_one_command_renders_them_all(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "vrm_desktop.ui.pictures", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=unmeasured())
    files = sorted(str(file) for file in tmp_path.glob("*.png"))
    assert sorted(done.stdout.splitlines()) == files
    assert len(files) == len(pictures()) * len(renderer.SIZES) * len(renderer.THEMES)


@EVERY
@pytest.mark.parametrize(("scale", "width", "height"), [(1.0, 960, 640), (1.0, 1280, 800), (1.6, 960, 640)])
def test_no_words_are_cut(look: Look, probe: Probe, picture: Picture, scale: float, width: int, height: int) -> None:
    look.choose(ThemeChoice.LIGHT, scale)
    window = picture.make(look)
    probe.show(window, width, height)
    assert (window.width(), window.height()) == (width, height)
    assert cut_widgets(window) == []
    assert _sideways(window) == []


def test_a_control_with_too_little_room_is_found_by_the_same_look(look: Look, probe: Probe) -> None:
    holder = QWidget()
    button, label = QPushButton("Accept this offer", holder), QLabel("Far too long for this", holder)
    button.setGeometry(0, 0, 40, 20)
    label.setGeometry(0, 40, 50, 20)
    probe.show(holder, 300, 100)
    assert len(cut_widgets(holder)) == 2


@EVERY
def test_everything_can_be_reached_and_left_by_keyboard(look: Look, probe: Probe, picture: Picture) -> None:
    window = picture.make(look)
    probe.show(window, 1280, 800)
    if window.focusWidget() is None:
        window.focusNextChild()
    reached = tab_order(window)
    groups = {part.group() for part in reached if isinstance(part, QPushButton) and part.group() is not None}
    missed = [
        part.accessibleName()
        for part in window.findChildren(QPushButton)
        if part.isVisible() and part.isEnabled() and part not in reached and part.group() not in groups
    ]
    unnamed = [part for part in reached if not accessible_name(part)]
    assert (missed, unnamed) == ([], [])


def _sideways(window: QWidget) -> list[str]:
    """Scroll areas of pages that would have to be scrolled sideways."""
    return [
        f"{area.horizontalScrollBar().maximum()} px too wide for {area.viewport().size()}"
        for area in window.findChildren(QScrollArea)
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ]
