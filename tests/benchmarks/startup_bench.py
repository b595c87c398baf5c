"""From the start of the process: first paint, ready to chart, memory. Files are in the system's cache (warm)."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.table import Row

_ROUNDS = 5
_BYTECODE = Path(tempfile.gettempdir()) / "mesomap-benchmark-bytecode"


def startup_rows() -> list[Row]:
    """First paint beside an empty PySide6 window; ready to chart; memory with the demonstration's session open."""
    with tempfile.TemporaryDirectory() as folder:
        home = str(Path(folder) / "demo")
        _probe("ready", home)
        empty, first, ready = (_best(what, home) for what in ("empty", "first", "ready"))
    return [
        Row("first paint", first[0], 1.3 * empty[0], "an empty PySide6 window, painted", empty[0]),
        Row("ready to chart, warm", ready[0], 900, "an empty PySide6 window, painted", empty[0]),
        Row("memory, demonstration session open (MB)", ready[1], 300, "an empty PySide6 window (MB)", empty[1]),
    ]


def _best(what: str, home: str) -> tuple[float, float]:
    """Least ms until it was there, and the memory in MB then."""
    found = [_probe(what, home) for _ in range(_ROUNDS)]
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
