"""What can be wrong with bytes before anything is known about their meaning."""

from typing import ClassVar


class CanonError(Exception):
    """Bytes or values outside the strict form."""

    code: ClassVar[str] = "canon"


class NotStrictJson(CanonError):
    """Not JSON, or JSON beyond the limits: duplicate keys, floats, large integers, non-ASCII keys, depth."""

    code: ClassVar[str] = "not-strict-json"


class NotCanonical(CanonError):
    """Strict JSON that is not in its canonical form."""

    code: ClassVar[str] = "not-canonical"


class NotBase64url(CanonError):
    """Not unpadded base64url with zero unused bits."""

    code: ClassVar[str] = "not-base64url"


class NotARecord(CanonError):
    """A value that cannot be stored as a record, or a stored record that is not of the wanted kind."""

    code: ClassVar[str] = "not-a-record"
