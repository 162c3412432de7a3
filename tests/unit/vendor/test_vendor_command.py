"""The command line's answers to mistakes, in the process itself; serving is tested as a process of its own."""

import socket
from pathlib import Path

import pytest

from vrm_desktop.vendor.command import main


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["serve"],
        ["sell"],
        ["serve", "--home", "x", "--port", "99999"],
        ["serve", "--home", "x", "extra"],
        ["serve", "--home", "x", "--workers", "0"],
    ],
)
def test_a_wrong_call_ends_with_status_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert "usage: vrm-vendor" in output.err


def test_help_and_version_end_with_status_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--help"]) == 0
    assert "--catalogue" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("vrm-vendor")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--workers", "2"], "--db"),
        (["--db", "no address"], "--db is an address"),
        (["--db", "mysql://desk@127.0.0.1/desk"], "PostgreSQL"),
        (["--db", "postgresql://desk@127.0.0.1:1/desk"], "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], complaint: str
) -> None:
    assert main(["serve", "--home", str(tmp_path), "--port", "0", *options]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert complaint in output.err


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [('name = "x"\ncolour = 1', "desk.toml: colour is not known"), ('name = "x"\ncatalogue = "none.csv"', "none.csv")],
)
def test_a_mistake_in_the_folder_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: str, complaint: str
) -> None:
    (tmp_path / "desk.toml").write_text(settings)
    assert main(["serve", "--home", str(tmp_path), "--port", "0"]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    sentence = output.err.strip().splitlines()[-1]
    assert sentence.startswith("vrm-vendor: ")
    assert complaint in sentence


def test_a_bad_catalogue_names_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bikes.csv"
    file.write_text("id,title,price,availability,product_type\n1,Bike,cheap,in_stock,mobility.bicycle\n")
    assert main(["serve", "--home", str(tmp_path / "shop"), "--port", "0", "--catalogue", str(file)]) == 1
    assert "bikes.csv, line 2: not an amount" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("key", "new"),
        ("key", "show"),
        ("export", "orders"),
        ("connect", "status"),
        ("user", "list"),
        ("user", "remove", "ada"),
    ],
    ids=" ".join,
)
def test_a_slip_in_the_folders_name_makes_no_new_desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    home = tmp_path / "shpo"
    assert main([*words, "--home", str(home)]) == 1
    output = capsys.readouterr()
    assert (output.out, output.err) == ("", f"vrm-vendor: {home}: no desk has its files here\n")
    assert not home.exists()


def test_a_port_that_is_taken_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main(["serve", "--home", str(tmp_path), "--port", str(port)]) == 1
    assert f"cannot listen on 127.0.0.1 port {port}" in capsys.readouterr().err


def test_an_address_that_others_reach_without_https_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["serve", "--home", str(tmp_path), "--port", "0", "--public-url", "http://rad.example"]
    assert main(arguments) == 1
    assert "--public-url" in capsys.readouterr().err
