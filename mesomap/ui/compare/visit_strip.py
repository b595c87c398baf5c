"""The visits of a patient as a row of cards: the first tap chooses the earlier, the second the later one."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from mesomap.domain.session import Session
from mesomap.ui.controls.buttons import PaintedButton
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown
from mesomap.ui.words import day, tr

_WIDE_PX, _HIGH_PX = 186, 58
#: Above, below and between the two lines of a card.
_AROUND_PX = 20


def _card_px() -> int:
    """Height of a card: two lines of text."""
    lines = QFontMetrics(font("strong")).height() + QFontMetrics(font("small")).height()
    return max(_HIGH_PX, lines + _AROUND_PX)


class VisitCard(PaintedButton):
    """Number, day and indication of a visit; a word when it is one of the two that are compared."""

    radius = 12.0

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session_id = session.id
        self._title = tr("Visit {0}").format(session.number)
        self._day = day(session.started_at.astimezone())
        self._why = session.indication
        self._place = ""
        self.setCheckable(True)
        self.setFixedSize(QSize(grown(_WIDE_PX), _card_px()))
        self.show_place("")

    def show_place(self, word: str) -> None:
        """Which of the two it is, "" = neither."""
        self._place = word
        self.setChecked(bool(word))
        self.setAccessibleName(f"{self._title}, {self._day}, {self._why} {word}".strip())
        self.setToolTip(self._why)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, title, day, why, word."""
        tokens = theme.tokens()
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        self.paint_ground(painter, box, tokens.colour("panel"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.colour("text" if self._place else "line2"), 2 if self._place else 1))
        painter.drawRoundedRect(box, self.radius, self.radius)
        inner = box.adjusted(12, 7, -12, -7)
        top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.setPen(tokens.colour("text"))
        painter.setFont(font("strong"))
        painter.drawText(inner, top, self._title)
        painter.setFont(font("small"))
        painter.setPen(tokens.colour("text2"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, self._day)
        room = inner.width() - self._paint_place(painter, inner)
        text = painter.fontMetrics().elidedText(self._why, Qt.TextElideMode.ElideRight, int(room))
        painter.setPen(tokens.colour("text2"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, text)

    def _paint_place(self, painter: QPainter, inner: QRectF) -> float:
        """On which side it is shown, in ink at the lower right; the width that takes."""
        if not self._place:
            return 0.0
        tokens, metrics = theme.tokens(), painter.fontMetrics()
        wide, high = metrics.horizontalAdvance(self._place) + 14.0, metrics.height() + 2.0
        box = QRectF(inner.right() - wide, inner.bottom() - high + 2, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("text"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(tokens.colour("onink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._place)
        return wide + 8.0


class VisitStrip(QScrollArea):
    """chosen(earlier id, later id) is sent with every tap that leaves two different visits."""

    chosen = Signal(object, object)

    def __init__(self, sessions: Sequence[Session], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFixedHeight(_card_px() + 14)
        self._order = [session.id for session in sessions]
        self._before: UUID | None = None
        self._after: UUID | None = None
        #: The visit that was tapped last: the next tap leaves it there.
        self._tapped_last: UUID | None = None
        self.cards = {session.id: VisitCard(session) for session in sessions}
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 2, 0, 8)
        row.setSpacing(8)
        for card in self.cards.values():
            card.clicked.connect(lambda _on=False, key=card.session_id: self._tapped(key))
            row.addWidget(card)
        row.addStretch(1)
        self.setWidget(inner)

    def show_chosen(self, before: UUID, after: UUID) -> None:
        """Mark the two that are compared."""
        self._before, self._after = before, after
        words = {before: tr("Left"), after: tr("Right")}
        for key, card in self.cards.items():
            card.show_place(words.get(key, ""))
        # Both, where there is room for both: no margin beside them.
        for key in (before, after):
            self.ensureWidgetVisible(self.cards[key], 0, 0)

    def _tapped(self, key: UUID) -> None:
        """The visit that was tapped last stays, so that any two taps lead to those two; the earlier one goes left."""
        card = self.cards[key]
        card.setChecked(key in (self._before, self._after))
        last, self._tapped_last = self._tapped_last, key
        if self._before is None or self._after is None or key in (self._before, self._after):
            return
        kept = self._before if last == self._before else self._after
        first, second = sorted((kept, key), key=self._order.index)
        self.chosen.emit(first, second)
