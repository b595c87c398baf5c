"""How far it is from the pen to the nearest point, worked out beside the window.

Within a region that takes no time; over a fold, or across the body, a way is looked for on the mesh, for up to 0.2 s.
"""

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from mesomap.domain.place import SkinPoint
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.session_model import SessionModel
from mesomap.ui.words import number, tr

#: The figure of a moment ago stands for so long while the pen moves on: sooner it would only flicker, ms.
_PATIENCE_MS = 100

_Ends = tuple[SkinPoint, SkinPoint]


class NearestGap(QObject):
    """Keeps the latest figure. came: there is another one, or the one shown no longer stands."""

    came = Signal()

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._beside = BesideTheWindow(self)
        self._asked: _Ends | None = None
        self._known: tuple[_Ends, float] | None = None
        # The paint that asks is finished first: both would want Python's lock.
        self._begin = QTimer(self, singleShot=True, interval=0)
        self._begin.timeout.connect(self._start)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.came)

    @property
    def busy(self) -> bool:
        """True while a figure is wanted, or the one shown is about to be taken back."""
        return self._begin.isActive() or self._patience.isActive() or self._beside.busy

    def words(self, view_key: str, target: Target) -> str:
        """The distance in patient mm, "…" while it is worked out; "" when the view shows no point."""
        ends = _nearest_ends(self._model, view_key, target)
        if ends is None:
            return ""
        known = self._known
        if ends != self._asked:
            if known is not None and known[0] == self._asked:
                self._patience.start()
            self._asked = ends
            if not self._beside.busy and (known is None or known[0] != ends):
                self._begin.start()
        if known is None or (known[0] != ends and not self._patience.isActive()):
            return "…"
        return tr("{0} mm").format(number(known[1] * self._model.length_factor, 1))

    def settle(self, view_key: str, target: Target) -> None:
        """Work it out now, however long it takes (before a picture of the window is taken)."""
        self._beside.finish()
        ends = _nearest_ends(self._model, view_key, target)
        if ends is not None:
            self._begin.stop()
            self._asked, self._known = ends, (ends, self._model.atlas.distance_mm(*ends))

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._begin.stop()
        self._patience.stop()
        self._beside.let_go()
        self._asked = None

    def _start(self) -> None:
        ends, atlas = self._asked, self._model.atlas
        if ends is not None and not self._beside.busy:
            self._beside.run(
                lambda _progress: atlas.distance_mm(*ends),
                done=lambda mm: self._take(ends, mm),
                failed=raise_again,
            )

    def _take(self, ends: _Ends, mm: float) -> None:
        self._known = ends, mm
        if ends == self._asked:
            self._patience.stop()
        else:
            self._start()
        self.came.emit()


def _nearest_ends(model: SessionModel, view_key: str, target: Target) -> _Ends | None:
    """A target and the nearest visible point, on the skin; None when there is none."""
    points = model.scene(view_key).points
    if target.skin is None or not len(points):
        return None
    away = points.xy - np.array(target.xy_mm)
    x, y = points.xy[int(np.argmin((away**2).sum(axis=1)))]
    other = model.atlas.locate_one(view_key, float(x), float(y))
    return None if other is None else (target.skin, other)
