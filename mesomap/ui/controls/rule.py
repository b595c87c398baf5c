"""A thin line between rows."""

from PySide6.QtWidgets import QFrame


def rule() -> QFrame:
    """One pixel high, as wide as there is room."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
