"""The kinds of quote desk that come with the program, as data files. Never here: asking one."""

from vrm_desktop.domain.quote_desk import DeskProfile
from vrm_desktop.formats.quote_desk_profile import read_profile
from vrm_desktop.resources_folder import resources_folder


def shipped() -> dict[str, DeskProfile]:
    """The kinds that come with the program, by their names. Reads files."""
    files = sorted((resources_folder() / "quote_desks").glob("*.json"))
    read = (read_profile(file.read_bytes()) for file in files)
    return {one.name: one for one in read}
