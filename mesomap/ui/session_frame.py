"""What surrounds the session on the charting page: the chip in the bar, the offer at the beginning, the sheet."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from mesomap.ui.canvas.frame_offer import FrameOffer
from mesomap.ui.dialogs.frame_sheet import FrameSheet
from mesomap.ui.framing import Framing, when_words
from mesomap.ui.panels.top_bar import TopBar
from mesomap.ui.session_model import SessionModel


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
        self.show_session()

    def show_session(self) -> None:
        """Number, reason and time in the bar."""
        session = self.framing.session
        title = self.tr("Session {0}").format(session.number)
        why = f"{title} – {session.indication}" if session.indication else title
        self._top.show_session(why, when_words(session, short=True))

    def open(self) -> None:
        """Show the sheet; a second call puts it away."""
        if self.sheet is not None:
            self.close()
            return
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
