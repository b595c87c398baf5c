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
from mesomap.render.marks_in_view import MarkProjector, ViewScene
from mesomap.render.picture import PictureStore, draw_body
from mesomap.render.tokens import Tokens
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


@dataclass(frozen=True, slots=True)
class _Turn:
    """The first views whose dots changed, by key, and those that were not looked at."""

    dots: dict[str, Dots]
    rest: tuple[str, ...]


#: Views whose dots are painted in one go: one at a time the window would be asked for its attention as often.
_AT_ONCE = 4

#: What the thumbnails show: view key → where, and which marks.
_Painted = dict[str, tuple[Place, ViewScene]]


class ThumbPainter(QObject):
    """Works a few views at a time in one other thread, marks before bodies: the counts are live.

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
        self._painted: _Painted = {}
        self._beside = BesideTheWindow(self)
        self._dots: dict[str, None] = {}
        self._bodies: dict[str, None] = {}
        self._awake = True

    def rescale(self, scale: PatientScale) -> None:
        """Another session has come: its patient has this scale. No marks may have been painted."""
        self._projector = MarkProjector(self._atlas, scale)
        self._painted = {}

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
        """Forget what was asked for, and what is under way: it ends by itself. Nothing begins before wake()."""
        self._awake = False
        self._dots.clear()
        self._bodies.clear()
        self._painted = {}
        self._beside.let_go()

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
            places = {key: self._place(key) for key in self._dots}
            marks = self._marks()
            self._dots.clear()
            painted = self._painted
            self._beside.run(
                lambda _progress: self._paint_dots(places, marks, painted), done=self._dots_came, failed=_broken
            )
        elif self._bodies:
            key = next(iter(self._bodies))
            del self._bodies[key]
            place = self._place(key)
            self._beside.run(
                lambda _progress: self._paint_body(key, place),
                done=lambda body: self._body_came(key, body),
                failed=_broken,
            )

    def _dots_came(self, turn: _Turn) -> None:
        self._dots = dict.fromkeys((*turn.rest, *self._dots)) if self._awake else {}
        for key, dots in turn.dots.items():
            self.dots_drawn.emit(key, dots)
        self._next()

    def _body_came(self, key: str, body: QImage) -> None:
        self.body_drawn.emit(key, body)
        self._next()

    def _paint_body(self, key: str, place: Place) -> QImage:
        image = _clear(place)
        painter = QPainter(image)
        # A damaged picture is told on the canvas; its thumbnail stays empty.
        with suppress(MesoMapError):
            draw_body(painter, self._context(key, place, place.dpr), self._store, level=0)
        painter.end()
        return image

    def _paint_dots(self, places: dict[str, Place], marks: tuple[Mark, ...], painted: _Painted) -> _Turn:
        """The next views that show something else than before: one more mark shows in few of them."""
        keys, dots = tuple(places), dict[str, Dots]()
        for row, key in enumerate(keys):
            if len(dots) == _AT_ONCE:
                return _Turn(dots, keys[row:])
            place, scene = places[key], self._projector.scene(key, marks)
            known = painted.get(key)
            if known is None or known[0] != place or not scene.looks_like(known[1]):
                painted[key] = (place, scene)
                dots[key] = self._dots_of(key, place, scene)
        return _Turn(dots, ())

    def _dots_of(self, key: str, place: Place, scene: ViewScene) -> Dots:
        if not scene.visible_count:
            return Dots(0, None)
        image = _clear(place)
        painter = QPainter(image)
        draw_dots(painter, self._context(key, place, place.dpr), scene, 1.2)
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
