"""System packages: absent libraries become package names; without the right to install they are named in one line."""

import shutil
import subprocess
from pathlib import Path

import pytest
from system_packages import SERVICES, Service, missing_qt_libraries, provide, provide_services

LDD = "\tlibEGL.so.1 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibnew.so.9 => not found\n"


class RecordedSystem:
    """Stands for the machine: which commands exist, what each exits with, what was run."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, commands: set[str], root: bool, failures: int = 0) -> None:
        self.run: list[list[str]] = []
        self.failures = failures
        monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in commands else None)
        monkeypatch.setattr("os.geteuid", lambda: 0 if root else 1000)
        monkeypatch.setattr(subprocess, "run", self._run)

    def _run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        self.run.append(command)
        failed = self.failures > 0
        self.failures -= 1
        return subprocess.CompletedProcess(command, int(failed), stdout=LDD)


def test_libraries_that_qt_misses_become_package_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = tmp_path / "PySide6" / "Qt" / "lib" / "libQt6Widgets.so.6"
    library.parent.mkdir(parents=True)
    library.touch()
    RecordedSystem(monkeypatch, commands={"ldd"}, root=True)
    assert missing_qt_libraries(tmp_path) == {"libegl1", "libnew.so.9"}


def test_without_qt_nothing_is_missing(tmp_path: Path) -> None:
    assert missing_qt_libraries(tmp_path) == set()


def test_root_installs_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    system = RecordedSystem(monkeypatch, commands={"apt-get"}, root=True)
    assert provide(["libegl1"], why="the window", say=lambda _: None)
    assert system.run == [["apt-get", "install", "--yes", "-qq", "--no-install-recommends", "libegl1"]]


def test_stale_package_lists_are_refreshed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    system = RecordedSystem(monkeypatch, commands={"apt-get"}, root=True, failures=1)
    assert provide(["libegl1"], why="the window", say=lambda _: None)
    assert [command[1] for command in system.run] == ["install", "update", "install"]


def test_what_cannot_be_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    RecordedSystem(monkeypatch, commands={"apt-get"}, root=True, failures=3)
    said: list[str] = []
    assert not provide(["libegl1"], why="the window", say=said.append)
    assert said[-1].endswith("apt-get install libegl1")


def test_services_are_installed_by_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    system = RecordedSystem(monkeypatch, commands={"apt-get"}, root=True)
    monkeypatch.setattr(Service, "find", lambda _self, name: name if len(system.run) > 0 else None)
    provide_services(lambda _: None)
    (command,) = system.run
    assert {"age", "strace", "postgresql"} <= set(command)


def test_a_service_that_cannot_be_had_keeps_no_other_away(monkeypatch: pytest.MonkeyPatch) -> None:
    system = RecordedSystem(monkeypatch, commands={"apt-get"}, root=True, failures=3)
    monkeypatch.setattr(Service, "find", lambda _self, _name: None)
    provide_services(lambda _: None)
    alone = [command[5:] for command in system.run[3:]]
    assert alone == [list(service.debian_packages) for service in SERVICES]


def test_without_the_right_to_install_each_service_is_said_with_its_purpose(monkeypatch: pytest.MonkeyPatch) -> None:
    system = RecordedSystem(monkeypatch, commands={"apt-get"}, root=False)
    monkeypatch.setattr(Service, "find", lambda _self, _name: None)
    said: list[str] = []
    provide_services(said.append)
    assert [line.partition(":")[0] for line in said] == [
        f"Please install, for {service.purpose}" for service in SERVICES
    ]
    assert system.run == []


def test_a_person_who_would_be_asked_a_password_gets_the_line_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    system = RecordedSystem(monkeypatch, commands={"apt-get", "sudo"}, root=False, failures=1)
    said: list[str] = []
    assert not provide(["libegl1"], why="the window", say=said.append)
    assert said == ["Please install, for the window: sudo apt-get install libegl1"]
    assert system.run == [["/usr/bin/sudo", "--non-interactive", "true"]]


def test_sudo_without_a_password_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    system = RecordedSystem(monkeypatch, commands={"apt-get", "sudo"}, root=False)
    assert provide(["libegl1"], why="the window", say=lambda _: None)
    assert system.run[-1][:3] == ["/usr/bin/sudo", "--non-interactive", "apt-get"]


@pytest.mark.parametrize("tool", ["dnf", "pacman", "zypper"])
def test_other_systems_get_their_own_line(monkeypatch: pytest.MonkeyPatch, tool: str) -> None:
    RecordedSystem(monkeypatch, commands={tool}, root=True)
    said: list[str] = []
    assert not provide(["libegl1"], why="the window", say=said.append)
    assert f": {tool} " in said[0]


def test_a_command_off_the_search_path_is_found_in_the_newest_of_its_folders(tmp_path: Path) -> None:
    for version in ("14", "15"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "made-up-initdb").touch(mode=0o755)
    pattern = f"{tmp_path.relative_to('/')}/*/bin"
    service = Service(name="x", purpose="x", commands=("made-up-initdb",), debian_packages=("x",), folders=(pattern,))
    assert service.find("made-up-initdb") == str(tmp_path / "15" / "bin" / "made-up-initdb")
    assert service.find("made-up-psql") is None
    assert service.absent_commands() == ()


def test_a_service_names_the_commands_that_are_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    service = SERVICES[0]
    RecordedSystem(monkeypatch, commands={service.commands[0]}, root=True)
    assert service.absent_commands() == service.commands[1:]
