"""What must not slow down the start of the window."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
LATE = ("sqlalchemy", "alembic", "sqlcipher3", "cryptography", "shapely")


def test_the_services_load_no_slow_library_before_a_practice_is_opened() -> None:
    code = f"import sys, mesomap.services; print([name for name in {LATE!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
