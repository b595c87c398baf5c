"""Guides on the skin: the midline, and the lines that divide the face into thirds.

The thirds run level over the skin at the heights of hairline, glabella, subnasale and menton (Farkas, Anthropometry
of the Head and Face, 1994: trichion, glabella, subnasale, gnathion). They are read off the reference body.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from mesomap.atlas import Atlas
from mesomap.atlas.landmarks import landmarks_of
from mesomap.atlas.view_map import ViewMap
from mesomap.domain.errors import MesoMapError
from mesomap.render.context import RenderContext
from mesomap.render.furniture import draw_haloed, draw_midline, looks_along_midline
from mesomap.render.paths import polygon_from
from mesomap.render.tokens import tint

#: Landmarks of the midline whose height each line has, and how far behind its landmark a line still is of the face.
THIRDS = (("trichion", 55.0), ("glabella", 55.0), ("subnasale", 55.0), ("menton", 14.0))
_INK = 0.45


@dataclass(frozen=True, slots=True)
class Guide:
    """One line in view mm. key: the landmark whose height it has, "" for the midline."""

    key: str
    path: QPainterPath


@dataclass(slots=True)
class Guides:
    """The guides of one body, found once per view."""

    atlas: Atlas
    _views: dict[str, ViewMap] = field(default_factory=dict)
    _found: dict[str, tuple[Guide, ...]] = field(default_factory=dict)

    def of(self, view_key: str) -> tuple[Guide, ...]:
        """Lines of a view that are not simply straight; none where the view does not show the face."""
        if view_key not in self._found:
            self._found[view_key] = tuple(guide for guide in self._find(view_key) if not guide.path.isEmpty())
        return self._found[view_key]

    def _find(self, view_key: str) -> list[Guide]:
        view = self.atlas.view(view_key)
        # seen from above a level line lies flat, in a whole body it is too short to be read
        if view.group != "head" or abs(float(view.rotation[1][1])) < 0.9:
            return []
        found = []
        if not looks_along_midline(view) and abs(float(view.rotation[0][0])) > 0.2:
            found.append(Guide("", self._section(view_key, 0, 0.0, -math.inf)))
        try:
            known = landmarks_of(self.atlas)
        except MesoMapError:
            return found
        for key, depth_mm in THIRDS:
            mark = known.find(key)
            if mark is not None:
                _, y, z = known.xyz_mm[known.row(key)].tolist()
                found.append(Guide(key, self._section(view_key, 1, y, z - depth_mm)))
        return found

    def _section(self, view_key: str, axis: int, at_mm: float, behind_mm: float) -> QPainterPath:
        """Where the plane axis = at_mm (body at rest) cuts the skin that the view shows, in front of behind_mm."""
        geometry = self.atlas.geometry
        view_map = self._views.setdefault(view_key, ViewMap(self.atlas.view(view_key), geometry))
        rest = geometry.positions[0]
        side = (rest[:, axis] > at_mm)[geometry.tri]
        cut = np.flatnonzero(view_map.visible & (side.any(axis=1) != side.all(axis=1)))
        cut = cut[rest[:, 2][geometry.tri[cut]].mean(axis=1) > behind_mm]
        chains = _chains(geometry.tri[cut], side[cut])
        path = QPainterPath()
        for chain in chains:
            a, b = np.array(chain).T
            share = (at_mm - rest[a, axis]) / (rest[b, axis] - rest[a, axis])
            seen = view_map.positions
            path.addPolygon(polygon_from((seen[a] + (seen[b] - seen[a]) * share[:, None])[:, :2]))
        return path


@lru_cache(maxsize=2)
def guides_of(atlas: Atlas) -> Guides:
    """The guides of a body, for all its sessions."""
    return Guides(atlas)


def _chains(tri: npt.NDArray[np.integer], side: npt.NDArray[np.bool_]) -> list[list[tuple[int, int]]]:
    """Cut edges (two vertices each) in the order of the line that runs through the cut triangles (n, 3)."""
    beside: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for corners, above in zip(tri.tolist(), side.tolist(), strict=True):
        edges = [
            (min(corners[k], corners[k - 1]), max(corners[k], corners[k - 1]))
            for k in range(3)
            if above[k] != above[k - 1]
        ]
        beside.setdefault(edges[0], []).append(edges[1])
        beside.setdefault(edges[1], []).append(edges[0])
    chains = []
    while beside:
        start = next((edge for edge, others in beside.items() if len(others) == 1), next(iter(beside)))
        chain = [start]
        while chain[-1] in beside:
            onward = [edge for edge in beside.pop(chain[-1]) if edge in beside]
            if onward:
                chain.append(onward[0])
        chains.append(chain)
    return [chain for chain in chains if len(chain) > 1]


def draw_guides(
    painter: QPainter, context: RenderContext, guides: Guides, font: QFont, words: Callable[[str], str]
) -> None:
    """Midline dash-dotted, thirds dotted, each named at its end towards the left edge. words: name of a landmark."""
    draw_midline(painter, context)
    unit = context.unit
    ink = context.tokens.colour("text")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    painter.setClipRect(context.box_px(), Qt.ClipOperation.IntersectClip)
    for guide in guides.of(context.view_key):
        path = context.transform().map(guide.path)
        pen = QPen(tint(context.tokens, ink, _INK if guide.key else 0.35), 1.0 * unit, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([1.5, 4] if guide.key else [7, 3, 1.5, 3])
        painter.strokePath(path, pen)
    painter.restore()
    _draw_names(painter, context, guides.of(context.view_key), font, words)
    painter.restore()


def _draw_names(
    painter: QPainter, context: RenderContext, guides: Sequence[Guide], font: QFont, words: Callable[[str], str]
) -> None:
    height = QFontMetricsF(font).height()
    for guide in guides:
        if not guide.key:
            continue
        path = context.transform().map(guide.path)
        ends = [QPointF(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]
        end = min(ends, key=QPointF.x)
        text = words(guide.key)
        width = QFontMetricsF(font).horizontalAdvance(text)
        box = QRectF(end.x() - width - 8 * context.unit, end.y() - height / 2, width, height)
        draw_haloed(painter, context, box, text, font, "text2")
