"""How the window looks on this computer: light or dark, and the size of its text."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from mesomap.render.tokens import DARK
from mesomap.ui.controls.track import Track
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import TEXT_SCALES, text_scale

_WIDTH_PX = 300


class Appearance(QFrame):
    """A small card under the button that opened it. theme_chosen("light" | "dark"), text_scale_chosen(factor)."""

    theme_chosen = Signal(str)
    text_scale_chosen = Signal(float)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Appearance"))
        self._themes, self._sizes = Track(self), Track(self)
        for key, word in (("light", self.tr("Light")), ("dark", self.tr("Dark"))):
            self._themes.add(key, word).setAccessibleName(word)
        for scale in TEXT_SCALES:
            words = f"{scale * 100:.0f} %"
            self._sizes.add(str(scale), words).setAccessibleName(self.tr("Text size {0}").format(words))
        self._themes.show_chosen("dark" if theme.tokens() is DARK else "light")
        self._sizes.show_chosen(str(text_scale()))
        self._themes.chosen.connect(self.theme_chosen)
        self._sizes.chosen.connect(lambda key: self.text_scale_chosen.emit(float(key)))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(6)
        for title, track in ((self.tr("Theme"), self._themes), (self.tr("Text size"), self._sizes)):
            label = QLabel(title)
            label.setProperty("role", "small")
            track.setMinimumHeight(50)
            column.addWidget(label)
            column.addWidget(track)
            column.addSpacing(6)
        self.setMinimumWidth(_WIDTH_PX)

    def open_under(self, button: QWidget) -> None:
        """Show the card under a button, its right edge at the button's, the first choice in the keyboard's hand."""
        self.adjustSize()
        corner = button.mapTo(self.window(), QPoint(button.width() - self.width(), button.height() + 4))
        self.move(max(8, corner.x()), corner.y())
        self.raise_()
        self.show()
        chosen = self._themes.button("dark" if theme.tokens() is DARK else "light")
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.PopupFocusReason)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press beside the card, or Escape, puts it away."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            if watched is not self and not self.isAncestorOf(watched):
                self.close()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        return super().eventFilter(watched, event)
