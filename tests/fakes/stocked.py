"""Sample shops with plenty of each piece: many tests ask the same desk, and it promises a used bicycle only once."""

import csv
import shutil
from pathlib import Path

from vrm_desktop.resources_folder import resources_folder

PIECES = "500"


def stock_up(catalogue: Path) -> None:
    """Give the desk plenty of every piece in its catalogue."""
    with catalogue.open(newline="", encoding="utf-8") as file:
        rows = [{**row, "quantity": PIECES} for row in csv.DictReader(file)]
    with catalogue.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def stocked_sample(home: Path) -> Path:
    """Make `home` the folder of the sample shop, well stocked."""
    home.mkdir(parents=True, exist_ok=True)
    for name in ("desk.toml", "catalogue.csv"):
        shutil.copy(resources_folder() / "samples" / name, home / name)
    stock_up(home / "catalogue.csv")
    return home
