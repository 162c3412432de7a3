"""The domain's error tree. Messages are for developers; people's words for each code live in wording."""

from typing import ClassVar


class DomainError(Exception):
    """A rule of the domain was broken."""

    code: ClassVar[str] = "domain"


class InvalidValue(DomainError, ValueError):
    """A value does not keep its type's invariant."""

    code: ClassVar[str] = "invalid-value"
