"""All keys of the charting page on one card, from the tables that the keys are carried out by."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QKeyCombination, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mesomap.ui.canvas.overlay_bar import OverlayBar
from mesomap.ui.charting_keys import OVERLAY_KEYS, TOOL_KEYS
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.dialogs.page_sheet import PageSheet
from mesomap.ui.panels.tool_bar import ToolBar
from mesomap.ui.typefaces import grown

#: Heading and its lines: the keys as written on them, and what they do.
Section = tuple[str, Sequence[tuple[str, str]]]
_WIDTH_PX, _HEIGHT_PX = 960, 640


def sections(tool_word: Callable[[str], str], overlay_word: Callable[[str], str]) -> list[Section]:
    """All keys by subject. tool_word, overlay_word: key of a tool or overlay → the word on its button."""
    tools = [(letter(key), tool_word(name)) for key, name in TOOL_KEYS.items()]
    overlays = [(letter(key), overlay_word(name)) for key, name in OVERLAY_KEYS.items()]
    return [
        (_tr("Tools"), [*tools, ("A", _tr("As last time")), ("X", _tr("Mirror"))]),
        (_tr("Shown over the body"), [
            *overlays, (_tr("Shift X"), _tr("Mirror live")), (_tr("Alt ←  Alt →"), _tr("Earlier, later session")),
        ]),
        (_tr("What the next mark carries"), [
            ("1 – 8", _tr("Mixture A to H")),
            (_tr("T  Shift T"), _tr("Next, previous technique")),
            ("[  ]", _tr("Depth less, more")),
            (",  .", _tr("Spacing less, more")),
        ]),
        (_tr("View"), [
            ("+  −  0", _tr("Zoom in, zoom out, whole view")),
            (_tr("PgUp  PgDn"), _tr("Previous, next view")),
            (_tr("F6  Shift F6"), _tr("Next, previous part of the window")),
            ("?  F1", _tr("This list")),
        ]),
        (_tr("Marks"), [
            (_tr("Enter"), _tr("Record what is shown; details of what is selected")),
            (_tr("Esc"), _tr("Take back what is not recorded yet")),
            (_tr("Del"), _tr("Erase what is selected")),
            (_tr("Arrows"), _tr("Move what is selected 0.5 mm, with Shift 5 mm; else the pen, then Enter taps")),
            (_tr("Ctrl C  X  V"), _tr("Copy, cut, paste")),
            (_tr("Ctrl Z  Ctrl Shift Z"), _tr("Undo, redo")),
        ]),
        (_tr("Session"), [
            (_tr("Ctrl I"), _tr("About this session")),
            ("F11", _tr("Read back")),
            (_tr("Ctrl P"), _tr("Print chart")),
            (_tr("Ctrl F"), _tr("Search patients")),
            (_tr("Ctrl L"), _tr("Hide the content")),
        ]),
    ]  # fmt: skip


def open_key_card(page: QWidget, tools: ToolBar, overlays: OverlayBar) -> "KeyCard":
    """Show the card over a page, once however often it is asked for; the words are those on the buttons."""
    open_now = [card for card in page.findChildren(KeyCard) if card.isVisible()]

    def tool_word(key: str) -> str:
        button = tools.button(key)
        return key if button is None else button.text()

    shown = sections(tool_word, lambda key: overlays.button(key).text())
    card = open_now[0] if open_now else KeyCard(shown, page)
    card.take_over()
    return card


def letter(key: Qt.Key) -> str:
    """A key as it is written on the keyboard."""
    return QKeySequence(QKeyCombination(key)).toString(QKeySequence.SequenceFormat.NativeText)


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeyCard", text)


class KeyCard(PageSheet):
    """Lies over the whole page; any of Escape, Enter, F1, ?, the button and a tap beside it close it."""

    def __init__(self, shown: Sequence[Section], page: QWidget) -> None:
        super().__init__(page)
        self.setAccessibleName(self.tr("Keys"))
        self.closed.connect(self.close)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.lines = [line for _head, lines in shown for line in lines]
        self._button = QPushButton(self.tr("Close"))
        self._button.setProperty("kind", "primary")
        self._button.setMinimumSize(132, 48)
        self._button.clicked.connect(self.closed)
        self._scroll: QScrollArea = scrolled(_table(shown))
        self._scroll.setAccessibleName(". ".join(f"{keys}: {words}" for keys, words in self.lines))
        head = QHBoxLayout()
        head.addWidget(plain_label("display", self.tr("Keys")), 1)
        head.addWidget(self._button)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(24, 16, 16, 20)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.lay_out()

    def largest(self) -> QSize:
        """Wide enough for three columns."""
        return QSize(grown(_WIDTH_PX), grown(_HEIGHT_PX))

    def first_stop(self) -> QWidget:
        """The button that closes."""
        return self._button

    def other_key(self, event: QKeyEvent) -> None:
        """Enter and ? close too; arrows scroll."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.text() == "?":
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar, page = self._scroll.verticalScrollBar(), event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
            down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
            bar.setValue(bar.value() + (1 if down else -1) * (bar.pageStep() if page else grown(40)))


def _table(shown: Sequence[Section]) -> QWidget:
    """Three columns of sections, the lines of each under its heading."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 12, 0)
    row.setSpacing(28)
    for part, stretch in ((shown[:1], 3), (shown[1:3], 4), (shown[3:], 6)):
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        line = 0
        for head, lines in part:
            title = plain_label("title", head)
            title.setContentsMargins(0, 10 if line else 0, 0, 0)
            grid.addWidget(title, line, 0, 1, 2)
            for keys, words in lines:
                line += 1
                told = plain_label("small2", words)
                told.setWordWrap(True)
                grid.addWidget(plain_label("strong", keys), line, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(told, line, 1, Qt.AlignmentFlag.AlignTop)
            line += 1
        grid.setRowStretch(line, 1)
        row.addLayout(grid, stretch)
    return made
