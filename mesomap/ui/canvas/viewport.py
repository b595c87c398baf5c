"""Where the canvas looks: view, zoom and centre; pure arithmetic, no widget."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

from mesomap.atlas import Atlas
from mesomap.render.context import RenderContext, fitted
from mesomap.render.tokens import Tokens

MIN_ZOOM, MAX_ZOOM = 0.7, 24.0
#: Free edges of a fitted view, px: beside it for the letters R and L, above it for the cards of title and overlays.
SIDE_PX, TOP_PX, BOTTOM_PX = 60.0, 64.0, 10.0


@dataclass(frozen=True, slots=True)
class Viewport:
    """zoom 1 = the whole view fits the free part of the canvas; centre_mm = place of the view plane in its middle.

    edges: free beside, above and below a fitted view, px.
    """

    view_key: str
    zoom: float
    centre_mm: tuple[float, float]
    edges: tuple[float, float, float] = (SIDE_PX, TOP_PX, BOTTOM_PX)

    def context(
        self, atlas: Atlas, size: QSizeF, tokens: Tokens, dpr: float, language: str, length_factor: float
    ) -> RenderContext:
        """The render context of a canvas of this size."""
        frame = _free(size, self.edges)
        fit = fitted(atlas, self.view_key, frame, tokens, dpr=dpr)
        scale = fit.scale * self.zoom
        origin = (
            self.centre_mm[0] - frame.center().x() / scale,
            self.centre_mm[1] + frame.center().y() / scale,
        )
        return RenderContext(
            atlas,
            self.view_key,
            scale,
            origin,
            tokens,
            dpr=dpr,
            zoom=self.zoom,
            language=language,
            length_factor=length_factor,
        )

    def panned(self, context: RenderContext, by: QPointF) -> "Viewport":
        """Content moved by `by` pixels, the centre kept inside the view's box."""
        x = self.centre_mm[0] - by.x() / context.scale
        y = self.centre_mm[1] + by.y() / context.scale
        return replace(self, centre_mm=_inside(context.atlas, self.view_key, x, y))

    def zoomed(self, context: RenderContext, factor: float, at: QPointF, size: QSizeF) -> "Viewport":
        """Zoomed by a factor with the skin under `at` staying under it."""
        zoom = min(max(self.zoom * factor, MIN_ZOOM), MAX_ZOOM)
        scale = context.scale * zoom / self.zoom
        x_mm, y_mm = context.to_mm(at)
        middle = _free(size, self.edges).center()
        x = x_mm - (at.x() - middle.x()) / scale
        y = y_mm + (at.y() - middle.y()) / scale
        return replace(self, zoom=zoom, centre_mm=_inside(context.atlas, self.view_key, x, y))


def whole_view(atlas: Atlas, view_key: str) -> Viewport:
    """The view fitted into the canvas."""
    x0, y0, x1, y1 = atlas.view(view_key).box_mm
    return Viewport(view_key, 1.0, ((x0 + x1) / 2, (y0 + y1) / 2))


def _free(size: QSizeF, edges: tuple[float, float, float]) -> QRectF:
    """The part of the canvas that no card covers."""
    beside, above, below = edges
    return QRectF(0, 0, size.width(), size.height()).adjusted(beside, above, -beside, -below)


def _inside(atlas: Atlas, view_key: str, x: float, y: float) -> tuple[float, float]:
    x0, y0, x1, y1 = atlas.view(view_key).box_mm
    return min(max(x, x0), x1), min(max(y, y0), y1)
