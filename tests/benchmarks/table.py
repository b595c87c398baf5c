"""Measuring and printing: the figure, what it is held against in the same run, and their ratio."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure in ms. rival_ms: the floor or another way to the same answer, measured in the same run."""

    name: str
    ms: float
    goal_ms: float | None
    rival: str
    rival_ms: float


def best_ms(work: Callable[[], object], times: int = 7, each: int = 1) -> float:
    """Least processor time in ms of one call, over `times` rounds of `each` calls.

    Everything measured runs on one thread; processor time does not count what other programs take meanwhile.
    """
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        for _ in range(each):
            work()
        best = min(best, (time.process_time() - start) / each)
    return best * 1e3


def print_table(rows: list[Row]) -> None:
    """Print the rows as plain text."""
    print(f"{'figure':46s} {'ms':>9s} {'goal':>6s} {'rival or floor':40s} {'ms':>9s} {'ratio':>7s}")
    for row in rows:
        goal = "" if row.goal_ms is None else f"{row.goal_ms:g}"
        over = " over" if row.goal_ms is not None and row.ms > row.goal_ms else ""
        ratio = f"{row.ms / row.rival_ms:.2f}" if row.rival_ms else ""
        print(f"{row.name:46s} {row.ms:9.3f} {goal:>6s} {row.rival:40s} {row.rival_ms:9.3f} {ratio:>7s}{over}")
