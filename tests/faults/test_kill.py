"""SIGKILL at random moments: what was acknowledged is there, whole; the control loses."""

import os
import random
import subprocess
import sys
import threading
import time

import pytest

from mesomap.domain.errors import InUseError
from mesomap.domain.marks import InjectionSet
from mesomap.storage import Home, HomeLock, open_database
from tests.faults.conftest import PASSPHRASE, ROOT, child_environment

#: MESOMAP_FAULT_SEED repeats a run; MESOMAP_FAULT_KILLS asks for a longer one.
SEED = int(os.environ.get("MESOMAP_FAULT_SEED", "0")) or random.randrange(1, 2**31)
KILLS = int(os.environ.get("MESOMAP_FAULT_KILLS", "6"))


def _killed(home: Home, after_s: float, *options: str) -> int:
    """Run the writer, kill it some seconds after its first word; the last number it acknowledged."""
    command = [sys.executable, "-m", "tests.faults.writer", str(home.root), PASSPHRASE, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=child_environment()) as writer:
        assert writer.stdout is not None
        last = _number(writer.stdout.readline())
        with pytest.raises(InUseError, match="Another MesoMap"):
            HomeLock(home.lock)
        timer = threading.Timer(after_s, writer.kill)
        timer.start()
        for line in writer.stdout:
            if line.endswith("\n"):
                last = _number(line)
        timer.join()
    assert last >= 0, "the writer never began"
    return last


def _number(line: str) -> int:
    return int(line.split()[1]) if line.startswith("saved ") else -1


def _lost(home: Home, acknowledged: int) -> int:
    """How many acknowledged marks are not there; everything that is there must be whole."""
    HomeLock(home.lock).release()  # the lock of a killed process does not count
    database = open_database(home, PASSPHRASE)
    marks = database.marks(database.sessions()[0].id)
    report = database.verify()
    notices = database.notices
    database.close()
    assert report.findings == (), f"seed {SEED}"
    assert notices == (), f"seed {SEED}"
    for number, mark in enumerate(marks):
        assert isinstance(mark, InjectionSet)
        assert (mark.count, mark.points[0].triangle) == (number % 40 + 1, number), f"seed {SEED}"
    return max(0, acknowledged + 1 - len(marks))


def test_nothing_acknowledged_is_lost(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(SEED)
    for _ in range(KILLS):
        acknowledged = _killed(home, chance.uniform(0.0, 0.25))
        assert _lost(home, acknowledged) == 0, f"seed {SEED}"
    with capsys.disabled():
        sys.stdout.write(f" [{KILLS} kills, seed {SEED}, {acknowledged + 1} marks] ")


def test_the_control_that_acknowledges_too_early_loses(home: Home) -> None:
    """Were the test blind to loss, this one would fail."""
    chance = random.Random(SEED)
    end = time.monotonic() + 60
    lost = 0
    while not lost and time.monotonic() < end:
        lost = _lost(home, _killed(home, chance.uniform(0.0, 0.05), "early"))
    assert lost, f"seed {SEED}: a writer that lies was never caught"
