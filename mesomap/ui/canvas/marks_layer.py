"""The marks of the canvas: coverage, areas, points or, when they crowd, hulls with a number."""

from PySide6.QtGui import QPainter, QPainterPath, QPen

from mesomap.render.area_tags import draw_area_tags
from mesomap.render.context import RenderContext
from mesomap.render.crowding import CrowdFinder
from mesomap.render.heat_map import draw_heat
from mesomap.render.marks import draw_areas, draw_numbers, draw_points, draw_tag, path_anchor
from mesomap.render.needle_lines import draw_needle_lines, without_needle_lines
from mesomap.render.sprites import SpriteSheet
from mesomap.render.symbols import zoom_growth
from mesomap.render.tokens import Tokens, tint
from mesomap.ui.heat import HeatOverlay
from mesomap.ui.session_model import SessionModel
from mesomap.ui.typefaces import font


class MarksLayer:
    """Paints the session's marks in a view."""

    def __init__(self, model: SessionModel, heat: HeatOverlay) -> None:
        self._model, self._heat = model, heat
        self._crowds = CrowdFinder()
        self._sheets: dict[tuple[str, float, float], SpriteSheet] = {}

    def _sheet(self, tokens: Tokens, size: float, dpr: float) -> SpriteSheet:
        key = (tokens.name, size, dpr)
        if key not in self._sheets:
            if len(self._sheets) > 24:
                self._sheets.clear()
            self._sheets[key] = SpriteSheet(tokens, size, dpr)
        return self._sheets[key]

    def paint(self, painter: QPainter, context: RenderContext) -> None:
        """Coverage hulls, areas, points, tags, numbers."""
        scene = self._model.scene(context.view_key)
        heat = self._heat.picture(context.view_key) if self._heat.on else None
        if heat is not None:
            draw_heat(painter, context, heat)
        if self._model.overlays["coverage"]:
            for path_mm, letter in self._model.footprints(context.view_key):
                self._paint_hull(painter, context, context.transform().map(path_mm), letter, filled=heat is None)
        size = round(zoom_growth(context.zoom), 1)
        draw_areas(painter, context, scene, self._sheet(context.tokens, 0.8 * size, context.dpr))
        free, crowds = self._crowds.find(context, without_needle_lines(scene, self._model.marks))
        draw_needle_lines(painter, context, self._model.marks)
        draw_points(painter, context, free, self._sheet(context.tokens, size, context.dpr))
        for crowd in crowds:
            self._paint_hull(painter, context, crowd.path, crowd.style.mixture, strong=True, filled=heat is None)
        for crowd in crowds:
            label = str(crowd.count)
            draw_tag(painter, context, path_anchor(crowd.path), crowd.style, label, font("badge"))
        draw_area_tags(painter, context, scene, font("badge"))
        if self._model.overlays["numbers"]:
            draw_numbers(painter, context, free, font("badge", 10))

    def _paint_hull(
        self,
        painter: QPainter,
        context: RenderContext,
        path: QPainterPath,
        letter: str | None,
        *,
        strong: bool = False,
        filled: bool = True,
    ) -> None:
        colour = context.tokens.mixture(letter)
        share = context.tokens.hull_tint * (2.2 if strong else 1.0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if filled:
            painter.fillPath(path, tint(context.tokens, colour, share))
        painter.strokePath(path, QPen(tint(context.tokens, colour, 0.5), 1.25 * context.unit))
        painter.restore()
