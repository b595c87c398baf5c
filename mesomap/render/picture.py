"""The shaded picture of a view: pyramid levels, dark tone map, clipped by the vector silhouette."""

from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from shapely.geometry.base import BaseGeometry

from mesomap.atlas import Atlas
from mesomap.domain.errors import DamagedError
from mesomap.render.context import FloatArray, RenderContext
from mesomap.render.line_art import LineArt, draw_lines, nothing_drawn, read_line_art

#: A level is good enough while one of its pixels covers at most this many device pixels.
MAX_STRETCH = 1.25


@lru_cache(maxsize=64)
def _line_art(file: Path, box_mm: tuple[float, float, float, float]) -> LineArt:
    try:
        return read_line_art(file, box_mm)
    except DamagedError as error:
        # The skin can still be charted without its lines; whoever shows the view says so.
        return nothing_drawn(error.sentence)


def line_art(atlas: Atlas, view_key: str) -> LineArt:
    """Line art of a view, read once; empty, with the sentence in damaged, when its file cannot be read."""
    view = atlas.view(view_key)
    return _line_art(view.lines, view.box_mm)


#: A place this far outside the drawn silhouette still counts as skin of the picture, mm.
_EDGE_MM = 1.5


@lru_cache(maxsize=64)
def _pictured(file: Path, box_mm: tuple[float, float, float, float]) -> BaseGeometry:
    body = shapely.buffer(_line_art(file, box_mm).body, _EDGE_MM)
    shapely.prepare(body)
    return body


def pictured(atlas: Atlas, view_key: str, xy_mm: FloatArray) -> npt.NDArray[np.bool_]:
    """(N,) True where a place of the view lies on the drawn body; a crop may leave parts of the body out."""
    view = atlas.view(view_key)
    body = _pictured(view.lines, view.box_mm)
    return np.asarray(body.is_empty | shapely.contains_xy(body, xy_mm[:, 0], xy_mm[:, 1]), dtype=bool)


def pictured_one(atlas: Atlas, view_key: str, x_mm: float, y_mm: float) -> bool:
    """The same for one place: what the pen touches is looked up in no time."""
    view = atlas.view(view_key)
    body = _pictured(view.lines, view.box_mm)
    return bool(body.is_empty or shapely.contains_xy(body, x_mm, y_mm))


def on_picture(atlas: Atlas, view_key: str, shape: BaseGeometry) -> BaseGeometry:
    """The part of an area in view mm that lies on the drawn body."""
    view = atlas.view(view_key)
    body = _line_art(view.lines, view.box_mm).body
    return shape if body.is_empty else shapely.intersection(shape, body)


def tone_map(image: QImage, theme: str) -> QImage:
    """The picture for a theme: as delivered, graphite for dark, lighter and grey for paper.

    Dark: luminance × 0.40 with the mid skin landing at #5A5653, saturation kept low, so that light points
    stand out. Paper: one channel, so that a chart is the same on any printer and a third of the size.
    """
    if theme == "light":
        return image
    levels = np.arange(256, dtype=np.float64) / 255
    if theme == "paper":
        return _mapped(image, QImage.Format.Format_Grayscale8, 0.30 + 0.70 * levels, (1.0,))
    return _mapped(image, QImage.Format.Format_RGB888, 0.045 + 0.40 * levels**1.25, (1.0, 0.97, 0.945))


def _mapped(image: QImage, kind: QImage.Format, curve: npt.NDArray[np.float64], gains: tuple[float, ...]) -> QImage:
    """The picture with every channel sent through the curve times its gain."""
    plain = image.convertToFormat(kind)
    channels, height, stride = len(gains), plain.height(), plain.bytesPerLine()
    pixels = np.frombuffer(plain.constBits(), np.uint8, height * stride).reshape(height, stride)
    out = np.empty((height, plain.width() * channels), np.uint8)
    for channel, gain in enumerate(gains):
        table = np.clip(curve * gain * 255, 0, 255).astype(np.uint8)
        out[:, channel::channels] = table[pixels[:, channel : plain.width() * channels : channels]]
    return QImage(out.tobytes(), plain.width(), height, plain.width() * channels, kind).copy()


class PictureStore:
    """Level images of one atlas, decoded on first use and kept while they fit in `budget_mb`."""

    def __init__(self, atlas: Atlas, budget_mb: int = 260) -> None:
        self._atlas = atlas
        self._budget = budget_mb * 1_000_000
        self._kept: OrderedDict[tuple[str, int, str], QImage] = OrderedDict()
        # canvas and thumbnails decode in threads of their own
        self._lock = Lock()

    def level_for(self, context: RenderContext) -> int:
        """Smallest level that is sharp at this scale, or the largest."""
        levels = self._atlas.view(context.view_key).levels
        wanted = context.scale * context.dpr
        for index, level in enumerate(levels):
            if level.px_per_mm * MAX_STRETCH >= wanted:
                return index
        return len(levels) - 1

    def held(self, view_key: str, level: int, theme: str) -> bool:
        """True when the picture is decoded already."""
        return (view_key, level, theme) in self._kept

    def image(self, view_key: str, level: int, theme: str) -> QImage:
        """Decoded picture of a level. Raises DamagedError naming the file."""
        key = (view_key, level, theme)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        file = self._atlas.view(view_key).levels[level].file
        image = QImage(str(file))
        if image.isNull():
            raise DamagedError(f"The picture {file.name} of the body cannot be read. Install MesoMap again.")
        mapped = tone_map(image, theme)
        with self._lock:
            self._kept[key] = mapped
            self._trim()
        return mapped

    def _trim(self) -> None:
        total = sum(image.sizeInBytes() for image in self._kept.values())
        while total > self._budget and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            total -= dropped.sizeInBytes()


def draw_picture(painter: QPainter, context: RenderContext, store: PictureStore, *, level: int | None = None) -> None:
    """Draw the shaded skin clipped by the silhouette, without lines."""
    art = line_art(context.atlas, context.view_key)
    chosen = store.level_for(context) if level is None else level
    image = store.image(context.view_key, chosen, context.tokens.name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not art.clip.isEmpty():
        painter.setClipPath(context.transform().map(art.clip), Qt.ClipOperation.IntersectClip)
    target = context.box_px()
    if context.tokens.opaque_only:
        # Of a picture on paper only what shows in its panel goes into the file.
        _draw_part(painter, target, image, painter.clipBoundingRect() if painter.hasClipping() else target)
    else:
        inverse, solvable = painter.worldTransform().inverted()
        window = QRectF(painter.window())
        _draw_part(painter, target, image, inverse.mapRect(window) if solvable else window)
    painter.restore()


def _draw_part(painter: QPainter, target: QRectF, image: QImage, exposed: QRectF) -> None:
    """Draw only the part of the picture that falls into `exposed`: a zoomed picture is mostly outside."""
    seen = target.intersected(exposed)
    if seen.isEmpty():
        return
    step_x, step_y = image.width() / target.width(), image.height() / target.height()
    left, top = np.floor((seen.x() - target.x()) * step_x), np.floor((seen.y() - target.y()) * step_y)
    right, bottom = (
        np.ceil((seen.right() - target.x()) * step_x),
        np.ceil((seen.bottom() - target.y()) * step_y),
    )
    source = QRectF(float(left), float(top), float(right - left), float(bottom - top))
    place = QRectF(
        QPointF(target.x() + source.x() / step_x, target.y() + source.y() / step_y),
        QPointF(target.x() + source.right() / step_x, target.y() + source.bottom() / step_y),
    )
    painter.drawImage(place, image, source)


def draw_body(painter: QPainter, context: RenderContext, store: PictureStore, *, level: int | None = None) -> None:
    """Skin and line art of the view: the layer under everything else. A line drawing has no skin."""
    if not context.tokens.line_only:
        draw_picture(painter, context, store, level=level)
    painter.save()
    painter.setClipRect(context.box_px(), Qt.ClipOperation.IntersectClip)
    art = line_art(context.atlas, context.view_key)
    _draw_tinted(painter, context, art)
    draw_lines(painter, context, art)
    painter.restore()


def _draw_tinted(painter: QPainter, context: RenderContext, art: LineArt) -> None:
    """Lips and nails: the shading carries their colour already; on paper nothing is added."""
    if context.tokens.opaque_only or art.tinted.isEmpty():
        return
    blush = QColor("#B4776B")
    blush.setAlphaF(0.10)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(context.transform().map(art.tinted), blush)
