"""The pages of the window, one of which is shown: who makes a page shows it here and takes it away again."""

from PySide6.QtWidgets import QStackedWidget, QWidget


class WindowPages(QStackedWidget):
    """Holds the pages."""

    def show_page(self, page: QWidget) -> None:
        """Show a page, made just now or before."""
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)

    def take_away(self, page: QWidget) -> None:
        """Let a page go."""
        self.removeWidget(page)
        page.hide()
        page.deleteLater()

    def is_at(self, page: QWidget) -> bool:
        """Whether this page is the one that is shown."""
        return self.currentWidget() is page
