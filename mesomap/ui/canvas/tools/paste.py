"""Paste: the copied marks hang on the pen; a tap sets them down, Enter puts them where they were copied."""

import time

from PySide6.QtCore import QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen

from mesomap.domain.errors import MesoMapError
from mesomap.domain.place import SkinPoint
from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import MarkProjector
from mesomap.render.regions import draw_label
from mesomap.render.sprites import SpriteSheet, draw_sprites
from mesomap.render.symbols import zoom_growth
from mesomap.services.carrying import Push
from mesomap.services.pasting import Clip, Landing, anchor, outline_of, paste
from mesomap.ui.canvas.tools.place import draw_crosshair
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.session_model import SessionModel
from mesomap.ui.typefaces import font

#: Marks that take longer than this to lay are laid when the pen has rested, ms.
_PATIENCE_MS, _REST_MS = 25.0, 60


class PasteTool(Tool):
    """Owns a clip until it is set down or put away. pasted(landing) and put_away() end it."""

    key = "paste"
    pasted = Signal(object)
    put_away = Signal()

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._rescale()
        model.session_taken.connect(self._rescale)
        self._clip: Clip | None = None
        self._anchor: SkinPoint | None = None
        self._coming: Push | None = None
        self._cost_ms = 0.0
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._catch_up)
        self._shown = Landing(())
        self._over = False

    def _rescale(self) -> None:
        self._projector = MarkProjector(self._model.atlas, self._model.service.scale)

    def take(self, clip: Clip) -> None:
        """Hold these marks; they show where they were copied until the pen comes."""
        self._clip, self._anchor = clip, anchor(self._model.atlas, clip)
        self._place(None)

    def holds(self) -> bool:
        """Whether marks hang on the pen."""
        return self._clip is not None

    def busy(self) -> bool:
        """The readout would hide what is to be set down."""
        return self._clip is not None

    def shown(self) -> Landing:
        """What is drawn now."""
        return self._shown

    # -- gestures

    def hover(self, target: Target) -> None:
        """The marks follow the pen along the skin."""
        if target.skin is None or self._anchor is None:
            self._over = False
        else:
            self._over = True
            self._coming = Push(self._model.view_key, self._anchor, target.skin)
            if self._cost_ms < _PATIENCE_MS:
                self._catch_up()
            else:
                self._rest.start()
        self.refreshed.emit()

    def _catch_up(self) -> None:
        """Lay the marks where the pen is."""
        if self._coming is not None:
            self._place(self._coming)
            self._coming = None
            self.refreshed.emit()

    def tap(self, target: Target) -> None:
        """Set the marks down here."""
        if self._clip is None:
            self.put_away.emit()
        elif target.skin is None or self._anchor is None:
            self.told.emit(self.tr("Off the body – nothing pasted"))
        else:
            self._paste(Push(self._model.view_key, self._anchor, target.skin))

    def confirm(self) -> None:
        """Put the marks where they were copied."""
        self._paste(None)

    def _paste(self, push: Push | None) -> None:
        clip, model = self._clip, self._model
        if clip is None:
            return
        found: list[Landing] = []
        if model.act(lambda: found.append(paste(model.service, clip, push)), self._words(clip)):
            model.choice_changed.emit()
            self._clip = None
            self.pasted.emit(found[0])

    def _words(self, clip: Clip) -> str:
        return self.tr("Pasted {0}").format(clip_words(self, clip))

    def revert(self) -> bool:
        """Put the marks away."""
        if self._clip is None:
            return False
        self._clip = None
        self._shown = Landing(())
        # Later: this may be asked for because another tool is being taken up.
        QTimer.singleShot(0, self, self.put_away.emit)
        return True

    def _place(self, push: Push | None) -> None:
        if self._clip is None:
            return
        start = time.perf_counter()
        try:
            self._shown = outline_of(self._model.atlas, self._clip, push)
        except MesoMapError as error:
            self.told.emit(error.sentence)
        self._cost_ms = (time.perf_counter() - start) * 1e3

    # -- painting

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """The marks where they would lie; how many would find no skin."""
        if self._clip is None:
            return
        scene = self._projector.scene(context.view_key, self._shown.marks)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        for area in scene.areas:
            outline.addPath(context.transform().map(area.path))
        painter.strokePath(outline, QPen(context.tokens.colour("halo"), 4))
        painter.strokePath(outline, QPen(context.tokens.colour("text"), 1.8))
        sheet = SpriteSheet(context.tokens, round(zoom_growth(context.zoom), 1), context.dpr)
        painter.setOpacity(0.85)
        draw_sprites(painter, sheet, scene.styles, context.to_px(scene.points.xy), scene.points.style)
        painter.setOpacity(1.0)
        if target is not None and self._over:
            draw_crosshair(painter, context, target.at)
            off = self._shown.off_points + self._shown.off_areas
            if off:
                words = self.tr("{0} without skin").format(off)
                draw_label(painter, context, target.at - QPointF(0, 30), words, font("strong"))
        painter.restore()


def clip_words(owner: QObject, clip: Clip) -> str:
    """24 points, 1 area."""
    parts = []
    if clip.points:
        parts.append(owner.tr("1 point") if clip.points == 1 else owner.tr("{0} points").format(clip.points))
    if clip.areas:
        parts.append(owner.tr("1 area") if clip.areas == 1 else owner.tr("{0} areas").format(clip.areas))
    return ", ".join(parts)
