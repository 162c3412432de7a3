"""Where the shipped files are: inside an installed package, or beside it in a checkout. The only lookup."""

from pathlib import Path


def resources_folder() -> Path:
    """The folder that holds icons, fonts, samples, roster, schema and locale.

    Raises:
        FileNotFoundError: the program was installed without its resources.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "resources", package.parent / "resources"):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("the program's resources are missing; please install it again")
