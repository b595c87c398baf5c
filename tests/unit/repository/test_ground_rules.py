"""The ground rules of tests/conftest.py can fail: a run of small bad tests shows it."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]

CONFTEST = "from tests.conftest import *\n"
BAD = '''
import logging, warnings
import pytest
from PySide6.QtWidgets import QApplication, QLabel

kept = []

def test_logs():
    logging.getLogger("mesomap.somewhere").warning("something is wrong")

def test_warns():
    warnings.warn("old way", DeprecationWarning)

def test_leaks(qapp):
    kept.append(QLabel("left open"))
    kept[0].show()

def test_qt_warns(qapp):
    from PySide6.QtCore import qWarning
    qWarning("something is wrong in Qt")

def test_good(qapp, own_home):
    import os
    assert os.environ["HOME"] == str(own_home)
    assert "MESOMAP_PASSPHRASE" not in os.environ

@pytest.mark.log_warnings_expected
def test_announced():
    logging.getLogger("mesomap.somewhere").warning("as announced")
'''


def test_bad_tests_fail_and_good_ones_pass(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_bad.py").write_text(BAD)
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "MESOMAP_PASSPHRASE": "of the person who runs this"}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", str(tmp_path)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    by_test: dict[str, set[str]] = {}
    for verdict, name in re.findall(r"^(PASSED|FAILED|ERROR) \S*::(\w+)", run.stdout, re.M):
        by_test.setdefault(name, set()).add(verdict)
    assert by_test, run.stdout + run.stderr
    for bad in ("test_logs", "test_warns", "test_leaks", "test_qt_warns"):
        assert by_test[bad] & {"FAILED", "ERROR"}, (bad, run.stdout)
    for good in ("test_good", "test_announced"):
        assert by_test[good] == {"PASSED"}, (good, run.stdout)
