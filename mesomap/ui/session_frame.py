"""What surrounds the session on the charting page: the chip in the bar, the offer at the beginning, the sheet."""

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.ui.after_paint import after_paint
from mesomap.ui.canvas.frame_offer import FrameOffer
from mesomap.ui.framing import Framing, when_words
from mesomap.ui.panels.top_bar import TopBar
from mesomap.ui.session_model import SessionModel

if TYPE_CHECKING:
    from mesomap.ui.dialogs.frame_sheet import FrameSheet


class SessionFrame(QObject):
    """One sheet at a time. complaint: the complaint is to be drawn now."""

    complaint = Signal()

    def __init__(self, model: SessionModel, top: TopBar, canvas: QWidget, page: QWidget) -> None:
        super().__init__(page)
        self.framing = Framing(model, self)
        self.offer = FrameOffer(self.framing, canvas)
        self.sheet: FrameSheet | None = None
        self._top, self._canvas, self._page = top, canvas, page
        top.frame_asked.connect(self.open)
        self.offer.more.connect(self.open)
        model.marks_changed.connect(self.show_session)
        model.session_taken.connect(self.show_session)
        # A session joins its course when the plan of it is laid, which is told as a new choice.
        model.choice_changed.connect(self._read_course)
        self._model = model
        #: Session of the words, and the words; None = not read yet.
        self._course: tuple[UUID | None, str | None] = (None, None)
        self.show_session()

    def show_session(self) -> None:
        """Number, reason and time in the bar."""
        session = self.framing.session
        title = self.tr("Session {0}").format(session.number)
        why = f"{title} – {session.indication}" if session.indication else title
        if self._course[0] != session.id:
            self._course = (session.id, None)
            after_paint(self._page).then(self._show_course)
        line = " · ".join(part for part in (when_words(session, short=True), self._course[1]) if part)
        self._top.show_session(why, line)

    def _course_words(self) -> str:
        from mesomap.ui.courses.session_notes import course_words  # late: the window paints first

        service = self._model.service
        with suppress(MesoMapError):
            return course_words(service.practice, service.session.id)
        return ""

    def _show_course(self) -> None:
        self._course = (self._course[0], self._course_words())
        self.show_session()

    def _read_course(self) -> None:
        """A session that belonged to no course may have joined one."""
        if self._course[1] == "":
            self._show_course()

    def open(self) -> None:
        """Show the sheet; a second call puts it away."""
        if self.sheet is not None:
            self.close()
            return
        # Loaded when it is first opened: a session can be charted without it.
        from mesomap.ui.dialogs.frame_sheet import FrameSheet

        self.sheet = FrameSheet(self.framing, self._page)
        self.sheet.closed.connect(self.close)
        self.sheet.complaint.connect(self._draw)
        self.sheet.take_over()

    def close(self) -> None:
        """Take the sheet away: what was typed is recorded; the keys go back to the canvas."""
        if self.sheet is None:
            return
        sheet = self.sheet
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sheet = None
        sheet.hide()
        sheet.deleteLater()

    def _draw(self) -> None:
        self.close()
        self.complaint.emit()
