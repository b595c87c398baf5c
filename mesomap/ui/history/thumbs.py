"""Small maps of visits, drawn beside the window one after the other, then their figures; the page is there before them.

Figures of a large visit take half a second, its map a fiftieth: no map waits for figures.
"""

from collections import deque
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from mesomap.atlas import Atlas
from mesomap.render.context import fitted
from mesomap.render.marks import draw_areas, draw_dots
from mesomap.render.marks_in_view import MarkProjector, ViewScene
from mesomap.render.picture import PictureStore, draw_body
from mesomap.render.tokens import Tokens
from mesomap.services.comparing import Visit
from mesomap.ui.background import BesideTheWindow, raise_again


@dataclass(frozen=True, slots=True)
class SmallMap:
    """The map of a visit in the view that shows most of it."""

    picture: QImage
    view_key: str


class SmallMaps(QObject):
    """came(session id, SmallMap) is sent for each that was asked for; counted(visit) when its tally is there."""

    came = Signal(object, object)
    counted = Signal(object)

    def __init__(self, atlas: Atlas, size: QSize, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._atlas, self._size = atlas, size
        self._store = PictureStore(atlas)
        self._beside = BesideTheWindow(self)
        self._wanted: deque[tuple[Visit, Tokens, float]] = deque()
        self._uncounted: deque[Visit] = deque()

    def ask(self, visit: Visit, tokens: Tokens, dpr: float) -> None:
        """Have the map of a visit drawn, and its figures worked out."""
        self._wanted.append((visit, tokens, dpr))
        self._uncounted.append(visit)
        self._next()

    def forget(self) -> None:
        """Nobody waits any more."""
        self._wanted.clear()
        self._uncounted.clear()
        self._beside.let_go()

    def finish(self) -> None:
        """Draw all that was asked for now."""
        while self._wanted or self._uncounted or self._beside.busy:
            self._next()
            self._beside.finish()

    def _next(self) -> None:
        if self._beside.busy:
            return
        if not self._wanted:
            self._count_next()
            return
        visit, tokens, dpr = self._wanted.popleft()
        self._beside.run(
            lambda _progress: self._draw(visit, tokens, dpr),
            done=lambda made: self._done(visit.session.id, made),
            failed=raise_again,
        )

    def _done(self, session_id: UUID, made: SmallMap) -> None:
        self.came.emit(session_id, made)
        self._next()

    def _count_next(self) -> None:
        if self._uncounted:
            visit = self._uncounted.popleft()
            self._beside.run(
                lambda _progress: visit.tally,
                done=lambda _tally: self._counted(visit),
                failed=raise_again,
            )

    def _counted(self, visit: Visit) -> None:
        self.counted.emit(visit)
        self._next()

    def _draw(self, visit: Visit, tokens: Tokens, dpr: float) -> SmallMap:
        projector = MarkProjector(self._atlas, visit.scale)
        scenes = {view.key: projector.scene(view.key, visit.marks) for view in self._atlas.views}
        marked = [one for one in scenes if scenes[one].visible_count]
        key = max(marked, key=lambda one: self._fits(one, scenes[one])) if marked else self._atlas.views[0].key
        picture = QImage(self._size * dpr, QImage.Format.Format_ARGB32_Premultiplied)
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        context = fitted(self._atlas, key, QRectF(0, 0, self._size.width(), self._size.height()), tokens, dpr=dpr)
        draw_body(painter, context, self._store, level=0)
        draw_areas(painter, context, ViewScene(scenes[key].points, scenes[key].areas, scenes[key].styles))
        draw_dots(painter, context, ViewScene(scenes[key].points, (), scenes[key].styles))
        painter.end()
        return SmallMap(picture, key)

    def _fits(self, view_key: str, scene: ViewScene) -> float:
        """Many marks, drawn large."""
        x0, y0, x1, y1 = self._atlas.view(view_key).box_mm
        return float(scene.visible_count / ((x1 - x0) * (y1 - y0)) ** 0.5)
