"""What is on screen while the program loads: first the mark alone, then, once the typefaces are there, the name.

Until its first paint nothing is loaded but the widgets of Qt: no typeface, no style sheet, no theme, and not Qt's
namespace (see ui/controls/mark.py).
"""

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSettings
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QSplashScreen, QWidget

from mesomap.ui.controls.mark import draw_mark

#: Ground, ink and what is drawn on ink; as render.tokens has them, which is loaded later.
LIGHT = ("#F3F4F5", "#15181C", "#FFFFFF", "#4A525C")
DARK = ("#0F1114", "#EDEFF2", "#121417", "#B4BBC5")
_WIDTH, _HEIGHT, _EDGE, _MARK = 320, 150, 40, 34


def first_colours() -> tuple[str, str, str, str]:
    """The colours of the remembered theme, else those of the desktop's windows."""
    stored = QSettings("MesoMap", "MesoMap").value("theme", "")
    if stored in ("light", "dark"):
        return DARK if stored == "dark" else LIGHT
    return DARK if QApplication.palette().window().color().lightness() < 128 else LIGHT


class Splash(QSplashScreen):
    """Shown at once, closed when the window is there."""

    def __init__(self) -> None:
        blank = QPixmap(_WIDTH, _HEIGHT)
        self._colours = first_colours()
        blank.fill(QColor(self._colours[0]))
        super().__init__(blank)
        self.painted = False
        self._fonts: tuple[QFont, QFont] | None = None
        self.setWindowTitle("MesoMap")

    def show_words(self, name: QFont, small: QFont) -> None:
        """Add the name and what is going on, in these fonts, when the typefaces are loaded."""
        self._colours, self._fonts = first_colours(), (name, small)
        self.repaint()

    def event(self, event: QEvent) -> bool:
        """As a plain widget when shown: the splash screen of Qt would wait, up to a second, for its first paint."""
        if event.type() == QEvent.Type.Show:
            return QWidget.event(self, event)
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and mark; beside it the name, below it one word."""
        ground, ink, on, grey = (QColor(colour) for colour in self._colours)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        top = (_HEIGHT - 2 * _MARK) / 2
        draw_mark(painter, QRectF(_EDGE, top, _MARK, _MARK), ink, on)
        if self._fonts is not None:
            name, small = self._fonts
            painter.setFont(name)
            painter.setPen(ink)
            painter.drawText(QPointF(_EDGE + _MARK + 10, top + _MARK / 2 + 6), "MesoMap")
            painter.setFont(small)
            painter.setPen(grey)
            painter.drawText(QPointF(_EDGE, top + 2 * _MARK - 4), self._word())
        self.painted = True

    def _word(self) -> str:
        return QCoreApplication.translate("Splash", "Opening…")
