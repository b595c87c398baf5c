"""Paints the thumbnails beside the window: bodies once, dots and counts whenever the marks change."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from mesomap.atlas import Atlas
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import Mark
from mesomap.render.context import RenderContext, fitted
from mesomap.render.marks import draw_dots
from mesomap.render.marks_in_view import MarkProjector
from mesomap.render.picture import PictureStore, draw_body
from mesomap.render.tokens import Tokens
from mesomap.services.background import Progress
from mesomap.ui.background import BesideTheWindow


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thumbnail's picture goes: its size in px, device pixels per px, and the theme."""

    width: float
    height: float
    dpr: float
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Dots:
    """The marks of a view: how many, and their dots; None for none."""

    count: int
    picture: QImage | None


class ThumbPainter(QObject):
    """Works one view at a time in one other thread, marks before bodies: the counts are live.

    body_drawn(view key, QImage); dots_drawn(view key, Dots). marks() and place(view key) are asked in the window's
    thread when a view's turn comes.
    """

    body_drawn = Signal(str, QImage)
    dots_drawn = Signal(str, object)

    def __init__(
        self,
        atlas: Atlas,
        scale: PatientScale,
        store: PictureStore,
        marks: Callable[[], tuple[Mark, ...]],
        place: Callable[[str], Place],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._atlas, self._store, self._marks, self._place = atlas, store, marks, place
        # used by the other thread alone
        self._projector = MarkProjector(atlas, scale)
        self._beside = BesideTheWindow(self)
        self._dots: dict[str, None] = {}
        self._bodies: dict[str, None] = {}
        self._awake = True

    def ask_bodies(self, keys: list[str]) -> None:
        """Have the pictures of these views painted."""
        self._bodies.update(dict.fromkeys(keys))
        self._next()

    def ask_dots(self, keys: list[str]) -> None:
        """Have dots and counts of these views brought up to date."""
        self._dots.update(dict.fromkeys(keys))
        self._next()

    def finish(self) -> None:
        """Paint all that was asked for now."""
        while self._beside.busy or (self._awake and (self._dots or self._bodies)):
            self._next()
            self._beside.finish()

    def stop(self) -> None:
        """Forget what was asked for; nothing is left under way, and nothing begins before wake()."""
        self._awake = False
        self._dots.clear()
        self._bodies.clear()
        self._beside.finish()

    @property
    def busy(self) -> bool:
        """True while a thumbnail is being painted."""
        return self._beside.busy

    def wake(self) -> None:
        """Work again."""
        self._awake = True
        self._next()

    def _next(self) -> None:
        if self._beside.busy or not self._awake:
            return
        if self._dots:
            key = next(iter(self._dots))
            del self._dots[key]
            marks, place = self._marks(), self._place(key)
            self._run(lambda _progress: self._paint_dots(key, marks, place), lambda dots: self._came(key, dots))
        elif self._bodies:
            key = next(iter(self._bodies))
            del self._bodies[key]
            there = self._place(key)
            self._run(lambda _progress: self._paint_body(key, there), lambda body: self._came(key, body))

    def _run(self, work: Callable[[Progress], QImage | Dots], done: Callable[[QImage | Dots], None]) -> None:
        self._beside.run(work, done=done, failed=_broken)

    def _came(self, key: str, painted: QImage | Dots) -> None:
        if isinstance(painted, Dots):
            self.dots_drawn.emit(key, painted)
        else:
            self.body_drawn.emit(key, painted)
        self._next()

    def _paint_body(self, key: str, place: Place) -> QImage:
        image = _clear(place)
        painter = QPainter(image)
        # A damaged picture is told on the canvas; its thumbnail stays empty.
        with suppress(MesoMapError):
            draw_body(painter, self._context(key, place, place.dpr), self._store, level=0)
        painter.end()
        return image

    def _paint_dots(self, key: str, marks: tuple[Mark, ...], place: Place) -> Dots:
        scene = self._projector.scene(key, marks)
        if not scene.visible_count:
            return Dots(0, None)
        image = _clear(place)
        painter = QPainter(image)
        draw_dots(painter, self._context(key, place, 1.0), scene, 1.2)
        painter.end()
        return Dots(scene.visible_count, image)

    def _context(self, key: str, place: Place, dpr: float) -> RenderContext:
        frame = QRectF(0, 0, place.width, place.height)
        return fitted(self._atlas, key, frame, place.tokens, margin=1, dpr=dpr)


def _clear(place: Place) -> QImage:
    width, height = round(place.width * place.dpr), round(place.height * place.dpr)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(place.dpr)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _broken(error: Exception) -> None:
    raise error
