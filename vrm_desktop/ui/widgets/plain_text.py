"""What foreign text may look like on screen: capped, without control characters, breakable. Pure, no Qt."""

import html
import re

MAX_CHARACTERS = 2000
_MAX_RUN = 200
_BREAK = "\u200b"
# C0/C1 controls but line break and tab; directional overrides and isolates that could turn text around; noncharacters.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_LONG_WORD = re.compile(r"[^\s\u200b]{31,}")
_PIECE = re.compile(r"(.{10})(?=.)")
_LONG_RUN = re.compile(rf"(\S{{{_MAX_RUN}}})(?=\S)")


def tame(text: str, cap: int = MAX_CHARACTERS) -> str:
    """`text` without control characters, at most `cap` characters (the last is then …), breakable every 200."""
    cleaned = _UNWANTED.sub("", text[: cap * 2])
    if len(cleaned) > cap or len(text) > cap * 2:
        cleaned = cleaned[: cap - 1] + "…"
    return _LONG_RUN.sub(rf"\1{_BREAK}", cleaned)


def breakable(text: str) -> str:
    """Tamed text whose words of more than thirty characters can break every ten, so that no word widens a page."""
    return _LONG_WORD.sub(lambda word: _PIECE.sub(rf"\1{_BREAK}", word.group()), text)


def one_line(text: str, cap: int = MAX_CHARACTERS) -> str:
    """Tamed text on one line, every run of white space one space."""
    return " ".join(tame(text, cap).split())


def tip(text: str) -> str:
    """Tamed text for a tool tip, which Qt would otherwise read as HTML."""
    return f"<qt>{html.escape(tame(text))}</qt>" if text else ""


def button_text(text: str) -> str:
    """One line for a button, where Qt would read & as a shortcut."""
    return one_line(text, 120).replace("&", "&&")
