"""Templates to pages. Everything that goes into one is text: nothing here turns any value into markup."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

from vrm_desktop.vendor.pages import service_words, words
from vrm_desktop.wording.catalogue import CATALOGUE, _, ngettext
from vrm_desktop.wording.values import day, month

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""No script of any origin, nothing from elsewhere, nobody's frame."""


def _language() -> str:
    """The language that the texts are in, as HTML names it."""
    return CATALOGUE.locale.replace("_", "-")


class Rendering:
    """The templates in one folder; `drp`: the desk answers the Data Rights Protocol, so that pages lead there."""

    def __init__(self, folder: Path, *, drp: bool = False) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            _=_, ngettext=ngettext, words=words, service=service_words, language=_language, drp=drp
        )
        self._environment.filters.update(day=day, month=month, plain=words.plain, when=words.when)

    def page(self, name: str, *, status: int = 200, **values: object) -> Response:
        """The page that the template `name` makes of `values`."""
        text = self._environment.get_template(name).render(values)
        return Response(text, status_code=status, media_type="text/html", headers=HEADERS)
