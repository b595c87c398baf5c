"""Photographs of 12 megapixels laid on each other and drawn; and the table of 200 pairs."""

import os
import time

import cv2
import numpy as np

from mesomap.photos.alignment import align
from mesomap.photos.beside import PhotoWorker
from mesomap.ui.photos.pair_pictures import images
from tests.benchmarks.pair_bench import pair_rows
from tests.benchmarks.pair_set import known_pairs, pairs
from tests.benchmarks.photo_pairs import WHOLE_PX, outcome, skin, table
from tests.benchmarks.table import Row, best_ms

#: MESOMAP_PAIRS=0.1 measures a tenth of the pairs.
_SHARE = float(os.environ.get("MESOMAP_PAIRS", "1"))


def photo_rows() -> list[Row]:
    """Every figure; the table of pairs is printed first."""
    table([outcome(pair) for pair in pairs(share=_SHARE)], print)
    large = [outcome(pair) for pair in known_pairs(WHOLE_PX, np.random.default_rng(4), 6)]
    errors = [one.error_px for one in large if one.error_px is not None]
    print(f"12 megapixels, {len(large)} good pairs: {len(errors)} accepted, median error {np.median(errors):.2f} px")
    return [*_laying(), _ready(), *pair_rows()]


def _laying() -> list[Row]:
    pair = next(known_pairs(WHOLE_PX, np.random.default_rng(5), 1))
    finder = cv2.SIFT.create()
    rival = best_ms(lambda: finder.detectAndCompute(pair.first, None), times=1)
    laid = best_ms(lambda: align(pair.first, pair.second), times=2)
    return [Row("laying 12 MP on 12 MP, checked", laid, 1500, "SIFT of one at full size", rival)]


def _ready() -> Row:
    """Least time on the clock: the work is done in another process, whose processor time is not ours."""
    coded = cv2.imencode(".jpg", skin(2, WHOLE_PX, 60), [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()
    best = float("inf")
    with PhotoWorker() as worker:
        for _ in range(4):
            start = time.perf_counter()
            images(worker.levels(coded, 1, WHOLE_PX))
            best = min(best, time.perf_counter() - start)
    return Row("12 MP made ready beside the window (clock)", best * 1e3, None, "", 0.0)
