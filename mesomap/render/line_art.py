"""Vector lines of a view: read, grouped by strength, drawn crisp at any zoom."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from shapely.geometry.base import BaseGeometry

from mesomap.domain.errors import DamagedError
from mesomap.render.context import RenderContext
from mesomap.render.paths import polygon_from
from mesomap.render.tokens import mixed

UNIT_MM = 0.05
WIDTH_UNIT_MM = 0.01
ALPHA_STEPS = 6
SILHOUETTE, CONTOUR, FEATURE, EYE, BROW, TINTED = range(6)


@dataclass(frozen=True, slots=True)
class Stroke:
    """All lines of one kind, width and strength as one path in view mm."""

    kind: int
    width_mm: float
    strength: float
    path: QPainterPath


@dataclass(frozen=True, slots=True)
class LineArt:
    """Line art of one view, in view mm.

    clip: the silhouette as a filled path (even-odd); body: the same as a Shapely area; tinted: lips and the
    like.
    """

    clip: QPainterPath
    body: BaseGeometry
    strokes: tuple[Stroke, ...]
    tinted: QPainterPath
    damaged: str = ""


def nothing_drawn(sentence: str) -> LineArt:
    """Stands for a drawing that cannot be read; damaged holds the sentence for people."""
    return LineArt(QPainterPath(), shapely.Polygon(), (), QPainterPath(), sentence)


def read_line_art(path: Path, box_mm: tuple[float, float, float, float]) -> LineArt:
    """Read a view's lines.npz. Raises DamagedError naming the file when arrays are missing or do not fit
    together.
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            xy, offset = data["xy"].astype(np.float64) * UNIT_MM, data["offset"].astype(np.int64)
            alpha, width, kind = data["alpha"], data["width"], data["kind"]
    except (OSError, ValueError, KeyError) as error:
        raise DamagedError(
            f"The line drawing {path.name} of the body cannot be read. Install MesoMap again."
        ) from error
    if len(offset) != len(kind) + 1 or offset[-1] != len(xy) or len(alpha) != len(xy) or len(width) != len(kind):
        raise DamagedError(f"The line drawing {path.name} of the body is damaged. Install MesoMap again.")
    xy += ((box_mm[0] + box_mm[2]) / 2, (box_mm[1] + box_mm[3]) / 2)
    clip, tinted = QPainterPath(), QPainterPath()
    rings: list[BaseGeometry] = []
    grouped: dict[tuple[int, int, int], QPainterPath] = {}
    for line in range(len(kind)):
        span = slice(int(offset[line]), int(offset[line + 1]))
        points = xy[span]
        if len(points) < 2:
            continue
        if kind[line] == SILHOUETTE:
            clip.addPolygon(polygon_from(points))
            clip.closeSubpath()
            if len(points) >= 4:
                rings.append(shapely.LinearRing(points))
        if kind[line] == TINTED:
            tinted.addPolygon(polygon_from(points))
            tinted.closeSubpath()
        for strength, piece in _pieces(points, alpha[span], closed=kind[line] in (SILHOUETTE, TINTED)):
            key = (int(kind[line]), int(width[line]), strength)
            grouped.setdefault(key, QPainterPath()).addPolygon(piece)
    strokes = tuple(
        Stroke(k, w * WIDTH_UNIT_MM, s / ALPHA_STEPS, path) for (k, w, s), path in sorted(grouped.items()) if s > 0
    )
    # Rings that touch or cross have to be noded first, or nothing is built from them.
    body = shapely.build_area(shapely.node(shapely.GeometryCollection(rings)))
    body = shapely.intersection(body, shapely.box(*box_mm))
    shapely.prepare(body)
    return LineArt(clip, body, strokes, tinted)


def _pieces(
    points: npt.NDArray[np.float64], alpha: npt.NDArray[np.uint8], *, closed: bool
) -> Iterator[tuple[int, QPolygonF]]:
    """Cut a line where its strength changes by a step; neighbouring pieces share their end point."""
    if closed:
        points = np.concatenate([points, points[:1]])
        alpha = np.concatenate([alpha, alpha[:1]])
    mean = (alpha[:-1].astype(np.float64) + alpha[1:]) / 2
    step = np.rint(mean / 255 * ALPHA_STEPS).astype(np.int64)
    cuts = np.flatnonzero(np.diff(step)) + 1
    starts, ends = [0, *cuts.tolist()], [*cuts.tolist(), len(step)]
    for start, end in zip(starts, ends, strict=True):
        yield int(step[start]), polygon_from(points[start : end + 1])


def draw_lines(painter: QPainter, context: RenderContext, art: LineArt) -> None:
    """Draw all strokes. Widths follow the zoom between 0.7 and 2.4 logical px, so lines stay lines at 4
    times zoom.
    """
    tokens = context.tokens
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(context.transform(), True)
    for stroke in art.strokes:
        width_px = min(max(stroke.width_mm * context.scale / context.unit, 0.7), 2.4)
        colour, strength = _ink(tokens.name, stroke.kind), stroke.strength
        if tokens.opaque_only:
            colour = mixed(colour, QColor("#E4DCD6"), 0.35 + 0.65 * strength)
        else:
            colour.setAlphaF(strength * (0.85 if stroke.kind != SILHOUETTE else 0.95))
        pen = QPen(colour, width_px * context.unit / context.scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if strength < 1 else Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(stroke.path, pen)
    painter.restore()


def _ink(theme: str, kind: int) -> QColor:
    if theme == "dark":
        return QColor("#8D8782") if kind == SILHOUETTE else QColor("#0B0A09")
    if theme == "paper":
        return QColor("#2E2A28")
    return QColor("#3A322F")
