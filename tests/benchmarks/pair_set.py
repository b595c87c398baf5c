"""The 200 pairs: a hundred of one picture under a known transformation, a hundred hard or truly separate.

`python -m tests.benchmarks.pair_set` prints the table.
"""

from collections.abc import Iterator

import numpy as np

from tests.benchmarks.photo_pairs import HALF_PX, Pair, Sort, large, outcome, samples, shot, skin, table, turned
from tests.benchmarks.photo_shots import separate_shots

_SEED = 20_261
_GOOD = ("astronaut", "chelsea", "coffee", "rocket", "retina", "hubble_deep_field", "immunohistochemistry", "coins",
         "camera", "moon")  # fmt: skip


def pairs(size: tuple[int, int] = HALF_PX, share: float = 1.0) -> Iterator[Pair]:
    """The pairs, made one by one; share < 1: so much of each kind, and of the separate shots every so manieth."""
    chance = np.random.default_rng(_SEED)
    yield from known_pairs(size, chance, round(100 * share))
    yield from _hard(size, chance, share)
    separate = list(separate_shots(chance))
    yield from separate[:: max(1, round(1 / share))]


def known_pairs(size: tuple[int, int], chance: np.random.Generator, count: int) -> Iterator[Pair]:
    """One picture laid otherwise by a similarity, in other light, blur and noise."""
    for number in range(count):
        name = _GOOD[number % len(_GOOD)] if number % 2 else "skin with moles"
        whole = skin(number, size, 60) if name.startswith("skin") else large(samples()[name], size)
        matrix = turned(size, chance)
        yield Pair("laid otherwise", shot(whole, None, chance), shot(whole, matrix, chance), matrix, True)


def _hard(size: tuple[int, int], chance: np.random.Generator, share: float) -> Iterator[Pair]:
    """44 pairs."""
    for number in range(round(12 * share)):
        first, second = skin(500 + number, size, 60), skin(700 + number, size, 60)
        yield Pair(
            "skin of somebody else", shot(first, None, chance), shot(second, None, chance), None, False, Sort.HARD
        )
    for number in range(round(12 * share)):
        whole = large(samples()[_GOOD[number % len(_GOOD)]], size)
        mirrored = np.ascontiguousarray(whole[:, ::-1])
        yield Pair("mirrored", shot(whole, None, chance), shot(mirrored, None, chance), None, False, Sort.HARD)
    for number in range(round(12 * share)):
        whole = large(samples()[_GOOD[number % len(_GOOD)]], size)
        matrix = turned(size, chance)
        matrix[0, 2] += 0.5 * size[0] * (-1) ** number
        first, second = shot(whole, None, chance), shot(whole, matrix, chance)
        yield Pair("half cropped away", first, second, matrix, False, Sort.HARD)
    for number in range(round(8 * share)):
        whole = skin(900 + number, size, 0)
        matrix = turned(size, chance)
        yield Pair("smooth skin", shot(whole, None, chance), shot(whole, matrix, chance), matrix, False, Sort.HARD)


if __name__ == "__main__":
    table([outcome(pair) for pair in pairs()], print)
