"""`python -m tests.benchmarks [GROUP …]`: every measured figure beside a floor or a rival of the same run.

Groups: start, atlas, picture, coverage, patients, session, window, plan, print, backup, trust, find, recall, compare,
photos, intake, history.
On the display there is with QT_QPA_PLATFORM=xcb, else offscreen.
"""

import sys
from collections.abc import Callable
from importlib import import_module

from tests.benchmarks.table import Row, print_table

#: Start-up first: its processes find the machine as a user's would.
_GROUPS = {
    "start": "startup_bench.startup_rows",
    "atlas": "atlas_bench.atlas_rows",
    "picture": "picture_bench.picture_rows",
    "coverage": "coverage_bench.coverage_rows",
    "patients": "patients_bench.patient_rows",
    "session": "session_bench.session_rows",
    "window": "window_bench.window_rows",
    "plan": "plan_bench.plan_rows",
    "print": "print_bench.print_rows",
    "backup": "backup_bench.backup_rows",
    "trust": "trust_bench.trust_rows",
    "find": "find_bench.find_rows",
    "recall": "recall_bench.recall_rows",
    "compare": "compare_bench.compare_rows",
    "photos": "photos_bench.photo_rows",
    "landmarks": "landmarks_bench.landmark_rows",
    "intake": "intake_bench.intake_rows",
    "history": "history_bench.history_rows",
}


def _rows_of(group: str) -> Callable[[], list[Row]]:
    module, name = _GROUPS[group].split(".")
    found: Callable[[], list[Row]] = getattr(import_module(f"tests.benchmarks.{module}"), name)
    return found


def main() -> int:
    """Measure everything, or the groups named, and print one table."""
    wanted = sys.argv[1:] or list(_GROUPS)
    unknown = [name for name in wanted if name not in _GROUPS]
    if unknown:
        print(f"There is no group “{unknown[0]}”. Groups: {', '.join(_GROUPS)}.", file=sys.stderr)
        return 2
    print_table([row for group in wanted for row in _rows_of(group)()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
