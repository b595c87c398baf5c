"""The one application object, with typeface and theme. Light: it is made before anything heavy is imported."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from mesomap.ui.theme import preferred_text_scale, preferred_theme, theme
from mesomap.ui.typefaces import choose_text_scale, load_typefaces


def make_application() -> QApplication:
    """The application; the existing one when there is one already."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        app = existing
    else:
        policy = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(policy)
        app = QApplication(sys.argv[:1])
    app.setApplicationName("MesoMap")
    app.setOrganizationName("MesoMap")
    app.setStyle("Fusion")
    choose_text_scale(preferred_text_scale())
    load_typefaces()
    theme.use(preferred_theme())
    return app
