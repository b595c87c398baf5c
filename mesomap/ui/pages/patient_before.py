"""Tab "Before" of the patient's page: history and cautions, consents."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mesomap.ui.before.cautions_card import CautionsCard
from mesomap.ui.before.consents_card import ConsentsCard
from mesomap.ui.page_context import PageContext


class PatientBefore(QWidget):
    """Two cards beside each other; both are saved as they are entered."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.cautions = CautionsCard(context)
        self.consents = ConsentsCard(context)
        for card in (self.cautions, self.consents):
            card.recorded.connect(context.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.cautions, 3)
        row.addWidget(self.consents, 2)

    def refresh(self) -> None:
        """Read both again."""
        self.cautions.refresh()
        self.consents.refresh()
