"""A small picture of the body that shows which landmark is asked for."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.landmarks import landmarks_of
from mesomap.domain.errors import MesoMapError
from mesomap.render.context import RenderContext, fitted
from mesomap.render.picture import PictureStore, draw_body
from mesomap.ui.theme import theme

#: What is seen around the landmark, as a share of the height of the view: of a head all, of a body a part.
_HEAD_SHARE, _BODY_SHARE = 1.0, 0.45
_DOT_PX, _RING_PX = 2.6, 9.0


class AskedPicture(QWidget):
    """The view of the atlas: landmarks as dots, those that are set filled, the asked one ringed."""

    def __init__(self, atlas: Atlas) -> None:
        super().__init__()
        self._atlas, self._store = atlas, PictureStore(atlas, 40)
        self._view_key, self._asked = "", ""
        self._names: tuple[str, ...] = ()
        self._set: frozenset[str] = frozenset()
        self.setMinimumSize(200, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_landmarks(self, view_key: str, names: Sequence[str], done: frozenset[str], asked: str) -> None:
        """Landmarks (ids) of a view; done: those that are set; asked: "" = none."""
        self._view_key, self._names, self._set, self._asked = view_key, tuple(names), done, asked
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Body and dots."""
        if not self._view_key:
            return
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(frame, 10, 10)
        painter.setClipPath(shape)
        painter.fillRect(frame, tokens.colour("canvas"))
        places = self._places()
        context = self._context(frame, places.get(self._asked))
        try:
            draw_body(painter, context, self._store)
        except MesoMapError:
            # Without its picture the dots alone still say a little; whoever charts is told of the damage there.
            painter.fillRect(frame, tokens.colour("canvas"))
        painter.setPen(QPen(tokens.colour("halo"), 1.2))
        for name, at in places.items():
            painter.setBrush(tokens.colour("text") if name in self._set else tokens.colour("text3"))
            painter.drawEllipse(context.point_px(at.x(), at.y()), _DOT_PX, _DOT_PX)
        if self._asked in places:
            at = places[self._asked]
            self._ring(painter, context.point_px(at.x(), at.y()))

    def _places(self) -> dict[str, QPointF]:
        known = {mark.id: mark.skin for mark in landmarks_of(self._atlas).rows}
        names = [name for name in self._names if name in known]
        if not names:
            return {}
        seen = self._atlas.project(self._view_key, SkinArray.of([known[name] for name in names]))
        return {name: QPointF(x, y) for name, (x, y) in zip(names, seen.xy.tolist(), strict=True)}

    def _context(self, frame: QRectF, at: QPointF | None) -> RenderContext:
        whole = fitted(self._atlas, self._view_key, frame, theme.tokens(), margin=6, dpr=self.devicePixelRatioF())
        view = self._atlas.view(self._view_key)
        share = _HEAD_SHARE if view.group in ("head", "hand", "foot", "leg") else _BODY_SHARE
        if at is None or share == 1.0:
            return whole
        scale = whole.scale / share
        origin = (at.x() - frame.center().x() / scale, at.y() + frame.center().y() / scale)
        return replace(whole, scale=scale, origin_mm=origin, zoom=1 / share)

    @staticmethod
    def _ring(painter: QPainter, at: QPointF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 170), 4.6), (QColor("#FFB000"), 2.4)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(at, _RING_PX, _RING_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFB000"))
        painter.drawEllipse(at, _DOT_PX, _DOT_PX)
