"""`python -m tests.benchmarks`: the atlas and coverage figures, each beside a floor or a rival of the same run."""

import sys

from tests.benchmarks.atlas_bench import atlas_rows
from tests.benchmarks.coverage_bench import coverage_rows
from tests.benchmarks.patients_bench import patient_rows
from tests.benchmarks.picture_bench import picture_rows
from tests.benchmarks.print_bench import print_rows
from tests.benchmarks.table import print_table


def main() -> int:
    """Measure everything and print one table."""
    print_table([*atlas_rows(), *picture_rows(), *coverage_rows(), *patient_rows(), *print_rows()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
