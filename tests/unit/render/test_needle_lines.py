"""Lines of threading: drawn as one capsule with an arrow at its end, not as crowded symbols."""

from dataclasses import replace
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from mesomap.atlas import Atlas
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.domain.place import SkinPoint
from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import MarkProjector
from mesomap.render.needle_lines import draw_needle_lines, is_needle_line, without_needle_lines
from tests.records import NOON


def at(atlas: Atlas, x: float, y: float) -> SkinPoint:
    found = atlas.locate_one("body_front", x, y)
    assert found is not None
    return found


@pytest.fixture
def line(atlas: Atlas) -> InjectionSet:
    """A thread from (40, 0) to (100, 0)."""
    return InjectionSet(
        id=uuid4(), session_id=uuid4(), points=tuple(at(atlas, x, 0) for x in (40, 60, 80, 100)),
        dose=Dose(technique="linear_retrograde", mixture="B", depth_mm=4.0), volume_ml=0.05, origin=Origin.LINE,
        done_at=NOON, entered_at=NOON, region_ids=("chest.left",),
    )  # fmt: skip


def inked(context: RenderContext, marks: tuple[InjectionSet, ...]) -> QImage:
    """The lines alone, on nothing."""
    image = QImage(400, 500, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw_needle_lines(painter, context, marks)
    painter.end()
    return image


def reach(image: QImage, context: RenderContext, x: float, y: float) -> int:
    """Inked pixels in a column at a place of the view."""
    column = round(context.point_px(x, y).x())
    return sum(image.pixelColor(column, row).alpha() > 0 for row in range(image.height()))


def test_only_linear_sets_laid_as_lines_are_drawn_as_lines(line: InjectionSet) -> None:
    assert is_needle_line(line)
    assert not is_needle_line(replace(line, origin=Origin.TAP))
    assert not is_needle_line(replace(line, dose=Dose(technique="serial_puncture")))
    assert not is_needle_line(replace(line, points=line.points[:1]))


def test_the_points_of_a_line_leave_the_scene_and_others_stay(atlas: Atlas, line: InjectionSet) -> None:
    tap = replace(line, id=uuid4(), origin=Origin.TAP, points=(at(atlas, -60, 0),))
    marks = (line, tap)
    scene = MarkProjector(atlas).scene("body_front", marks)
    assert len(scene.points) == 5
    assert without_needle_lines(scene, marks).points.number.tolist() == [5]
    assert without_needle_lines(scene, (tap, tap)) is scene


def test_the_capsule_runs_from_the_entry_to_an_arrow_beyond_the_end(context: RenderContext, line: InjectionSet) -> None:
    image = inked(context, (line,))
    assert 0 < reach(image, context, 70, 0) < 14
    end = context.point_px(100, 0).x()
    beyond = context.to_mm(context.point_px(100, 0))[0] + 8 / context.scale
    assert reach(image, context, beyond, 0) > 0
    assert context.point_px(beyond, 0).x() > end
    assert reach(image, context, 25, 0) == 0
    back = inked(context, (replace(line, points=line.points[::-1]),))
    assert reach(back, context, beyond, 0) == 0


def test_a_line_is_not_drawn_in_a_view_that_does_not_see_it(context: RenderContext, line: InjectionSet) -> None:
    behind = replace(context, view_key="body_back")
    image = inked(behind, (line,))
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(0, 400, 3) for y in range(0, 500, 3))
