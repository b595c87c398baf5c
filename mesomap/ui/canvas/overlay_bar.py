"""The switches of what lies over the body: one tap each; a row of their own for those of the atlas."""

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from mesomap.ui.controls.buttons import PaintedButton
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown, text_scale

#: Makes the card that a row of switches lies on.
CardOf = Callable[[QWidget], QFrame]

#: The last: room that a row leaves beside it, for the name of the view.
_HIGH_PX, _GAP_PX, _BESIDE_PX = 44, 6, 130
ATLAS = "atlas"
#: There while the session has a pain drawing.
COMPLAINT = "complaint"


class OverlayToggle(PaintedButton):
    """A word with a dot: filled when the overlay is on, a ring when off. Stacked: the dot above the word."""

    def __init__(self, text: str, tip: str) -> None:
        super().__init__()
        self._stacked = False
        #: Width of the word by form and size of the text.
        self._words_px: dict[tuple[bool, float], int] = {}
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFixedHeight(_HIGH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def stack(self, stacked: bool) -> None:
        """Choose the narrow form."""
        high = _HIGH_PX + (grown(18) - 18 if stacked else 0)
        if (stacked, high) == (self._stacked, self.minimumHeight()):
            return
        self._stacked = stacked
        self.setFixedHeight(high)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Dot and word."""
        return QSize(self.wide_px(self._stacked), self.minimumHeight())

    def wide_px(self, stacked: bool) -> int:
        """Width of a form; never less than a finger needs."""
        known = stacked, text_scale()
        if known not in self._words_px:
            words = QFontMetrics(font("small" if stacked else "control")).horizontalAdvance(self.text())
            self._words_px[known] = words
        return max(self._words_px[known] + (14 if stacked else 40), _HIGH_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dot and word."""
        tokens = theme.tokens()
        painter = QPainter(self)
        self.paint_ground(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), None)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, high = self.width() / 2, self.height()
        dot = QRectF(middle - 3.5, 10, 7, 7) if self._stacked else QRectF(14, high / 2 - 3.5, 7, 7)
        painter.setPen(QPen(tokens.colour("text"), 1.6))
        painter.setBrush(tokens.colour("text") if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
        painter.setPen(tokens.colour("text" if self.isChecked() else "text2"))
        painter.setFont(font("small" if self._stacked else "control"))
        if self._stacked:
            painter.drawText(QRectF(0, 20, self.width(), grown(18)), Qt.AlignmentFlag.AlignCenter, self.text())
        else:
            words = QRectF(28, 0, self.width() - 30, high)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class OverlayBar(QWidget):
    """The card of switches in the upper corner of the canvas, and under it, while asked for, that of the atlas.

    toggled(key, on) for every switch; the switch "atlas" shows and hides the second row and is there once
    add_atlas() gave it something to show.
    """

    toggled = Signal(str, bool)

    def __init__(self, canvas: QWidget, card_of: CardOf) -> None:
        super().__init__(canvas)
        self.hide()
        self._toggles: dict[str, OverlayToggle] = {}
        self._atlas_keys: list[str] = []
        self._cards = (card_of(canvas), card_of(canvas))
        self._rows = tuple(_row(card) for card in self._cards)
        self._cards[1].hide()
        #: By row, how many switches lie beside each other, and which.
        self._laid: list[tuple[int, list[OverlayToggle]]] = [(0, []), (0, [])]
        #: Edge, top and room of the last arranging: one switch more has another place for all.
        self._arranged: tuple[int, int, int] | None = None
        for key, text, tip in (
            ("regions", self.tr("Regions"), self.tr("Borders of the regions (R)")),
            ("coverage", self.tr("Coverage"), self.tr("Footprints of the points on the skin (H)")),
            ("heat", self.tr("Heat map"), self.tr("Points or mL per cm² of skin, in steps (D)")),
            ("numbers", self.tr("Numbers"), self.tr("Running numbers of the points (N)")),
            ("last_session", self.tr("Last session"), self.tr("Marks of the last session as grey rings (G)")),
            ("guides", self.tr("Guides"), self.tr("Midline and thirds of the face (U)")),
            (COMPLAINT, self.tr("Complaint"), self.tr("The pain drawing, faint under the marks (K)")),
        ):
            self._add(0, key, text, tip)
        self._toggles[COMPLAINT].hide()
        self._add(0, ATLAS, self.tr("Atlas"), self.tr("What the atlas knows about the skin"))
        self._toggles[ATLAS].hide()
        self._add(0, "mirror", self.tr("Mirror live"), self.tr("Chart both sides at once (Shift X)"))

    def add_atlas(self, key: str, text: str, tip: str) -> OverlayToggle:
        """A further switch in the row of the atlas; its key is one of the model's overlays."""
        self._atlas_keys.append(key)
        self._toggles[ATLAS].show()
        return self._add(1, key, text, tip)

    def offer_complaint(self, there: bool) -> None:
        """The switch of the pain drawing is there once something was drawn."""
        if self._toggles[COMPLAINT].isHidden() is there:
            self._toggles[COMPLAINT].setVisible(there)
            if self._arranged is not None:
                self.arrange(*self._arranged)

    def _add(self, row: int, key: str, text: str, tip: str) -> OverlayToggle:
        toggle = OverlayToggle(text, tip)
        if key == ATLAS:
            toggle.clicked.connect(self._open_atlas)
        else:
            toggle.clicked.connect(lambda checked: self.toggled.emit(key, checked))
        self._rows[row].addWidget(toggle, 0, self._rows[row].count())
        self._toggles[key] = toggle
        return toggle

    def button(self, key: str) -> OverlayToggle:
        """The switch of an overlay."""
        return self._toggles[key]

    def atlas_buttons(self) -> list[OverlayToggle]:
        """The switches in the row of the atlas."""
        return [self._toggles[key] for key in self._atlas_keys]

    def show_overlays(self, overlays: dict[str, bool]) -> None:
        """Mark the overlays that are on; "atlas" is on while one of its row is."""
        for key, toggle in self._toggles.items():
            toggle.setChecked(overlays.get(key, False))
        self._toggles[ATLAS].setChecked(any(overlays.get(key, False) for key in self._atlas_keys))

    def _open_atlas(self) -> None:
        self._cards[1].setVisible(not self._cards[1].isVisible())
        self._toggles[ATLAS].setChecked(any(self._toggles[key].isChecked() for key in self._atlas_keys))
        self._cards[1].raise_()

    def arrange(self, right_px: int, top_px: int, room_px: int) -> None:
        """Put the cards against a right edge. When the row is too long the words move under their dots, and when
        that leaves too little room beside it the row breaks.
        """
        self._arranged = right_px, top_px, room_px
        first = [toggle for toggle in self._of_card(0) if not toggle.isHidden()]
        stacked = sum(toggle.wide_px(False) for toggle in first) + 4 > room_px
        for toggle in self._toggles.values():
            toggle.stack(stacked)
        top = top_px
        for row, card in enumerate(self._cards):
            shown = [toggle for toggle in self._of_card(row) if not toggle.isHidden()]
            broken = sum(toggle.wide_px(stacked) for toggle in shown) + grown(_BESIDE_PX) > right_px
            across = max(math.ceil(len(shown) / (2 if broken else 1)), 1)
            if self._laid[row] != (across, shown):
                self._laid[row] = across, shown
                for number, toggle in enumerate(shown):
                    self._rows[row].addWidget(toggle, number // across, number % across)
            card.adjustSize()
            card.move(right_px - card.width(), top)
            top += card.height() + _GAP_PX

    def _of_card(self, row: int) -> list[OverlayToggle]:
        return [toggle for toggle in self._toggles.values() if toggle.parent() is self._cards[row]]

    def wide_px(self) -> int:
        """Width of the first row as it stands."""
        return self._cards[0].width()


def _row(card: QFrame) -> QGridLayout:
    row = QGridLayout(card)
    row.setContentsMargins(2, 0, 2, 0)
    row.setSpacing(0)
    return row
