"""What can be written down about a counterparty by hand."""

from typing import Any

import pytest

from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.vendor import OrganisationKind


def _details(**members: Any) -> ContactDetails:
    return ContactDetails(**({"name": "Stadtwerke", "kind": OrganisationKind.UTILITY} | members))


def test_whatever_is_known_fits() -> None:
    whole = _details(
        postal="Am Gaswerk 4\n50937 Sülzhafen",
        email="post@works.example",
        phone="+49 221 1",
        web="https://works.example",
        country="DE",
        languages=("de", "en-GB"),
        number="K 4711",
        reply_to="me+works@mail.example",
        note="ask for Ms Kern",
    )
    assert whole.languages == ("de", "en-GB")
    assert _details().postal == ""


@pytest.mark.parametrize(
    "members",
    [
        {"name": " "},
        {"name": "x" * 201},
        {"phone": "1\n2"},
        {"number": "a\x07"},
        {"email": "nobody"},
        {"email": "a b@c.example"},
        {"reply_to": "a@b@c"},
        {"country": "de"},
        {"languages": ("deutsch!",)},
        {"web": "javascript:alert(1)"},
        {"postal": "\n".join("123456789")},
        {"postal": "x" * 601},
        {"note": "x" * 4001},
    ],
)
def test_what_cannot_be_is_refused(members: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        _details(**members)
