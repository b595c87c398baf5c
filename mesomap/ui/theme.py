"""The theme in use: tokens, palette and style sheet of the whole application."""

import re

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from mesomap.render.tokens import DARK, LIGHT, Tokens
from mesomap.ui.typefaces import choose_text_scale, font, text_scale

_SHEET = """
* {{ outline: 0; }}
QWidget {{ color: {text}; font-family: "Inter"; font-size: 14px; }}
QMainWindow, QWidget#page {{ background: {bg}; }}
QWidget#bar, QWidget#panel, QWidget#strip {{ background: {panel}; }}
QWidget#bar {{ border-bottom: 1px solid {line}; }}
QWidget#toolbar {{ background: {panel}; border-top: 1px solid {line}; }}
QWidget#panel {{ border-left: 1px solid {line}; }}
QWidget#strip {{ border-right: 1px solid {line}; }}
QFrame#card {{ background: {panel}; border: 1px solid {line}; border-radius: 14px; }}
QFrame#rule {{ background: {line}; border: 0; }}
QDialog {{ background: {bg}; }}
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: 15px; font-weight: 600; }}
QLabel[role="display"] {{ font-family: "Inter Display"; font-size: 24px; font-weight: 600; }}
QLabel[role="figure"] {{ font-family: "Inter Display"; font-size: 20px; font-weight: 600; }}
QLabel[role="small"] {{ font-size: 12px; font-weight: 500; color: {text3}; }}
QLabel[role="small2"] {{ font-size: 12px; font-weight: 500; color: {text2}; }}
QLabel[role="strong"] {{ font-size: 13px; font-weight: 600; }}
QLabel[role="error"] {{ font-size: 13px; font-weight: 500; color: {red}; }}
QPushButton {{ min-height: 42px; padding: 0 16px; border-radius: 11px; font-size: 14px; font-weight: 600;
  border: 1px solid {line2}; background: {panel}; color: {text}; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:focus {{ border: 2px solid {text}; padding: 0 15px; }}
QPushButton:disabled {{ color: {text3}; border-color: {line}; }}
QPushButton[kind="primary"] {{ background: {text}; color: {onink}; border: 1px solid {text}; }}
QPushButton[kind="primary"]:hover {{ background: {text2}; }}
QPushButton[kind="primary"]:disabled {{ background: {sunken}; color: {text3}; border-color: {line}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {text3}; }}
QPushButton[kind="plain"] {{ border: 0; background: transparent; color: {text2}; }}
QPushButton[kind="plain"]:hover {{ background: {hover}; }}
QLineEdit, QPlainTextEdit, QComboBox, QDateEdit {{ min-height: 42px; border: 1px solid {line2};
  border-radius: 11px;
  padding: 0 12px; background: {panel}; color: {text}; font-size: 14px; selection-background-color: {text};
  selection-color: {onink}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QDateEdit:focus {{ border: 2px solid {text};
padding: 0 11px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ color: {text2}; background: {sunken};
  border-color: {line}; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 2px solid {red}; padding: 0 11px; }}
QComboBox::drop-down {{ border: 0; width: 28px; }}
QComboBox QAbstractItemView {{ background: {panel}; color: {text}; border: 1px solid {line2};
  selection-background-color: {sunken}; selection-color: {text}; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: 0; }}
QListView, QTableView {{ background: transparent; border: 0; }}
QListWidget {{ background: transparent; border: 0; }}
QListWidget::item {{ color: {text2}; font-weight: 500; }}
QListWidget::item:hover {{ background: {hover}; }}
QListWidget::item:selected {{ background: {panel}; color: {text}; border: 1px solid {line2}; }}
#covers::item {{ padding: 0 10px; }}
#covers::item:selected {{ background: {sunken}; border: 1px solid {line2}; border-radius: 8px; }}
QTableView {{ selection-background-color: {hover}; selection-color: {text}; font-size: 13px; }}
QTableView::item {{ padding: 0 8px; border: 0; border-bottom: 1px solid {line}; }}
QTableView::item:selected {{ background: {hover}; color: {text}; }}
QHeaderView {{ background: transparent; border: 0; }}
QHeaderView::section {{ background: transparent; border: 0; border-bottom: 1px solid {line2}; padding: 6px 8px;
  color: {text2}; font-size: 12px; font-weight: 500; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {line2}; border-radius: 3px; min-height: 36px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ height: 0;
  background: transparent; }}
QScrollBar:horizontal {{ height: 0; }}
#figures QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
#figures QAbstractScrollArea::corner, #figures::corner {{ background: transparent; border: 0; }}
#figures QScrollBar::handle:horizontal {{ background: {line2}; border-radius: 3px; min-width: 36px; }}
QToolTip {{ background: {text}; color: {onink}; border: 0; padding: 6px 8px; font-size: 12px; }}
QMenu {{ background: {panel}; border: 1px solid {line2}; border-radius: 8px; padding: 6px; }}
QMenu::item {{ padding: 8px 16px; border-radius: 6px; }}
QMenu::item:selected {{ background: {sunken}; }}
"""


class Theme(QObject):
    """Tokens in use. changed is sent after a switch; painters ask tokens() each time they paint."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tokens = LIGHT

    def tokens(self) -> Tokens:
        """Tokens of the theme in use."""
        return self._tokens

    def use(self, name: str) -> None:
        """Switch to "light" or "dark" and restyle the application."""
        self._tokens = DARK if name == "dark" else LIGHT
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(palette(self._tokens))
            app.setStyleSheet(style_sheet(self._tokens))
        self.changed.emit()

    def choose(self, name: str) -> None:
        """Switch to "light" or "dark" and remember it for this computer."""
        QSettings("MesoMap", "MesoMap").setValue("theme", name)
        self.use(name)

    def choose_text_scale(self, scale: float) -> None:
        """Text at 1, 1.25 or 1.5 of its designed size, remembered for this computer. Pages are to be built anew."""
        choose_text_scale(scale)
        QSettings("MesoMap", "MesoMap").setValue("text_scale", text_scale())
        QGuiApplication.setFont(font("body"))
        self.use(self._tokens.name)


def preferred_theme() -> str:
    """The remembered theme, else the system's colour scheme, else light."""
    stored = QSettings("MesoMap", "MesoMap").value("theme", "")
    if stored in ("light", "dark"):
        return str(stored)
    scheme = QGuiApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def preferred_text_scale() -> float:
    """The remembered text size, else 1."""
    stored = str(QSettings("MesoMap", "MesoMap").value("text_scale", ""))
    return float(stored) if re.fullmatch(r"1(\.\d+)?", stored) else 1.0


def style_sheet(tokens: Tokens) -> str:
    """The application's style sheet in the colours of a theme."""
    names = ("bg", "panel", "sunken", "hover", "line", "line2", "text", "text2", "text3", "onink", "red")
    sheet = _SHEET.format(**{name: getattr(tokens, name) for name in names})
    return re.sub(r"font-size: (\d+)px", lambda found: f"font-size: {int(found[1]) * text_scale():.0f}px", sheet)


def palette(tokens: Tokens) -> QPalette:
    """Palette roles of a theme, for what the style sheet does not reach."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.bg,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.panel,
        QPalette.ColorRole.AlternateBase: tokens.sunken,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.Button: tokens.panel,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.Highlight: tokens.text,
        QPalette.ColorRole.HighlightedText: tokens.onink,
        QPalette.ColorRole.PlaceholderText: tokens.text3,
        QPalette.ColorRole.ToolTipBase: tokens.text,
        QPalette.ColorRole.ToolTipText: tokens.onink,
    }
    for role, value in roles.items():
        made.setColor(role, QColor(value))
    return made


#: The one theme of the application.
theme = Theme()
