"""What the system itself must provide: Qt's libraries, and services that only some tests need.

Here: finding what is absent, naming its packages, installing them where that needs no question. Never here: Python
packages (environment.py). Nothing in this file ever asks for a password: without the right to install, it names
the packages in one line and lets the caller go on.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """A program that some tests talk to; each has a row in `SERVICES`."""

    name: str
    purpose: str
    commands: tuple[str, ...]
    debian_packages: tuple[str, ...]
    folders: tuple[str, ...] = ()  # patterns below / of folders off the search path where a system keeps its commands

    def find(self, command: str) -> str | None:
        """Where this machine has one of its commands: on the search path, else in the newest of its folders."""
        folders = (folder for pattern in self.folders for folder in sorted(Path("/").glob(pattern), reverse=True))
        places = [shutil.which(command), *(shutil.which(command, path=str(folder)) for folder in folders)]
        return next((place for place in places if place is not None), None)

    def absent_commands(self) -> tuple[str, ...]:
        """Those of its commands that this machine lacks."""
        return tuple(command for command in self.commands if self.find(command) is None)


SERVICES = (
    Service(
        name="secret-service",
        purpose="tests against a real Secret Service",
        commands=("dbus-run-session", "gnome-keyring-daemon"),
        debian_packages=("dbus", "gnome-keyring"),
    ),
    Service(
        name="age",
        purpose="tests that open what age encrypted, and the other way round",
        commands=("age", "setsid"),
        debian_packages=("age", "util-linux"),
    ),
    Service(
        name="strace",
        purpose="fault tests that cut, starve and kill at system calls",
        commands=("strace",),
        debian_packages=("strace",),
    ),
    Service(
        name="node",
        purpose="tests of the small vendor written for Node",
        commands=("node",),
        debian_packages=("nodejs",),
    ),
    Service(
        name="x-server",
        purpose="tests in a real X window",
        commands=("Xvfb",),
        debian_packages=("xvfb",),
    ),
    Service(
        name="postgresql",
        purpose="tests of the vendor desk on a database server",
        commands=("initdb", "pg_ctl"),
        debian_packages=("postgresql",),
        folders=("usr/lib/postgresql/*/bin",),
    ),
    Service(
        name="dovecot",
        purpose="tests that read a mailbox on a real IMAP server",
        commands=("dovecot",),
        debian_packages=("dovecot-imapd",),
        folders=("usr/sbin",),
    ),
    Service(
        name="chromium",
        purpose="tests of the vendor desk's pages in a real browser",
        commands=("chromium", "chromedriver"),
        debian_packages=("chromium", "chromium-driver"),
    ),
)

# What PySide6-Essentials 6.11 links to and does not bring: for widgets, the offscreen and the X11 platform.
_QT_PARTS = (
    "lib/libQt6Widgets.so.6",
    "lib/libQt6Svg.so.6",
    "plugins/platforms/libqoffscreen.so",
    "plugins/platforms/libqxcb.so",
)
_DEBIAN_PACKAGE_OF = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}
_OTHER_SYSTEMS = {
    "dnf": "dnf install mesa-libEGL mesa-libGL dbus-libs fontconfig libxkbcommon-x11 "
    "xcb-util-cursor xcb-util-image xcb-util-keysyms xcb-util-renderutil xcb-util-wm",
    "pacman": "pacman -S libglvnd dbus fontconfig libxkbcommon-x11 "
    "xcb-util-cursor xcb-util-image xcb-util-keysyms xcb-util-renderutil xcb-util-wm",
    "zypper": "zypper install Mesa-libEGL1 Mesa-libGL1 libdbus-1-3 fontconfig libxkbcommon-x11-0 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0",
}


def missing_qt_libraries(site_packages: Path) -> set[str]:
    """Packages (Debian's names; the library's own name where unknown) that Qt in `site_packages` still needs.

    Empty on systems other than Linux, where PySide6 brings everything, and where Qt is not installed.
    """
    qt = site_packages / "PySide6" / "Qt"
    if not sys.platform.startswith("linux") or shutil.which("ldd") is None:
        return set()
    parts = [str(qt / part) for part in _QT_PARTS if (qt / part).exists()]
    if not parts:
        return set()
    told = subprocess.run(
        ["ldd", *parts], check=False, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}
    ).stdout
    return {_DEBIAN_PACKAGE_OF.get(name, name) for name in re.findall(r"^\s*(\S+) => not found", told, re.MULTILINE)}


def provide(packages: list[str], *, why: str, say: Callable[[str], None]) -> bool:
    """Installs `packages` when this machine lets us without a question; else names them. True when installed."""
    if shutil.which("apt-get") is None:
        command = next((line for tool, line in _OTHER_SYSTEMS.items() if shutil.which(tool)), " ".join(packages))
        say(f"Please install, for {why}: {command}")
        return False
    install = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", *packages]
    right = _right_to_install()
    if right is None:
        say(f"Please install, for {why}: sudo apt-get install {' '.join(packages)}")
        return False
    say(f"Installing for {why}: {' '.join(packages)}")
    if _quietly([*right, *install]) == 0:
        return True
    _quietly([*right, "apt-get", "update", "-qq"])  # a fresh machine has no package lists, an old one stale ones
    if _quietly([*right, *install]) == 0:
        return True
    say(f"That failed; please do it by hand: apt-get update && apt-get install {' '.join(packages)}")
    return False


def provide_services(say: Callable[[str], None]) -> None:
    """Installs what `SERVICES` lack: all at once, which is quickest, and what that leaves one by one."""
    absent = [service for service in SERVICES if service.absent_commands()]
    if len(absent) > 1 and shutil.which("apt-get") is not None and _right_to_install() is not None:
        packages = [package for service in absent for package in service.debian_packages]
        provide(packages, why="the services that some tests need", say=say)
    for service in absent:
        if service.absent_commands():
            provide(list(service.debian_packages), why=service.purpose, say=say)


def _right_to_install() -> list[str] | None:
    """The words to put before a command that needs root: none for root itself; None where there is no right."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and _quietly([sudo, "--non-interactive", "true"]) == 0:
        return [sudo, "--non-interactive"]
    return None


def _quietly(command: list[str]) -> int:
    silent = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, env=silent).returncode
