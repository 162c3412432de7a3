"""Parts of the form of a limit: the articles that may be bought, by number, and the accounts that may be paid."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from vrm_desktop.ui.models.limits_view import ArticleForm
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.added_ones import AddedOnes
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.number_field import NumberField
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _

_LONGEST_NUMBER = 100
_LONGEST_TITLE = 200
_LONGEST_ACCOUNT = 60
_ACCOUNT = "DE00 0000 0000 0000 0000 00"  # how one looks; no words to translate
_MOST = 999_999


class ArticlesPart(QWidget):
    """`articles` are those that were added, and the one that stands in the fields."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._added: dict[str, ArticleForm] = {}
        self.number, self.title, self.count = QLineEdit(), QLineEdit(), NumberField(1, _MOST)
        self.number.setMaxLength(_LONGEST_NUMBER)
        self.number.setPlaceholderText("4012345678901")
        self.title.setMaxLength(_LONGEST_TITLE)
        self.add = Button(look, _("Add this article"), icon=Icon.PLUS)
        self.ones = AddedOnes(look)
        told = _("The number that shops know it by, as under its bar code. Without any, it may be anything.")
        self.line = FormRow(look, _("Only this article"), self.number, told)
        lines = column(look, self, gap=1)
        lines.addWidget(self.line)
        more = (FormRow(look, _("What it is"), self.title), FormRow(look, _("How many at most"), self.count))
        lines.addWidget(SideBySide(look, [from_top(look, part) for part in more], stacked_below=48))
        lines.addLayout(_alone(look, self.add))
        lines.addWidget(self.ones)
        self.add.clicked.connect(self._add)
        self.number.returnPressed.connect(self._add)
        self.title.returnPressed.connect(self._add)
        self.ones.removed.connect(self._forget)

    @property
    def articles(self) -> tuple[ArticleForm, ...]:
        """All of them."""
        typed = self._typed()
        return tuple((self._added | ({typed.number: typed} if typed.number else {})).values())

    def begin(self) -> None:
        """None."""
        self._added = {}
        self._clear()
        self._show()

    def _add(self) -> None:
        typed = self._typed()
        if not typed.number:
            self.number.setFocus()
            return
        self._added[typed.number] = typed
        self._clear()
        self._show()
        self.number.setFocus()

    def _forget(self, number: str) -> None:
        self._added.pop(number, None)
        self._show()
        self.number.setFocus()

    def _typed(self) -> ArticleForm:
        return ArticleForm(number=self.number.text().strip(), title=self.title.text().strip(), count=self.count.value())

    def _clear(self) -> None:
        self.number.clear()
        self.title.clear()
        self.count.setValue(1)

    def _show(self) -> None:
        named = _("{count} × {what}")
        self.ones.show_ones(
            (key, named.format(count=one.count, what=f"{one.title} ({key})" if one.title else key))
            for key, one in self._added.items()
        )


class AccountsPart(QWidget):
    """`accounts` as typed: those that were added, and the one that stands in the field."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._added: list[str] = []
        self.number = QLineEdit()
        self.number.setMaxLength(_LONGEST_ACCOUNT)
        self.number.setPlaceholderText(_ACCOUNT)
        self.add = Button(look, _("Add this account"), icon=Icon.PLUS)
        self.ones = AddedOnes(look)
        told = _("You are asked before you pay to any other. Without any, it may be paid to anybody.")
        self.line = FormRow(look, _("Paid only to this account (IBAN)"), self.number, told)
        lines = column(look, self, gap=1)
        lines.addWidget(self.line)
        lines.addLayout(_alone(look, self.add))
        lines.addWidget(self.ones)
        self.add.clicked.connect(self._add)
        self.number.returnPressed.connect(self._add)
        self.ones.removed.connect(self._forget)

    @property
    def accounts(self) -> tuple[str, ...]:
        """All of them, each once."""
        typed = self.number.text().strip()
        return tuple(dict.fromkeys((*self._added, *((typed,) if typed else ()))))

    def begin(self) -> None:
        """None."""
        self._added = []
        self.number.clear()
        self._show()

    def _add(self) -> None:
        self._added = list(self.accounts)
        self.number.clear()
        self._show()
        self.number.setFocus()

    def _forget(self, number: str) -> None:
        self._added.remove(number)
        self._show()
        self.number.setFocus()

    def _show(self) -> None:
        self.ones.show_ones((one, one) for one in self._added)


def from_top(look: Look, part: QWidget) -> QWidget:
    """A part that stands at the top of whatever height its neighbour takes."""
    box = QWidget()
    lines = column(look, box)
    lines.addWidget(part)
    lines.addStretch(1)
    return box


def _alone(look: Look, button: Button) -> QHBoxLayout:
    line = row(look)
    line.addWidget(button)
    line.addStretch(1)
    return line
