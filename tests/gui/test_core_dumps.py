"""No picture of the memory is left behind by a program that dies."""

import os
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import resource, sys
from mesomap.app.core_dumps import forbid_core_dumps
done = forbid_core_dumps()
dumpable = ""
if sys.platform.startswith("linux"):
    import ctypes
    dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
print(done, resource.getrlimit(resource.RLIMIT_CORE), dumpable)
import os
os.abort()
"""


def test_core_dumps_are_off(tmp_path: Path) -> None:
    found = subprocess.run([sys.executable, "-c", _PROGRAM], cwd=tmp_path, capture_output=True, text=True, check=False,
                           env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])})  # fmt: skip
    assert found.stdout.split("\n")[0].startswith("True (0, 0)")
    if sys.platform.startswith("linux"):
        assert found.stdout.split("\n")[0].endswith(" 0")
    assert list(tmp_path.iterdir()) == []
