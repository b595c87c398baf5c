"""The first picture of a view, warm."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from mesomap.app.application import make_application
from mesomap.atlas import Atlas, open_atlas
from mesomap.render.context import fitted
from mesomap.render.picture import PictureStore, draw_body, line_art
from mesomap.render.tokens import LIGHT
from tests.benchmarks.table import Row, best_ms

FRAME = (900, 760)


def picture_rows() -> list[Row]:
    """Decode and draw the fitted front views on a canvas of FRAME pixels."""
    application = make_application()
    atlas = open_atlas()
    rows = [_row(atlas, key) for key in ("body_front", "head_front")]
    del application
    return rows


def _row(atlas: Atlas, key: str) -> Row:
    context = fitted(atlas, key, QRectF(0, 0, *FRAME), LIGHT, margin=16)
    line_art(atlas, key)
    file = atlas.view(key).levels[PictureStore(atlas).level_for(context)].file
    canvas = QImage(*FRAME, QImage.Format.Format_ARGB32_Premultiplied)

    def first() -> None:
        painter = QPainter(canvas)
        draw_body(painter, context, PictureStore(atlas))
        painter.end()

    floor = best_ms(lambda: QImage(str(file)))
    return Row(f"first fitted view, warm: {key}", best_ms(first), 40, f"decode {file.name}", floor)
