"""Vector lines of a view: read, grouped by strength, drawn crisp at any zoom."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from shapely.geometry.base import BaseGeometry

from mesomap.domain.errors import DamagedError
from mesomap.render.context import RenderContext
from mesomap.render.paths import path_through, polygon_from
from mesomap.render.tokens import mixed

UNIT_MM = 0.05
WIDTH_UNIT_MM = 0.01
ALPHA_STEPS = 6
#: Where only black lines are allowed, a faint line is thinner instead of paler; the faintest keeps this share.
_THINNEST = 0.3
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
    # Rings that touch or cross have to be noded first, or nothing is built from them.
    body = shapely.build_area(shapely.node(shapely.GeometryCollection(rings)))
    body = shapely.intersection(body, shapely.box(*box_mm))
    shapely.prepare(body)
    return LineArt(clip, body, _strokes(xy, offset, alpha, width, kind), tinted)


def _strokes(
    xy: npt.NDArray[np.float64],
    offset: npt.NDArray[np.int64],
    alpha: npt.NDArray[np.uint8],
    width: npt.NDArray[np.integer],
    kind: npt.NDArray[np.integer],
) -> tuple[Stroke, ...]:
    """The lines (line n from corner offset[n] to offset[n + 1]), cut where their strength changes by a step."""
    count = np.diff(offset)
    line = np.repeat(np.arange(len(kind)), count)
    # The corner after each one; a closed line goes on to its first corner, an open one ends at its last.
    onward = np.arange(1, len(xy) + 1)
    ends = offset[1:][count > 0] - 1
    onward[ends] = np.where(np.isin(kind[line[ends]], (SILHOUETTE, TINTED)), offset[:-1][count > 0], -1)
    a = np.flatnonzero((onward >= 0) & (count[line] > 1))
    b = onward[a]
    step = np.rint((alpha[a].astype(np.float64) + alpha[b]) / 2 / 255 * ALPHA_STEPS).astype(np.int64)
    look = np.column_stack([kind[line[a]], width[line[a]], step])
    found = []
    for row in sorted(set(map(tuple, look.tolist()))):
        if row[2] > 0:
            chosen = np.flatnonzero((look == row).all(axis=1))
            path = _joined(xy, a[chosen], b[chosen], line[a[chosen]])
            found.append(Stroke(row[0], row[1] * WIDTH_UNIT_MM, row[2] / ALPHA_STEPS, path))
    return tuple(found)


def _joined(
    xy: npt.NDArray[np.float64],
    a: npt.NDArray[np.integer],
    b: npt.NDArray[np.integer],
    line: npt.NDArray[np.integer],
) -> QPainterPath:
    """Segments from corner a to corner b as one path; those that follow each other on a line hang together."""
    begins = np.ones(len(a), bool)
    begins[1:] = (a[1:] != b[:-1]) | (line[1:] != line[:-1])
    # A piece has one corner more than segments: the start of its first one.
    place = np.arange(len(a)) + np.cumsum(begins)
    corners = np.empty((len(a) + int(begins.sum()), 2))
    corners[place] = xy[b]
    first = place[begins] - 1
    corners[first] = xy[a[begins]]
    is_first = np.zeros(len(corners), bool)
    is_first[first] = True
    return path_through(corners, is_first)


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
        if tokens.line_only:
            width_px *= _THINNEST + (1 - _THINNEST) * strength
        elif tokens.opaque_only:
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
    if theme == "lines":
        return QColor("#000000")
    return QColor("#3A322F")
