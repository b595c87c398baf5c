"""The plan in a view: every place knows its planned mark, its position and its outcome; ways lead to what was done."""

from dataclasses import replace
from uuid import UUID, uuid4

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from mesomap.atlas import Atlas
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Mark, Origin
from mesomap.domain.place import SkinPoint
from mesomap.domain.plan import PlannedMark, PlanOutcome, place_count
from mesomap.render.context import fitted
from mesomap.render.planned import DONE, MOVED, OPEN, SKIPPED, PlanProjector, draw_plan
from mesomap.render.tokens import LIGHT
from tests.records import NOON

SESSION = UUID(int=7)


def skin(atlas: Atlas, *places: tuple[float, float]) -> tuple[SkinPoint, ...]:
    """Skin of the front view."""
    found = atlas.locate("body_front", np.array(places))
    assert (found.tri >= 0).all()
    return found.points()


def a_set(points: tuple[SkinPoint, ...]) -> InjectionSet:
    return InjectionSet(
        id=uuid4(), session_id=SESSION, points=points, dose=Dose(technique="papule", mixture="A", depth_mm=2.0),
        volume_ml=0.05, origin=Origin.REPEAT, done_at=NOON, entered_at=NOON, region_ids=("chest.left",),
    )  # fmt: skip


def an_area(atlas: Atlas) -> AreaRecord:
    ring = skin(atlas, (20, -20), (60, -20), (60, 20), (20, 20))
    return AreaRecord(
        id=uuid4(), session_id=SESSION, outline=(ring,), region_ids=("chest.left",),
        dose=Dose(technique="nappage", mixture="B"), lattice=Lattice.HEX, spacing_mm=4.0, about_n=90, total_ml=None,
        origin=Origin.REPEAT, done_at=NOON, entered_at=NOON,
    )  # fmt: skip


def planned(mark: Mark, *outcomes: PlanOutcome) -> PlannedMark:
    given = outcomes or (PlanOutcome.PLANNED,) * place_count(mark)
    return PlannedMark(id=mark.id, session_id=SESSION, mark=mark, source_mark_id=uuid4(), outcomes=given)


def test_places_of_sets_around_an_area_keep_their_row_position_and_outcome(atlas: Atlas) -> None:
    first, second = a_set(skin(atlas, (30, 0), (50, 0))), a_set(skin(atlas, (70, 0), (70, 30), (90, 0)))
    plan = [
        planned(first, PlanOutcome.DONE, PlanOutcome.PLANNED),
        planned(an_area(atlas), PlanOutcome.SKIPPED),
        planned(second, PlanOutcome.PLANNED, PlanOutcome.SKIPPED, PlanOutcome.DONE),
    ]
    scene = PlanProjector(atlas, PatientScale()).scene("body_front", plan, [])
    assert list(zip(scene.row.tolist(), scene.place.tolist(), scene.outcome.tolist(), strict=True)) == [
        (0, 0, DONE), (0, 1, OPEN), (2, 0, OPEN), (2, 1, SKIPPED), (2, 2, DONE),
    ]  # fmt: skip
    assert scene.xy[3] == pytest.approx((70, 30), abs=0.5)
    ((row, area, outcome),) = scene.areas
    assert (row, outcome, len(area.lattice)) == (1, SKIPPED, 0)
    behind = PlanProjector(atlas, PatientScale()).scene("body_back", plan, [])
    assert len(behind.xy) == 0


def test_a_way_leads_from_the_planned_place_to_the_done_one(atlas: Atlas) -> None:
    mark = a_set(skin(atlas, (30, 0), (70, 0)))
    plan = planned(mark, PlanOutcome.MOVED, PlanOutcome.DONE)
    done = replace(mark, id=uuid4(), plan_id=plan.id, points=(mark.points[1],))
    moved = replace(mark, id=uuid4(), plan_id=plan.id, points=skin(atlas, (30, 20)))
    other = a_set(skin(atlas, (31, 1)))
    scene = PlanProjector(atlas, PatientScale()).scene("body_front", [plan], [done, moved, other])
    ((start, end),) = scene.ways
    assert start == pytest.approx((30, 0), abs=0.5)
    assert end == pytest.approx((30, 20), abs=0.5)
    assert scene.outcome.tolist() == [MOVED, DONE]


def test_open_is_drawn_in_the_colour_of_the_mixture_and_done_is_not_drawn(atlas: Atlas) -> None:
    mark = a_set(skin(atlas, (30, 0), (70, 0)))
    scene = PlanProjector(atlas, PatientScale()).scene(
        "body_front", [planned(mark, PlanOutcome.PLANNED, PlanOutcome.DONE)], []
    )
    context = fitted(atlas, "body_front", QRectF(0, 0, 400, 400), LIGHT)
    image = QImage(400, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    draw_plan(painter, context, scene)
    painter.end()
    wanted = context.tokens.mixture("A")
    for x, drawn in ((30.0, True), (70.0, False)):
        at = context.point_px(x, 0.0).toPoint()
        around = [image.pixelColor(at.x() + dx, at.y() + dy) for dx in range(-9, 10) for dy in range(-9, 10)]
        solid = [c for c in around if c.alpha() > 200]
        near = [c for c in solid if abs(c.hue() - wanted.hue()) < 12 and c.saturation() > 120]
        assert bool(near) is drawn
        assert bool(solid) is drawn
