"""What a person chooses when she exercises a right: the way, the law, the authority; and why one of them is proposed.

Words only. Never here: how a proposal is found.
"""

from enum import StrEnum


class AskWay(StrEnum):
    """A way to ask: over the wire, by one kind of letter, or by the Data Rights Protocol, which has its own plan."""

    WIRE = "wire"
    EMAIL = "email"
    POST = "post"
    FAX = "fax"
    FORM = "form"
    DRP = "drp"


class RegimeReason(StrEnum):
    """Why the program proposes a law."""

    ITS_COUNTRY = "its-country"
    YOUR_COUNTRY = "your-country"
    CALIFORNIA = "california"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


class AuthorityReason(StrEnum):
    """Why an authority is proposed."""

    CHOSEN = "chosen"
    ITS_REGION = "its-region"
    YOUR_REGION = "your-region"
    ITS_COUNTRY = "its-country"
    YOUR_COUNTRY = "your-country"
