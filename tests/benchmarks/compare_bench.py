"""Visits compared: injections matched, every map of every view of a course of six visits, two maps moved together."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from mesomap.app.application import make_application
from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.coverage import fill
from mesomap.coverage.visits import MOVED_MM, match_visits
from mesomap.domain.clock import now
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.domain.place import SkinPoint
from mesomap.domain.session import Session
from mesomap.render.heat_map import step_paths
from mesomap.services.comparing import Comparison, Visit, compare
from mesomap.services.cumulative import Cumulative, Over
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.compare.map_view import MapView
from mesomap.ui.compare.over_time import OverTime
from mesomap.ui.compare.shown import CompareModel, Mode, made
from tests.benchmarks.table import Row, best_ms

VISITS, POINTS = 6, 2000
_SIDES = ("left", "right")
#: What the course treats, closely filled, so that every view of head, trunk, legs and hands shows some of it.
_REGIONS = (
    *(
        f"{name}.{side}"
        for name in ("cheek_malar", "jawline", "thigh_outer", "knee_medial", "buttock")
        for side in _SIDES
    ),
    *("forehead.mid", "neck_anterior.mid", "abdomen_lower.mid", "scalp_vertex.mid"),
)
_RADII: dict[str, float | None] = {"papule": 5.0}
#: After so long without a hand both maps are sharp.
_UNTIL_SHARP_S = 0.4
_THIGH = "thigh_front.left"


def compare_rows() -> list[Row]:
    """Every figure of comparing; the maps of each view are printed first."""
    app = make_application()
    atlas = open_atlas()
    visits = course(atlas)
    found = compare(visits[-2], visits[-1])
    dense = _dense(atlas, visits[-1].session, np.random.default_rng(6))
    rows = [
        _match_row(atlas, visits[-2:], "over the body", MOVED_MM),
        _match_row(atlas, dense, "one thigh", MOVED_MM),
        _match_row(atlas, dense, "one thigh", 20.0),
        *_over_rows(atlas, visits),
        *_look_rows(atlas, found),
    ]
    del app
    return rows


def course(atlas: Atlas) -> list[Visit]:
    """Six visits, four weeks apart, of 2,000 injections each: most where they were before, or a few mm beside it."""
    dice = np.random.default_rng(5)
    places = [point for region_id in _REGIONS for point in _filled(atlas, region_id, POINTS // len(_REGIONS) + 1, dice)]
    found = []
    for number in range(VISITS):
        session = Session(
            id=_id(1, number),
            patient_id=_id(2, 0),
            number=number + 1,
            started_at=now() - timedelta(days=28 * (VISITS - number)),
            atlas=atlas.ref,
        )
        marks = tuple(_set(session, row, places[row : row + 50]) for row in range(0, len(places), 50))
        found.append(Visit(session, marks, atlas, dict(_RADII)))
        places = _moved(atlas, places, dice)
    return found


def _id(kind: int, number: int) -> UUID:
    return UUID(int=(kind << 96) + number)


def _set(session: Session, row: int, points: Sequence[SkinPoint], radius_key: str = "papule") -> InjectionSet:
    return InjectionSet(
        id=_id(3, session.number * 100_000 + row),
        session_id=session.id,
        points=tuple(points),
        dose=Dose(technique=radius_key, mixture="A", depth_mm=2.0),
        volume_ml=0.02,
        origin=Origin.TAP,
        done_at=session.started_at,
        entered_at=session.started_at,
    )


def _moved(atlas: Atlas, places: Sequence[SkinPoint], dice: np.random.Generator) -> list[SkinPoint]:
    """The same places as a hand finds them again: most within a millimetre, some beside it, some elsewhere."""
    xyz = atlas.position(SkinArray.of(places))
    far = dice.choice((0.6, 3.0, 15.0), size=len(places), p=(0.6, 0.2, 0.2))
    return list(atlas.nearest(xyz + dice.normal(0, 1, xyz.shape) * far[:, None]).points())


def _match_row(atlas: Atlas, visits: Sequence[Visit], name: str, most_mm: float) -> Row:
    """Ours beside SciPy's assignment over the dense matrix of straight distances, as one would write it down."""

    def ours() -> None:
        match_visits(atlas, before.marks, after.marks, moved_mm=most_mm)

    def dense() -> None:
        a, b = (atlas.position(match.skin) for match in (found.before, found.after))
        linear_sum_assignment(np.minimum(cdist(a, b), most_mm + 1e-6))

    before, after = visits
    found = match_visits(atlas, before.marks, after.marks, moved_mm=most_mm)
    kinds = (found.repeated, found.moved, found.new, found.dropped)
    print(f"{name}: repeated, moved, new, dropped {', '.join(str(int(one.sum())) for one in kinds)}")
    label = f"matching 2 × {len(found.partner):,} injections, {name}, {most_mm:g} mm"
    return Row(label, best_ms(ours, 3), 200, "SciPy's assignment, dense matrix", best_ms(dense, 2))


def _filled(atlas: Atlas, region_id: str, count: int, dice: np.random.Generator) -> list[SkinPoint]:
    """So many injections beside each other in one region, 8 mm apart, nearer where there is no room for them."""
    points, spacing_mm = fill(atlas, region_id, spacing_mm=8.0).points, 8.0
    while len(points) < count:
        spacing_mm *= 0.85
        points = fill(atlas, region_id, spacing_mm=spacing_mm).points
    start = int(dice.integers(0, len(points) - count + 1))
    return list(points[start : start + count].points())


def _dense(atlas: Atlas, session: Session, dice: np.random.Generator) -> tuple[Visit, Visit]:
    """One thigh closely filled twice: every injection has a dozen neighbours within the distance."""
    points = fill(atlas, _THIGH, spacing_mm=4.5).points
    order = dice.permutation(len(points))[:POINTS]
    first = points[order].points()
    second = list(atlas.nearest(atlas.position(points[order]) + dice.normal(0, 2.5, (len(order), 3))).points())
    marks = [(_set(session, row, part),) for row, part in enumerate((first, second))]
    return Visit(session, marks[0], atlas, _RADII), Visit(session, marks[1], atlas, _RADII)


def _over_rows(atlas: Atlas, visits: Sequence[Visit]) -> list[Row]:
    """Each map over the course, in every view, as it is made when a view is first looked at; then once more."""
    for visit in visits:
        visit.shapes(covered=True)  # the tally of each visit is there before the map is asked for
    rows = []
    for over in Over:
        first, again = dict[str, float](), dict[str, float]()
        for view in atlas.views:
            make = partial(_map, Cumulative(atlas, visits[-1].scale), over, view.key, visits)
            first[view.key], again[view.key] = best_ms(make, 1), best_ms(make, 2)
        worst = max(first, key=lambda key: first[key])
        print(f"{over}, ms first/again: {', '.join(f'{key} {first[key]:.0f}/{again[key]:.0f}' for key in first)}")
        name = f"map of {over} over {VISITS} visits, worst view ({worst})"
        rows.append(Row(name, first[worst], 150, "once more", again[worst]))
    return rows


def _map(maps: Cumulative, over: Over, view_key: str, visits: Sequence[Visit]) -> None:
    raster = maps.raster(over, view_key, visits, date.today())
    step_paths(raster.values, raster.origin_mm, raster.step_mm, raster.levels)


def _look_rows(atlas: Atlas, comparison: Comparison) -> list[Row]:
    """Both maps beside each other in a window of 1440 × 900: every view in every mode, moved and zoomed together."""
    model = CompareModel(atlas)
    over_time = OverTime(model)
    window = QWidget()
    row = QHBoxLayout(window)
    maps = [MapView(model, over_time, is_after=is_after) for is_after in (False, True)]
    for one in maps:
        row.addWidget(one)
    window.resize(1408, 560)
    window.show()
    model.show(made(comparison))
    target = QImage(window.size(), QImage.Format.Format_RGB32)

    def paint() -> None:
        for one in maps:
            one.render(target)

    plain = best_ms(lambda: target.fill(0), times=5)
    rows = []
    for mode in (Mode.SIDE_BY_SIDE, Mode.OVERLAY, Mode.DIFFERENCE):
        model.choose_mode(mode)
        took = {}
        for view in atlas.views:

            def show(key: str = view.key) -> None:
                model.choose_view(key)
                paint()

            took[view.key] = best_ms(show, 1)
        worst = max(took, key=lambda key: took[key])
        print(f"{mode}, ms: {', '.join(f'{key} {ms:.0f}' for key, ms in took.items())}")
        rows.append(Row(f"both maps, {mode}, worst view ({worst})", took[worst], 150, "filling both", plain))
    model.choose_view("body_front")
    for mode in (Mode.SIDE_BY_SIDE, Mode.DIFFERENCE):
        model.choose_mode(mode)
        for name, work in (("moved", _drag), ("zoomed", _wheel)):
            frame, longest = _frame_ms(maps[1], work)
            rows.append(Row(f"two maps {name} together, {mode}, a frame", frame, 16, "filling both", plain))
            rows.append(Row(f"the longest of them, {mode}", longest, None, "filling both", plain))

        def anew() -> None:
            model.changed.emit()
            QApplication.processEvents()

        rest = min(_longest_at_rest_ms(maps[1]) for _ in range(3))
        rows.append(Row(f"longest hold as the maps turn sharp, {mode}", rest, 16, "filling both", plain))
        rows.append(Row(f"both maps painted anew in one turn, {mode}", best_ms(anew, 5), None, "filling both", plain))
    window.close()
    return rows


def _longest_at_rest_ms(view: MapView) -> float:
    """The longest turn of the window, ms of this thread, from a zoom until both maps are sharp again."""
    _wheel(view, 1)
    QApplication.processEvents()
    longest, until = 0.0, time.monotonic() + _UNTIL_SHARP_S
    while time.monotonic() < until:
        start = time.thread_time()
        QApplication.processEvents()
        longest = max(longest, time.thread_time() - start)
        time.sleep(0.001)
    return longest * 1e3


def _frame_ms(view: MapView, work: Callable[[MapView, int], None]) -> tuple[float, float]:
    """Median and longest ms of this thread from an event to both maps painted, over 24 events after the pictures are
    decoded.
    """
    took = []
    for step in range(30):
        start = time.thread_time()
        work(view, step)
        QApplication.processEvents()
        took.append(time.thread_time() - start)
        BesideTheWindow.finish_all()
    return sorted(took[6:])[12] * 1e3, max(took[6:]) * 1e3


def _drag(view: MapView, step: int) -> None:
    """The body held and moved by a few pixels, to and fro."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    at = QPointF(300 + 6 * (step % 12), 250 + 3 * (step % 12))
    where = QPointF(view.mapToGlobal(at))
    if step == 0:
        QApplication.sendEvent(view, QMouseEvent(QEvent.Type.MouseButtonPress, at, where, left, left, none))
    QApplication.sendEvent(view, QMouseEvent(QEvent.Type.MouseMove, at, where, Qt.MouseButton.NoButton, left, none))


def _wheel(view: MapView, step: int) -> None:
    """In for half of the events, then out."""
    at = QPointF(300, 250)
    turn = QPoint(0, 60 if step < 15 else -60)
    buttons, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at, QPointF(view.mapToGlobal(at)), QPoint(), turn, buttons, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view, event)
