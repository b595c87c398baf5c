"""The quick form of a row, as a test runs it."""

import os
import random
import sys
import tempfile
from pathlib import Path

import pytest

from tests.faults.campaign import run_row
from tests.faults.rows import row

#: MESOMAP_FAULT_SEED repeats a run.
SEED = int(os.environ.get("MESOMAP_FAULT_SEED", "0")) or random.randrange(1, 2**31)


def holds(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Run a row in its quick form, say what it counted, and fail when it did not hold."""
    with tempfile.TemporaryDirectory(prefix="mesomap-faults-") as folder:
        outcome = run_row(row(number), Path(folder), SEED, full=False)
    with capsys.disabled():
        sys.stdout.write(f" [{outcome}] ")
    # Without its tool a row is not run, which is said above and counts as nothing.
    assert outcome.held or outcome.not_run, str(outcome)
