"""The registrable domain of an address: what belongs to one owner, so that lists about sites can be joined.

The rule is short and its table is ours: the last two labels, or three where the last two are known to be shared by
many owners. A suffix that the table lacks gives a domain too short, which then meets no entry of any list.
"""

from urllib.parse import urlsplit

_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "gv", "ltd", "me", "mil", "net", "nom", "or", "org"})
_SHARED = frozenset(
    {
        "appspot.com",
        "azurewebsites.net",
        "blogspot.com",
        "cloudfront.net",
        "freshdesk.com",
        "github.io",
        "gitlab.io",
        "herokuapp.com",
        "myshopify.com",
        "netlify.app",
        "pages.dev",
        "vercel.app",
        "web.app",
        "wordpress.com",
        "zendesk.com",
    }
)
_TWO_LEVELS = 2


def host_of(address: str) -> str:
    """The host of a web or mail address in lower case, or "" where there is none."""
    text = address.strip()
    if "@" in text and "/" not in text:
        text = text.rpartition("@")[2]
    if "//" not in text:
        text = f"//{text}"
    try:
        return (urlsplit(text).hostname or "").rstrip(".")
    except ValueError:
        return ""


def registrable(address: str) -> str:
    """The registrable domain of a web or mail address, or "" where it has none (an IP address, a lone word)."""
    labels = host_of(address).split(".")
    if len(labels) < _TWO_LEVELS or not all(labels) or labels[-1].isdigit():
        return ""
    if ".".join(labels) in _SHARED:
        return ".".join(labels)  # the one who shares it out, not one of those who live there
    country = len(labels[-1]) == _TWO_LEVELS and labels[-2] in _SECOND_LEVEL
    taken = 3 if country or ".".join(labels[-2:]) in _SHARED else _TWO_LEVELS
    return ".".join(labels[-taken:]) if len(labels) >= taken else ""
