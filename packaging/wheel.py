"""Builds the wheel that people install, and unpacks it where the journeys run their programs from.

Here: building, and looking that what must be shipped is in it. Never here: installing into an environment. With the
unpacked folder first on the path, `vrm` and `vrm-vendor` are the wheel's code, and a file that was left out is missed.
"""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
BUILT = CHECKOUT / ".bootstrap" / "wheel"
SITE = BUILT / "site"


def left_out(names: set[str]) -> list[str]:
    """Files of the checkout that a wheel with the files `names` lacks: all of the package, and all resources."""
    package = [path.relative_to(CHECKOUT) for path in (CHECKOUT / "vrm_desktop").rglob("*") if path.is_file()]
    resources = [path.relative_to(CHECKOUT) for path in (CHECKOUT / "resources").rglob("*") if path.is_file()]
    wanted = [path.as_posix() for path in package if "__pycache__" not in path.parts]
    wanted += [f"vrm_desktop/{path.as_posix()}" for path in resources]
    return sorted(set(wanted) - names)


def main() -> int:
    """Builds and unpacks; 1 when something was left out."""
    shutil.rmtree(BUILT, ignore_errors=True)
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(BUILT)]
    subprocess.run(command, check=True, cwd=CHECKOUT)
    (wheel,) = BUILT.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        missing = left_out(set(archive.namelist()))
        archive.extractall(SITE)
    for name in missing:
        print(f"left out of the wheel: {name}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
