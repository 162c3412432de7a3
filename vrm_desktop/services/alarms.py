"""Which difficulties are alarms: they stand until the person has dealt with them. No wording here."""

from typing import Final

ALARMS: Final = frozenset({"history-differs", "payment-changed", "record-differs"})


def standing(current: str, new: str) -> str:
    """The code that stands after `new` ("" when all went well): an alarm is not covered up by anything later."""
    return current if current in ALARMS else new
