"""Tab "Overview" of the patient's page: sessions as cards, newest first."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.courses.session_notes import SessionNotes
from mesomap.ui.pages.page_context import PageContext
from mesomap.ui.pages.session_cards import SessionCard
from mesomap.ui.panels.top_bar import plain_label


class PatientOverview(QWidget):
    """The patient's sessions."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._cards = QVBoxLayout()
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(10)
        inner = QWidget()
        inner.setLayout(self._cards)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(inner))
        self.refresh()

    def refresh(self) -> None:
        """Read the sessions again."""
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        practice, patient = self._context.practice, self._context.patient
        sessions, notes = practice.sessions(patient.id), SessionNotes(practice, patient.id)
        for session in reversed(sessions):
            note = notes.of(session.id)
            card = SessionCard(session, practice.marks(session.id), self._context.open_session, note=note)
            self._cards.addWidget(card)
        if not sessions:
            self._cards.addWidget(plain_label("small2", self.tr("No session yet. Press “New session” to begin one.")))
        self._cards.addStretch(1)
