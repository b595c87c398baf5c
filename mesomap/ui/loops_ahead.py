"""Has what an area drawn by hand needs made beside the window, as soon as a tool that draws areas is chosen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from mesomap.services.background import Progress
from mesomap.ui.background import BesideTheWindow, raise_again

if TYPE_CHECKING:
    from mesomap.ui.session_model import SessionModel

#: Tools whose gestures end in an area of skin; those of the brush only with a technique that is charted by areas.
_TOOLS = frozenset({"complaint", "fill", "brush", "own_zone"})
_BRUSH = "brush"
#: A hand that has chosen such a tool does not draw for so long; what the tool shows is painted first, ms.
_PAUSE_MS = 150


class LoopsAhead(QObject):
    """Follows tool and view; each view is made ready once."""

    def __init__(self, model: "SessionModel", page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._model = model
        self._beside = BesideTheWindow(self)
        self._ready: set[str] = set()
        self._under_way = ""
        self._tool = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._begin)
        model.view_changed.connect(lambda _key: self._want())
        model.choice_changed.connect(self._want)

    def tool_used(self, key: str) -> None:
        """Another tool became the active one."""
        self._tool = key
        self._want()

    def ready(self, view_key: str) -> bool:
        """Whether an area can be drawn in a view without anything to be made first."""
        return view_key in self._ready

    def stop(self) -> None:
        """The page is left."""
        self._pause.stop()
        self._beside.let_go()
        self._under_way = ""

    def _want(self) -> None:
        wanted = self._tool in _TOOLS and (self._tool != _BRUSH or self._model.charts_areas())
        if wanted and self._model.view_key not in self._ready:
            self._pause.start()

    def _begin(self) -> None:
        view, atlas = self._model.view_key, self._model.atlas
        if not self._page.isVisible() or view == self._under_way or view in self._ready:
            return
        # The view that was left is not worked on any more.
        self._beside.let_go()
        self._under_way = view

        def work(progress: Progress) -> None:
            # Late: loads the geometry libraries, which a session that only places points never needs.
            from mesomap.services.loops_ahead import make_ready

            make_ready(atlas, view, progress)

        self._beside.run(work, done=lambda _made: self._done(view), failed=raise_again)

    def _done(self, view_key: str) -> None:
        self._under_way = ""
        self._ready.add(view_key)
