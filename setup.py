"""Adds the shipped body and the database migrations to a built wheel; everything else is in pyproject.toml.

In a checkout (and so in an editable install) both folders are read where they lie, beside the package.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent


class BuildWithData(build_py):
    """Copies assets and migrations into the package of a wheel, as mesomap/assets, mesomap/migrations."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for folder in ("assets", "migrations"):
            if (HERE / folder).is_dir():
                target = Path(self.build_lib) / "mesomap" / folder
                shutil.copytree(
                    HERE / folder, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
                )


setup(cmdclass={"build_py": BuildWithData})
