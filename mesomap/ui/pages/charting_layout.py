"""Where the parts of the charting page lie."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget


def lay_out(
    page: QWidget, top: QWidget, strip: QWidget, canvas: QWidget, tools: QWidget, panel: QWidget
) -> QVBoxLayout:
    """The bar across; below it the strip, the canvas over its tools, and the panel; nothing between them.

    Returns the column beside the panel: what is put at its top takes no height from the panel, whose rows are counted.
    """
    middle = QVBoxLayout()
    middle.addWidget(canvas, 1)
    middle.addWidget(tools)
    views = QHBoxLayout()
    views.addWidget(strip)
    views.addLayout(middle, 1)
    beside = QVBoxLayout()
    beside.addLayout(views, 1)
    body = QHBoxLayout()
    body.addLayout(beside, 1)
    body.addWidget(panel)
    whole = QVBoxLayout(page)
    whole.addWidget(top)
    whole.addLayout(body, 1)
    for layout in (middle, views, beside, body, whole):
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
    return beside
