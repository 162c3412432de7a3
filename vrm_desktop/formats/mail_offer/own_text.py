"""What a vendor wrote itself: quoted mails, signatures and invisible characters blanked out, every position kept.

Never here: what the text means.
"""

import re
import unicodedata

LONGEST = 65_536
LONGEST_LINE = 2_000

BLANK = "\x00"
"""Stands where a character is not read: in no pattern, so nothing is read across it."""

_QUOTES_FOLLOW = re.compile(
    r"^[ \t]*(?:"
    r"-{2,}[ \t]*(?:original(?: message|nachricht)?|ursprüngliche nachricht|oorspronkelijk bericht|message d.origine|"
    r"weitergeleitete nachricht|forwarded message)\b.*"
    r"|_{10,}[ \t]*"
    r"|(?:am|on|op|le)\b[^\n]{0,160}\n?[^\n]{0,80}\b(?:schrieb|wrote|schreef|a écrit)\b[^\n]{0,120}:[ \t]*"
    r"|(?:from|von|de|van):[^\n]{0,200}(?:@[^\n]{0,200}|\n(?:sent|date|to|gesendet|datum|an|envoyé|"
    r"verzonden):[^\n]{0,200})"
    r")$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_GREETING_ENDS = re.compile(
    r"^[ \t]*(?:(?:(?:mit )?(?:freundliche[nmr]?|herzliche[nmr]?|beste[nmr]?|schöne[nmr]?|viele[n]?|liebe[n]?)"
    r" (?:grüße[n]?|grüsse[n]?|gruß|gruss)|(?:kind|best|warm|with kind|with best)? ?regards|yours(?: sincerely|"
    r" faithfully|"
    r" truly)?|best wishes|all the best|cordialement|met vriendelijke groet(?:en)?|sincerely|gruß|cheers)\b"
    r"[^\n€$£0-9]{0,40}"
    r"|(?:mfg|vg|lg),?(?-i:(?: [A-ZÄÖÜ][a-zäöüß]+)?)"
    r")[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_POSTSCRIPT = re.compile(r"^[ \t]*(?:p\. ?s\.|ps)[: ,]", re.IGNORECASE | re.MULTILINE)
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_SPACES = {"\u00a0": "\u00a0", "\u202f": "\u00a0", "\u2009": "\u00a0", "\u2007": "\u00a0"}


def own_text(text: str) -> tuple[str, bool]:
    """`text` with what the vendor did not write (or nobody sees) blanked, as long as before; whether it holds tricks.

    Tricks are characters that make a line look otherwise than it reads: turned writing, invisible characters, digits
    of other scripts. A line with one is blank.
    """
    kept = list(text)
    for found in _QUOTED_LINE.finditer(text):
        _blank(kept, found.start(), found.end())
    ends = [found.start() for pattern in (_QUOTES_FOLLOW, _SIGNATURE) for found in pattern.finditer(text)]
    if ends:
        _blank(kept, min(ends), len(text))
    odd = False
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        tricks = any(_tricks(sign) for sign in line) if not line.isascii() else False
        odd = odd or tricks
        if tricks or len(line) > LONGEST_LINE:
            _blank(kept, start, end)
        start = end
    own = "".join(_SPACES.get(sign, sign) for sign in kept)
    greeting = _GREETING_ENDS.search(own)
    if greeting is None:
        return own, odd
    again = _POSTSCRIPT.search(own, greeting.end())
    until = again.start() if again is not None else len(own)
    return own[: greeting.end()] + _blanked(own[greeting.end() : until]) + own[until:], odd


def _blanked(text: str) -> str:
    return re.sub(r"[^\n]", BLANK, text)


def _blank(kept: list[str], start: int, end: int) -> None:
    for place in range(start, end):
        if kept[place] != "\n":
            kept[place] = BLANK


def _tricks(sign: str) -> bool:
    if sign in _BIDI:
        return True
    if sign.isascii() or sign in {"\u00ad", "\ufeff"}:
        return False
    kind = unicodedata.category(sign)
    return kind in {"Cf", "Nd", "Co", "Cn"}
