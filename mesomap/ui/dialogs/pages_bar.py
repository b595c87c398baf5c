"""The bar above pages: which one is shown, to the one before and the next, nearer and farther."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.dialogs.page_stack import PageStack


class PagesBar(QWidget):
    """Buttons and figures of one PageStack."""

    def __init__(self, preview: PageStack) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(52)
        self._preview = preview
        self.paging, self.percent = plain_label("strong"), plain_label("strong")
        self.before, self.after = IconButton("back", self.tr("Page before")), IconButton("next", self.tr("Next page"))
        self.before.clicked.connect(lambda: preview.turn_to(preview.page - 1))
        self.after.clicked.connect(lambda: preview.turn_to(preview.page + 1))
        nearer, away = IconButton("plus", self.tr("Zoom in (+)")), IconButton("minus", self.tr("Zoom out (−)"))
        nearer.clicked.connect(preview.zoom_in)
        away.clicked.connect(preview.zoom_out)
        fit = IconButton("fit", self.tr("Whole page or whole width (0)"))
        fit.clicked.connect(preview.fit)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        for widget in (self.before, self.paging, self.after):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (away, self.percent, nearer, fit):
            row.addWidget(widget)
        preview.moved.connect(self._show_page)
        preview.zoomed.connect(lambda zoom: self.percent.setText(f"{zoom * 100:.0f} %"))

    def _show_page(self, page: int, pages: int) -> None:
        self.paging.setText(self.tr("Page {0} of {1}").format(page, pages))
        self._preview.setAccessibleDescription(self.paging.text())
        self.before.setEnabled(page > 1)
        self.after.setEnabled(page < pages)
