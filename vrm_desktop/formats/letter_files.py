"""The forms in which a letter leaves the vault, as bytes. Only a letter that was handed out has any."""

from enum import StrEnum
from pathlib import Path
from typing import assert_never

from vrm_desktop.domain.letter import Letter
from vrm_desktop.formats.letter_pdf import letter_pdf
from vrm_desktop.formats.letter_text import letter_text, mail_draft


class LetterForm(StrEnum):
    """What a letter can be made into; the value is also the file's ending."""

    PDF = "pdf"
    EML = "eml"
    TEXT = "txt"


def letter_file(letter: Letter, form: LetterForm, *, fonts: Path) -> bytes:
    """The letter in this form; `fonts` as for `letter_pdf`.

    Raises:
        NoMailAddress: as a mail, and there is no address to write to. ValueError: the letter is still a draft.
    """
    match form:
        case LetterForm.PDF:
            return letter_pdf(letter, fonts=fonts)
        case LetterForm.EML:
            return mail_draft(letter)
        case LetterForm.TEXT:
            return letter_text(letter).encode("utf-8")
        case _:
            assert_never(form)
