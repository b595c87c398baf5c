"""The body under the marks: picture, lines, region borders, guides; sharper levels are decoded and borders made off
the GUI thread.
"""

from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPainter, QPainterPath

from mesomap.domain.errors import MesoMapError
from mesomap.render.context import RenderContext
from mesomap.render.guides import draw_guides, guides_of
from mesomap.render.picture import PictureStore, draw_body, line_art
from mesomap.render.regions import RegionPaths, draw_borders
from mesomap.services.background import Progress
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.canvas.layers import PaintFunction
from mesomap.ui.typefaces import font
from mesomap.ui.words import third_name


class BodyLayer(QObject):
    """Paints what lies under the marks. ready is sent when something sharper or more complete can be
    painted.
    """

    ready = Signal()
    failed = Signal(str)

    def __init__(self, regions: RegionPaths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.show_regions = True
        self.show_guides = True
        self._guides = guides_of(regions.atlas)
        self.store = PictureStore(regions.atlas)
        self.regions = regions
        self._wanted: tuple[str, int, str] | None = None
        #: View whose outlines are wanted, and whether all of them are there.
        self._view, self._complete = "", False
        self._told: set[str] = set()
        self._beside = BesideTheWindow(self)
        self._sharper = BesideTheWindow(self)
        # The frame that asks for outlines is finished first.
        self._begin = QTimer(self, singleShot=True, interval=0)
        self._begin.timeout.connect(self._make_outlines)

    def paint(self, painter: QPainter, context: RenderContext) -> None:
        """Body in the best level at hand; a better one is asked for in the background."""
        self.gather(context)(painter, context)

    def gather(self, context: RenderContext) -> PaintFunction:
        """The same as a function that paints it, in this thread or another, one at a time."""
        level, badge = self._level_at_hand(context), font("badge")
        outlines: list[QPainterPath] = []
        if self.show_regions:
            self._ask_regions(context.view_key)
            outlines = self.regions.outlines(context.view_key)
        guides = self._guides if self.show_guides else None

        def paint(painter: QPainter, of: RenderContext) -> None:
            self._draw_skin(painter, of, level)
            draw_borders(painter, of, outlines)
            if guides is not None:
                draw_guides(painter, of, guides, badge, third_name)

        return paint

    def gather_quick(self, context: RenderContext) -> PaintFunction:
        """The body alone, which is what a view needs first."""
        level = self._level_at_hand(context)
        return lambda painter, of: self._draw_skin(painter, of, level)

    def _draw_skin(self, painter: QPainter, context: RenderContext, level: int) -> None:
        try:
            draw_body(painter, context, self.store, level=level)
        except MesoMapError as error:
            self._tell(error.sentence)
        self._tell(line_art(context.atlas, context.view_key).damaged)

    def _tell(self, sentence: str) -> None:
        if sentence and sentence not in self._told:
            self._told.add(sentence)
            self.failed.emit(sentence)

    def load_now(self, context: RenderContext) -> None:
        """Decode the right level and all region borders of the view at once."""
        with suppress(MesoMapError):
            self.store.image(context.view_key, self.store.level_for(context), context.tokens.name)
        for region_id in self.regions.missing(context.view_key):
            self.regions.path(context.view_key, region_id)
        self._view, self._complete = context.view_key, True

    def _level_at_hand(self, context: RenderContext) -> int:
        level = self.store.level_for(context)
        key = (context.view_key, level, context.tokens.name)
        if level == 0 or self.store.held(*key):
            return level
        if self._wanted != key:
            self._wanted = key
            self._sharper.run(partial(self._decode, key), done=self._decode_done, failed=raise_again)
        held = [n for n in range(level) if self.store.held(context.view_key, n, context.tokens.name)]
        return held[-1] if held else 0

    def _decode(self, key: tuple[str, int, str], _progress: Progress) -> None:
        """One level; the store keeps it."""
        # Damage is told when the picture is painted.
        with suppress(MesoMapError):
            self.store.image(*key)

    def _decode_done(self, _nothing: None) -> None:
        self._wanted = None
        self.ready.emit()

    def _ask_regions(self, view_key: str) -> None:
        if self._view != view_key:
            self._view, self._complete = view_key, False
        if not self._complete:
            self._begin.start()

    @property
    def busy(self) -> bool:
        """True while outlines are asked for or made."""
        return self._begin.isActive() or self._beside.busy

    def _make_outlines(self) -> None:
        """All outlines of the view that are missing, beside the window: the first ones of a body take 20 ms each."""
        view = self._view
        if not self._complete and not self._beside.busy:
            self._beside.run(
                lambda progress: self._outlines(view, progress),
                done=lambda made: self._outlines_came(view, made),
                failed=raise_again,
            )

    def _outlines(self, view: str, progress: Progress) -> dict[str, QPainterPath]:
        made: dict[str, QPainterPath] = {}
        for region_id in self.regions.missing(view):
            progress(0.0, "")
            if self._view != view:
                break
            made[region_id] = self.regions.made(view, region_id)
        return made

    def _outlines_came(self, view: str, made: dict[str, QPainterPath]) -> None:
        self.regions.keep(view, made)
        if self._view != view:
            self._make_outlines()
            return
        self._complete = True
        self.ready.emit()
