"""Optimal assignment on sparse distances: which of two sets of places belong together.

Of all ways to pair a row with at most one column and a column with at most one row, the one with the least sum, where
a row left alone costs `alone`. Shortest augmenting paths with potentials (Jonker & Volgenant, Computing 38, 1987) over
the few columns that are near a row, so that thousands of marks take a fraction of a second.
"""

import heapq
import math

import numpy as np

from mesomap.atlas.records import Floats, Ints

#: A row of the result without a column.
ALONE = -1


def assign(row: Ints, column: Ints, cost: Floats, rows: int, columns: int, alone: float) -> Ints:
    """Column of each row (rows,), ALONE where none.

    row, column, cost (N,): the pairs that may be made and what each costs; a pair as dear as `alone` is not made.
    """
    useful = cost < alone
    order = np.lexsort((cost[useful], row[useful]))
    starts = np.searchsorted(row[useful][order], np.arange(rows + 1)).tolist()
    ends: list[int] = column[useful][order].tolist()
    costs: list[float] = cost[useful][order].tolist()
    of_row, of_column = [ALONE] * rows, [ALONE] * columns
    price = [0.0] * columns
    lacking: list[int] = []
    for r in range(rows):
        first = starts[r]
        if first < starts[r + 1] and of_column[ends[first]] == ALONE:
            of_row[r], of_column[ends[first]] = ends[first], r
        elif first < starts[r + 1]:
            lacking.append(r)
    for r in lacking:
        _augment(r, starts, ends, costs, alone, price, of_row, of_column)
    return np.array(of_row, dtype=np.int64)


def _augment(
    start: int,
    starts: list[int],
    ends: list[int],
    costs: list[float],
    alone: float,
    price: list[float],
    of_row: list[int],
    of_column: list[int],
) -> None:
    """Give `start` a column, moving others on, or leave the row alone for which that is cheapest.

    Reduced cost of a pair: cost + price[column] - what its row has now; never negative for rows that have a column.
    """
    came: dict[int, int] = {}  # column → row from which it was reached
    reached: dict[int, float] = {}
    settled: list[tuple[int, float]] = []
    done: set[int] = set()
    queue: list[tuple[float, int]] = []
    best_alone, alone_row = alone, start
    r, so_far, least = start, 0.0, alone  # least: no way that is longer can be the shortest
    end = ALONE
    while True:
        for k in range(starts[r], starts[r + 1]):
            # Prices are never negative, and the columns of a row come by their cost.
            if so_far + costs[k] >= least:
                break
            c = ends[k]
            total = so_far + costs[k] + price[c]
            if total < least and c not in done and total < reached.get(c, math.inf):
                reached[c], came[c] = total, r
                heapq.heappush(queue, (total, c))
                if of_column[c] == ALONE:
                    least = total
        while queue and (queue[0][1] in done or queue[0][0] > reached[queue[0][1]]):
            heapq.heappop(queue)
        if not queue or queue[0][0] >= best_alone:
            break
        distance, c = heapq.heappop(queue)
        done.add(c)
        settled.append((c, distance))
        if of_column[c] == ALONE:
            end = c
            break
        r = of_column[c]
        # Leaving the pair (r, c) gives its cost back; the row may then stay alone.
        so_far = distance - _own_cost(r, c, starts, ends, costs) - price[c]
        if so_far + alone < best_alone:
            best_alone, alone_row = so_far + alone, r
            least = min(least, best_alone)
    length = reached[end] if end != ALONE else best_alone
    for c, distance in settled:
        if c != end:
            price[c] += length - distance
    _turn(start, end, alone_row, came, of_row, of_column)


def _own_cost(r: int, c: int, starts: list[int], ends: list[int], costs: list[float]) -> float:
    return costs[ends.index(c, starts[r], starts[r + 1])]


def _turn(start: int, end: int, alone_row: int, came: dict[int, int], of_row: list[int], of_column: list[int]) -> None:
    """Move every row on the path to its new column."""
    if end == ALONE:
        if alone_row == start:
            return
        end = of_row[alone_row]
        of_row[alone_row] = ALONE
    c = end
    while True:
        r = came[c]
        before = of_row[r]
        of_row[r], of_column[c] = c, r
        if r == start:
            return
        c = before
