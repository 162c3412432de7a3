"""Why the person's key in a relationship stays what it is. No keys here, and no words for people."""

from enum import StrEnum


class KeyStaysFor(StrEnum):
    """Why a key cannot be changed now: the first that fits.

    NOT_BEGUN: nothing was said under it. OVER: nothing more is said. ELSEWHERE: it was changed after this copy of the
    vault was made. NOT_UNDERSTOOD: the vendor's program does not follow a new key. HALF_SIGNED: a document waits for
    its second signature, by the keys that it names.
    """

    NOT_BEGUN = "not-begun"
    OVER = "over"
    ELSEWHERE = "elsewhere"
    NOT_UNDERSTOOD = "not-understood"
    HALF_SIGNED = "half-signed"
