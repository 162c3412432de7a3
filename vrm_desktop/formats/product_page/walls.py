"""Whether a page without a price is a wall: one that asks visitors to prove that they are people. A guess, said as one.

Never here: passing one. The person saves the page in the browser instead.
"""

_LOOKED_AT = 64 * 1024
_MARKS = (
    b"captcha",
    b"cf-chl",
    b"challenge-platform",
    b"datadome",
    b"_incapsula_",
    b"perimeterx",
    b"px-block",
    b"are you a human",
    b"are you a robot",
    b"enable javascript and cookies to continue",
)


def is_wall(data: bytes) -> bool:
    """Whether the beginning of the page has a mark of a well-known wall."""
    beginning = data[:_LOOKED_AT].lower()
    return any(mark in beginning for mark in _MARKS)
