"""Adds the shipped body and the database migrations to a built wheel; everything else is in pyproject.toml.

In a checkout (and so in an editable install) both folders are read where they lie, beside the package.
"""

from pathlib import Path

from setuptools import setup

HERE = Path(__file__).parent
SHARE = Path("share") / "mesomap"


def data_files() -> list[tuple[str, list[str]]]:
    """Every file of the two folders with the place it takes under the environment's data folder."""
    found: dict[str, list[str]] = {}
    for folder, target in (("assets/body_atlas", "body_atlas"), ("migrations", "migrations")):
        for file in sorted((HERE / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                place = SHARE / target / file.parent.relative_to(HERE / folder)
                found.setdefault(place.as_posix(), []).append(file.relative_to(HERE).as_posix())
    return sorted(found.items())


setup(data_files=data_files())
