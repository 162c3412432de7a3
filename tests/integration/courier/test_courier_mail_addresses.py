"""Where a mail server may live: in public, at home or on this computer, and never where no mail server is."""

import asyncio

import pytest

from tests.fakes.fake_internet import FakeNames, FakeRoads
from vrm_desktop.courier.errors import CourierError
from vrm_desktop.courier.mail_line import MailConnector, MailLimits, MailPlace, Protection
from vrm_desktop.courier.submission import Submission

MAIL = b"From: a@b.example\r\nTo: c@d.example\r\n\r\nhello\r\n"


@pytest.mark.parametrize(
    "answers",
    [
        ["169.254.169.254"],
        ["0.0.0.0"],
        ["224.0.0.1"],
        ["fe80::1"],
        ["::ffff:169.254.169.254"],
        ["93.184.216.34", "0.0.0.0"],
    ],
    ids=["metadata", "nowhere", "everybody", "link", "mapped", "public and nowhere"],
)
def test_a_name_that_leads_to_no_mail_server_is_refused_and_nobody_is_dialled(answers: list[str]) -> None:
    roads = FakeRoads({})
    connector = MailConnector(
        resolver=FakeNames({"mail.example": [answers]}), dial=roads, limits=MailLimits(session_seconds=60)
    )
    place = MailPlace(host="mail.example", port=465, protection=Protection.WRAPPED)
    with pytest.raises(CourierError) as refused:
        asyncio.run(Submission(connector).send(place, MAIL, sender="a@b.example", to="c@d.example"))
    assert roads.dialled == []
    assert refused.value.code == "address-refused"
    assert not refused.value.may_have_arrived
