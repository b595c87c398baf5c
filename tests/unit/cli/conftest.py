"""A demonstration home made once through the command line, and a copy of it for every test."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mesomap.cli import WindowRequest, build_cli


@dataclass
class Outcome:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What stdout says as JSON."""
        return json.loads(self.out)


asked: list[WindowRequest] = []


def _window(request: WindowRequest) -> int:
    asked.append(request)
    return 0


def call(*args: str | Path, home: Path | None = None, passphrase: str | None = "demo") -> Outcome:
    """Run one command as a person would; never a traceback."""
    environment = {"MESOMAP_PASSPHRASE": passphrase, "MESOMAP_HOME": str(home) if home else None}
    result = CliRunner().invoke(build_cli(_window), [str(arg) for arg in args], env=environment)
    assert "Traceback" not in result.output
    return Outcome(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration home; not to be written to."""
    home = tmp_path_factory.mktemp("demo") / "home"
    outcome = call("demo", "--home", home)
    assert outcome.code == 0, outcome.err
    return home


@pytest.fixture
def home(made_home: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration home that the test may change."""
    copy = tmp_path / "home"
    shutil.copytree(made_home, copy)
    copy.chmod(0o700)
    return copy


@pytest.fixture
def run(home: Path) -> Callable[..., Outcome]:
    """Run a command on this test's home."""
    return lambda *args, **options: call(*args, **{"home": home, **options})
