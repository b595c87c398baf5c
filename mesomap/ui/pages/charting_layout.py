"""Where the parts of the charting page lie."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget


def lay_out(page: QWidget, top: QWidget, strip: QWidget, canvas: QWidget, tools: QWidget, panel: QWidget) -> None:
    """The bar across; below it the strip, the canvas over its tools, and the panel; nothing between them."""
    middle = QVBoxLayout()
    middle.addWidget(canvas, 1)
    middle.addWidget(tools)
    body = QHBoxLayout()
    body.addWidget(strip)
    body.addLayout(middle, 1)
    body.addWidget(panel)
    whole = QVBoxLayout(page)
    whole.addWidget(top)
    whole.addLayout(body, 1)
    for layout in (middle, body, whole):
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
