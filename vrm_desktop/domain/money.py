"""Money as integer minor units of one ISO 4217 currency. Never floats, never sums across currencies."""

import re
from dataclasses import dataclass

from vrm_desktop.domain.errors import InvalidValue

_CURRENCY = re.compile(r"[A-Z]{3}")
_ZERO_DECIMAL = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()  # noqa: SIM905 - a table reads better
)
_THREE_DECIMAL = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
_FOUR_DECIMAL = frozenset(["CLF", "UYW"])
LARGEST = 2**53 - 1


def exponent(currency: str) -> int:
    """How many decimal digits the currency's minor unit has (ISO 4217): 2 unless listed."""
    if currency in _ZERO_DECIMAL:
        return 0
    if currency in _THREE_DECIMAL:
        return 3
    return 4 if currency in _FOUR_DECIMAL else 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount: `minor` units (may be negative for a refund) of `currency`."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if not _CURRENCY.fullmatch(self.currency):
            raise InvalidValue(f"not an ISO 4217 code: {self.currency!r}")
        if isinstance(self.minor, bool) or abs(self.minor) > LARGEST:
            raise InvalidValue("amount out of range")

    def __add__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(minor=self.minor + other.minor, currency=self.currency)

    def __le__(self, other: "Money") -> bool:
        self._same_currency(other)
        return self.minor <= other.minor

    def __lt__(self, other: "Money") -> bool:
        self._same_currency(other)
        return self.minor < other.minor

    def times(self, count: int) -> "Money":
        """The amount, `count` times."""
        return Money(minor=self.minor * count, currency=self.currency)

    def decimal(self) -> str:
        """The amount with a decimal point and no grouping, as `payto:` and EPC QR want it: `799.00`."""
        digits = exponent(self.currency)
        sign = "-" if self.minor < 0 else ""
        if digits == 0:
            return f"{sign}{abs(self.minor)}"
        whole, part = divmod(abs(self.minor), 10**digits)
        return f"{sign}{whole}.{part:0{digits}d}"

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise InvalidValue(f"cannot compare {self.currency} with {other.currency}")
