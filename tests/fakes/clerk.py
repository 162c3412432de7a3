"""Somebody of the shop at a running desk's inbox, over plain HTTP: signs in, looks at enquiries, posts their forms."""

from pathlib import Path

import httpx

from tests.fakes.inbox_visitor import PASSWORD, Shown
from vrm_desktop.vendor.command import main


def let_in(home: Path, name: str = "ada") -> None:
    """Let somebody sign in, while the desk of that folder does not serve."""
    file = home.parent / "clerk-password"
    file.write_text(PASSWORD + "\n", encoding="utf-8")
    assert main(["user", "add", name, "--role", "owner", "--home", str(home), "--password-file", str(file)]) == 0


class Clerk:
    """One browser without pictures."""

    def __init__(self, url: str, http: httpx.Client, name: str = "ada") -> None:
        self._url, self._http = url, http
        fields = {"name": name, "password": PASSWORD, "next": "/desk"}
        assert http.post(f"{url}/desk/sign-in", data=fields).headers["location"] == "/desk"

    def shown(self, path: str) -> Shown:
        """A page."""
        answer = self._http.get(self._url + path)
        assert answer.status_code == 200, answer.text
        return Shown(answer.text)

    def upload(self, conversation: str, data: bytes, *, name: str, **fields: str) -> httpx.Response:
        """Send a document to the person of an enquiry, as its form does."""
        place = f"/desk/c/{conversation}"
        hidden = {one: self.shown(place).hidden[one] for one in ("csrf", "peer", "own")}
        told = {**hidden, "state": "preparing", **fields}
        return self._http.post(f"{self._url}{place}/document", data=told, files={"file": (name, data)})
