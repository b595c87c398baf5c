"""The lattice of an area: as it was shown before, until the record is edited; strokes where the technique is one."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from mesomap.atlas import Atlas
from mesomap.coverage import fill
from mesomap.domain.marks import AreaRecord, Dose, Lattice, Origin
from mesomap.render.context import RenderContext
from mesomap.render.marks import draw_areas
from mesomap.render.marks_in_view import MarkProjector
from mesomap.render.stroke_lines import draw_stroke_lines
from tests.records import NOON


@pytest.fixture
def area(atlas: Atlas) -> AreaRecord:
    """A whole region of nappage."""
    laid = fill(atlas, "chest.left", spacing_mm=12.0)
    return AreaRecord(
        id=uuid4(), session_id=uuid4(), outline=laid.outline, region_ids=("chest.left",), lattice=Lattice.HEX,
        dose=Dose(technique="nappage", mixture="A", depth_mm=1.0), spacing_mm=12.0, about_n=laid.count, total_ml=None,
        origin=Origin.FILL, done_at=NOON, entered_at=NOON,
    )  # fmt: skip


def test_a_known_lattice_is_drawn_until_the_record_changes(atlas: Atlas, area: AreaRecord) -> None:
    projector = MarkProjector(atlas)
    known = fill(atlas, "chest.left", spacing_mm=40.0).points
    projector.know_lattice(area, known)
    (shown,) = projector.scene("body_front", (area,)).areas
    assert len(shown.lattice) <= len(known)
    (edited,) = projector.scene("body_front", (replace(area, spacing_mm=12.0),)).areas
    assert len(edited.lattice) > 3 * len(shown.lattice)


def test_strokes_are_drawn_as_lines_and_crowded_ones_as_the_pattern(
    atlas: Atlas, area: AreaRecord, context: RenderContext
) -> None:
    strokes = replace(area, dose=Dose(technique="ied", mixture="A", depth_mm=0.5))
    scene = MarkProjector(atlas).scene("body_front", (strokes,))
    assert not scene.areas[0].strokes.isEmpty()
    assert len(scene.areas[0].lattice) == 0
    assert _ink(context, lambda painter: draw_areas(painter, context, scene)) > 0
    whole = QPainterPath()
    whole.addRect(QRectF(0, 0, 400, 500))
    assert _ink(context, lambda painter: draw_stroke_lines(painter, context, (strokes,), whole)) > 500
    crowded = replace(strokes, spacing_mm=0.5)
    assert _ink(context, lambda painter: draw_stroke_lines(painter, context, (crowded, area), whole)) == 0
    assert _ink(context, lambda painter: draw_stroke_lines(painter, context, (area,), whole)) == 0


def _ink(context: RenderContext, draw: Callable[[QPainter], object]) -> int:
    """Pixels in the ink of mixture A that a drawing leaves."""
    picture = QImage(400, 500, QImage.Format.Format_ARGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    draw(painter)
    painter.end()
    ink = QColor(context.tokens.mixture("A"))
    pixels = np.frombuffer(picture.constBits(), np.uint8).reshape(500, 400, 4)[..., :3]
    return int((np.abs(pixels.astype(int) - [ink.blue(), ink.green(), ink.red()]).max(axis=2) < 40).sum())
