"""Scores and measures over time beside the maps."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mesomap.domain.outcome import OutcomeOverTime
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.history.outcome_tab import OutcomePicture
from mesomap.ui.typefaces import grown

_WIDE_PX = 340


class OutcomeSide(QFrame):
    """A card; there is nothing to show until something was scored or measured."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFixedWidth(grown(_WIDE_PX))
        self.picture = OutcomePicture(narrow=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 6, 8)
        column.setSpacing(6)
        column.addWidget(plain_label("title", self.tr("Scores and measures")))
        column.addWidget(scrolled(self.picture), 1)

    def show_outcome(self, outcome: OutcomeOverTime) -> None:
        """Show what was scored and measured of the patient."""
        self.picture.show_outcome(outcome)

    @property
    def is_empty(self) -> bool:
        """Nothing was scored or measured."""
        return not self.picture.outcome.lines
