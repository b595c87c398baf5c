"""How strong a passphrase is: a bar and a word, never colour alone."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mesomap.services.passphrase_strength import Estimate, Strength, estimate
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font

_TONES = {Strength.WEAK: "red", Strength.FAIR: "amber", Strength.GOOD: "green", Strength.STRONG: "green"}


class StrengthBar(QWidget):
    """Four parts that fill up, and the word beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(22)
        self._found: Estimate | None = None
        theme.changed.connect(self.update)
        self.show_passphrase("")

    def show_passphrase(self, text: str) -> None:
        """Estimate the text and show it; nothing for an empty one."""
        self._found = estimate(text) if text else None
        self.setAccessibleName(self.words())
        self.update()

    @property
    def strength(self) -> Strength | None:
        """What is shown."""
        return None if self._found is None else self._found.strength

    def words(self) -> str:
        """The word shown."""
        if self._found is None:
            return ""
        return {
            Strength.WEAK: self.tr("Weak: soon guessed"),
            Strength.FAIR: self.tr("Fair: longer is better"),
            Strength.GOOD: self.tr("Good"),
            Strength.STRONG: self.tr("Strong"),
        }[self._found.strength]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bar, word."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        filled = 0 if self._found is None else 1 + list(Strength).index(self._found.strength)
        tone = "line2" if self._found is None else _TONES[self._found.strength]
        for part in range(4):
            painter.setBrush(tokens.colour(tone if part < filled else "line2"))
            painter.drawRoundedRect(QRectF(part * 36, self.height() / 2 - 3, 32, 6), 3, 3)
        painter.setPen(tokens.colour("text2"))
        painter.setFont(font("small"))
        room = QRectF(4 * 36 + 8, 0, self.width() - 4 * 36 - 8, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.words())
