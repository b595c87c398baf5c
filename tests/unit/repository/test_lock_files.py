"""The lock files: pinned, hashed, without addresses, and true to pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LOCKS = sorted((ROOT / "locks").glob("*.lock.txt"))


def _pins(lock: Path) -> list[str]:
    joined = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


def test_there_is_a_lock_for_every_use() -> None:
    assert [lock.name.split(".")[0] for lock in LOCKS] == ["atlas-build", "benchmarks", "lint", "requirements", "test"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_is_pinned_and_hashed_and_names_no_address(lock: Path) -> None:
    pins = _pins(lock)
    assert pins
    for pin in pins:
        assert re.match(r"[a-z0-9._-]+==\S+", pin), pin
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", pin), pin
    assert "://" not in lock.read_text(encoding="utf-8")


def test_what_the_program_needs_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = {pin.split("==")[0] for pin in _pins(ROOT / "locks" / "requirements.lock.txt")}
    wanted = {re.split(r"[<>=~! ]", need)[0].lower() for need in project["dependencies"]}
    assert wanted <= locked


def test_pyside_stays_below_the_version_that_aborts() -> None:
    """6.12.0 loses a reference at every void Qt call on Python 3.11; it aborts after 5,000 calls."""
    pin = next(
        pin for pin in _pins(ROOT / "locks" / "requirements.lock.txt") if pin.startswith("pyside6-essentials")
    )
    version = re.match(r"[a-z0-9-]+==([0-9.]+)", pin)
    assert version is not None
    assert tuple(int(part) for part in version.group(1).split(".")[:2]) < (6, 12)
