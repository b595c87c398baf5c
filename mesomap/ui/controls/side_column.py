"""Pages or a picture with a column of choices at their right: the frame of what prints and saves."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget


def side_column(page: QWidget, shown: QWidget | QVBoxLayout, width_px: int) -> QVBoxLayout:
    """Lay what is shown and a column of this width on an empty page; returns the column's layout."""
    column = QWidget()
    column.setObjectName("panel")
    column.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column.setFixedWidth(width_px)
    right = QVBoxLayout(column)
    right.setContentsMargins(20, 18, 20, 18)
    right.setSpacing(8)
    whole = QHBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    if isinstance(shown, QWidget):
        whole.addWidget(shown, 1)
    else:
        whole.addLayout(shown, 1)
    whole.addWidget(column)
    return right


def stacked(bar: QWidget, below: QWidget) -> QVBoxLayout:
    """A bar and what it belongs to, without a gap."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(bar)
    column.addWidget(below, 1)
    return column


def button_pair(*buttons: QPushButton) -> QHBoxLayout:
    """Buttons of equal width; none is pressed by Enter in a field."""
    pair = QHBoxLayout()
    pair.setSpacing(8)
    for button in buttons:
        button.setAutoDefault(False)
        pair.addWidget(button, 1)
    return pair
