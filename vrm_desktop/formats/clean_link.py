"""A link without what tells who sent the visitor: affiliate and tracking parameters taken out, and named.

A link is cleaned as text and never opened. What the shop needs to show the product stays; parameters that are not known
to follow people stay too, so that no link breaks. Never here: redirects of affiliate networks, which would have to be
followed to know where they lead.
"""

from dataclasses import dataclass
from urllib.parse import unquote_plus, urlsplit, urlunsplit

_BEGINNINGS = ("utm_", "aff_", "affiliate", "pk_", "mtm_", "hsa_", "matomo_", "at_", "trk_")
_NAMES = frozenset(
    """
    _ga _gl _hsenc _hsmi aff affid afftrack ascsubtag awc awinaffid awinmid campid cjevent click_id clickid cmpid
    dclid efid epik fbclid gad_campaignid gad_source gbraid gclid gclsrc igshid irclickid irgwc li_fat_id linkcode
    linkid mc_cid mc_eid mkcid mkevt mkrid msclkid partner partnerid raneaid ranmid ransiteid rdt_cid ref ref_
    referrer s_kwcid srsltid sscid sub_id subid subid1 tag tduid toolid tradedoubler ttclid twclid vero_id wbraid
    wickedid yclid zanpid
    """.split()  # noqa: SIM905 - a table reads better
)
LONGEST = 8000


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CleanLink:
    """A web link without followers; `stripped` are the names of what was taken out, each once, in their order."""

    link: str
    stripped: tuple[str, ...]


def clean_link(text: str) -> CleanLink | None:
    """The link cleaned, or None: not an absolute http(s) link without user and password, or longer than 8,000."""
    if len(text) > LONGEST or any(sign.isspace() or not sign.isprintable() or sign in '<>"\\' for sign in text):
        return None
    try:
        parts = urlsplit(text)
        host, secret, _port = parts.hostname, parts.username, parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or secret is not None:
        return None
    query, from_query = _sifted(parts.query)
    fragment, from_fragment = _sifted(parts.fragment)
    stripped = tuple(dict.fromkeys((*from_query, *from_fragment)))
    return CleanLink(link=urlunsplit(parts._replace(query=query, fragment=fragment)), stripped=stripped)


def _sifted(text: str) -> tuple[str, list[str]]:
    kept, stripped = [], []
    for pair in text.split("&"):
        name, equals, _value = pair.partition("=")
        plain = unquote_plus(name)
        if equals and _follows(plain.casefold()):
            stripped.append(plain[:40])
        else:
            kept.append(pair)
    return "&".join(kept), stripped


def _follows(name: str) -> bool:
    return name in _NAMES or name.startswith(_BEGINNINGS)
