"""Draws one panel of the chart: body, clusters with hatch, points, leaders, numbers, letters, scale bar."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from mesomap.atlas import Atlas
from mesomap.domain.complaint import WORST_INTENSITY, Complaint
from mesomap.domain.session import Session
from mesomap.printing.clusters import Cluster, RowPlaces, clusters_in, labelled
from mesomap.printing.options import PanelKind, PanelWish
from mesomap.printing.panels import Panel
from mesomap.printing.point_numbers import draw_point_numbers
from mesomap.printing.region_label import side_word
from mesomap.printing.sheet import INK, UNITS, Sheet, Weight, paper_font, text_width
from mesomap.printing.tags import Side, Tag, draw_tags, moved_off, place_tags
from mesomap.printing.wording import number_list, tr
from mesomap.render.context import RenderContext
from mesomap.render.furniture import draw_midline, draw_scale_bar, draw_side_letter, nice_bar_mm
from mesomap.render.hatch import draw_hatch
from mesomap.render.marks import median_gap_px
from mesomap.render.needle_lines import draw_needle_lines
from mesomap.render.pain_drawing import ComplaintProjector, draw_pain_drawing
from mesomap.render.paths import path_of
from mesomap.render.picture import PictureStore, draw_body
from mesomap.render.stroke_lines import draw_stroke_lines
from mesomap.render.symbols import draw_symbol
from mesomap.render.tokens import PAPER, Tokens, tint

#: Painter units per px of the design system: symbols are a little smaller on paper than on screen.
SYMBOL_UNIT = 0.55 * UNITS
#: Pictures go to paper at 300 dots per inch; painter units are 720 per inch.
PICTURE_DPR = 300.0 / 720.0
HEAD_PT = 19.0
_BAR_PX = 90.0
#: Symbols get smaller where points lie closer than this, px of the design system, down to the least size; closer
#: still they would only be a blot, and the hatched shape stands for them.
_ROOMY_PX, _LEAST_SIZE = 17.0, 0.42
#: Taps are numbered where their symbols are at least this large.
_ROOM_FOR_NUMBERS = 0.75
#: Room above the tags of a side that has its letter, above one that has none, and below, points.
_LETTER_PT, _CLEAR_PT, _BAR_PT = 53.0, 12.0, 36.0


@dataclass(frozen=True, slots=True)
class PanelContent:
    """What a panel shows; numbers: rows that it tags."""

    context: RenderContext
    frame: QRectF
    clusters: list[Cluster]
    numbers: frozenset[int] = frozenset()


@dataclass(slots=True)
class PanelPainter:
    """Draws panels of one session; keeps decoded pictures between them. point_numbers: number single taps, too;
    tokens: paper, or lines for a drawing without tone.
    """

    atlas: Atlas
    session: Session
    language: str
    places: RowPlaces
    complaints: Sequence[Complaint] = ()
    point_numbers: bool = False
    tokens: Tokens = PAPER
    store: PictureStore = field(init=False)
    _contents: dict[tuple[Panel, float, float, float, float], PanelContent] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.store = PictureStore(self.atlas)

    def prepare(self, placed: Sequence[tuple[Panel, float, float, float, float]]) -> None:
        """Find what every panel (with x, y, width, height in points) shows, and which of them tags which rows."""
        contents = [self._content(panel, QRectF(x, y, width, height)) for panel, x, y, width, height in placed]
        scores = [
            {cluster.row.number: cluster.hull.area * content.context.scale**2 for cluster in content.clusters}
            for content in contents
        ]
        wishes = [panel.wish for panel, *_ in placed]
        overviews = [PanelWish(wish.view_key, PanelKind.DETAIL) in wishes for wish in wishes]
        for key, content, numbers in zip(placed, contents, labelled(scores, overviews), strict=True):
            self._contents[key] = PanelContent(content.context, content.frame, content.clusters, numbers)

    def contents(self) -> list[PanelContent]:
        """What the prepared panels show, in their order."""
        return list(self._contents.values())

    def draw(self, sheet: Sheet, panel: Panel, x: float, y: float, width: float, height: float) -> None:
        """Draw a prepared panel into its frame (points)."""
        content = self._contents[panel, x, y, width, height]
        context, frame, painter = content.context, content.frame, sheet.painter
        painter.save()
        painter.setClipRect(frame)
        draw_body(painter, context, self.store)
        draw_midline(painter, context)
        if panel.wish.kind is PanelKind.COMPLAINT:
            seen = ComplaintProjector(self.atlas).scene(panel.view_key, self.complaints)
            draw_pain_drawing(painter, context, seen, paper_font(6.5, Weight.STRONG))
        for cluster in content.clusters:
            _draw_cluster(painter, context, cluster)
        if self.point_numbers:
            roomy = [cluster for cluster in content.clusters if _symbol_size(context, cluster) >= _ROOM_FOR_NUMBERS]
            draw_point_numbers(painter, context, roomy, frame)
        letters = self._draw_letters(painter, context, panel, frame)
        at = QPointF(frame.left() + 9 * UNITS, frame.bottom() - 8 * UNITS)
        _white(painter, _bar_box(context, frame))
        draw_scale_bar(painter, context, at, paper_font(7, Weight.MEDIUM), _bar_mm(context))
        _draw_tags(painter, content, letters)
        painter.restore()
        self._draw_head(sheet, panel, content.numbers, x, y, width)
        sheet.frame(x, y, width, height)
        sheet.rule(y + HEAD_PT, x=x, to=x + width)

    def _content(self, panel: Panel, box: QRectF) -> PanelContent:
        view = self.atlas.view(panel.view_key)
        length = 1.0 if view.fixed_scale else self.session.patient_scale
        frame = QRectF(
            box.x() * UNITS, (box.y() + HEAD_PT) * UNITS, box.width() * UNITS, (box.height() - HEAD_PT) * UNITS
        )
        no_marks = panel.wish.kind is PanelKind.COMPLAINT
        context = self._context(panel, frame, length)
        bar = _bar_box(context, frame)
        bar_mm = (*context.to_mm(bar.bottomLeft()), *context.to_mm(bar.topRight()))
        clusters = [] if no_marks else clusters_in(self.atlas, panel, self.places, length, keep_out_mm=bar_mm)
        return PanelContent(context, frame, clusters)

    def _context(self, panel: Panel, frame: QRectF, length: float) -> RenderContext:
        x0, y0, x1, y1 = panel.window_mm
        scale = min(frame.width() / (x1 - x0), frame.height() / (y1 - y0))
        centre = frame.center()
        origin = ((x0 + x1) / 2 - centre.x() / scale, (y0 + y1) / 2 + centre.y() / scale)
        return RenderContext(
            self.atlas, panel.view_key, scale, origin, self.tokens, unit=SYMBOL_UNIT, dpr=PICTURE_DPR,
            language=self.language, length_factor=length,
        )  # fmt: skip

    def _draw_head(self, sheet: Sheet, panel: Panel, numbers: frozenset[int], x: float, y: float, width: float) -> None:
        title = panel_title(self.atlas, panel.wish, self.language)
        used = sheet.text(x + 8, y + HEAD_PT / 2, title, width=width - 16, size=8, weight=Weight.STRONG)
        if panel.wish.kind is PanelKind.COMPLAINT:
            told = [f"· {tr('intensity')} 0–{WORST_INTENSITY}", f"· 0–{WORST_INTENSITY}"]
        elif len(numbers) == 1:
            told = [f"· {tr('cluster')} {next(iter(numbers))}"]
        elif numbers:
            told = [f"· {tr('clusters')} {number_list(sorted(numbers))}", f"· {len(numbers)} {tr('clusters')}"]
        else:
            return
        room = width - used - 20
        fitting = next((words for words in told if text_width(words, 7.0) <= room), None)
        if fitting is not None:
            sheet.text(x + 12 + used, y + HEAD_PT / 2, fitting, width=room, colour=INK.quiet, smallest=6.5)

    def _draw_letters(
        self, painter: QPainter, context: RenderContext, panel: Panel, frame: QRectF
    ) -> tuple[bool, bool]:
        """Draws the letters of the sides; returns whether there is one at the left and at the right."""
        view = self.atlas.view(panel.view_key)
        fonts = paper_font(18, Weight.STRONG, display=True), paper_font(7, Weight.MEDIUM)
        x0, _, x1, _ = panel.window_mm
        drawn: list[bool] = []
        # A letter stands at the edge only while that edge is on its side of the body.
        for letter, at_edge, x in (
            (view.left_letter, x0 < 0, frame.left() + 20 * UNITS),
            (view.right_letter, x1 > 0, frame.right() - 20 * UNITS),
        ):
            drawn.append(bool(letter and at_edge))
            if letter and at_edge:
                word = side_word("right" if letter == "R" else "left").capitalize()
                at = QPointF(x, frame.top() + 18 * UNITS)
                _halo(painter, QPointF(x, at.y() - 3 * context.unit), letter, fonts[0])
                _halo(painter, QPointF(x, at.y() + 23 * context.unit), word, fonts[1])
                draw_side_letter(painter, context, at, letter, word, fonts)
        return drawn[0], drawn[1]


def panel_title(atlas: Atlas, wish: PanelWish, language: str) -> str:
    """Name of a panel."""
    names = atlas.view(wish.view_key).names
    name = names.get(language) or names["en"]
    before = {PanelKind.MARKS: "", PanelKind.DETAIL: tr("Detail"), PanelKind.COMPLAINT: tr("Pain drawing")}[wish.kind]
    return f"{before}: {name}" if before else name


def _draw_cluster(painter: QPainter, context: RenderContext, cluster: Cluster) -> None:
    """Hatch and outline of the hull, then its points, unless they would only be a blot at this size."""
    letter, tokens = cluster.row.dose.mixture, context.tokens
    colour = tokens.mixture(letter)
    path = context.transform().map(path_of(cluster.hull))
    unit = context.unit
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not draw_stroke_lines(painter, context, cluster.row.marks, path):
        draw_hatch(painter, path, letter, colour, tokens, step=7 * unit, width=0.8 * unit, strength=0.5)
    pen = QPen(tint(tokens, colour, 0.8), 1.1 * unit)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if cluster.row.pattern:
        pen.setDashPattern([6, 2.5])
    painter.strokePath(path, pen)
    draw_needle_lines(painter, context, cluster.row.marks)
    xy = context.to_px(cluster.points)
    size = _symbol_size(context, cluster)
    if size >= _LEAST_SIZE:
        for x, y in xy:
            draw_symbol(painter, cluster.row.style, tokens, QPointF(float(x), float(y)), unit * size)
    painter.restore()


def _symbol_size(context: RenderContext, cluster: Cluster) -> float:
    """Size of a cluster's symbols: 1 = that of the design system, smaller where they would touch."""
    return min(1.0, median_gap_px(context.to_px(cluster.points)) / (_ROOMY_PX * context.unit))


def _draw_tags(painter: QPainter, content: PanelContent, letters: tuple[bool, bool]) -> None:
    frame = content.frame
    tags = []
    for cluster in content.clusters:
        if cluster.row.number in content.numbers:
            at = content.context.point_px(*cluster.anchor)
            tags.append(Tag((cluster.row.number,), ((at.x(), at.y()),), cluster.row.region_id))
    tops = [frame.top() + (_LETTER_PT if letter else _CLEAR_PT) * UNITS for letter in letters]
    left = Side(frame.left(), tops[0], frame.bottom() - _BAR_PT * UNITS, 1)
    right = Side(frame.right(), tops[1], frame.bottom() - _CLEAR_PT * UNITS, -1)
    marks = [
        (float(x), float(y))
        for cluster in content.clusters
        if _symbol_size(content.context, cluster) >= _ROOM_FOR_NUMBERS
        for x, y in content.context.to_px(cluster.points)
    ]
    draw_tags(painter, moved_off(place_tags(tags, left, right), left, right, marks))


def _bar_mm(context: RenderContext) -> int:
    """Length of the scale bar, patient mm."""
    return nice_bar_mm(context.scale / context.length_factor, _BAR_PX * context.unit)


def _bar_box(context: RenderContext, frame: QRectF) -> QRectF:
    """Ground of the scale bar, painter units."""
    width = _bar_mm(context) * context.scale / context.length_factor
    return QRectF(frame.left() + 4 * UNITS, frame.bottom() - 27 * UNITS, width + 10 * UNITS, 23 * UNITS)


def _halo(painter: QPainter, centre: QPointF, text: str, font: QFont) -> None:
    """Paper round the letters of a text that is drawn on the body afterwards."""
    metrics = QFontMetricsF(font)
    path = QPainterPath()
    left = centre.x() - metrics.horizontalAdvance(text) / 2
    path.addText(left, centre.y() + (metrics.ascent() - metrics.descent()) / 2, font, text)
    pen = QPen(QColor("#FFFFFF"), 3.2 * UNITS)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)


def _white(painter: QPainter, ground: QRectF) -> None:
    """Paper under a letter or a bar, so that it is legible on the body, too."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawRoundedRect(ground, 3 * UNITS, 3 * UNITS)
