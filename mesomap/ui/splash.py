"""What is on screen while the program loads: the mark and one word. Imports nothing heavy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mesomap.ui.controls.brand import Brand, app_icon


class Splash(QWidget):
    """Shown at once, closed when the window is there."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("MesoMap")
        self.setWindowIcon(app_icon())
        self.setWindowFlag(Qt.WindowType.SplashScreen)
        self.setFixedSize(320, 150)
        word = QLabel()
        word.setTextFormat(Qt.TextFormat.PlainText)
        word.setText(self.tr("Opening…"))
        word.setProperty("role", "small2")
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 30, 40, 30)
        column.addWidget(Brand())
        column.addWidget(word)
        screen = QGuiApplication.primaryScreen()
        if screen is not None:
            self.move(screen.availableGeometry().center() - self.rect().center())
