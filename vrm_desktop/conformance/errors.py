"""Why a run of the kit, or a part of it, stopped. What a vendor did wrong is a grade, never an error."""

from typing import ClassVar


class ConformanceError(Exception):
    """The kit could not do what it was asked to."""

    code: ClassVar[str] = "conformance"


class BadAsk(ConformanceError):
    """What to ask for is not on the protocol's closed lists, or nothing can be derived from the card."""

    code: ClassVar[str] = "bad-ask"


class Broken(ConformanceError):
    """The vendor's answer, already graded, leaves no way to go on with this part."""

    code: ClassVar[str] = "broken"


class NotToBeHad(ConformanceError):
    """The vendor may say this, but what was to be tried next needs another answer."""

    code: ClassVar[str] = "not-to-be-had"


class CannotListen(ConformanceError):
    """The address to listen on is not to be had."""

    code: ClassVar[str] = "cannot-listen"
