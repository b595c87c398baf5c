"""A fill that is shown but not recorded yet."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainterPath

from mesomap.atlas import SkinArray
from mesomap.render.context import RenderContext
from mesomap.render.marks import median_gap_px
from mesomap.render.paths import path_of
from mesomap.render.picture import on_picture
from mesomap.render.regions import RegionPaths
from mesomap.services import FillPreview


@dataclass(slots=True)
class ShownFill:
    """The pattern a fill would record: what the service made, and its places in any view.

    whole: the fill takes a whole region.
    """

    preview: FillPreview
    regions: RegionPaths
    whole: bool = True
    _xy: dict[str, npt.NDArray[np.float64]] = field(default_factory=dict)

    @property
    def region_id(self) -> str:
        """Region to be filled."""
        return self.preview.region_id

    def points_in(self, view_key: str) -> npt.NDArray[np.float64]:
        """(N, 2) view mm of the points that show."""
        if view_key not in self._xy:
            projection = self.regions.atlas.project(view_key, SkinArray.of(self.preview.points))
            self._xy[view_key] = projection.xy[projection.visible]
        return self._xy[view_key]

    def outline_in(self, view_key: str) -> QPainterPath:
        """Outline of the fill in view mm."""
        if self.whole:
            return self.regions.path(view_key, self.preview.region_id)
        atlas = self.regions.atlas
        shape = atlas.outline_in_view(view_key, self.preview.outline, self.preview.region_id)
        return path_of(on_picture(atlas, view_key, shape))

    def gap_px(self, context: RenderContext) -> float:
        """Median gap of neighbouring points on screen."""
        return median_gap_px(context.to_px(self.points_in(context.view_key)))
