"""Cards and lines of records: a head with a title, and lines with words at the left and buttons at the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.rule import rule
from mesomap.ui.controls.scrolled import scrolled


def wrapping(role: str = "", text: str = "") -> QLabel:
    """A plain label that takes as many lines as it needs."""
    label = plain_label(role, text)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def small_button(text: str, action: Callable[[], object], name: str = "") -> QPushButton:
    """A quiet button in a line; name: what it is called aloud, where the word alone would not say whose it is."""
    button = QPushButton(text)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    button.setAccessibleName(name or text)
    button.clicked.connect(lambda: action())
    return button


class RecordCard(QFrame):
    """A card: title and what stands beside it, what stays above, then a body; scrolls only when asked to."""

    def __init__(self, title: str, *, scrolls: bool = False) -> None:
        super().__init__()
        self.setObjectName("card")
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(plain_label("title", title))
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 8 if scrolls else 0, 0)
        self.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8 if scrolls else 16, 12)
        column.setSpacing(8)
        self.above = QVBoxLayout()
        self.above.setContentsMargins(0, 0, 8 if scrolls else 0, 0)
        column.addLayout(self.head)
        column.addLayout(self.above)
        if scrolls:
            inner = QWidget()
            inner.setLayout(self.body)
            # Filled while the page is hidden, the area would keep the height of what was there before.
            self.body.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
            self.area = scrolled(inner)
            self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            column.addWidget(self.area, 1)
        else:
            column.addLayout(self.body)

    def keep_head_high(self) -> None:
        """A button in the head is taller than the title: the head keeps its height while the button is away."""
        self.head.addStrut(44)

    def clear(self) -> None:
        """Take everything out of the body."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def say_empty(self, sentence: str) -> None:
        """Show one sentence in place of lines."""
        self.body.addWidget(wrapping("small2", sentence))


class RecordLine(QWidget):
    """One record: title, a small line under it, free text, a rule above (but for the first).

    Buttons stand at the right, or in a row of their own below the words, behind whatever is put there with add_below().
    """

    def __init__(
        self, title: str, small: str = "", text: str = "", *, first: bool = False, buttons_below: bool = False
    ) -> None:
        super().__init__()
        self.words = QVBoxLayout()
        self.words.setSpacing(2)
        self.words.addWidget(wrapping("strong", title))
        if small:
            self.words.addWidget(wrapping("small2", small))
        if text:
            self.words.addWidget(wrapping("", text))
        # Beside higher buttons the words stay together.
        self.words.insertStretch(0, 1)
        self.words.addStretch(1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(8)
        if not first:
            column.addWidget(rule())
        column.addLayout(row)
        if buttons_below:
            self.buttons.addStretch(1)
            column.addLayout(self.buttons)
        else:
            row.addLayout(self.buttons)

    def add_below(self, widget: QWidget) -> None:
        """Something before the buttons, at the left."""
        self.buttons.insertWidget(0, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_button(self, text: str, action: Callable[[], object], name: str = "") -> QPushButton:
        """A button at the right."""
        button = small_button(text, action, name)
        self.buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return button
