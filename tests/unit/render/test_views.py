"""Where things land: context, pictures, lines, marks, hulls, scale bar."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from mesomap.atlas import Atlas
from mesomap.coverage.tally import Tallier
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import DamagedError
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.domain.place import SkinPoint
from mesomap.render.context import RenderContext, fitted
from mesomap.render.crowding import CrowdFinder
from mesomap.render.footprints import FootprintPaths
from mesomap.render.furniture import draw_scale_bar, nice_bar_mm
from mesomap.render.line_art import read_line_art
from mesomap.render.marks import draw_points, median_gap_px
from mesomap.render.marks_in_view import MarkProjector
from mesomap.render.paths import calm, path_of
from mesomap.render.picture import PictureStore, draw_body, pictured
from mesomap.render.sprites import SpriteSheet
from mesomap.render.tokens import DARK, LIGHT

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def marks_at(atlas: Atlas, *places: tuple[float, float], technique: str = "papule") -> InjectionSet:
    """One set of points under places of the front view."""
    found = [atlas.locate_one("body_front", x, y) for x, y in places]
    points: tuple[SkinPoint, ...] = tuple(point for point in found if point is not None)
    assert len(points) == len(places)
    regions = tuple(dict.fromkeys(r for p in points if (r := atlas.region_id_at(p)) is not None))
    return InjectionSet(
        id=uuid4(), session_id=uuid4(), points=points,
        dose=Dose(technique=technique, mixture="A", depth_mm=2.0),
        volume_ml=0.05, origin=Origin.TAP, done_at=NOW, entered_at=NOW, region_ids=regions,
    )  # fmt: skip


def blank(width: int = 400, height: int = 500) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


@given(x=st.floats(-500, 500), y=st.floats(-500, 500), scale=st.floats(0.05, 50))
def test_pixels_and_millimetres_are_each_others_inverse(atlas: Atlas, x: float, y: float, scale: float) -> None:
    context = RenderContext(atlas, "body_front", scale, (-12.0, 34.0), LIGHT)
    assert context.to_mm(context.point_px(x, y)) == pytest.approx((x, y), abs=1e-6)
    assert context.to_px(np.array([[x, y]]))[0] == pytest.approx(
        [context.point_px(x, y).x(), context.point_px(x, y).y()]
    )
    mapped = context.transform().map(QPointF(x, y))
    assert (mapped.x(), mapped.y()) == pytest.approx(context.to_px(np.array([[x, y]]))[0])


def test_the_fitted_view_lies_inside_its_frame(context: RenderContext) -> None:
    assert QRectF(0, 0, 400, 500).adjusted(9.9, 9.9, -9.9, -9.9).contains(context.box_px().adjusted(1, 1, -1, -1))


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_the_body_is_painted_and_clipped_to_its_outline(atlas: Atlas, context: RenderContext, tokens: object) -> None:
    image = blank()
    painter = QPainter(image)
    draw_body(painter, context.with_tokens(DARK if tokens is DARK else LIGHT), PictureStore(atlas))
    painter.end()
    middle = image.pixelColor(200, 300)
    assert middle != QColor("white")
    assert (middle.lightness() < 130) is (tokens is DARK)
    assert image.pixelColor(14, 14) == QColor("white")


def test_only_what_the_picture_shows_counts_as_pictured(atlas: Atlas) -> None:
    places = np.array([[0.0, 0.0], [175.0, 245.0]])
    assert pictured(atlas, "body_front", places).tolist() == [True, False]


def test_a_damaged_line_drawing_is_named(tmp_path: Path) -> None:
    file = tmp_path / "lines.npz"
    file.write_bytes(b"not a drawing")
    with pytest.raises(DamagedError, match=r"lines\.npz"):
        read_line_art(file, (0, 0, 1, 1))
    np.savez(file, xy=np.zeros((3, 2), np.int16), offset=np.array([0, 9]), alpha=np.zeros(3, np.uint8),
             width=np.zeros(1, np.uint8), kind=np.zeros(1, np.uint8))  # fmt: skip
    with pytest.raises(DamagedError, match="damaged"):
        read_line_art(file, (0, 0, 1, 1))


def test_a_mark_shows_where_it_was_placed_and_nowhere_behind(atlas: Atlas) -> None:
    projector = MarkProjector(atlas)
    mark = marks_at(atlas, (60.0, 10.0), (-40.0, -20.0))
    front = projector.scene("body_front", (mark,))
    assert front.points.xy == pytest.approx(np.array([[60.0, 10.0], [-40.0, -20.0]]), abs=0.2)
    assert projector.scene("body_back", (mark,)).visible_count == 0


def test_an_erased_point_is_gone_from_the_view(atlas: Atlas) -> None:
    projector = MarkProjector(atlas)
    mark = marks_at(atlas, (60.0, 10.0), (-40.0, -20.0))
    assert len(projector.scene("body_front", (mark,)).points) == 2
    assert len(projector.scene("body_front", (mark.without(frozenset({0})),)).points) == 1


def test_sprites_and_paths_draw_the_same_points(atlas: Atlas, context: RenderContext) -> None:
    scene = MarkProjector(atlas).scene("body_front", (marks_at(atlas, (60.0, 10.0), (-40.0, -20.0)),))
    by_sprite, by_path = blank(), blank()
    for image, sheet in ((by_sprite, SpriteSheet(LIGHT, 1.0, 1.0)), (by_path, None)):
        painter = QPainter(image)
        draw_points(painter, context, scene, sheet)
        painter.end()
    for x, y in context.to_px(scene.points.xy):
        for image in (by_sprite, by_path):
            near = [image.pixelColor(round(x) + dx, round(y) + dy) for dx in range(-6, 7) for dy in range(-6, 7)]
            assert min(colour.lightness() for colour in near) < 120


def test_crowded_points_become_a_hull_that_counts_them_all(atlas: Atlas, context: RenderContext) -> None:
    places = [(10.0 + 2 * i, -40.0 + 2 * j) for i in range(8) for j in range(8)]
    scene = MarkProjector(atlas).scene("body_front", (marks_at(atlas, *places, (-80.0, 30.0)),))
    free, hulls = CrowdFinder().find(context, scene)
    assert len(free.points) == 1
    assert sum(hull.count for hull in hulls) == 64
    near = fitted(atlas, "body_front", QRectF(0, 0, 4000, 5000), LIGHT)
    assert CrowdFinder().find(near, scene)[1] == []


def test_the_drawn_footprint_is_the_counted_one(atlas: Atlas) -> None:
    mark = marks_at(atlas, (55.0, 0.0))
    radii = {"papule": 10.0}
    ((path, letter),) = FootprintPaths(atlas).paths("body_front", (mark,), radii, PatientScale())
    assert letter == "A"
    total = Tallier(atlas, PatientScale(), radii).tally((mark,)).total
    assert total.covered_cm2 == pytest.approx(3.1416, rel=0.02)
    box = path.boundingRect()
    assert box.contains(QPointF(55.0, 0.0))
    assert 14 < box.width() < 21


def test_footprints_follow_an_undone_mark(atlas: Atlas) -> None:
    paths = FootprintPaths(atlas)
    one, two = marks_at(atlas, (55.0, 0.0)), marks_at(atlas, (75.0, 0.0))
    radii = {"papule": 8.0}
    alone = paths.paths("body_front", (one,), radii, PatientScale())[0][0].boundingRect().width()
    both = paths.paths("body_front", (one, two), radii, PatientScale())[0][0].boundingRect().width()
    assert both > alone + 10
    assert paths.paths("body_front", (one,), radii, PatientScale())[0][0].boundingRect().width() == alone
    assert paths.paths("body_front", (), radii, PatientScale()) == []


def test_holes_stay_holes_and_slivers_go() -> None:
    ring = shapely.Point(0, 0).buffer(10).difference(shapely.Point(0, 0).buffer(5))
    path = path_of(ring)
    assert path.contains(QPointF(7.5, 0))
    assert not path.contains(QPointF(0, 0))
    sliver = shapely.union(shapely.box(0, 0, 10, 10), shapely.box(10, 4, 30, 4.2))
    assert shapely.get_coordinates(calm(sliver))[:, 0].max() < 11
    assert path_of(shapely.GeometryCollection()).isEmpty()


@given(scale=st.floats(0.02, 60), room=st.floats(40, 400))
def test_the_scale_bar_is_a_round_length_that_fits(scale: float, room: float) -> None:
    length = nice_bar_mm(scale, room)
    assert length in (1, 2, 5, 10, 20, 50, 100, 200, 500)
    assert length * scale <= room or length == 1


def test_the_scale_bar_is_true_in_patient_millimetres(atlas: Atlas) -> None:
    drawn = []
    for factor in (1.0, 1.25):
        context = RenderContext(atlas, "body_front", 2.0, (0.0, 0.0), LIGHT, length_factor=factor)
        image = blank(300, 60)
        painter = QPainter(image)
        draw_scale_bar(painter, context, QPointF(10.5, 50.5), QFont())
        painter.end()
        row = [image.pixelColor(x, 50).lightness() < 128 for x in range(300)]
        drawn.append(row.count(True))
    assert drawn[0] == pytest.approx(20 * 2.0, abs=3)
    assert drawn[1] == pytest.approx(50 * 2.0 / 1.25, abs=3)


def test_the_gap_of_a_square_lattice_is_its_spacing() -> None:
    xy = np.array([[10.0 * i, 10.0 * j] for i in range(12) for j in range(12)])
    assert median_gap_px(xy) == pytest.approx(10.0)
    assert median_gap_px(xy[:1]) == float("inf")


def test_a_point_keeps_its_number_in_every_view_and_behind_other_marks(atlas: Atlas) -> None:
    hidden = marks_at(atlas, (-60.0, 0.0), (-90.0, 0.0))
    shown = marks_at(atlas, (100.0, 0.0))
    projector = MarkProjector(atlas)
    assert projector.scene("body_front", (hidden, shown)).points.number.tolist() == [1, 2, 3]
    assert projector.scene("body_left", (hidden, shown)).points.number.tolist() == [3]


def test_pinholes_go_and_holes_stay() -> None:
    square = shapely.box(0, 0, 40, 40)
    pierced = square - shapely.Point(10, 10).buffer(1.2) - shapely.Point(28, 28).buffer(5)
    (part,) = shapely.get_parts(calm(pierced))
    (hole,) = part.interiors
    assert shapely.Polygon(hole).contains(shapely.Point(28, 28))
