"""A glance at one region of the body: the view that shows it best, its outline, the plan and what is done there."""

from contextlib import suppress

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.render.context import RenderContext
from mesomap.render.marks import draw_areas, draw_points
from mesomap.render.picture import PictureStore, draw_body
from mesomap.render.planned import draw_plan
from mesomap.render.sprites import SpriteSheet
from mesomap.services.assistant import ReadBack, view_for
from mesomap.ui.canvas.viewport import MAX_ZOOM, Viewport
from mesomap.ui.session_model import SessionModel
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from mesomap.ui.words import view_name

#: How much of the picture the region takes, at most.
_SHARE = 0.5


class Glance(QWidget):
    """Only to be looked at."""

    def __init__(self, model: SessionModel, store: PictureStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._store = model, store
        self._region = ""
        self._view = model.view_key
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_place(self, item: ReadBack | None) -> None:
        """Show the region of what is read back; None keeps the view and outlines nothing."""
        self._region = item.region_id if item is not None else ""
        if item is not None:
            self._view = view_for(self._model.atlas, item.skin)
        self.setAccessibleName(view_name(self._model.atlas, self._view))
        self.update()

    def view_key(self) -> str:
        """The view shown."""
        return self._view

    def _context(self) -> RenderContext:
        atlas = self._model.atlas
        x0, y0, x1, y1 = atlas.view(self._view).box_mm
        zoom, centre = 1.0, ((x0 + x1) / 2, (y0 + y1) / 2)
        box = self._model.regions.path(self._view, self._region).boundingRect() if self._region else QRectF()
        if not box.isEmpty():
            zoom = _SHARE * min((x1 - x0) / box.width(), (y1 - y0) / box.height())
            zoom = min(max(zoom, 1.0), MAX_ZOOM / 4)
            centre = ((centre[0] + box.center().x()) / 2, (centre[1] + box.center().y()) / 2)
            if zoom > 1.4:
                centre = (box.center().x(), box.center().y())
        return Viewport(self._view, zoom, centre).context(
            atlas, QSizeF(self.size()), theme.tokens(), self.devicePixelRatioF(), "en", self._model.length_factor
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Body, region, plan, marks."""
        context = self._context()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens().colour("canvas"))
        # The canvas tells of a damaged picture; here the outline is enough.
        with suppress(MesoMapError):
            draw_body(painter, context, self._store)
        self._paint_region(painter, context)
        sheet = SpriteSheet(context.tokens, 1.0, context.dpr)
        scene = self._model.scene(self._view)
        draw_areas(painter, context, scene, sheet)
        if self._model.plan.exists:
            draw_plan(painter, context, self._model.plan.scene(self._view))
        draw_points(painter, context, scene, sheet)
        self._paint_sides(painter, context)

    def _paint_region(self, painter: QPainter, context: RenderContext) -> None:
        if not self._region:
            return
        path = context.transform().map(self._model.regions.path(self._view, self._region))
        ink = context.tokens.colour("text")
        fill = QColor(ink)
        fill.setAlphaF(0.07)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, fill)
        painter.strokePath(path, QPen(context.tokens.colour("halo"), 6))
        painter.strokePath(path, QPen(ink, 3))

    def _paint_sides(self, painter: QPainter, context: RenderContext) -> None:
        view = self._model.atlas.view(self._view)
        made = font("letter", 48)
        metrics = QFontMetricsF(made)
        for letter, left in ((view.left_letter, True), (view.right_letter, False)):
            path = QPainterPath()
            x = 18.0 if left else self.width() - 18 - metrics.horizontalAdvance(letter)
            path.addText(x, 16 + metrics.ascent(), made, letter)
            painter.strokePath(path, QPen(context.tokens.colour("halo"), 8))
            painter.fillPath(path, context.tokens.colour("text"))
