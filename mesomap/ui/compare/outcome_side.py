"""What stands beside the maps: scores and measures over time, and with them the photos of both visits."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mesomap.domain.outcome import OutcomeOverTime
from mesomap.ui.compare.photo_side import PhotoSide
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


class Side(QWidget):
    """What stands beside the maps: photos of both visits, scores and measures; each only where there is any."""

    def __init__(self, photos: PhotoSide, outcome: OutcomeSide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.photos, self.outcome = photos, outcome
        self.setFixedWidth(grown(_WIDE_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (photos, outcome):
            column.addWidget(card, 1)

    def show_parts(self, *, on: bool) -> None:
        """Show what there is, or nothing of it."""
        for card in (self.photos, self.outcome):
            card.setVisible(on and not card.is_empty)
        self.setVisible(on and not self.is_empty)

    @property
    def is_empty(self) -> bool:
        """Neither photos nor scores."""
        return self.photos.is_empty and self.outcome.is_empty

    def words(self) -> str:
        """What there is, for the switch that brings it."""
        if self.photos.is_empty:
            return self.tr("Scores")
        return self.tr("Photos") if self.outcome.is_empty else self.tr("Photos, scores")
