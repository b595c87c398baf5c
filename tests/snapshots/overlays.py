"""Sheets of every view with every overlay: `python -m tests.snapshots.overlays --out DIR [--body NAME]`."""

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from mesomap.app.application import make_application
from mesomap.atlas import Atlas, atlas_folder, open_atlas
from mesomap.atlas.files import read_manifest
from mesomap.render.context import fitted
from mesomap.render.picture import PictureStore, draw_body
from mesomap.render.tokens import THEMES, Tokens
from mesomap.ui.canvas.atlas_layer import KEYS, LANDMARKS, POINTS, RECALLED, SENSORY, ZONES, AtlasLayer
from mesomap.ui.typefaces import font
from mesomap.ui.words import view_name

WIDE, HIGH, COLUMNS = 840, 680, 4
SHEET_PX = 2400
OVERLAYS = {
    "none": (),
    "zones": (ZONES, RECALLED),
    "points": (POINTS, RECALLED),
    "sensory": (SENSORY,),
    "landmarks": (LANDMARKS,),
}


def sheet(atlas: Atlas, store: PictureStore, keys: tuple[str, ...], tokens: Tokens) -> QPixmap:
    """Every view of a body, side by side, with these overlays."""
    layer = AtlasLayer(atlas, dict.fromkeys(KEYS, False) | dict.fromkeys(keys, True))
    rows = -(-len(atlas.views) // COLUMNS)
    whole = QPixmap(COLUMNS * WIDE, rows * HIGH)
    whole.fill(tokens.colour("canvas"))
    painter = QPainter(whole)
    for place, view in enumerate(atlas.views):
        painter.drawPixmap(place % COLUMNS * WIDE, place // COLUMNS * HIGH, picture(layer, store, view.key, tokens))
    painter.end()
    return whole.scaledToWidth(SHEET_PX, Qt.TransformationMode.SmoothTransformation)


def picture(layer: AtlasLayer, store: PictureStore, view_key: str, tokens: Tokens) -> QPixmap:
    """One view with what is switched on."""
    made = QPixmap(WIDE, HIGH)
    made.fill(tokens.colour("canvas"))
    atlas = layer.shapes.atlas
    context = fitted(atlas, view_key, QRectF(0, 60, WIDE, HIGH - 60), tokens, margin=10)
    layer.load_now(view_key)
    painter = QPainter(made)
    draw_body(painter, context, store, level=store.level_for(context))
    layer.gather(context)(painter, context)
    painter.setFont(font("title"))
    painter.setPen(tokens.colour("text"))
    painter.drawText(20, 34, view_name(atlas, view_key))
    painter.end()
    return made


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Sheets of every view with every overlay of the atlas.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--atlas", type=Path, default=atlas_folder())
    parser.add_argument("--body", action="append")
    parser.add_argument("--overlay", choices=sorted(OVERLAYS), action="append")
    parser.add_argument("--theme", choices=("light", "dark"), action="append")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    make_application()
    for body in options.body or read_manifest(options.atlas).bodies:
        atlas = open_atlas(options.atlas, body)
        store = PictureStore(atlas)
        for theme in options.theme or ("light", "dark"):
            for name in options.overlay or OVERLAYS:
                keys = OVERLAYS[name]
                path = options.out / f"{body}-{name}-{theme}.png"
                sheet(atlas, store, keys, THEMES[theme]).save(str(path))
                sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
