"""A fill that is shown but not recorded yet."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainterPath

from mesomap.atlas import Atlas
from mesomap.coverage import Fill
from mesomap.render.context import RenderContext
from mesomap.render.marks import median_gap_px


@dataclass(slots=True)
class FillPreview:
    """The pattern a fill would record: region, sentence with count and volume, places in any view."""

    atlas: Atlas
    region_id: str
    sentence: str
    fill: Fill
    outline_mm: dict[str, QPainterPath]
    _xy: dict[str, npt.NDArray[np.float64]] = field(default_factory=dict)

    def points_in(self, view_key: str) -> npt.NDArray[np.float64]:
        """(N, 2) view mm of the points that show."""
        if view_key not in self._xy:
            projection = self.atlas.project(view_key, self.fill.points)
            self._xy[view_key] = projection.xy[projection.visible]
        return self._xy[view_key]

    def outline_in(self, view_key: str) -> QPainterPath:
        """Outline in view mm."""
        return self.outline_mm.get(view_key, QPainterPath())

    def gap_px(self, context: RenderContext) -> float:
        """Median gap of neighbouring points on screen."""
        return median_gap_px(context.to_px(self.points_in(context.view_key)))
