"""As last time, one planned place done, a thousand marks moved, marks under the pen: what the window's thread bears."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from statistics import median
from uuid import uuid4

import numpy as np
from PySide6.QtWidgets import QApplication

from mesomap.app.application import make_application
from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.coverage.fill import fill
from mesomap.coverage.tally import tally
from mesomap.domain.clock import now
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.domain.place import SkinPoint
from mesomap.services import ChartingService, Practice
from mesomap.services.carrying import Push, transplanted
from mesomap.services.last_session import last_session
from mesomap.services.moving import moved
from mesomap.services.planning import Planning, lay
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from tests.benchmarks.a_practice import a_practice
from tests.benchmarks.table import Row, best_ms

_SPACING_MM = 10.0


def plan_rows() -> list[Row]:
    """Processor time of the window's thread: work beside the window does not count, other programs neither."""
    app = make_application()
    atlas = open_atlas()
    rows = [
        *(_again_row(atlas, technique) for technique in ("nappage", "papule")),
        _place_row(atlas),
        _move_row(atlas),
        *_paste_rows(atlas),
    ]
    del app
    return rows


def _largest(atlas: Atlas) -> list[str]:
    return [region.id for region in sorted(atlas.regions, key=lambda region: -region.area_cm2)[:6]]


def _two_visits(practice: Practice, atlas: Atlas, technique: str) -> ChartingService:
    """A visit of the six largest regions, and the next one, empty."""
    patient = practice.patients()[0]
    first = ChartingService(practice, atlas, practice.new_session(patient.id, atlas).id)
    for region_id in _largest(atlas):
        first.fill(region_id, Dose(technique=technique, mixture="A", depth_mm=1.0), 0.01, spacing_mm=_SPACING_MM)
    later = first.session.started_at + timedelta(days=28)
    return ChartingService(practice, atlas, practice.new_session(patient.id, atlas, started_at=later).id)


def _thread_ms(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return (time.thread_time() - start) * 1e3


def _again_row(atlas: Atlas, technique: str) -> Row:
    with a_practice() as practice:
        session = _two_visits(practice, atlas, technique).session
        desk = Desk(practice.home.root, open_body=lambda *_which: atlas)
        desk.take(practice)
        window = MainWindow(desk)
        window.resize(1440, 900)
        window.show()
        window.open_session(session.id)
        page = window.charting
        assert page is not None
        page.model.choose_view("body_front")
        _rest(1.5)
        page.tools_bar.last_time_button().click()
        _rest(1.0)

        def again() -> None:
            page.last_time.done_button().click()
            QApplication.processEvents()

        ours = _thread_ms(again)
        page.model.figures.finish()
        marks, scale = page.model.marks, page.model.service.scale
        beside = _thread_ms(lambda: tally(atlas, marks, scale))
        _rest(0.5)
        window.close()
    name = "area records" if technique == "nappage" else "fills of points"
    return Row(f"as last time, six large {name}", ours, 300, "their tally, which runs beside", beside)


def _rest(seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QApplication.processEvents()
        time.sleep(0.01)


def _place_row(atlas: Atlas) -> Row:
    with a_practice() as practice:
        charting = _two_visits(practice, atlas, "papule")
        last = last_session(practice, charting.session, atlas)
        assert last is not None
        planned = lay(charting, last)[0]
        planning = Planning(charting)
        mark = planned.mark
        assert isinstance(mark, InjectionSet)
        ours = [
            _thread_ms(partial(planning.confirm, {planned.id: frozenset({place})}, by_tap=True)) for place in range(20)
        ]
        plain = [_thread_ms(partial(charting.place, [point], mark.dose, 0.01)) for point in mark.points[60:80]]
    name = f"one of {mark.count} planned points done, saved"
    return Row(name, median(ours), 16, "a point placed and saved", median(plain))


def _move_row(atlas: Atlas) -> Row:
    points = fill(atlas, "abdomen_upper.mid", spacing_mm=6).points.points()[:1000]
    marks = [_a_set((point,)) for point in points]
    push = _push(atlas, points)
    ours = best_ms(lambda: moved(atlas, marks, {mark.id: None for mark in marks}, push), 3)
    apart = best_ms(lambda: [moved(atlas, [mark], {mark.id: None}, push) for mark in marks], 1)
    return Row(f"{len(marks):,} single marks moved", ours, 100, "one after the other", apart)


def _a_set(points: tuple[SkinPoint, ...]) -> InjectionSet:
    at = now()
    return InjectionSet(
        id=uuid4(), session_id=uuid4(), points=points, dose=Dose(technique="papule"), volume_ml=0.01,
        origin=Origin.TAP, done_at=at, entered_at=at,
    )  # fmt: skip


def _push(atlas: Atlas, points: tuple[SkinPoint, ...]) -> Push:
    middle = points[len(points) // 2]
    x, y = atlas.project("body_front", SkinArray.of([middle])).xy[0].tolist()
    end = atlas.locate_one("body_front", x + 8, y - 6)
    assert end is not None
    return Push("body_front", middle, end)


def _paste_rows(atlas: Atlas) -> list[Row]:
    """From a cheek to the other, and over the rim of a chart to the forehead."""
    places = fill(atlas, "cheek_buccal.right", spacing_mm=5).points
    xyz = atlas.position(places)
    start = places.points()[int(np.argmin(np.linalg.norm(xyz - xyz.mean(axis=0), axis=1)))]
    floor = best_ms(lambda: atlas.project("head_front", places), 5)
    rows = []
    for region_id, words in (("cheek_buccal.left", "the other cheek"), ("forehead.mid", "the forehead")):
        chart = atlas.chart(region_id)
        middle = chart.polygon.representative_point()
        end = chart.from_chart(np.array([[middle.x, middle.y]])).points()[0]
        push = Push("head_front", start, end)
        ours = best_ms(partial(transplanted, atlas, places, push), 5)
        rows.append(Row(f"{len(places)} points under the pen, to {words}", ours, 25, "seen in a view", floor))
    return rows
