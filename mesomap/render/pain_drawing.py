"""The pain drawing: where the patient shows the complaint. Ink only, as colour means a mixture; never a mark.

An area is hatched, the more densely the stronger the complaint; its number stands in it. A trigger point is a circle
with a cross. Faint while injections are charted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from shapely.geometry.base import BaseGeometry

from mesomap.atlas import Atlas, SkinArray
from mesomap.coverage.split import split_by_region
from mesomap.domain.complaint import WORST_INTENSITY, Complaint, ComplaintKind
from mesomap.domain.errors import MesoMapError
from mesomap.render.context import RenderContext
from mesomap.render.hatch import hatch_lines
from mesomap.render.pain_badges import BADGE_PX, CROSS_PX, Home, badge_places
from mesomap.render.paths import calm, path_of
from mesomap.render.picture import on_picture, pictured
from mesomap.render.tokens import tint

#: Distance of the hatching at intensity 1 and at the worst, px.
_STEPS_PX = (16.0, 4.5)
#: Overlapping areas are told apart by the direction of their hatching, degrees.
_DIRECTIONS_DEG = (60.0, -60.0, 15.0, -15.0)
_POINT_PX = 7.5
#: Strength of outline, hatching and halo: drawn now, and as a faint overlay.
_FULL, _FAINT = (0.92, 0.55, 0.75), (0.42, 0.2, 0.25)


@dataclass(frozen=True, slots=True)
class SeenComplaint:
    """A complaint in one view. path: visible outline in view mm, empty for a point; at: the point, or a place well
    inside the area, view mm; None when nothing of it shows. row: its place in the pain drawing.
    """

    complaint: Complaint
    row: int
    path: QPainterPath
    at: tuple[float, float] | None

    @property
    def is_area(self) -> bool:
        """An area, not a trigger point."""
        return self.complaint.kind is ComplaintKind.AREA


@dataclass(slots=True)
class ComplaintProjector:
    """Projects complaints into views, each record once per view; an edited one is another record of the same id."""

    atlas: Atlas
    _kept: dict[tuple[str, UUID], tuple[Complaint, QPainterPath, tuple[float, float] | None]] = field(
        default_factory=dict
    )

    def scene(self, view_key: str, complaints: Sequence[Complaint]) -> tuple[SeenComplaint, ...]:
        """Those that show in the view, in the order they were drawn."""
        seen = []
        for row, complaint in enumerate(complaints):
            known = self._kept.get((view_key, complaint.id))
            if known is None or known[0] is not complaint:
                known = self._kept[view_key, complaint.id] = (complaint, *self._projected(view_key, complaint))
            if known[2] is not None:
                seen.append(SeenComplaint(complaint, row, known[1], known[2]))
        return tuple(seen)

    def _projected(self, view_key: str, complaint: Complaint) -> tuple[QPainterPath, tuple[float, float] | None]:
        if complaint.kind is ComplaintKind.TRIGGER_POINT:
            found = self.atlas.project(view_key, SkinArray.of(complaint.points))
            shown = found.visible & pictured(self.atlas, view_key, found.xy)
            return QPainterPath(), (float(found.xy[0, 0]), float(found.xy[0, 1])) if bool(shown[0]) else None
        shape = self._shape(view_key, complaint)
        if shape.is_empty:
            return QPainterPath(), None
        largest = max(shapely.get_parts(shape), key=lambda part: float(part.area))
        middle = shapely.point_on_surface(largest)
        return path_of(shape), (float(middle.x), float(middle.y))

    def _shape(self, view_key: str, complaint: Complaint) -> BaseGeometry:
        """Visible area in view mm; the borders of regions that cross it are closed."""
        parts = []
        for region_id, outline in split_by_region(self.atlas, complaint.outline).items():
            try:
                parts.append(self.atlas.outline_in_view(view_key, outline, region_id))
            except MesoMapError:
                continue
        return on_picture(self.atlas, view_key, calm(shapely.union_all(parts)))


def complaint_at(
    seen: Sequence[SeenComplaint], xy_mm: tuple[float, float], reach_mm: float, after: UUID | None = None
) -> Complaint | None:
    """The trigger point within reach, else the topmost area there; with `after`, the one below that under the pen."""
    near = [
        one
        for one in seen
        if not one.is_area
        and one.at is not None
        and (one.at[0] - xy_mm[0]) ** 2 + (one.at[1] - xy_mm[1]) ** 2 <= reach_mm**2
    ]
    areas = [one for one in reversed(seen) if one.is_area and one.path.contains(QPointF(*xy_mm))]
    hit = [one.complaint for one in (*reversed(near), *areas)]
    ids = [complaint.id for complaint in hit]
    if after in ids:
        return hit[(ids.index(after) + 1) % len(hit)]
    return hit[0] if hit else None


def draw_pain_drawing(
    painter: QPainter,
    context: RenderContext,
    seen: Sequence[SeenComplaint],
    badge_font: QFont,
    *,
    faint: bool = False,
    selected: UUID | None = None,
) -> None:
    """Areas first, trigger points above them, numbers last."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    strengths = _FAINT if faint else _FULL
    for one in seen:
        if one.is_area:
            _draw_area(painter, context, one, strengths, one.complaint.id == selected)
    for one in seen:
        if not one.is_area:
            _draw_trigger_point(painter, context, one, strengths, one.complaint.id == selected)
    for one, middle in badges_of(context, seen):
        _draw_badge(painter, context, middle, intensity_text(one.complaint.intensity), badge_font, faint=faint)
    painter.restore()


def badges_of(context: RenderContext, seen: Sequence[SeenComplaint]) -> list[tuple[SeenComplaint, QPointF]]:
    """Which complaints have a number, and its middle, painter units: an area always, a trigger point once asked."""
    shown = [one for one in seen if one.at is not None and (one.is_area or one.complaint.intensity is not None)]
    places = badge_places(
        [_home(context, one) for one in shown],
        [context.point_px(*one.at) for one in seen if one.at is not None and not one.is_area],
        context.unit,
    )
    return list(zip(shown, places, strict=True))


def _home(context: RenderContext, one: SeenComplaint) -> Home:
    at = context.point_px(*(one.at or (0.0, 0.0)))
    path = context.transform().map(one.path)
    return at, path.contains if one.is_area else None


def hatch_step_px(intensity: int | None) -> float | None:
    """Distance of the hatching in px; None = not hatched (intensity 0, or not asked)."""
    if not intensity:
        return None
    widest, closest = _STEPS_PX
    return widest + (closest - widest) * (intensity - 1) / (WORST_INTENSITY - 1)


def intensity_text(intensity: int | None) -> str:
    """The number of a badge; a dash when it was not asked."""
    return "–" if intensity is None else str(intensity)


def _ink(context: RenderContext, strength: float) -> QColor:
    return tint(context.tokens, context.tokens.colour("text"), strength)


def _draw_area(
    painter: QPainter, context: RenderContext, one: SeenComplaint, strengths: tuple[float, float, float], chosen: bool
) -> None:
    unit = context.unit
    path = context.transform().map(one.path)
    line, hatch, halo = strengths
    step = hatch_step_px(one.complaint.intensity)
    if step is not None:
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        lines = hatch_lines(path.boundingRect(), _DIRECTIONS_DEG[one.row % len(_DIRECTIONS_DEG)], step * unit)
        painter.strokePath(lines, QPen(_ink(context, hatch), 1.1 * unit))
        painter.restore()
    width = (2.8 if chosen else 1.6) * unit
    painter.strokePath(path, QPen(tint(context.tokens, context.tokens.colour("halo"), halo), width + 2.4 * unit))
    pen = QPen(_ink(context, line), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if one.complaint.intensity is None:
        pen.setDashPattern([5, 3])
    painter.strokePath(path, pen)


def _draw_trigger_point(
    painter: QPainter, context: RenderContext, one: SeenComplaint, strengths: tuple[float, float, float], chosen: bool
) -> None:
    if one.at is None:
        return
    unit, at = context.unit, context.point_px(*one.at)
    halo = tint(context.tokens, context.tokens.colour("halo"), strengths[2])
    width = (2.6 if chosen else 1.8) * unit
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, line in ((halo, width + 2.6 * unit), (_ink(context, strengths[0]), width)):
        painter.setPen(QPen(colour, line))
        painter.drawEllipse(at, _POINT_PX * unit, _POINT_PX * unit)
        for x, y in ((1, 0), (0, 1)):
            arm = QPointF(x, y) * (CROSS_PX * unit)
            painter.drawLine(at - arm, at + arm)


def _draw_badge(
    painter: QPainter, context: RenderContext, middle: QPointF, text: str, badge_font: QFont, *, faint: bool
) -> None:
    """Number in a disc: ink with paper figures while drawing, paper with ink figures when faint."""
    unit = context.unit
    box = QRectF(0, 0, BADGE_PX * unit, BADGE_PX * unit)
    box.moveCenter(middle)
    tokens = context.tokens
    ink, paper = tokens.colour("text"), tokens.colour("halo")
    painter.setPen(QPen(tint(tokens, ink if faint else paper, 0.55 if faint else 1.0), 1.3 * unit))
    painter.setBrush(tint(tokens, paper, 0.75) if faint else ink)
    painter.drawEllipse(box)
    painter.setPen(tokens.colour("text2" if faint else "onink"))
    painter.setFont(badge_font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
