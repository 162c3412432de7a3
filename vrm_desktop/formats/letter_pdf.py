"""A letter as a PDF for paper: A4, laid out after DIN 5008 for a window envelope. The home of fpdf2.

The same letter gives the same bytes. The program's own font is embedded; signs that it lacks are shown as a box, and
the letter's text is never markup.
"""

from datetime import UTC, datetime, time
from pathlib import Path

from fpdf import FPDF

from vrm_desktop.domain.letter import Letter
from vrm_desktop.formats.letter_text import day_words, require_handed_out

_LEFT, _RIGHT, _BOTTOM = 25, 20, 20
_WINDOW_TOP, _WINDOW_WIDTH = 45, 80
_BODY_TOP = 98
_LINE = 5.2
_TEXT, _SMALL = 11, 8


def letter_pdf(letter: Letter, *, fonts: Path) -> bytes:
    """The letter's pages; `fonts` is the folder that holds Inter-Regular.ttf and Inter-Bold.ttf.

    Raises:
        ValueError: the letter is still a draft: what it tells does not stand in the ledger yet.
    """
    require_handed_out(letter)
    pages = _Pages(orientation="P", unit="mm", format="A4")
    pages.reference = letter.reference
    pages.str_alias_nb_pages = ""  # nothing in a letter stands for anything else
    pages.set_creation_date(datetime.combine(letter.dated, time(12), UTC))
    pages.set_title(letter.subject)
    pages.set_lang(letter.language.replace("_", "-"))
    pages.add_font("Inter", "", fonts / "Inter-Regular.ttf")
    pages.add_font("Inter", "B", fonts / "Inter-Bold.ttf")
    pages.set_margins(_LEFT, _BOTTOM, _RIGHT)
    pages.set_auto_page_break(auto=True, margin=_BOTTOM + 8)
    pages.add_page()
    _address_field(pages, letter)
    pages.set_xy(_LEFT, _BODY_TOP)
    pages.set_font("Inter", "", _TEXT)
    pages.cell(0, _LINE, day_words(letter.dated, letter.language), align="R", new_x="LMARGIN", new_y="NEXT")
    pages.ln(_LINE * 1.5)
    pages.set_font("Inter", "B", _TEXT)
    pages.multi_cell(0, _LINE, letter.subject, align="L", new_x="LMARGIN", new_y="NEXT")
    pages.ln(_LINE)
    pages.set_font("Inter", "", _TEXT)
    for paragraph in letter.paragraphs:
        pages.multi_cell(0, _LINE, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
        pages.ln(_LINE * 0.7)
    return bytes(pages.output())


class _Pages(FPDF):
    """Pages with the reference and their number at the foot."""

    reference = ""

    def footer(self) -> None:
        """Write the foot of a page."""
        self.set_y(-_BOTTOM)
        self.set_font("Inter", "", _SMALL)
        self.cell(0, 4, " · ".join(part for part in (self.reference, str(self.page_no())) if part), align="R")


def _address_field(pages: _Pages, letter: Letter) -> None:
    """The sender in one small line, and under it the recipient, where a window envelope shows them."""
    pages.set_font("Inter", "", _SMALL)
    pages.set_xy(_LEFT, _WINDOW_TOP)
    pages.cell(_WINDOW_WIDTH, 4, _one_line(pages, " · ".join(letter.sender)), border="B")
    pages.set_font("Inter", "", _TEXT)
    pages.set_xy(_LEFT, _WINDOW_TOP + 6.5)
    pages.multi_cell(_WINDOW_WIDTH, 4.8, "\n".join(letter.to[:8]), align="L")


def _one_line(pages: _Pages, text: str) -> str:
    """The text, cut to the window's width."""
    if pages.get_string_width(text) <= _WINDOW_WIDTH:
        return text
    while text and pages.get_string_width(f"{text}…") > _WINDOW_WIDTH:
        text = text[:-1]
    return f"{text}…"
