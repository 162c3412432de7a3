"""A day, or none: a box to tick and the day beside it, typed or stepped with the arrow keys."""

from datetime import date

from PySide6.QtCore import QDate, QEvent, QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDateEdit, QSizePolicy, QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.layouts import row


class _DayEdit(QDateEdit):
    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 -- Qt calls it so
        """Tab leaves; the arrow keys walk day, month and year."""
        return QWidget.focusNextPrevChild(self, forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The whole field is for the day: styled and without buttons, Qt leaves its line one pixel."""
        super().resizeEvent(event)
        self._fit_line()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt fits its line once more when it is shown."""
        super().showEvent(event)
        self._fit_line()

    def changeEvent(self, event: QEvent) -> None:
        """Qt fits its line after a change of colours or sizes, too."""
        super().changeEvent(event)
        self._fit_line()

    def _fit_line(self) -> None:
        side = self.height() // 4
        self.lineEdit().setGeometry(self.rect().adjusted(side, 2, -side, -2))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page does not change the day."""
        event.ignore()


class DayField(QWidget):
    """`changed` carries a date or None when the person changed it, not when one is shown."""

    changed = Signal(object)

    def __init__(self, look: Look, words: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: date | None = None
        self._box = CheckBox(look, words)
        self._edit = _DayEdit()
        self._edit.setDisplayFormat("ddd, d MMM yyyy")
        self._edit.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self._edit.setAccessibleName(name)
        self._edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._edit.setEnabled(False)
        self.setFocusProxy(self._box)
        line = row(look, self, gap=1)
        line.addWidget(self._box)
        line.addWidget(self._edit, 1)
        self._box.clicked.connect(self._toggled)
        self._edit.userDateChanged.connect(self._tell)

    @property
    def day(self) -> date | None:
        """The day as it stands now."""
        return self._shown

    def show_day(self, day: date | None, *, earliest: date, usual: date) -> None:
        """Show `day` without telling. `usual` is what ticking the box begins with; nothing before `earliest` fits."""
        self._shown = day
        with QSignalBlocker(self._edit):
            self._edit.setMinimumDate(_qt(earliest))
            self._edit.setDate(_qt(day or usual))
        self._box.setChecked(day is not None)
        self._edit.setEnabled(day is not None)

    def _toggled(self) -> None:
        self._edit.setEnabled(self._box.isChecked())
        self._tell()
        if self._box.isChecked():
            self._edit.setFocus()

    def _tell(self) -> None:
        found = self._edit.date()
        day = date(found.year(), found.month(), found.day()) if self._box.isChecked() else None
        if day != self._shown:
            self._shown = day
            self.changed.emit(day)


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
