"""What holds for every test: no screen, a home of its own, no warning in the log, no window left open."""

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("QT_SCALE_FACTOR", "1")

#: Loggers whose warnings fail a test ("py": Python's own warnings).
WATCHED = ("mesomap", "py", "alembic", "sqlalchemy")

settings.register_profile("default", deadline=None, max_examples=60)
settings.register_profile(
    "ci", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def small_atlas_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the synthetic body (an ellipsoid with six regions), written once a run."""
    from tests.synthetic_atlas import write_synthetic_atlas

    folder = tmp_path_factory.mktemp("atlas") / "small"
    write_synthetic_atlas(folder)
    return folder


@pytest.fixture(scope="session")
def small_atlas(small_atlas_folder: Path) -> Any:
    """The synthetic body, opened once a run."""
    from mesomap.atlas import open_atlas

    return open_atlas(small_atlas_folder)


@pytest.fixture(scope="session")
def real_atlas() -> Any:
    """The shipped body, opened once a run."""
    from mesomap.atlas import open_atlas

    return open_atlas()


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder that only this test sees; nobody's settings or passphrase leak in."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("MESOMAP_HOME", "MESOMAP_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(autouse=True)
def no_log_warnings(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails the test when something of ours logs a warning or worse that it did not announce."""
    yield
    if request.node.get_closest_marker("log_warnings_expected") is not None:
        return
    loud = [
        f"{record.name}: {record.getMessage()}"
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING
        and record.name.split(".")[0] in ("mesomap", "py", "alembic", "sqlalchemy")
    ]
    if loud:
        pytest.fail("unexpected log warnings:\n" + "\n".join(loud), pytrace=False)


@pytest.fixture(autouse=True)
def no_leaked_windows() -> Iterator[None]:
    """Fails the test when it leaves a window open that was not there before."""
    before = {id(window) for window in _open_windows()}
    yield
    leaked = [window for window in _open_windows() if id(window) not in before]
    names = [f"{type(window).__name__} {window.objectName()!r}" for window in leaked]
    for window in leaked:
        window.close()
    if names:
        pytest.fail("windows left open: " + ", ".join(names), pytrace=False)


def _open_windows() -> list[Any]:
    """Visible top-level widgets; empty as long as no test of this run has touched Qt."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return []
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
