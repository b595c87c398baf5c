"""The one application object: bare at first, then with typeface and theme."""

import sys

from PySide6.QtWidgets import QApplication

_DRESSED = "mesomap dressed"


def bare_application() -> QApplication:
    """The application without typeface and theme, in which the splash is painted; the existing one when there is one
    already. Qt does not round the screen's scale by itself (PassThrough).
    """
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("MesoMap")
    app.setOrganizationName("MesoMap")
    return app


def make_application() -> QApplication:
    """The application with typeface and theme; once it has them they stay as they are."""
    # What is imported here takes a quarter of the time to an empty window.
    from mesomap.ui.theme import preferred_text_scale, preferred_theme, theme
    from mesomap.ui.typefaces import choose_text_scale, load_typefaces

    app = bare_application()
    if app.property(_DRESSED):
        return app
    app.setStyle("Fusion")
    choose_text_scale(preferred_text_scale())
    load_typefaces()
    theme.use(preferred_theme())
    app.setProperty(_DRESSED, True)
    return app
