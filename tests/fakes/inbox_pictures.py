"""A page of the inbox in three widths, light and dark: never wider than the screen, and kept where somebody wants it.

Pictures go to the folder that `VRM_PICTURES` names; without it only the widths are looked at.
"""

import os
from pathlib import Path

from tests.fakes.browser import Browser


def keep_pictures(browser: Browser, name: str) -> None:
    """Look at the page in every width, and keep what is seen."""
    folder = os.environ.get("VRM_PICTURES")
    for width in (1280, 960, 390):
        for dark in (False, True):
            browser.look(width=width, dark=dark)
            overflow = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0, f"{name} is wider than {width}"
            if folder:
                browser.picture(Path(folder) / f"{name}-{width}-{'dark' if dark else 'light'}.png")
    browser.look(width=1280, dark=False)
