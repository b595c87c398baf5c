"""How long ways along the skin are, worked out beside the window: over a fold or across the body it takes up to 0.2 s.

The line itself is at hand at once; only its length comes later.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from mesomap.atlas import SkinArray
from mesomap.domain.place import SkinPoint
from mesomap.services.measuring import length_mm
from mesomap.services.skin_paths import straight_run
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.session_model import SessionModel

#: The length of a moment ago stands for so long while the pen moves on: sooner it would only flicker, ms.
_PATIENCE_MS = 100


@dataclass(eq=False)
class Way:
    """A measured way: its ends, the line to draw, its length in patient mm (None: it is not known yet)."""

    view_key: str
    a: SkinPoint
    b: SkinPoint
    run: SkinArray
    length_mm: float | None = None


class Ways(QObject):
    """Asks for the lengths of ways, those set down first, then that to the pen. came: one is known, or none stands."""

    came = Signal()

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._beside = BesideTheWindow(self)
        self._set_down: list[Way] = []
        self._live: Way | None = None
        self._before_mm: float | None = None
        # The paint that asks is finished first: both would want Python's lock.
        self._begin = QTimer(self, singleShot=True, interval=0)
        self._begin.timeout.connect(self._start)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.came)

    def set_down(self, a: SkinPoint, b: SkinPoint) -> Way:
        """A way that stays; the one to the pen is it where they end alike."""
        live = self._live
        if live is not None and (live.view_key, live.a, live.b) == (self._model.view_key, a, b):
            way = live
        else:
            way = self._made(a, b)
        self._live = None
        self._set_down.append(way)
        self._begin.start()
        return way

    def follow(self, a: SkinPoint, b: SkinPoint) -> Way:
        """The way to the pen, which replaces the one before."""
        if self._live is not None and self._live.length_mm is not None:
            self._before_mm = self._live.length_mm
            self._patience.start()
        self._live = self._made(a, b)
        if not self._beside.busy:
            self._begin.start()
        return self._live

    def shown_mm(self, way: Way) -> float | None:
        """Its length; for the way to the pen that of a moment ago, while its own is worked out; else None."""
        if way.length_mm is None and way is self._live and self._patience.isActive():
            return self._before_mm
        return way.length_mm

    def drop_live(self) -> None:
        """The pen is elsewhere."""
        self._live = None

    def forget(self) -> None:
        """Nobody waits for any of them."""
        self._begin.stop()
        self._patience.stop()
        self._beside.let_go()
        self._set_down, self._live, self._before_mm = [], None, None

    def finish(self) -> None:
        """Wait until every length is known (before a picture of the window is taken)."""
        while self._next() is not None:
            self._start()
            self._beside.finish()

    def _made(self, a: SkinPoint, b: SkinPoint) -> Way:
        view_key = self._model.view_key
        return Way(view_key, a, b, straight_run(self._model.atlas, view_key, a, b))

    def _next(self) -> Way | None:
        asked = [*self._set_down, *((self._live,) if self._live is not None else ())]
        return next((way for way in asked if way.length_mm is None), None)

    def _start(self) -> None:
        way = self._next()
        if way is None or self._beside.busy:
            return
        atlas, scale = self._model.atlas, self._model.service.scale
        self._beside.run(
            lambda _progress: length_mm(atlas, scale, way.a, way.b, way.run),
            done=lambda mm: self._take(way, mm),
            failed=raise_again,
        )

    def _take(self, way: Way, mm: float) -> None:
        way.length_mm = mm
        if way is self._live:
            self._patience.stop()
        elif self._live is not None and way not in self._set_down:
            # the pen went on meanwhile: what was found of it just now stands for a moment
            self._before_mm = mm
            self._patience.start()
        self._start()
        self.came.emit()
