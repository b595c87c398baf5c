"""The assignment is the best there is: against scipy on random distances, and by hand."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from mesomap.atlas.records import Floats
from mesomap.coverage.assignment import ALONE, assign

ALONE_COST = 6.0


def _least(distance: Floats, alone: float) -> float:
    """Sum of the best assignment by scipy: every row has a place of its own to stay alone."""
    rows, _ = distance.shape
    wide = np.full((rows, rows), 1e9)
    np.fill_diagonal(wide, alone)
    table = np.hstack([np.minimum(distance, alone), wide])
    return float(table[linear_sum_assignment(table)].sum())


def _sum(distance: Floats, found: list[int], alone: float) -> float:
    return sum(alone if c == ALONE else float(distance[r, c]) for r, c in enumerate(found))


@settings(max_examples=200)
@given(st.integers(1, 24), st.integers(1, 24), st.integers(0, 2**32 - 1), st.floats(4.0, 40.0))
def test_it_is_as_good_as_scipy_says_it_can_be(rows: int, columns: int, seed: int, size: float) -> None:
    rng = np.random.default_rng(seed)
    a, b = rng.uniform(0, size, (rows, 2)), rng.uniform(0, size, (columns, 2))
    distance = np.linalg.norm(a[:, None] - b[None], axis=2)
    row, column = np.nonzero(distance < ALONE_COST)
    found = assign(row, column, distance[row, column], rows, columns, ALONE_COST).tolist()
    used = [c for c in found if c != ALONE]
    assert len(used) == len(set(used))
    assert all(distance[r, c] < ALONE_COST for r, c in enumerate(found) if c != ALONE)
    assert abs(_sum(distance, found, ALONE_COST) - _least(distance, ALONE_COST)) < 1e-9 * max(rows, 1)


def test_a_chain_moves_on_rather_than_leave_one_alone() -> None:
    # Each place lies 1 mm from the next: all can be kept when everyone moves by one.
    distance = np.array([[1.0, 5.0], [1.5, 1.2]])
    row, column = np.nonzero(distance < ALONE_COST)
    assert assign(row, column, distance[row, column], 2, 2, ALONE_COST).tolist() == [0, 1]
    distance = np.array([[1.0, 9.0], [0.5, 2.0]])
    row, column = np.nonzero(distance < ALONE_COST)
    assert assign(row, column, distance[row, column], 2, 2, ALONE_COST).tolist() == [0, 1]


def test_nothing_near_leaves_everyone_alone() -> None:
    none = np.empty(0, dtype=np.int64)
    assert assign(none, none, np.empty(0), 3, 2, ALONE_COST).tolist() == [ALONE] * 3
