"""What an amendment changed on the body: taken away dashed, new with a ring, changed with a dashed ring around."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mesomap.atlas import Atlas
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import Mark
from mesomap.render.context import RenderContext, fitted
from mesomap.render.marks_in_view import MarkProjector, ViewScene
from mesomap.render.picture import PictureStore, draw_body
from mesomap.render.symbols import draw_symbol
from mesomap.services.amending import MapDiff
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from mesomap.ui.words import view_name

_RING_PX = 9.0
_LEAST_MM = 130.0


class DiffView(QWidget):
    """One view of the body: the one that shows most of what changed."""

    def __init__(self, atlas: Atlas, scale: PatientScale) -> None:
        super().__init__()
        self._atlas, self._store = atlas, PictureStore(atlas)
        self._projector = MarkProjector(atlas, scale)
        self._marks: tuple[Mark, ...] = ()
        self._diff = MapDiff()
        self.view_key = ""
        self.setMinimumSize(300, 340)
        theme.changed.connect(self.update)

    def show_diff(self, marks: Sequence[Mark], diff: MapDiff) -> None:
        """Show a version: its marks, and what changed since the one before."""
        self._marks, self._diff = tuple(marks), diff
        changed = (*diff.added, *diff.removed, *(new for _old, new in diff.changed)) or self._marks
        self.view_key = self._best_view(changed)
        self.setAccessibleName(self._spoken())
        self.update()

    def _spoken(self) -> str:
        diff = self._diff
        words = self.tr("{0}: {1} added, {2} taken away, {3} changed")
        name = view_name(self._atlas, self.view_key)
        return words.format(name, len(diff.added), len(diff.removed), len(diff.changed))

    def _best_view(self, marks: Sequence[Mark]) -> str:
        def seen(key: str) -> tuple[int, float]:
            scene = self._projector.scene(key, tuple(marks))
            return len(scene.points) + len(scene.areas), self._atlas.view(key).levels[0].px_per_mm

        return max((view.key for view in self._atlas.views), key=seen)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Body, marks that stayed, then what changed."""
        if not self.view_key:
            return
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0, 0, 0, -24)
        painter.setClipRect(frame)
        context = self._near(fitted(self._atlas, self.view_key, frame, tokens, dpr=self.devicePixelRatioF()), frame)
        try:
            draw_body(painter, context, self._store)
        except MesoMapError:
            painter.fillRect(frame, tokens.colour("canvas"))
        old = {mark.id for pair in self._diff.changed for mark in pair} | {mark.id for mark in self._diff.added}
        self._symbols(painter, context, [mark for mark in self._marks if mark.id not in old])
        self._symbols(painter, context, [*self._diff.added, *(new for _old, new in self._diff.changed)])
        self._rings(painter, context, self._diff.removed, Qt.PenStyle.CustomDashLine)
        self._rings(painter, context, self._diff.added, Qt.PenStyle.SolidLine)
        self._rings(painter, context, [new for _old, new in self._diff.changed], Qt.PenStyle.DotLine)
        painter.setClipping(False)
        painter.setFont(font("small"))
        painter.setPen(tokens.colour("text2"))
        words = self.tr("dashed: taken away · ring: new · dotted: changed")
        foot = QRectF(0, self.height() - 22, self.width(), 20)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, words)

    def _near(self, whole: RenderContext, frame: QRectF) -> RenderContext:
        """The part of the view around what changed, at least _LEAST_MM wide; the whole view where nothing did."""
        diff = self._diff
        scene = self._scene([*diff.added, *diff.removed, *(new for _old, new in diff.changed)])
        box = QRectF()
        for x, y in scene.points.xy.tolist():
            box = box.united(QRectF(x - _LEAST_MM / 2, y - _LEAST_MM / 2, _LEAST_MM, _LEAST_MM))
        for area in scene.areas:
            box = box.united(area.path.boundingRect().adjusted(-20, -20, 20, 20))
        if box.isEmpty():
            return whole
        scale = min(frame.width() / box.width(), frame.height() / box.height())
        if scale <= whole.scale:
            return whole
        middle = box.center()
        origin = (middle.x() - frame.center().x() / scale, middle.y() + frame.center().y() / scale)
        return replace(whole, scale=scale, origin_mm=origin, zoom=scale / whole.scale)

    def _scene(self, marks: Sequence[Mark]) -> ViewScene:
        return self._projector.scene(self.view_key, tuple(marks))

    def _symbols(self, painter: QPainter, context: RenderContext, marks: Sequence[Mark]) -> None:
        scene = self._scene(marks)
        for (x, y), style in zip(context.to_px(scene.points.xy), scene.points.style, strict=True):
            draw_symbol(painter, scene.styles[style], context.tokens, QPointF(x, y), 0.7, halo=False)
        for area in scene.areas:
            colour = context.tokens.mixture(area.style.mixture)
            painter.strokePath(context.transform().map(area.path), QPen(colour, 1.5))

    def _rings(
        self, painter: QPainter, context: RenderContext, marks: Sequence[Mark], style: Qt.PenStyle
    ) -> None:
        pen = QPen(context.tokens.colour("text"), 1.8, style)
        if style is Qt.PenStyle.CustomDashLine:
            pen.setDashPattern([2.4, 1.8])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        scene = self._scene(marks)
        for x, y in np.asarray(context.to_px(scene.points.xy)).tolist():
            painter.drawEllipse(QPointF(x, y), _RING_PX, _RING_PX)
        for area in scene.areas:
            painter.strokePath(context.transform().map(area.path), pen)
