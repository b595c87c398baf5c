"""A row of figures with what they are."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mesomap.ui.controls.labels import plain_label


class FigureRow(QWidget):
    """Name and figure side by side, left to right."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(36)
        self._figures: dict[str, str] = {}

    def show_figures(self, *figures: tuple[str, str]) -> None:
        """Show these names and figures."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._figures = dict(figures)
        for name, value in figures:
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            figure = plain_label("figure", value)
            figure.setAccessibleName(f"{value} {name}")
            column.addWidget(figure)
            column.addWidget(plain_label("small2", name))
            self._row.addWidget(cell)
        self._row.addStretch(1)

    def figure(self, name: str) -> str:
        """The figure of a name."""
        return self._figures[name]
