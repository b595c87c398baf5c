"""The practice's own zones in a view: tinted areas with a firm outline, named beside the picture."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from shapely.geometry.base import BaseGeometry

from mesomap.atlas import Atlas
from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import Outline
from mesomap.domain.own_zone import OwnZone
from mesomap.render.callouts import Callout
from mesomap.render.context import RenderContext
from mesomap.render.paths import calm, path_of
from mesomap.render.picture import on_picture

#: Colour of a zone: light theme, dark theme. Contrast to the canvas at least 3:1 in either.
ZONE_COLOURS = {
    "teal": ("#0F6E6A", "#6FD6CF"),
    "plum": ("#7A2E6D", "#D9A0CF"),
    "rust": ("#A2421A", "#F0A582"),
    "moss": ("#4C6414", "#B7CF74"),
    "slate": ("#3D5875", "#A3BEDB"),
    "ochre": ("#7D5A00", "#E3BE5A"),
}


@dataclass(frozen=True, slots=True)
class OwnShape:
    """What a view shows of a zone; anchor: a place well inside its largest part, view mm."""

    zone: OwnZone
    path: QPainterPath
    anchor: tuple[float, float]


@dataclass(slots=True)
class OwnZoneShapes:
    """Shapes by view, made when a zone is first seen there and kept until it changes."""

    atlas: Atlas
    _kept: dict[tuple[str, str], tuple[OwnZone, OwnShape | None]] = field(default_factory=dict)

    def of(self, view_key: str, zones: Sequence[OwnZone]) -> list[OwnShape]:
        """The zones that the view shows."""
        found = []
        for zone in zones:
            known = self._kept.get((view_key, zone.id))
            if known is None or known[0].parts != zone.parts or known[0] != zone:
                known = self._kept[view_key, zone.id] = (zone, self._shape(view_key, zone))
            if known[1] is not None:
                found.append(known[1])
        return found

    def _shape(self, view_key: str, zone: OwnZone) -> OwnShape | None:
        seen = outline_in_view(self.atlas, view_key, zone.parts)
        if seen.is_empty:
            return None
        largest = max(shapely.get_parts(seen), key=lambda part: float(part.area))
        inside = shapely.point_on_surface(largest)
        return OwnShape(zone, path_of(seen), (float(inside.x), float(inside.y)))


def outline_in_view(atlas: Atlas, view_key: str, parts: Sequence[tuple[str, Outline]]) -> BaseGeometry:
    """The seen part of an area kept region by region, view mm; borders between regions are closed."""
    shapes = []
    for region_id, outline in parts:
        try:
            shapes.append(shapely.buffer(atlas.outline_in_view(view_key, outline, region_id), 0.35))
        except MesoMapError:
            continue
    return on_picture(atlas, view_key, calm(shapely.buffer(shapely.union_all(shapes), -0.35), 0.4))


def zone_colour(colour: str, context: RenderContext) -> QColor:
    """Colour of a zone in the theme of the context."""
    return QColor(ZONE_COLOURS[colour][1 if context.tokens.graphite_skin else 0])


def draw_own_zones(
    painter: QPainter, context: RenderContext, shapes: Sequence[OwnShape], selected: str | None = None
) -> None:
    """A tint and an outline each; the selected one in a broader line."""
    transform, unit = context.transform(), context.unit
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in shapes:
        path, colour = transform.map(shape.path), zone_colour(shape.zone.colour, context)
        fill = QColor(colour)
        fill.setAlphaF(0.20)
        painter.fillPath(path, fill)
        halo = context.tokens.colour("halo")
        halo.setAlphaF(0.8)
        width = (3.0 if shape.zone.id == selected else 1.8) * unit
        for pen in (QPen(halo, width + 2.0 * unit), QPen(colour, width)):
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, pen)
    painter.restore()


def own_callouts(context: RenderContext, shapes: Sequence[OwnShape], room: QRectF) -> list[Callout]:
    """The names of the zones that show in the room."""
    found = []
    for shape in shapes:
        at: QPointF = context.point_px(*shape.anchor)
        if room.contains(at):
            found.append(Callout(shape.zone.name, (at,), zone_colour(shape.zone.colour, context)))
    return found
