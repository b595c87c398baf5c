"""A small map of what all visits of a patient brought to the skin, mL per cm²; made beside the window, last of all."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.atlas import Atlas
from mesomap.render.context import fitted
from mesomap.render.heat_map import draw_heat_scale, draw_steps, step_paths
from mesomap.render.picture import PictureStore, draw_body
from mesomap.render.tokens import Tokens
from mesomap.services.comparing import Visit
from mesomap.services.cumulative import STEPS, Cumulative, Over
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown
from mesomap.ui.words import tr

_SIZE, _SCALE_PX = QSize(260, 200), 12


class DosePicture(QWidget):
    """A plain field until it is drawn; drawn again in another theme."""

    def __init__(self, atlas: Atlas, view_key: str, visits: Sequence[Visit], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._atlas, self._view_key, self._visits = atlas, view_key, tuple(visits)
        self._beside = BesideTheWindow(self)
        self._image: QImage | None = None
        self.setFixedHeight(_SIZE.height() + _SCALE_PX + grown(22))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        words = tr("mL per cm², all visits added up, an estimate")
        self.setAccessibleName(words)
        self.setToolTip(words)
        theme.changed.connect(self._ask)
        self._ask()

    @property
    def is_there(self) -> bool:
        """Whether the map is drawn."""
        return self._image is not None

    def finish(self) -> None:
        """Have it now (before a picture is taken)."""
        self._beside.finish()

    def _ask(self) -> None:
        tokens, ratio = theme.tokens(), self.devicePixelRatioF()
        self._beside.let_go()
        self._beside.run(lambda _progress: self._drawn(tokens, ratio), done=self._came, failed=raise_again)

    def _came(self, image: QImage) -> None:
        self._image = image
        self.update()

    def _drawn(self, tokens: Tokens, ratio: float) -> QImage:
        maps = Cumulative(self._atlas, self._visits[-1].scale)
        raster = maps.raster(Over.DOSE, self._view_key, self._visits, date.today())
        steps = step_paths(raster.values, raster.origin_mm, raster.step_mm, raster.levels)
        image = QImage(_SIZE * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, _SIZE.width(), _SIZE.height())
        context = fitted(self._atlas, self._view_key, box, tokens, dpr=ratio)
        draw_body(painter, context, PictureStore(self._atlas), level=0)
        draw_steps(painter, context, steps)
        painter.end()
        return image

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The map in the middle, the scale with its figures under it."""
        tokens, painter = theme.tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("canvas"))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), _SIZE.height()), 12, 12)
        if self._image is not None:
            painter.drawImage(QRectF((self.width() - _SIZE.width()) / 2, 0, _SIZE.width(), _SIZE.height()), self._image)
        scale = QRectF(0.5, _SIZE.height() + 6, self.width() - 1, _SCALE_PX)
        edges = draw_heat_scale(painter, scale, tokens)
        painter.setFont(font("badge"))
        painter.setPen(tokens.colour("text2"))
        for left, step in zip(edges, STEPS[Over.DOSE], strict=True):
            painter.drawText(QRectF(left, scale.bottom() + 1, 60, grown(15)), 0, f"{step:g}")
