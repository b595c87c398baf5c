"""One page of paper in points: text in boxes, rules, frames. Everything opaque, text stays text."""

from dataclasses import dataclass
from enum import Enum
from importlib import resources

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPen

from mesomap.printing.options import A4_WIDTH
from mesomap.printing.plain_text import printable
from mesomap.render.tokens import PAPER, Tokens

#: Painter units per point: the PDF is drawn at 720 per inch, so that fonts may be 7.5 pt.
UNITS = 10.0
MARGIN = 35.0
RIGHT = A4_WIDTH - MARGIN
CONTENT_WIDTH = A4_WIDTH - 2 * MARGIN

#: Distance of lines by size of type.
LEADING = 1.45

_FAMILY = ["Inter", "Noto Sans", "DejaVu Sans"]
_DISPLAY = ["Inter Display", *_FAMILY]


class Align(Enum):
    """Where a text stands in its box."""

    LEFT = Qt.AlignmentFlag.AlignLeft
    RIGHT = Qt.AlignmentFlag.AlignRight
    CENTRE = Qt.AlignmentFlag.AlignHCenter


class Weight(Enum):
    """Weights of the typeface that are bundled."""

    NORMAL = QFont.Weight.Normal
    MEDIUM = QFont.Weight.Medium
    STRONG = QFont.Weight.DemiBold


@dataclass(frozen=True, slots=True)
class Ink:
    """Colour names of the paper theme that the page uses."""

    text: str = PAPER.text
    quiet: str = PAPER.text2
    rule: str = PAPER.line


INK = Ink()


def load_print_fonts() -> None:
    """Register the bundled typeface when the window has not done so already."""
    if "Inter" in QFontDatabase.families() and "Inter Display" in QFontDatabase.families():
        return
    folder = resources.files("mesomap").joinpath("ui").joinpath("fonts")
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".otf"):
            QFontDatabase.addApplicationFontFromData(entry.read_bytes())


def paper_font(size_pt: float, weight: Weight = Weight.NORMAL, *, display: bool = False) -> QFont:
    """Font of this size in points, as painter units of a Sheet."""
    font = QFont(_DISPLAY if display else _FAMILY)
    font.setPixelSize(round(size_pt * UNITS))
    font.setWeight(weight.value)
    # Substituted glyphs (tabular digits, contextual forms) lose their characters in the PDF: no search.
    for feature in ("calt", "liga", "tnum", "case"):
        font.setFeature(QFont.Tag(feature), 0)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@dataclass(slots=True)
class Sheet:
    """Draws on one page; all lengths in points from the top left corner. tokens: inks of symbols and hatches."""

    painter: QPainter
    tokens: Tokens = PAPER

    def box(self, x: float, y: float, width: float, height: float) -> QRectF:
        """A rectangle in painter units."""
        return QRectF(x * UNITS, y * UNITS, width * UNITS, height * UNITS)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        width: float,
        size: float = 8.0,
        weight: Weight = Weight.NORMAL,
        align: Align = Align.LEFT,
        colour: str = INK.text,
        display: bool = False,
        smallest: float = 5.5,
    ) -> float:
        """One line with its vertical middle at y. Too long text is set smaller, then cut with an ellipsis.

        Returns the width it took in points. Patient text is plain: it goes to drawText as it is.
        """
        text = printable(text)
        font = paper_font(size, weight, display=display)
        while QFontMetricsF(font).horizontalAdvance(text) > width * UNITS and size > smallest:
            size -= 0.5
            font = paper_font(size, weight, display=display)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width * UNITS)
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        flags = int(align.value | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        self.painter.drawText(self.box(x, y - size, width, 2 * size), flags, shown)
        return metrics.horizontalAdvance(shown) / UNITS

    def lines(
        self,
        x: float,
        y: float,
        text: str,
        *,
        width: float,
        most: int,
        size: float = 8.0,
        colour: str = INK.text,
    ) -> tuple[float, str]:
        """Wrapped text from y downward, at most so many lines. Returns the y below and what did not fit."""
        font = paper_font(size)
        shown, rest = wrapped(printable(text), font, width * UNITS, most)
        leading = size * LEADING
        for line in shown:
            self.text(x, y + leading / 2, line, width=width, size=size, colour=colour)
            y += leading
        return y, rest

    def rule(
        self, y: float, *, x: float = MARGIN, to: float = RIGHT, width: float = 0.5, colour: str = INK.rule
    ) -> None:
        """A horizontal line."""
        self.painter.setPen(QPen(QColor(colour), width * UNITS))
        self.painter.drawLine(QPointF(x * UNITS, y * UNITS), QPointF(to * UNITS, y * UNITS))

    def frame(
        self, x: float, y: float, width: float, height: float, *, line: float = 0.6, radius: float = 4.0,
        colour: str = INK.rule,
    ) -> None:  # fmt: skip
        """A rounded frame without fill."""
        self.painter.setPen(QPen(QColor(colour), line * UNITS))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(self.box(x, y, width, height), radius * UNITS, radius * UNITS)


def text_width(text: str, size_pt: float, weight: Weight = Weight.NORMAL) -> float:
    """Width of a line in points."""
    return QFontMetricsF(paper_font(size_pt, weight)).horizontalAdvance(printable(text)) / UNITS


def fitted(
    text: str, width_pt: float, size_pt: float, smallest_pt: float, *, weight: Weight = Weight.NORMAL, most: int
) -> tuple[list[str], float]:
    """The text in one line of the largest size that fits, else in at most so many lines of the smallest; and the size.

    What is beyond the last line ends in an ellipsis.
    """
    text = " ".join(printable(text).split("\n"))
    size = size_pt
    while size >= smallest_pt:
        if text_width(text, size, weight) <= width_pt:
            return [text], size
        size -= 0.5
    lines, rest = wrapped(text, paper_font(smallest_pt, weight), width_pt * UNITS, most)
    if rest:
        lines[-1] = lines[-1][: max(0, len(lines[-1]) - 2)].rstrip() + "…"
    return lines or [""], smallest_pt


def wrapped(text: str, font: QFont, width: float, most: int) -> tuple[list[str], str]:
    """Lines of a text broken between words (long words anywhere); at most so many, and the rest."""
    metrics = QFontMetricsF(font)
    lines: list[str] = []
    paragraphs = text.replace("\r\n", "\n").split("\n")
    for number, paragraph in enumerate(paragraphs):
        left = paragraph.strip()
        while left:
            if len(lines) == most:
                return lines, "\n".join([left, *paragraphs[number + 1 :]])
            cut = _cut(left, metrics, width)
            lines.append(left[:cut].rstrip())
            left = left[cut:].lstrip()
    return lines, ""


def _cut(text: str, metrics: QFontMetricsF, width: float) -> int:
    """How many characters fit into the width, back to the last blank if there is one."""
    if metrics.horizontalAdvance(text) <= width:
        return len(text)
    low, high = 1, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        if metrics.horizontalAdvance(text[:middle]) <= width:
            low = middle
        else:
            high = middle
    blank = text.rfind(" ", 1, low + 1)
    return blank if blank > 0 else low
