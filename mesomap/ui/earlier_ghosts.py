"""Ghosts of earlier sessions, stepped through: the last one of the course first, then the others by time."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from mesomap.domain.marks import AreaRecord
from mesomap.render.marks_in_view import MarkProjector, ViewScene
from mesomap.services import ChartingService
from mesomap.services.last_session import LastSession, earlier_sessions
from mesomap.ui.last_time import LastTime
from mesomap.ui.words import day


def tr(text: str) -> str:
    """Translate in the context of the ghosts."""
    return QCoreApplication.translate("Ghosts", text)


class EarlierGhosts:
    """Which earlier session lies under the marks; looked up when first asked for."""

    def __init__(self, service: ChartingService, last_time: LastTime) -> None:
        self._service, self._last_time = service, last_time
        self._found: list[LastSession] | None = None
        self._back = 0
        self._scenes: dict[tuple[int, str], ViewScene] = {}

    def forget(self) -> None:
        """The service has another session now."""
        self._found, self._back = None, 0
        self._scenes.clear()

    def _all(self) -> list[LastSession]:
        """Earlier sessions with marks on this body. Raises typed errors."""
        if self._found is None:
            last, practice = self._last_time.last, self._service.practice
            self._found = [] if last is None else [last]
            for session in earlier_sessions(practice, self._service.session):
                if last is not None and session.id == last.session.id:
                    continue
                marks = practice.marks(session.id) if self._service.atlas.reads(session.atlas) else ()
                if marks:
                    self._found.append(LastSession(session, marks))
        return self._found

    @property
    def count(self) -> int:
        """How many earlier sessions there are to look at."""
        return len(self._all())

    @property
    def back(self) -> int:
        """0 = the last one, 1 = the one before …"""
        return self._back

    def step(self, by: int) -> bool:
        """Look further back (1) or forward again (-1); False at either end."""
        wanted = self._back + by
        if not 0 <= wanted < self.count:
            return False
        self._back = wanted
        return True

    def scene(self, view_key: str) -> ViewScene:
        """Its marks in a view, areas without a lattice: that of a ghost is not drawn."""
        if self._back == 0:
            return self._last_time.scene(view_key)
        key = (self._back, view_key)
        if key not in self._scenes:
            shown = self._all()[self._back]
            marks = [replace(one, spacing_mm=None) if isinstance(one, AreaRecord) else one for one in shown.marks]
            self._scenes[key] = MarkProjector(self._service.atlas, shown.scale).scene(view_key, marks)
        return self._scenes[key]

    def title(self) -> str:
        """Session 12 · 21 Nov 2026."""
        if not self.count:
            return ""
        session = self._all()[self._back].session
        return f"{tr('Session {0}').format(session.number)} · {day(session.started_at)}"


