"""The tabs or sections of a page, one above the other; each is made when it is first asked for."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from mesomap.ui.page_context import PageContext, Part, Refreshed


class PartStack(QStackedWidget):
    """parts: in their order, by key."""

    def __init__(self, context: PageContext, parts: tuple[Part, ...]) -> None:
        super().__init__()
        self._context = context
        self.parts = {part.key: part for part in parts}
        self._made: dict[str, QWidget] = {}

    def open(self, key: str) -> None:
        """Show a part; one that was open before is brought up to date."""
        widget = self._made.get(key)
        if widget is None:
            widget = self.parts[key].make(self._context)
            self._made[key] = widget
            self.addWidget(widget)
        elif isinstance(widget, Refreshed):
            widget.refresh()
        self.setCurrentWidget(widget)

    def part(self, key: str) -> QWidget | None:
        """The widget of a part that was opened."""
        return self._made.get(key)
