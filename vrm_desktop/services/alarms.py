"""Which difficulties are alarms: they stand until the person has dealt with them. Others last. No wording here."""

from typing import Final

ALARMS: Final = frozenset({"history-differs", "payment-changed", "record-differs"})
LASTING: Final = frozenset({"key-elsewhere"})
"""What does not pass by itself, and blocks nothing else: only an alarm covers it up."""


def standing(current: str, new: str) -> str:
    """The code that stands after `new` ("" when all went well): an alarm is not covered up by anything later."""
    if current in ALARMS or (current in LASTING and new not in ALARMS):
        return current
    return new
