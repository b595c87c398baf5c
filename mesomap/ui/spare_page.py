"""A charting page made ahead, while the patient list is shown: to open a session is then to put it on that page.

Every session gets a page of its own, so that nothing of one patient can stay before the next one; the page is only made
before it is known for which session.
"""

from uuid import UUID

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QStackedWidget

from mesomap.domain.errors import MesoMapError
from mesomap.services.session_to_come import SessionToCome
from mesomap.ui.desk import Desk
from mesomap.ui.pages.charting import ChartingPage
from mesomap.ui.session_model import SessionModel

#: A person who looks at the list for this long is not in the middle of a word, ms.
_PAUSE_MS = 350
#: Between the turns in which a page is made, ms.
_TURN_MS = 40


class SparePage(QObject):
    """Keeps at most one page ready, on the body of the session before. Off until it is switched on."""

    def __init__(self, desk: Desk, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._desk, self._pages = desk, pages
        self._page: ChartingPage | None = None
        self._service: SessionToCome | None = None
        self._body = ""
        self.on = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._make_in_turns)

    def want(self) -> None:
        """The list is shown, or was just used: have a page ready after a pause."""
        if self.on and self._page is None:
            self._pause.start()

    @property
    def is_ready(self) -> bool:
        """Whether a page stands ready."""
        return self._page is not None

    def make(self) -> None:
        """Make the page now, and paint it where nobody sees it: then styles, layouts and the body are done.

        Painted twice: what the first layout learns of its width changes some shares of the second.
        """
        for turn in (self._build, self._paint, self._paint):
            turn()

    def _make_in_turns(self) -> None:
        """As make(), in turns of the event loop: a key that was pressed meanwhile is answered in between."""
        self._build()
        for turn in (1, 2):
            QTimer.singleShot(_TURN_MS * turn, self, self._paint)

    def _build(self) -> None:
        practice = self._desk.practice
        if practice is None or self._page is not None:
            return
        try:
            atlas = self._desk.shelf.named(self._body) if self._body else self._desk.shelf.first
            self._service = SessionToCome(practice, atlas)
        except MesoMapError:
            return  # Whoever opens a session is told.
        self._page = ChartingPage(SessionModel(self._service), ahead=True)
        self._pages.addWidget(self._page)
        self._page.resize(self._pages.size())

    def _paint(self) -> None:
        if self._page is not None:
            self._page.grab()
            self._page.strip.paint_ahead()

    def take(self, session_id: UUID) -> ChartingPage | None:
        """The page, with this session on it; None when none is ready or this one does not fit: open it afresh then."""
        self._pause.stop()
        practice, page, service = self._desk.practice, self._page, self._service
        try:
            ref = practice.session(session_id).atlas if practice is not None else None
        except MesoMapError:
            return None
        self._body = ref.body if ref is not None else ""
        if page is None or service is None or ref is None:
            return None
        try:
            fits = self._desk.shelf.of(ref) is service.atlas
            if fits:
                page.model.take_session(service, session_id)
        except MesoMapError:
            fits = False
        if not fits:
            self.drop()
            return None
        self._page = self._service = None
        page.begin()
        return page

    def drop(self) -> None:
        """Let the page go: the practice is closed, or what it was made for has changed."""
        self._pause.stop()
        if self._page is not None:
            self._pages.removeWidget(self._page)
            self._page.model.figures.stop()
            self._page.deleteLater()
        self._page = self._service = None
