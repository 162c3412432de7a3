"""Words of the calendar in English and German: weekdays, months, named days. Never here: what they mean today."""

from typing import Final

WEEKDAYS: Final[dict[str, int]] = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonnabend": 5,
    "sonntag": 6,
}  # fmt: skip
SHORT_WEEKDAYS: Final[dict[str, int]] = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
    "mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6,
}  # fmt: skip
MONTHS: Final[dict[str, int]] = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
    "januar": 1, "jaenner": 1, "februar": 2, "feber": 2, "maerz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10,
    "dezember": 12,
    "jan": 1, "feb": 2, "mar": 3, "mrz": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}  # fmt: skip
NAMED_DAYS: Final[dict[str, tuple[int, int]]] = {
    "christmas eve": (12, 24), "heiligabend": (12, 24), "new year's eve": (12, 31), "new years eve": (12, 31),
    "silvester": (12, 31),
}  # fmt: skip
UNCLEAR_DAYS: Final = (
    "christmas", "xmas", "weihnachten", "easter monday", "easter", "ostermontag", "ostern", "new year", "neujahr",
    "pfingsten", "whitsun", "black friday", "good friday", "karfreitag", "cyber monday", "boxing day", "rosenmontag",
    "mother's day", "muttertag", "valentine's day", "valentinstag", "halloween",
)  # fmt: skip
