"""`python -m tests.faults [--full] [--rows 1,3] [--seed N] [--keep FOLDER]`: the fault campaign.

A full run of all rows writes docs/FAULTS.md; rows run apart write it once all of them are in one --keep folder.
"""

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path

from tests.faults.campaign import Outcome, commit_here, run_row
from tests.faults.report import keep_outcome, kept_outcomes, write_report
from tests.faults.rows import numbers, row

_PAGE = Path(__file__).parents[2] / "docs" / "FAULTS.md"


def main() -> int:
    """Run the rows and say each outcome; 1 when one that ran did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--full", action="store_true", help="all rounds; writes docs/FAULTS.md when all rows are run")
    parser.add_argument("--rows", default="", help="numbers of rows, with commas between; all when left out")
    parser.add_argument("--share", type=float, default=1.0, help="of the full rounds, where time is short")
    parser.add_argument("--seed", type=int, default=0, help="repeats a run; chosen by chance when left out")
    parser.add_argument("--keep", type=Path, help="folder for the outcomes, so that rows can be run apart")
    options = parser.parse_args()
    wanted = [int(number) for number in options.rows.split(",") if number] or list(numbers())
    seed = options.seed or random.randrange(1, 2**31)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    commit = commit_here()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="mesomap-faults-") as folder:
        for number in wanted:
            outcome = run_row(
                row(number), Path(folder), seed + number, full=options.full, share=options.share, commit=commit
            )
            outcomes.append(outcome)
            if options.keep is not None:
                keep_outcome(options.keep, outcome)
            sys.stdout.write(f"{outcome}\n")
            sys.stdout.flush()
    together = outcomes if options.keep is None else kept_outcomes(options.keep)
    if options.full and {outcome.row.number for outcome in together} == set(numbers()):
        write_report(_PAGE, together, apart=options.keep is not None)
        sys.stdout.write(f"written: {_PAGE.name}\n")
    return 0 if all(outcome.held or outcome.not_run for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
