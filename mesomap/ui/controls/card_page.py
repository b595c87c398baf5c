"""A page that is one card with a line under it, as at the first start."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.scrolled import scrolled


def card_page(page: QWidget, card: QWidget, foot: str, width_px: int) -> None:
    """Lay the card a little above the middle of an empty page, the line under it this wide; it scrolls if it must."""
    place = plain_label("small", foot)
    place.setWordWrap(True)
    place.setFixedWidth(width_px)
    inner = QWidget()
    middle = QVBoxLayout(inner)
    middle.setContentsMargins(16, 24, 16, 24)
    middle.addStretch(2)
    middle.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
    middle.addWidget(place, 0, Qt.AlignmentFlag.AlignHCenter)
    middle.addStretch(3)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(scrolled(inner))
