"""Many points at once: one pixmap of symbols, drawn by drawPixmapFragments straight from a numpy array."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import numpy.typing as npt
import shiboken6
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from mesomap.render.symbols import Style, draw_symbol
from mesomap.render.tokens import Tokens

CELL_PX = 30
_COLUMNS = 16


@dataclass(slots=True)
class SpriteSheet:
    """Symbols of one theme, size and dpr; grows as new styles are asked for."""

    tokens: Tokens
    size: float
    dpr: float
    #: Signed points have none.
    halo: bool = True
    _styles: dict[Style, int] = field(default_factory=dict)
    _pixmap: QPixmap | None = None

    def pixmap_for(self, styles: Sequence[Style]) -> QPixmap:
        """The sheet with all these styles on it."""
        new = [style for style in styles if style not in self._styles]
        for style in new:
            self._styles[style] = len(self._styles)
        if new or self._pixmap is None:
            self._pixmap = self._paint()
        return self._pixmap

    def cell_px(self) -> int:
        """Side of a cell in device pixels."""
        return max(1, round(CELL_PX * self.size * self.dpr))

    def sources(self, styles: Sequence[Style]) -> npt.NDArray[np.float64]:
        """(S, 2) top left corner of every style's cell in device pixels."""
        cells = np.array([self._styles[style] for style in styles], np.int64).reshape(-1)
        return np.stack([cells % _COLUMNS, cells // _COLUMNS], axis=1).astype(np.float64) * self.cell_px()

    def _paint(self) -> QPixmap:
        cell = self.cell_px()
        rows = max(1, -(-len(self._styles) // _COLUMNS))
        sheet = QPixmap(cell * _COLUMNS, cell * rows)
        sheet.fill(Qt.GlobalColor.transparent)
        painter = QPainter(sheet)
        for style, index in self._styles.items():
            middle = QPointF((index % _COLUMNS + 0.5) * cell, (index // _COLUMNS + 0.5) * cell)
            draw_symbol(painter, style, self.tokens, middle, self.size * self.dpr, halo=self.halo)
        painter.end()
        return sheet


def draw_sprites(
    painter: QPainter,
    sheet: SpriteSheet,
    styles: Sequence[Style],
    xy_px: npt.NDArray[np.float64],
    style_index: npt.NDArray[np.int32],
) -> None:
    """Draw N points at xy_px (N, 2), painter units. One Qt call for all of them."""
    if len(xy_px) == 0:
        return
    pixmap = sheet.pixmap_for(styles)
    _draw_fragments(painter, pixmap, xy_px, sheet.sources(styles)[style_index], sheet.cell_px(), sheet.dpr)


def draw_stamps(painter: QPainter, stamp: QPixmap, xy_px: npt.NDArray[np.float64]) -> None:
    """Draw one square pixmap with its middle at each of xy_px (N, 2), painter units. One Qt call for all of them."""
    if len(xy_px):
        _draw_fragments(painter, stamp, xy_px, np.zeros(2), stamp.width(), stamp.devicePixelRatio())


def _draw_fragments(
    painter: QPainter,
    pixmap: QPixmap,
    xy_px: npt.NDArray[np.float64],
    sources: npt.NDArray[np.float64],
    cell_px: int,
    dpr: float,
) -> None:
    """sources: (N, 2), or (2,) for all, top left corners of the cells, device pixels; cell_px: their side."""
    fragments = np.empty((len(xy_px), 10), np.float64)
    fragments[:, 0:2] = xy_px
    fragments[:, 2:4] = sources
    fragments[:, 4:6] = cell_px
    fragments[:, 6:8] = 1.0 / dpr
    fragments[:, 8] = 0.0
    fragments[:, 9] = 1.0
    pointer = cast(QPainter.PixmapFragment, shiboken6.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmapFragments(pointer, len(fragments), pixmap)
