"""How far a file is, with a button that stops it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget


class WorkRow(QWidget):
    """Hidden until something is under way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar, self.stop = QProgressBar(), QPushButton(self.tr("Stop"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setRange(0, 100)
        self.stop.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.hide()

    def show_part(self, part: float, words: str) -> None:
        """So far, 0 to 1."""
        self.bar.setValue(round(100 * part))
        self.bar.setFormat(words or self.tr("Being written…"))
        self.show()
