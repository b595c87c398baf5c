"""How far a file is, with a button that stops it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from mesomap.ui.controls.labels import plain_label

_BAR_PX = 12


class WorkRow(QWidget):
    """Hidden until something is under way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar, self.stop = QProgressBar(), QPushButton(self.tr("Stop"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setRange(0, 100)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(_BAR_PX)
        self.said = plain_label("small2")
        self.stop.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.said)
        column.addWidget(self.bar)
        row.addLayout(column, 1)
        row.addWidget(self.stop)
        self.hide()

    def show_part(self, part: float, words: str) -> None:
        """So far, 0 to 1."""
        self.bar.setValue(round(100 * part))
        self.said.setText(words or self.tr("Being written…"))
        self.show()
