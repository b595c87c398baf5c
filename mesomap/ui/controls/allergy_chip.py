"""The patient's allergies in amber, on every screen that is about a patient."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.ui.controls.chips import StateChip


class AllergyChip(StateChip):
    """There only where allergies are recorded: without a record nothing is said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("amber", "alert", parent)
        self.setFixedHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_allergies(self, allergies: Sequence[str]) -> None:
        """Say them, or nothing."""
        word = self.tr("Allergy: {0}") if len(allergies) == 1 else self.tr("Allergies: {0}")
        self.setVisible(bool(allergies))
        if allergies:
            self.show_text(word.format(", ".join(allergies)))
            # Where many do not fit, they are whole here.
            self.setToolTip(self.text())
