"""Photographs of 12 megapixels laid on each other and drawn; and the table of 200 pairs."""

import os
import time
from collections.abc import Callable

import cv2
import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from mesomap.app.application import make_application
from mesomap.photos.alignment import align
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.fit import fit_of, similarity
from mesomap.ui.photos.pair_pictures import images
from mesomap.ui.photos.pair_view import Mode, PairView
from tests.benchmarks.photo_pairs import WHOLE_PX, outcome, pairs, skin, table
from tests.benchmarks.table import Row, best_ms

#: MESOMAP_PAIRS=0.1 measures a tenth of the pairs.
_SHARE = float(os.environ.get("MESOMAP_PAIRS", "1"))


def photo_rows() -> list[Row]:
    """Every figure; the table of pairs is printed first."""
    table([outcome(pair) for pair in pairs(share=_SHARE)], print)
    large = [outcome(pair) for pair in pairs(WHOLE_PX, 0.06) if pair.good]
    errors = [one.error_px for one in large if one.error_px is not None]
    print(f"12 megapixels, {len(large)} good pairs: {len(errors)} accepted, median error {np.median(errors):.2f} px")
    return [*_laying(), *_drawing(), _placing()]


def _wall_ms(work: Callable[[], object], times: int = 3) -> float:
    """Least time on the clock: the work is done in another process, whose processor time is not ours."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best * 1e3


def _laying() -> list[Row]:
    pair = next(iter(pairs(WHOLE_PX, 0.01)))
    finder = cv2.SIFT.create()
    rival = best_ms(lambda: finder.detectAndCompute(pair.first, None), times=1)
    laid = best_ms(lambda: align(pair.first, pair.second), times=2)
    return [Row("laying 12 MP on 12 MP, checked", laid, 1500, "SIFT of one at full size", rival)]


def _drawing() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_application()
    coded = cv2.imencode(".jpg", skin(2, WHOLE_PX, 60), [cv2.IMWRITE_JPEG_QUALITY, 90])[1].tobytes()
    with PhotoWorker() as worker:
        made = worker.levels(coded, 1, WHOLE_PX)
        show = _wall_ms(lambda: images(worker.levels(coded, 1, WHOLE_PX)))
    levels = images(made)
    view = PairView()
    view.resize(1240, 640)
    view.show_pictures(levels, levels)
    view.choose_mode(Mode.SLIDER)
    target = QImage(view.size(), QImage.Format.Format_RGB32)
    shares = iter(np.linspace(0, 1, 1000).tolist())
    view.render(target)

    def slide() -> None:
        view.set_share(next(shares))
        view.render(target)

    def zoom() -> None:
        view.zoom_by(1.01, QPointF(400, 300))
        view.render(target)

    plain = best_ms(lambda: target.fill(0), times=5)
    return [
        Row("12 MP made ready beside the window", show, None, "", 0.0),
        Row("slider moved on 12 MP, a frame", best_ms(slide, times=20), 16, "filling the widget", plain),
        Row("zoomed on 12 MP, a frame (two pictures)", best_ms(zoom, times=20), 16, "filling the widget", plain),
    ]


def _placing() -> Row:
    chance = np.random.default_rng(3)
    source = chance.uniform(0, 4000, (12, 2))
    target = source * 1.1 + 30

    def place() -> None:
        fit_of(similarity(source, target))

    def solve() -> None:
        np.linalg.lstsq(np.hstack([source, np.ones((12, 1))]), target)

    return Row(
        "fit of 12 pairs set by hand", best_ms(place, times=5, each=20), 16, "numpy's least squares", best_ms(solve)
    )
