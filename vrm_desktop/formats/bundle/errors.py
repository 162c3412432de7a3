"""What a bundle can be refused for. `finding` says what was found, in a closed list that wording has words for."""

from enum import StrEnum
from typing import ClassVar

from vrm_desktop.formats.errors import FormatError


class Finding(StrEnum):
    """What is wrong with a bundle whose file can be read."""

    MANIFEST = "manifest"
    CHANGED = "changed"
    MISSING = "missing"
    REORDERED = "reordered"
    FOREIGN = "foreign"
    KEY = "key"
    VALUE = "value"
    AGREEMENT = "agreement"
    ORDER = "order"


class BundleDamaged(FormatError):
    """Not a bundle of ours, or its file is not as it was written."""

    code: ClassVar[str] = "bundle-damaged"


class BundleTooNew(FormatError):
    """A newer program made this bundle. `needs` names what can check it, for instance `format 2`."""

    code: ClassVar[str] = "bundle-too-new"

    def __init__(self, needs: str) -> None:
        super().__init__(f"the bundle needs a program that knows {needs}")
        self.needs = needs


class BundleFalse(FormatError):
    """What the bundle says does not hold. `where` names the message or file."""

    code: ClassVar[str] = "bundle-false"

    def __init__(self, finding: Finding, where: str) -> None:
        super().__init__(f"{finding.value}: {where}")
        self.finding = finding
        self.where = where


class BundleTooLarge(FormatError):
    """More than one bundle can carry; nothing was written."""

    code: ClassVar[str] = "bundle-too-large"
