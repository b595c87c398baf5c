"""Large letters that are read across a room: what is to be said now, and how much is done and open."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.services.assistant import ReadBack
from mesomap.ui.assistant import Assistant
from mesomap.ui.controls.chips import draw_letter
from mesomap.ui.session_model import SessionModel
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, text_scale
from mesomap.ui.words import region_words, side_word

#: Letters are not smaller than this, and grow with the window up to that, px.
LEAST_PX, MOST_PX = 48, 84
#: Down to this they go where a long name in a low window would push a figure out of sight, px.
_LOWEST_PX = 32
_REGION_SHARE, _GAP_SHARE, _COUNT_PX = 1.25, 0.3, 72
#: The name of a mixture, which its letter tells already, gets smaller than the rest down to this, px.
_LEAST_MIXTURE_PX = 30


def letters(role: str, px: float) -> QFont:
    """A font of this very size: these letters are large whatever size of text was chosen."""
    return font(role, px / text_scale())


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    is_region: bool = False
    letter: str = ""


class ReadOut(QWidget):
    """Region and side, then a line each for number, technique, dose and mixture."""

    def __init__(self, model: SessionModel, assistant: Assistant) -> None:
        super().__init__()
        self._model, self._assistant = model, assistant
        self._item: ReadBack | None = None
        self._headline = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_item(self, item: ReadBack | None, headline: str) -> None:
        """An entry; without one the headline alone."""
        self._item, self._headline = item, headline
        self.setAccessibleName(self._assistant.spoken(item) if item is not None else headline)
        self.update()

    def text(self) -> str:
        """What is said."""
        return self.accessibleName()

    def letter_px(self) -> int:
        """Size of the smallest letters as shown."""
        return self._fitted()[1]

    def lines(self) -> list[str]:
        """Region, side and what follows as they are set, line by line."""
        return [row.text for row in self._fitted()[0]]

    def widths_px(self) -> list[float]:
        """How wide these lines are."""
        rows, px = self._fitted()
        return [QFontMetricsF(_font_of(row, px)).horizontalAdvance(row.text) for row in rows]

    def height_px(self) -> float:
        """How high they are together."""
        return _height_of(*self._fitted())

    def _rows(self, breaks: int, px: int) -> list[_Row]:
        """What is said, line by line. breaks: 0 region and side on one line, 1 on a line each, 2 on two lines."""
        item = self._item
        if item is None:
            return []
        name, side = region_words(self._model.atlas, item.region_id)
        word = side_word(side)
        names = self._halves(name, px) if breaks == 2 else [name]
        last = f"{names[-1]} – {word}" if word else names[-1]
        region = [name, word] if breaks == 1 and word else [*names[:-1], last]
        rows = [_Row(text, is_region=True) for text in region] + [_Row(text) for text in self._assistant.lines(item)]
        if item.dose.mixture:
            known = self._model.service.session.mixture(item.dose.mixture)
            rows.append(_Row(known.name if known is not None else "", letter=item.dose.mixture))
        return rows

    def _halves(self, name: str, px: int) -> list[str]:
        """A long name on two lines: as many words on the first as fit."""
        words, metrics = name.split(" "), QFontMetricsF(_font_of(_Row("", is_region=True), px))
        for count in range(len(words) - 1, 0, -1):
            if metrics.horizontalAdvance(" ".join(words[:count])) <= self.width():
                return [" ".join(words[:count]), " ".join(words[count:])]
        return [words[0], " ".join(words[1:])] if len(words) > 1 else words

    def _fitted(self) -> tuple[list[_Row], int]:
        """The largest letters that fit, the region in as few lines as can be; the side is never what is cut."""
        for px in range(MOST_PX, _LOWEST_PX - 1, -2):
            for breaks in (0, 1, 2):
                rows = self._rows(breaks, px)
                if self._fits(rows, px):
                    return rows, px
        return self._rows(2, _LOWEST_PX), _LOWEST_PX

    def _fits(self, rows: list[_Row], px: int) -> bool:
        lines = [(QFontMetricsF(_font_of(row, px)), row) for row in rows]
        wide = max(0.0 if row.letter else metrics.horizontalAdvance(row.text) for metrics, row in lines)
        return wide <= self.width() and _height_of(rows, px) <= self.height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines, or the headline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.tokens().colour("text"))
        if self._item is None:
            painter.setFont(letters("display", LEAST_PX))
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRectF(self.rect()), flags, self._headline)
            return
        rows, px = self._fitted()
        y = 0.0
        for number, row in enumerate(rows):
            if number and rows[number - 1].is_region and not row.is_region:
                y += px * _GAP_SHARE
            y = self._paint_row(painter, y, row, px)

    def _paint_row(self, painter: QPainter, y: float, row: _Row, px: int) -> float:
        made = _font_of(row, px)
        metrics = QFontMetricsF(made)
        x = 0.0
        if row.letter:
            side = metrics.height() * 0.86
            draw_letter(painter, QRectF(0, y + metrics.height() * 0.07, side, side), row.letter)
            x = metrics.height() * 1.2
            needed = metrics.horizontalAdvance(row.text)
            if needed > self.width() - x:
                made = letters("figure", max(_LEAST_MIXTURE_PX, 0.98 * px * (self.width() - x) / needed))
        painter.setFont(made)
        painter.setPen(theme.tokens().colour("text"))
        shown = QFontMetricsF(made).elidedText(row.text, Qt.TextElideMode.ElideRight, self.width() - x)
        line = QRectF(x, y, self.width() - x, metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        return y + metrics.height()


def _height_of(rows: list[_Row], px: int) -> float:
    return sum(QFontMetricsF(_font_of(row, px)).height() for row in rows) + px * _GAP_SHARE


def _font_of(row: _Row, px: int) -> QFont:
    return letters("display" if row.is_region else "figure", px * (_REGION_SHARE if row.is_region else 1.0))


class Counts(QWidget):
    """How much is done and how much is open, large."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: tuple[tuple[str, str], ...] = ()
        self._number, self._word = letters("display", _COUNT_PX), font("title", 17)
        high = QFontMetricsF(self._number).height() + QFontMetricsF(self._word).height()
        self.setFixedHeight(round(high))
        theme.changed.connect(self.update)

    def show_cells(self, cells: tuple[tuple[str, str], ...], spoken: str) -> None:
        """Number and word of each cell."""
        self._cells = cells
        self.setAccessibleName(spoken)
        self.update()

    def text(self) -> str:
        """What the counts say."""
        return self.accessibleName()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Number over word."""
        tokens = theme.tokens()
        painter = QPainter(self)
        numbers, words = QFontMetricsF(self._number), QFontMetricsF(self._word)
        x = 0.0
        for number, word in self._cells:
            wide = max(numbers.horizontalAdvance(number), words.horizontalAdvance(word)) + 4
            painter.setFont(self._number)
            painter.setPen(tokens.colour("text"))
            painter.drawText(QRectF(x, 0, wide, numbers.height()), Qt.AlignmentFlag.AlignLeft, number)
            painter.setFont(self._word)
            painter.setPen(tokens.colour("text2"))
            painter.drawText(QRectF(x, numbers.height(), wide, words.height()), Qt.AlignmentFlag.AlignLeft, word)
            x += wide + 40
