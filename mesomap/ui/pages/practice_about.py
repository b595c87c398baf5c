"""Section "This practice": where the data lie and how many records there are."""

from PySide6.QtWidgets import QFormLayout, QFrame, QVBoxLayout, QWidget

from mesomap.ui.controls.labels import plain_label
from mesomap.ui.page_context import PageContext


class PracticeAbout(QWidget):
    """Plain facts about the open practice."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        card = QFrame()
        card.setObjectName("card")
        self._rows = QFormLayout(card)
        self._rows.setContentsMargins(16, 14, 16, 16)
        self._rows.setHorizontalSpacing(24)
        self._rows.setVerticalSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read the facts again."""
        practice = self._context.practice
        while self._rows.rowCount():
            self._rows.removeRow(0)
        for name, value in (
            (self.tr("Data folder"), str(practice.home.root)),
            (self.tr("Patients"), str(len(practice.patients()))),
            (self.tr("Last chart number"), str(practice.next_session_number() - 1)),
            (self.tr("Audit code"), practice.audit_code),
        ):
            words = plain_label("", value)
            words.setWordWrap(True)
            self._rows.addRow(plain_label("small2", name), words)
