"""Tokens and sizes to one Qt style sheet over Fusion, set once on the application. Never set on a single widget.

Widgets say what they are with dynamic properties (`kind`, `role`, `tone`), never which colour they want.
"""

from string import Template

from vrm_desktop.ui.theme.metrics import Metrics
from vrm_desktop.ui.theme.tokens import Theme, Tone

_BASE = Template("""
* { outline: none; }
QWidget { color: $text; font-family: "Inter"; font-size: ${body}px; }
QMainWindow, QDialog, QWidget[kind="canvas"] { background: $canvas; }
QToolTip { color: $surface; background: $text; border: 1px solid $text; padding: ${half}px; }

QLabel { background: transparent; }
QLabel[kind="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[kind="heading"] { font-size: ${heading}px; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="caption"] { color: $muted; font-size: ${small}px; }
QLabel[kind="overline"] { color: $muted; font-size: ${small}px; font-weight: 600; }
QLabel[kind="error"] { color: $bad; font-size: ${small}px; font-weight: 500; }
QLabel[kind="figure"] { font-size: ${heading}px; font-weight: 600; }
QLabel[kind="code"] { font-family: monospace; font-size: ${small}px; }
QLabel:disabled { color: $disabled; }

QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: ${card_radius}px; }
QFrame[kind="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QPushButton {
  background: $surface; color: $text; border: 2px solid $line; border-radius: ${radius}px;
  padding: ${pad_v}px ${pad_h}px; font-weight: 500; min-height: ${line_height}px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $sunken; }
QPushButton:disabled { color: $disabled; background: $canvas; border-color: $line; }
QPushButton:focus { border-color: $focus; }
QPushButton[role="secondary"] { border-color: $edge; border-width: 1px; margin: 1px; }
QPushButton[role="secondary"]:focus { border: 2px solid $focus; margin: 0; }
QPushButton[role="secondary"]:checked { background: $accent_soft; color: $accent; border-color: $accent; }
QPushButton[role="secondary"]:disabled { border-color: $line; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[role="primary"]:disabled { background: $neutral_soft; color: $disabled; border-color: $neutral_soft; }
QPushButton[role="primary"]:focus { border-color: $focus; }
QPushButton[role="danger"] { color: $bad; border-color: $bad; border-width: 1px; margin: 1px; }
QPushButton[role="danger"]:hover { background: $bad_soft; }
QPushButton[role="danger"]:focus { border: 2px solid $focus; margin: 0; }
QPushButton[role="danger"]:disabled { color: $disabled; border-color: $line; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:focus { border-color: $focus; }
QPushButton[shape="icon"] { padding: ${half}px; }

QPushButton[kind="chip"] {
  background: $surface; border: 1px solid $edge; margin: 1px; border-radius: ${chip_radius}px;
  padding: ${chip_v}px ${chip_h}px; font-weight: 500; min-height: ${line_height}px;
}
QPushButton[kind="chip"]:hover { background: $hover; }
QPushButton[kind="chip"]:checked { background: $accent_soft; color: $accent; border-color: $accent; }
QPushButton[kind="chip"]:focus { border: 2px solid $focus; margin: 0; }
QPushButton[kind="chip"]:disabled { color: $disabled; border-color: $line; background: transparent; }

QFrame[kind="segments"] { background: $neutral_soft; border: none; border-radius: ${radius}px; }
QPushButton[kind="segment"] {
  background: transparent; border: 2px solid transparent; border-radius: ${segment_radius}px;
  padding: ${chip_v}px ${chip_h}px; font-weight: 500; color: $neutral;
}
QPushButton[kind="segment"]:checked { background: $surface; color: $accent; font-weight: 600; }
QPushButton[kind="segment"]:focus { border-color: $focus; }

QPushButton[kind="tab"] {
  background: transparent; border: 2px solid transparent; border-radius: ${radius}px;
  padding: ${chip_v}px ${chip_h}px; font-weight: 500; color: $neutral;
}
QPushButton[kind="tab"]:hover { background: $neutral_soft; }
QPushButton[kind="tab"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QPushButton[kind="tab"]:focus { border-color: $focus; }

QLineEdit, QPlainTextEdit, QSpinBox, QComboBox, QDateEdit {
  background: $surface; border: 1px solid $edge; margin: 1px; border-radius: ${radius}px;
  padding: ${pad_v}px ${gap}px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QSpinBox, QComboBox, QDateEdit { min-height: ${line_height}px; }
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QComboBox:focus, QDateEdit:focus {
  border: 2px solid $focus; margin: 0;
}
QComboBox::drop-down { border: none; width: ${combo}px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView {
  background: $surface; border: 1px solid $edge; padding: ${half}px; outline: none;
  selection-background-color: $accent_soft; selection-color: $accent;
}
QComboBox QAbstractItemView::item { min-height: ${line_height}px; padding: ${half}px; }
QComboBox:disabled, QDateEdit:disabled, QSpinBox:disabled {
  color: $disabled; background: $sunken; border-color: $line;
}
QLineEdit:disabled, QPlainTextEdit:disabled { color: $disabled; background: $sunken; border-color: $line; }
QPlainTextEdit[kind="code"] { background: $sunken; border-color: $line; font-family: monospace; font-size: ${small}px; }
QLineEdit[invalid="true"] { border-color: $bad; }
QLineEdit[invalid="true"]:focus { border-color: $focus; }

QCheckBox, QRadioButton {
  spacing: ${gap}px; padding: ${half}px; border: 2px solid transparent; border-radius: ${radius}px;
}
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator {
  width: ${box}px; height: ${box}px; border: 1px solid $edge; border-radius: 4px; background: $surface;
}
QCheckBox::indicator:checked { background: $accent; border-color: $accent; }

QSlider { border: 2px solid transparent; border-radius: ${radius}px; padding: 2px; min-height: ${slider_high}px; }
QSlider:focus { border-color: $focus; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $edge; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal {
  width: ${knob}px; height: ${knob}px; margin: -${knob_out}px 0; border-radius: ${knob_radius}px; background: $accent;
}

QProgressBar {
  background: $neutral_soft; border: none; border-radius: ${bar_radius}px;
  max-height: ${bar}px; min-height: ${bar}px;
}
QProgressBar::chunk { background: $accent; border-radius: ${bar_radius}px; }
QProgressBar[tone="neutral"]::chunk { background: $edge; }
QProgressBar[tone="bad"]::chunk { background: $bad; }
QProgressBar[tone="caution"]::chunk { background: $caution; }
QProgressBar[tone="good"]::chunk { background: $good; }

QTableView {
  background: transparent; border: none; gridline-color: transparent;
  selection-background-color: $selection; selection-color: $text;
}
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
  background: transparent; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: ${gap}px; font-size: ${small}px; font-weight: 600;
}
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: transparent; border: none; }

QScrollArea, QScrollArea > QWidget > QWidget[kind="scrolled"] { background: transparent; border: none; }
QScrollBar:vertical { width: ${scroll}px; background: transparent; margin: 2px; }
QScrollBar:horizontal { height: ${scroll}px; background: transparent; margin: 2px; }
QScrollBar::handle { background: $edge; border-radius: ${scroll_radius}px; }
QScrollBar::handle:vertical { min-height: ${line_height}px; }
QScrollBar::handle:horizontal { min-width: ${line_height}px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QFrame[kind="sidebar"] { background: $sidebar; border: none; border-right: 1px solid $line; }
QPushButton[kind="nav"] {
  background: transparent; border: 2px solid transparent; border-radius: ${radius}px; text-align: left;
  padding: ${pad_v}px ${gap}px; font-weight: 500; color: $text;
}
QPushButton[kind="nav"]:hover { background: $hover; }
QPushButton[kind="nav"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QPushButton[kind="nav"]:focus { border-color: $focus; }

QFrame[kind="message"] { border: none; border-radius: ${radius}px; }
QFrame[kind="bubble"] { border: none; border-radius: ${radius}px; background: $neutral_soft; }
QFrame[kind="bubble"][mine="true"] { background: $accent_soft; }
QFrame[kind="bubble"] QLabel[kind="caption"] { color: $text; }
QSplitter::handle { background: transparent; }
""")

_TONE = Template("""
QLabel[kind="pill"][tone="$tone"] {
  background: $back; color: $front; border-radius: ${pill_radius}px; padding: ${pill_v}px ${pill_h}px;
  font-size: ${small}px; font-weight: 600;
}
QFrame[kind="message"][tone="$tone"] { background: $back; }
QFrame[kind="message"][tone="$tone"] QLabel[kind="strong"] { color: $front; font-weight: 600; }
QLabel[kind="toned"][tone="$tone"], QLabel[kind="caption"][tone="$tone"],
QLabel[kind="figure"][tone="$tone"] { color: $front; }
""")


def stylesheet(theme: Theme, metrics: Metrics) -> str:
    """The whole style sheet of a theme at a size."""
    sizes = _sizes(metrics)
    colours = {name: theme.colour(name) for name in Theme.__slots__}
    parts = [_BASE.substitute(colours, **sizes)]
    for tone in Tone:
        front, back = theme.tone(tone)
        parts.append(_TONE.substitute(sizes, tone=tone.value, front=front, back=back))
    return "".join(parts)


def _sizes(metrics: Metrics) -> dict[str, str]:
    line_height = round(metrics.body * 1.43)
    chip_v = metrics.steps(0.375)
    pill_v = metrics.steps(0.25)
    knob, bar, scroll = metrics.steps(2), metrics.steps(0.75), metrics.steps(1.25)
    values = {
        "body": metrics.body,
        "small": metrics.small,
        "heading": metrics.heading,
        "title": metrics.title,
        "line_height": line_height,
        "half": metrics.steps(0.5),
        "gap": metrics.steps(1),
        "pad_v": metrics.steps(0.75),
        "pad_h": metrics.steps(2),
        "radius": metrics.steps(1),
        "segment_radius": metrics.steps(0.75),
        "card_radius": metrics.steps(1.5),
        "chip_v": chip_v,
        "chip_h": metrics.steps(1.5),
        "chip_radius": line_height // 2 + chip_v,
        "pill_v": pill_v,
        "pill_h": metrics.steps(1),
        "pill_radius": round(metrics.small * 1.21) // 2 + pill_v,
        "box": metrics.steps(2),
        "knob": knob,
        "knob_out": (knob - 4) // 2,
        "knob_radius": knob // 2,
        "combo": metrics.steps(4),
        "slider_high": metrics.steps(3),
        "bar": bar,
        "bar_radius": bar // 2,
        "scroll": scroll,
        "scroll_radius": max(1, (scroll - 4) // 2),
    }
    return {name: str(value) for name, value in values.items()}
