"""From the start of the process: first paint, ready to chart, memory. Files are in the system's cache (warm)."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.table import Row

_ROUNDS = 5
_BYTECODE = Path(tempfile.gettempdir()) / "mesomap-benchmark-bytecode"


def startup_rows() -> list[Row]:
    """First paint beside an empty PySide6 window; ready to chart; memory with the demonstration's session open."""
    with tempfile.TemporaryDirectory() as folder:
        home = str(Path(folder) / "demo")
        _probe("ready", home)
        # One after the other in every round, so that a slow moment of the machine meets all of them.
        rounds = [[_probe(what, home) for what in ("empty", "first", "ready")] for _ in range(_ROUNDS)]
        empty, first, ready = (_best(found) for found in zip(*rounds, strict=True))
    return [
        Row("first paint", first[0], 1.3 * empty[0], "an empty PySide6 window, painted", empty[0]),
        Row("ready to chart, warm", ready[0], 900, "an empty PySide6 window, painted", empty[0]),
        Row("memory, demonstration session open (MB)", ready[1], 300, "an empty PySide6 window (MB)", empty[1]),
    ]


def _best(found: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Least ms until it was there, and the least memory in MB then."""
    return min(ms for ms, _ in found), min(memory for _, memory in found)


def _probe(what: str, home: str) -> tuple[float, float]:
    program = [sys.executable, "-m", "tests.benchmarks.startup_probe", what, str(time.time()), home]
    environment = {"QT_QPA_PLATFORM": "offscreen"} | dict(os.environ) | {"MESOMAP_PASSPHRASE": "demo"}
    # Warm also means compiled, as an installed program is; some shells forbid Python to keep what it compiled.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(_BYTECODE)
    done = subprocess.run(program, capture_output=True, text=True, env=environment, check=True)
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds) * 1e3, float(memory)
