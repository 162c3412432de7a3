"""Who gets in and how far: passwords, sessions, roles, forms from elsewhere, and what every answer's head says."""

import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.inbox_visitor import FORM, PASSWORD, InboxVisitor, Shown
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.vendor.command import main
from vrm_desktop.vendor.errors import BadSignIn, Busy
from vrm_desktop.vendor.inbox.passwords import check_password, hashed
from vrm_desktop.vendor.inbox.staff import Role
from vrm_desktop.vendor.pages.guarding import Tries
from vrm_desktop.wording.catalogue import CATALOGUE


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[InboxVisitor]:
    visitor = InboxVisitor(tmp_path)
    visitor.add("ada", Role.OWNER)
    visitor.add("bob")
    yield visitor
    visitor.close()


PAGES = [
    *("/desk", "/desk/data", "/desk/unmet", "/desk/unmet.csv", "/desk/declined.csv", "/desk/people"),
    f"/desk/c/{'A' * 43}",
]
POSTS = ["/desk/people/put", "/desk/people/remove", "/desk/sign-out", f"/desk/c/{'A' * 43}/sign"]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_page_without_signing_in(inbox: InboxVisitor, page: str) -> None:
    answer = inbox.get(page)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/desk/sign-in?next={page}"
    assert inbox.get(page, Cookie="desk=stolen").status_code == 303
    assert inbox.get(page, Cookie=f"desk={'x' * 5000}").status_code == 303


@pytest.mark.parametrize("page", POSTS)
def test_nobody_does_anything_without_signing_in(inbox: InboxVisitor, page: str) -> None:
    assert inbox.post(page, {"name": "eve", "password": PASSWORD, "role": "owner"}).status_code == 303
    with inbox.desk.store.turn() as books:
        assert [name for name, _role in books.staff.all()] == ["ada", "bob"]


def test_signing_in_opens_the_inbox_and_signing_out_closes_it(inbox: InboxVisitor) -> None:
    answer = inbox.sign_in("ada")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/desk"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie
    kept = dict(inbox.http.cookies)
    page = inbox.shown("/desk")
    assert "Sign out" in page.text
    inbox.post("/desk/sign-out", page.hidden)
    inbox.http.cookies.update(kept)
    assert inbox.get("/desk").status_code == 303


def test_over_https_the_cookie_is_this_host_s_alone(tmp_path: Path) -> None:
    visitor = InboxVisitor(tmp_path, secure=True)
    visitor.add("ada")
    cookie = visitor.sign_in("ada").headers["set-cookie"]
    assert cookie.startswith("__Host-desk=")
    assert "Secure" in cookie
    assert "Path=/;" in cookie
    assert visitor.get("/desk").status_code == 200
    visitor.close()


def test_a_session_ends_after_half_a_day_and_with_a_new_password(inbox: InboxVisitor) -> None:
    inbox.sign_in("bob")
    assert inbox.get("/desk").status_code == 200
    inbox.add("bob")
    assert inbox.get("/desk").status_code == 303
    inbox.sign_in("bob")
    inbox.desk.now += timedelta(hours=12, seconds=1)
    assert inbox.get("/desk").status_code == 303


@pytest.mark.parametrize(
    ("name", "password"), [("ada", "wrong horse battery"), ("eve", PASSWORD), ("", ""), ("ada", "x" * 9000)]
)
def test_another_name_and_another_password_look_alike(inbox: InboxVisitor, name: str, password: str) -> None:
    answer = inbox.sign_in(name, password)
    assert answer.status_code == 403
    assert "That did not work: another name or another password." in Shown(answer.text).text
    assert "set-cookie" not in answer.headers
    assert password not in answer.text or not password


def test_after_ten_wrong_passwords_even_the_right_one_waits(inbox: InboxVisitor) -> None:
    for _ in range(10):
        inbox.sign_in("bob", "wrong horse battery")
    refused = inbox.sign_in("bob")
    assert refused.status_code == 403
    assert "too many tries" in refused.text
    assert inbox.sign_in("ada").status_code == 303
    inbox.steady += 15 * 60
    assert inbox.sign_in("bob").status_code == 303


def test_guessing_under_many_names_takes_no_memory_without_end() -> None:
    tries = Tries()
    for number in range(3000):
        tries.failed(f"name{number}", 0.0)
    assert len(tries._failed) <= 1000
    tries.failed("later", 10_000.0)
    assert list(tries._failed) == ["later"]


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example", "/desk/../x:y", "/other", "/desk\r\nX: y"]
)
def test_signing_in_leads_nowhere_else(inbox: InboxVisitor, place: str) -> None:
    answer = inbox.post("/desk/sign-in", {"name": "ada", "password": PASSWORD, "next": place})
    assert answer.headers["location"] == "/desk"


def test_staff_do_not_say_who_may_sign_in(inbox: InboxVisitor) -> None:
    inbox.sign_in("bob")
    page = inbox.shown("/desk")
    assert "People" not in page.text
    assert inbox.get("/desk/people").status_code == 403
    fields = {**page.hidden, "name": "eve", "role": "owner", "password": PASSWORD}
    assert inbox.post("/desk/people/put", fields).status_code == 403
    assert inbox.post("/desk/people/remove", {**page.hidden, "name": "ada"}).status_code == 403


def test_an_owner_adds_and_removes_people_but_never_the_last_owner(inbox: InboxVisitor) -> None:
    inbox.sign_in("ada")
    hidden = {"csrf": inbox.shown("/desk/people").hidden["csrf"]}
    new = {**hidden, "name": "eve", "role": "staff", "password": "another long one"}
    assert inbox.post("/desk/people/put", new).status_code == 303
    assert "eve" in inbox.shown("/desk/people").text
    assert inbox.post("/desk/people/put", {**new, "password": "short"}).status_code == 409
    assert inbox.post("/desk/people/put", {**new, "name": "<b>"}).status_code == 409
    assert inbox.post("/desk/people/put", {**new, "role": "king"}).status_code == 409
    assert inbox.post("/desk/people/remove", {**hidden, "name": "eve"}).status_code == 303
    assert "eve" not in inbox.shown("/desk/people").text
    refused = inbox.post("/desk/people/remove", {**hidden, "name": "ada"})
    assert refused.status_code == 409
    assert "somebody must stay owner" in refused.text
    assert inbox.get("/desk/people").status_code == 200


def test_a_form_without_this_session_s_mark_is_refused(inbox: InboxVisitor) -> None:
    inbox.sign_in("ada")
    fields = {"name": "eve", "role": "owner", "password": PASSWORD}
    for csrf in ({}, {"csrf": ""}, {"csrf": "x" * 43}, {"csrf": "ü"}):
        assert inbox.post("/desk/people/put", {**fields, **csrf}).status_code == 409
    with inbox.desk.store.turn() as books:
        assert len(books.staff.all()) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_from_another_site_is_refused(inbox: InboxVisitor, headers: dict[str, str]) -> None:
    fields = {"name": "ada", "password": PASSWORD, "next": "/desk"}
    assert inbox.post("/desk/sign-in", fields, **headers).status_code == 403
    inbox.sign_in("ada")
    csrf = inbox.shown("/desk").hidden["csrf"]
    assert inbox.post("/desk/sign-out", {"csrf": csrf}, **headers).status_code == 409
    assert inbox.post("/desk/sign-out", {"csrf": csrf}, Origin="http://desk.test").status_code == 303


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"x" * 70_000, FORM["Content-Type"]),
        (b"name=ada", "application/json"),
        (b"name=ada", "multipart/form-data"),
        (b"name=%ff", FORM["Content-Type"]),
        (b"\xff", FORM["Content-Type"]),
        (b"&".join(b"a=1" for _ in range(200)), FORM["Content-Type"]),
    ],
)
def test_what_is_no_form_is_refused(inbox: InboxVisitor, body: bytes, kind: str) -> None:
    headers = {"Content-Type": kind}
    assert inbox.post_bytes("/desk/sign-in", body, **headers).status_code == 403


@pytest.mark.parametrize("page", ["/desk/sign-in", "/desk", "/desk/desk.css", "/desk/inter-regular.woff2"])
def test_every_answer_forbids_scripts_frames_and_guessing(inbox: InboxVisitor, page: str) -> None:
    inbox.sign_in("ada")
    headers = inbox.get(page).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    if not page.endswith((".css", ".woff2")):
        assert headers["cache-control"] == "no-store"


def test_no_page_has_a_script_or_a_style_of_its_own(inbox: InboxVisitor) -> None:
    inbox.sign_in("ada")
    for page in ("/desk", "/desk/data", "/desk/unmet", "/desk/people"):
        shown = Shown(inbox.get(page).text)
        assert not {"script", "style"} & set(shown.tags)
        assert " style=" not in inbox.get(page).text


def test_a_database_that_is_away_is_said_on_a_page(inbox: InboxVisitor, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox.sign_in("ada")

    async def away(*_: object) -> None:
        raise Busy(retry_after=30, closed=True)

    monkeypatch.setattr(inbox._reception, "ask", away)
    assert inbox.get("/desk").status_code == 503
    assert inbox.sign_in("ada").status_code == 503


def test_the_pages_speak_one_language(inbox: InboxVisitor) -> None:
    locale = resources_folder() / "locale"
    try:
        CATALOGUE.choose(["de"], locale)
        page = inbox.get("/desk/sign-in").text
        inbox.sign_in("ada")
        assert "Nichts wartet auf dich" in inbox.shown("/desk").text
    finally:
        CATALOGUE.choose(["en"], locale)
    assert '<html lang="de">' in page
    assert "Anmelden" in page
    assert '<html lang="en">' in inbox.get("/desk").text


def test_a_crowd_at_the_door_is_asked_to_come_again(inbox: InboxVisitor) -> None:
    fields = {"name": "eve", "password": "wrong horse battery"}

    async def crowd() -> list[int]:
        posts = [inbox.http.post("/desk/sign-in", data={**fields, "name": f"eve{n}"}) for n in range(20)]
        return [answer.status_code for answer in await asyncio.gather(*posts)]

    found = Counter(inbox._runner.run(crowd()))
    assert found == {403: 16, 503: 4}
    assert inbox.sign_in("ada").status_code == 303


def test_a_kept_password_is_salted_and_says_nothing() -> None:
    one, other = (hashed(PASSWORD, random=os.urandom) for _ in range(2))
    assert one != other
    assert PASSWORD not in one
    check_password(PASSWORD, one)
    with pytest.raises(BadSignIn):
        check_password(PASSWORD + "x", one)
    with pytest.raises(BadSignIn):
        check_password(PASSWORD, None)
    with pytest.raises(BadSignIn):
        hashed("short", random=os.urandom)


def test_the_first_owner_is_added_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, file = tmp_path / "shop", tmp_path / "password"
    file.write_text(PASSWORD + "\nsecond line\n")
    words = ["--home", str(home)]
    add = ["user", "add", "ada", "--role", "owner", "--password-file", str(file), *words]
    assert main(add) == 0
    assert main(["user", "list", *words]) == 0
    assert capsys.readouterr().out == "ada\towner\n"
    assert main(["user", "remove", "bob", *words]) == 1
    assert main(["user", "remove", "ada", *words]) == 0
    assert main(["user", "list", *words]) == 0
    assert "ada" not in capsys.readouterr().out
    assert main([*add[:3], "--password-file", str(tmp_path / "none"), *words]) == 1
    assert main(["user", "add", "a b", *words]) == 2
    file.write_text("short")
    assert main(add) == 1
    assert "10 to 200" in capsys.readouterr().err


def test_a_password_is_asked_for_on_a_terminal_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["user", "add", "ada", "--home", str(tmp_path)]
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert main(words) == 1
    assert "--password-file" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    typed = iter([PASSWORD, "something else", PASSWORD, PASSWORD])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert main(words) == 1
    assert main(words) == 0


def test_a_desk_that_serves_lets_nobody_change_its_people_behind_its_back(
    inbox: InboxVisitor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "password").write_text(PASSWORD)
    (tmp_path / "desk.key").write_bytes(b"\x07" * 32)
    (tmp_path / "desk.key").chmod(0o600)
    words = ["user", "add", "eve", "--home", str(tmp_path), "--password-file", str(tmp_path / "password")]
    assert main(words) == 1
    assert "another vrm-vendor serves from this folder" in capsys.readouterr().err
