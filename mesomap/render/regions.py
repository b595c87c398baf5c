"""Region borders and the highlighted region of a view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from shapely.geometry.base import BaseGeometry

from mesomap.atlas import Atlas
from mesomap.domain.errors import MesoMapError
from mesomap.render.context import RenderContext
from mesomap.render.paths import calm, path_of
from mesomap.render.picture import line_art, on_picture


@dataclass(slots=True)
class RegionPaths:
    """Visible outline of every region of a view, in view mm, made on first use and kept."""

    atlas: Atlas
    _paths: dict[tuple[str, str], QPainterPath] = field(default_factory=dict)
    _present: dict[str, frozenset[str]] = field(default_factory=dict)
    _shown: dict[tuple[str, float], frozenset[str]] = field(default_factory=dict)

    def path(self, view_key: str, region_id: str) -> QPainterPath:
        """Outline of one region in one view; empty when it does not show."""
        if region_id not in self.present(view_key):
            return QPainterPath()
        key = (view_key, region_id)
        if key not in self._paths:
            self._paths[key] = self.made(view_key, region_id)
        return self._paths[key]

    def made(self, view_key: str, region_id: str) -> QPainterPath:
        """The outline of a region that shows, made now and not kept; safe in another thread."""
        return path_of(self.geometry(view_key, region_id))

    def keep(self, view_key: str, outlines: Mapping[str, QPainterPath]) -> None:
        """Outlines of a view by region that were made elsewhere."""
        for region_id, path in outlines.items():
            self._paths.setdefault((view_key, region_id), path)

    def geometry(self, view_key: str, region_id: str) -> BaseGeometry:
        """Visible part of a region in view mm; an empty geometry when nothing shows."""
        try:
            outline = calm(self.atlas.region_outline(view_key, region_id), 0.5)
            return on_picture(self.atlas, view_key, outline)
        except MesoMapError:
            return shapely.Polygon()

    def present(self, view_key: str) -> frozenset[str]:
        """Regions of which at least one triangle shows in the view; all others need no outline."""
        if view_key not in self._present:
            owners = self.atlas.geometry.tri_region[self.atlas.seen(view_key)]
            # Counted, not np.unique: that loads numpy.ma, and this is on the way to the first paint.
            rows = np.flatnonzero(np.bincount(owners[owners >= 0])).tolist()
            self._present[view_key] = frozenset(self.atlas.regions[row].id for row in rows)
        return self._present[view_key]

    def shown(self, view_key: str, least_share: float) -> frozenset[str]:
        """Regions of which at least this share of their triangles shows in the view; no outline is made for it."""
        kept = self._shown.get((view_key, least_share))
        if kept is None:
            owners = self.atlas.geometry.tri_region
            whole = np.bincount(owners[owners >= 0], minlength=len(self.atlas.regions))
            seen = owners[self.atlas.seen(view_key)]
            part = np.bincount(seen[seen >= 0], minlength=len(whole))
            rows = np.flatnonzero((part > 0) & (part >= least_share * whole)).tolist()
            kept = self._shown[view_key, least_share] = frozenset(self.atlas.regions[row].id for row in rows)
        return kept

    def ready(self, view_key: str, region_id: str) -> QPainterPath:
        """The outline if it was made already, else an empty path: nothing is computed while the pen moves."""
        return self._paths.get((view_key, region_id), QPainterPath())

    def missing(self, view_key: str) -> list[str]:
        """Regions that show in the view and have no outline yet."""
        return [region for region in sorted(self.present(view_key)) if (view_key, region) not in self._paths]

    def outlines(self, view_key: str) -> list[QPainterPath]:
        """The outlines of this view that are ready."""
        return [path for (view, _region), path in self._paths.items() if view == view_key]


@lru_cache(maxsize=2)
def regions_of(atlas: Atlas) -> RegionPaths:
    """The outlines of a body: what one session had drawn, the next one finds ready."""
    return RegionPaths(atlas)


def draw_borders(painter: QPainter, context: RenderContext, outlines: Sequence[QPainterPath]) -> None:
    """Region borders (view mm): a hairline that stays below marks and line art in weight."""
    tokens = context.tokens
    if tokens.opaque_only:
        ink = QColor("#B9AEA6")
    else:
        ink = QColor("#FFFFFF" if tokens.graphite_skin else "#3A322F")
        ink.setAlphaF(0.12 if tokens.graphite_skin else 0.17)
    pen = QPen(ink, 1.0 * context.unit)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    transform = context.transform()
    painter.setClipRect(context.box_px(), Qt.ClipOperation.IntersectClip)
    painter.setClipPath(transform.map(line_art(context.atlas, context.view_key).clip), Qt.ClipOperation.IntersectClip)
    for path in outlines:
        painter.strokePath(transform.map(path), pen)
    painter.restore()


def draw_region_highlight(painter: QPainter, context: RenderContext, path_mm: QPainterPath) -> None:
    """Region under the pen: ink outline at 62 % and a faint fill."""
    path = context.transform().map(path_mm)
    fill = context.tokens.colour("text")
    fill.setAlphaF(0.035)
    ink = context.tokens.colour("text")
    ink.setAlphaF(0.62)
    pen = QPen(ink, 1.5 * context.unit)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, fill)
    painter.strokePath(path, pen)
    painter.restore()


def draw_label(painter: QPainter, context: RenderContext, middle_bottom: QPointF, text: str, font: QFont) -> QRectF:
    """Dark rounded label whose lower middle lies at `middle_bottom`; returns the box it took."""
    metrics = QFontMetricsF(font)
    unit = context.unit
    width, height = metrics.horizontalAdvance(text) + 20 * unit, 26 * unit
    box = QRectF(middle_bottom.x() - width / 2, middle_bottom.y() - height, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(context.tokens.colour("text"))
    painter.drawRoundedRect(box, 7 * unit, 7 * unit)
    painter.setPen(context.tokens.colour("onink"))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return box


def path_middle(path: QPainterPath) -> tuple[float, float]:
    """Mean of a path's corners: a cheap anchor in view mm."""
    corners = np.array([(e.x, e.y) for e in (path.elementAt(i) for i in range(path.elementCount()))])
    return (float(corners[:, 0].mean()), float(corners[:, 1].mean())) if len(corners) else (0.0, 0.0)
