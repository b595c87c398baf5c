"""What is drawn the quick way is what is drawn the long way."""

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath
from shapely.geometry.base import BaseGeometry

from mesomap.atlas import Atlas
from mesomap.domain.body_size import PatientScale
from mesomap.render.context import RenderContext
from mesomap.render.footprints import FootprintPaths
from mesomap.render.marks import draw_dots
from mesomap.render.marks_in_view import MarkProjector
from mesomap.render.paths import path_of
from mesomap.render.regions import draw_region_highlight
from mesomap.ui.canvas.glow import Glow
from tests.unit.render.test_views import marks_at


def blank() -> QImage:
    image = QImage(400, 500, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#FFFFFF"))
    return image


def path_area(path: QPainterPath) -> float:
    rings = [shapely.Polygon([p.toTuple() for p in ring.toList()]) for ring in path.toSubpathPolygons()]
    whole: BaseGeometry = shapely.Polygon()
    for ring in rings:
        whole = whole.symmetric_difference(ring)
    return float(whole.area)


def test_shapes_become_paths_corner_by_corner() -> None:
    holed = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    line = shapely.LineString([(20, 0), (25, 5), (30, 0)])
    path = path_of(shapely.GeometryCollection([holed, line, shapely.Point(1, 1), shapely.Polygon()]))
    assert path.elementCount() == 5 + 5 + 3
    assert path.contains(QPointF(2, 2))
    assert not path.contains(QPointF(5, 5))
    assert path_of(shapely.Polygon()).isEmpty()


def test_an_outline_without_what_no_pixel_shows_covers_the_same(atlas: Atlas) -> None:
    places = [(10.0 + 9 * i, -40.0 + 9 * j) for i in range(6) for j in range(6)]
    given = ("body_front", (marks_at(atlas, *places),), {"papule": 6.0}, PatientScale())
    paths = FootprintPaths(atlas)
    ((exact, _),), ((light, _),), ((again, _),) = paths.paths(*given), paths.paths(*given, 0.1), paths.paths(*given)
    assert light.elementCount() < 0.8 * exact.elementCount()
    assert path_area(light) == pytest.approx(path_area(exact), rel=0.01)
    assert again.elementCount() == exact.elementCount()


def test_every_dot_of_a_thumbnail_is_stamped_where_its_point_is(atlas: Atlas, context: RenderContext) -> None:
    scene = MarkProjector(atlas).scene("body_front", (marks_at(atlas, (60.0, 10.0), (-40.0, -20.0)),))
    image = blank()
    painter = QPainter(image)
    draw_dots(painter, context, scene)
    painter.end()
    inked = np.argwhere(np.frombuffer(image.constBits(), np.uint8).reshape(500, 400, 4)[:, :, 2] < 160)[:, ::-1]
    for place in context.to_px(scene.points.xy):
        assert np.hypot(*(inked - place).T).min() < 1.6
    away = np.min([np.hypot(*(inked - place).T) for place in context.to_px(scene.points.xy)], axis=0)
    assert away.max() < 4


def test_a_thumbnail_of_thousands_keeps_a_dot_for_every_place(atlas: Atlas, context: RenderContext) -> None:
    places = [(10.0 + 1.5 * i, -40.0 + 1.5 * j) for i in range(20) for j in range(20)]
    scene = MarkProjector(atlas).scene("body_front", (marks_at(atlas, *places),))
    image = blank()
    painter = QPainter(image)
    draw_dots(painter, context, scene)
    painter.end()
    for x, y in context.to_px(scene.points.xy).tolist():
        assert image.pixelColor(round(x), round(y)).lightness() < 200


def test_a_region_lit_from_its_kept_picture_looks_as_drawn(context: RenderContext) -> None:
    shape = QPainterPath()
    shape.addEllipse(QPointF(20, -10), 50, 30)
    drawn, kept, hurried = blank(), blank(), blank()
    glow, window = Glow(), QRectF(0, 0, 400, 500)
    painter = QPainter(drawn)
    draw_region_highlight(painter, context, shape)
    painter.end()
    painter = QPainter(hurried)
    glow.draw(painter, context, shape, window, hurried=True)
    painter.end()
    assert hurried == blank(), "nothing at hand yet"
    for _ in range(2):
        kept.fill(QColor("#FFFFFF"))
        painter = QPainter(kept)
        glow.draw(painter, context, shape, window)
        painter.end()
    pair = [np.frombuffer(image.constBits(), np.uint8).astype(int) for image in (drawn, kept)]
    assert np.abs(pair[0] - pair[1]).max() <= 3
    assert (pair[0] != 255).any()
