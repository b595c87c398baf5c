"""How a pair of photographs is drawn, in the window and in a saved picture alike."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mesomap.ui.photos.pair_pictures import Levels
from mesomap.ui.typefaces import font

GAP_PX, GRIP_PX = 8, 26
_INK = QColor(20, 24, 26, 215)


class Mode(StrEnum):
    """How the pair is shown."""

    SIDE_BY_SIDE = "side_by_side"
    SLIDER = "slider"
    OPACITY = "opacity"
    BLINK = "blink"
    ALONE = "alone"


#: Draws over a picture: painter, where the frame lies, device pixels per point, zoom (1 = whole), whether it rests.
Over = Callable[[QPainter, QRectF, float, float, bool], None]
#: Draws the earlier (0) or the later (1) picture into a pane.
DrawSide = Callable[[QPainter, int, QRectF], None]


@dataclass(frozen=True)
class PairLook:
    """What is seen of a pair. size: of all panes; zoom: points for a pixel of the frame; centre: place of the frame in
    the middle of a pane; share: where the slider stands, or how much of the later one is seen, 0 to 1.
    """

    mode: Mode
    size: QSizeF
    zoom: float
    centre: QPointF
    ground: QColor
    share: float = 0.5
    grid: bool = False
    captions: tuple[str, str] = ("", "")
    shows_after: bool = False
    over: tuple[Over | None, Over | None] = field(default=(None, None))

    @property
    def panes(self) -> list[QRectF]:
        """Where pictures are drawn: two side by side, else one."""
        return pair_panes(self.mode, self.size)

    def frame_in(self, pane: QSizeF, frame: QSizeF) -> QRectF:
        """Where the whole frame lies in a pane of that size, from the pane's corner."""
        corner = QPointF(pane.width(), pane.height()) / 2 - self.centre * self.zoom
        return QRectF(corner, frame * self.zoom)


def pair_panes(mode: Mode, size: QSizeF) -> list[QRectF]:
    """Where pictures are drawn: two side by side, else one."""
    whole = QRectF(QPointF(0, 0), size)
    if mode is not Mode.SIDE_BY_SIDE:
        return [whole]
    wide = (whole.width() - GAP_PX) / 2
    return [QRectF(0, 0, wide, whole.height()), QRectF(wide + GAP_PX, 0, wide, whole.height())]


def draw_pair(painter: QPainter, look: PairLook, draw_side: DrawSide) -> None:
    """Both pictures as the mode shows them, slider, grid and captions."""
    panes = look.panes
    whole = panes[0]
    if look.mode is Mode.SIDE_BY_SIDE:
        draw_side(painter, 0, panes[0])
        draw_side(painter, 1, panes[1])
    elif look.mode is Mode.SLIDER:
        draw_side(painter, 0, whole)
        edge = whole.width() * look.share
        painter.save()
        painter.setClipRect(QRectF(edge, 0, whole.width() - edge, whole.height()))
        painter.fillRect(whole, look.ground)
        draw_side(painter, 1, whole)
        painter.restore()
        _draw_slider(painter, edge, whole.height())
    elif look.mode is Mode.OPACITY:
        draw_side(painter, 0, whole)
        painter.setOpacity(look.share)
        draw_side(painter, 1, whole)
        painter.setOpacity(1.0)
    else:
        draw_side(painter, 1 if look.shows_after else 0, whole)
    if look.grid:
        for pane in panes:
            _draw_grid(painter, pane)
    _draw_captions(painter, look, panes)


def draw_part(
    painter: QPainter, levels: Levels, pane: QRectF, look: PairLook, ratio: float, *, smooth: bool = True
) -> None:
    """The part of one picture that a pane shows. ratio: device pixels per point, for the level that is sharp enough."""
    whole = levels[0].size()
    level = next((one for one in reversed(levels) if one.width() >= look.zoom * ratio * whole.width()), levels[0])
    factor = level.width() / whole.width()
    frame = look.frame_in(pane.size(), QSizeF(whole))
    seen = frame.intersected(QRectF(QPointF(0, 0), pane.size()))
    part = QRectF((seen.topLeft() - frame.topLeft()) / look.zoom, seen.size() / look.zoom)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.drawImage(seen.translated(pane.topLeft()), level, QRectF(part.topLeft() * factor, part.size() * factor))
    painter.restore()


def draw_label(painter: QPainter, words: str, pane: QRectF, *, at_right: bool) -> None:
    """White words on a dark ground in a lower corner of a pane; a long text is shortened."""
    if not words:
        return
    painter.setFont(font("strong"))
    metrics = painter.fontMetrics()
    room = int(pane.width() / 2) - 28 if at_right else int(pane.width()) - 40
    text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(40, room))
    wide = metrics.horizontalAdvance(text) + 20
    x = pane.right() - wide - 12 if at_right else pane.left() + 12
    box = QRectF(x, pane.bottom() - 42, wide, 30)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_INK)
    painter.drawRoundedRect(box, 8, 8)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _draw_captions(painter: QPainter, look: PairLook, panes: list[QRectF]) -> None:
    left, right = panes[0], panes[-1]
    if look.mode in (Mode.BLINK, Mode.ALONE):
        draw_label(painter, look.captions[1 if look.shows_after else 0], left, at_right=False)
        return
    draw_label(painter, look.captions[0], left, at_right=False)
    draw_label(painter, look.captions[1], right, at_right=len(panes) == 1)


def _draw_slider(painter: QPainter, edge: float, height: float) -> None:
    painter.setPen(QPen(QColor("#FFFFFF"), 3))
    painter.drawLine(QPointF(edge, 0), QPointF(edge, height))
    painter.setPen(QPen(QColor(0, 0, 0, 90), 1))
    painter.setBrush(QColor("#FFFFFF"))
    middle = QPointF(edge, height / 2)
    painter.drawEllipse(middle, GRIP_PX - 4, GRIP_PX - 4)
    painter.setPen(QPen(QColor("#14181A"), 2.2))
    for way in (-1, 1):
        painter.drawPolyline(
            [middle + QPointF(4 * way, -5), middle + QPointF(10 * way, 0), middle + QPointF(4 * way, 5)]
        )


def _draw_grid(painter: QPainter, pane: QRectF) -> None:
    for pen in (QPen(QColor(0, 0, 0, 110), 2.5), QPen(QColor(255, 255, 255, 190), 1)):
        painter.setPen(pen)
        for part in range(1, 6):
            x, y = pane.left() + pane.width() * part / 6, pane.top() + pane.height() * part / 6
            painter.drawLine(QPointF(x, pane.top()), QPointF(x, pane.bottom()))
            painter.drawLine(QPointF(pane.left(), y), QPointF(pane.right(), y))
