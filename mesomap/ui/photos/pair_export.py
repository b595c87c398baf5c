"""A pair as it is seen, as a picture of its own: as sharp as the photographs, cover and watermark in its pixels.

Everything here may run in another thread.
"""

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from mesomap.photos.png_writing import png_bytes
from mesomap.render.watermark import draw_watermark
from mesomap.ui.photos.pair_drawing import GAP_PX, Mode, PairLook, draw_pair, draw_part
from mesomap.ui.photos.pair_pictures import Levels
from mesomap.ui.typefaces import font

#: More is not sharper than a camera, and takes a window's memory.
_MOST_PX, _MOST_PIXELS = 9000.0, 48_000_000.0
_STRIP_EDGE_PX, _STRIP_LINE_PX, _NARROW_PX = 12.0, 18.0, 420.0
_PAPER, _INK = QColor("#FFFFFF"), QColor("#15181C")


@dataclass(frozen=True)
class PairPicture:
    """What is to be written. look: as seen in the window; notes: what the picture must say of itself, below it."""

    look: PairLook
    notes: tuple[str, ...]
    watermark: str = ""


def pair_image(asked: PairPicture, before: Levels, after: Levels) -> QImage:
    """The part of the pair that is seen, a pixel of the frame for one of the picture; its notes in a strip below."""
    look = cropped(asked.look, QSizeF(before[0].size()))
    ratio = _ratio(look)
    # Below a narrow picture the notes are smaller, so that they stay whole.
    size = min(1.0, look.size.width() / _NARROW_PX)
    lines = _noted(asked.notes, look.size.width() / size)
    strip = (len(lines) * _STRIP_LINE_PX + 2 * _STRIP_EDGE_PX) * size if lines else 0.0
    whole = QSizeF(look.size.width(), look.size.height() + strip) * ratio
    image = QImage(whole.toSize(), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(_PAPER)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    both = (before, after)

    def side(painter: QPainter, number: int, pane: QRectF) -> None:
        painter.fillRect(pane, look.ground)
        draw_part(painter, both[number], pane, look, ratio)
        over = look.over[number]
        if over is not None:
            frame = look.frame_in(pane.size(), QSizeF(both[number][0].size()))
            over(painter, frame.translated(pane.topLeft()), ratio, 1.0, True)

    draw_pair(painter, look, side)
    for pane in look.panes:
        draw_watermark(painter, pane, asked.watermark, font("strong"))
    painter.translate(0, look.size.height())
    painter.scale(size, size)
    _draw_notes(painter, lines, look.size.width() / size)
    painter.end()
    return image


def picture_png(image: QImage) -> bytes:
    """The picture as PNG: pixels and nothing else."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    raw = np.frombuffer(bytes(plain.constBits()), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return png_bytes(raw[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3))


def cropped(look: PairLook, frame: QSizeF) -> PairLook:
    """The same look without what lies beside the pictures in the window; the slider stands where it stood."""
    pane = look.panes[0]
    lies = look.frame_in(pane.size(), frame)
    seen = lies.intersected(QRectF(QPointF(0, 0), pane.size()))
    if seen.isEmpty():
        return look
    centre = (seen.center() - lies.topLeft()) / look.zoom
    share = look.share
    if look.mode is Mode.SLIDER:
        share = min(1.0, max(0.0, (look.share * pane.width() - seen.left()) / seen.width()))
    wide = 2 * seen.width() + GAP_PX if look.mode is Mode.SIDE_BY_SIDE else seen.width()
    return replace(look, size=QSizeF(wide, seen.height()), centre=centre, share=share)


def _ratio(look: PairLook) -> float:
    """Pixels for a point: those of the frame, unless that would be too many."""
    width, height = look.size.width(), look.size.height()
    most = min(_MOST_PX / max(width, height), (_MOST_PIXELS / (width * height)) ** 0.5)
    return float(min(max(1.0, 1.0 / look.zoom), most))


def _noted(notes: tuple[str, ...], width: float) -> list[str]:
    """Notes in lines that fit; a part of a note is never lost."""
    metrics = QFontMetricsF(font("small"))
    lines: list[str] = []
    for word in " · ".join(note for note in notes if note).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width - 2 * _STRIP_EDGE_PX:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _draw_notes(painter: QPainter, lines: list[str], width: float) -> None:
    painter.setFont(font("small"))
    painter.setPen(_INK)
    for number, line in enumerate(lines):
        box = QRectF(_STRIP_EDGE_PX, _STRIP_EDGE_PX + number * _STRIP_LINE_PX, width, _STRIP_LINE_PX)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
