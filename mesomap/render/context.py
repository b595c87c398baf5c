"""What every drawing function needs to know, frozen."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

from mesomap.atlas import Atlas
from mesomap.render.tokens import Tokens

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RenderContext:
    """One view of the body drawn at one place.

    view_key: key of the view; origin_mm: place in the view plane (mm, y up) that is drawn at (0, 0);
    scale: painter units per reference mm; unit: painter units per logical pixel of the design system (1 on
    screen); dpr: device pixels per painter unit; zoom: 1 = the view fitted; length_factor: patient mm per
    reference mm.
    """

    atlas: Atlas
    view_key: str
    scale: float
    origin_mm: tuple[float, float]
    tokens: Tokens
    unit: float = 1.0
    dpr: float = 1.0
    zoom: float = 1.0
    language: str = "en"
    length_factor: float = 1.0

    def transform(self) -> QTransform:
        """View mm (y up) to painter units (y down)."""
        x0, y0 = self.origin_mm
        return QTransform(self.scale, 0.0, 0.0, -self.scale, -x0 * self.scale, y0 * self.scale)

    def to_px(self, xy_mm: FloatArray) -> FloatArray:
        """(N, 2) view mm to (N, 2) painter units."""
        x0, y0 = self.origin_mm
        out = np.empty_like(xy_mm, dtype=np.float64)
        out[:, 0] = (xy_mm[:, 0] - x0) * self.scale
        out[:, 1] = (y0 - xy_mm[:, 1]) * self.scale
        return out

    def point_px(self, x_mm: float, y_mm: float) -> QPointF:
        """One place in view mm to painter units."""
        return QPointF((x_mm - self.origin_mm[0]) * self.scale, (self.origin_mm[1] - y_mm) * self.scale)

    def to_mm(self, at: QPointF) -> tuple[float, float]:
        """Painter units to view mm."""
        return self.origin_mm[0] + at.x() / self.scale, self.origin_mm[1] - at.y() / self.scale

    def places_mm(self, at: FloatArray) -> FloatArray:
        """(N, 2) painter units to (N, 2) view mm."""
        x0, y0 = self.origin_mm
        return np.column_stack([x0 + at[:, 0] / self.scale, y0 - at[:, 1] / self.scale])

    def box_px(self) -> QRectF:
        """The whole view's box in painter units."""
        x0, y0, x1, y1 = self.atlas.view(self.view_key).box_mm
        return QRectF(self.point_px(x0, y1), self.point_px(x1, y0))

    def with_tokens(self, tokens: Tokens) -> "RenderContext":
        """The same place in another theme."""
        return replace(self, tokens=tokens)


def fitted(
    atlas: Atlas,
    view_key: str,
    frame: QRectF,
    tokens: Tokens,
    *,
    margin: float = 0.0,
    unit: float = 1.0,
    dpr: float = 1.0,
) -> RenderContext:
    """Context that shows the whole view centred in `frame` (painter units)."""
    x0, y0, x1, y1 = atlas.view(view_key).box_mm
    width, height = max(frame.width() - 2 * margin, 1.0), max(frame.height() - 2 * margin, 1.0)
    scale = min(width / (x1 - x0), height / (y1 - y0))
    centre_x, centre_y = (x0 + x1) / 2, (y0 + y1) / 2
    origin = (centre_x - frame.center().x() / scale, centre_y + frame.center().y() / scale)
    return RenderContext(atlas, view_key, scale, origin, tokens, unit=unit, dpr=dpr)
