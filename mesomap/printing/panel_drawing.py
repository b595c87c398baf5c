"""Draws one panel of the chart: body, clusters with hatch, points, leaders, numbers, letters, scale bar."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from mesomap.atlas import Atlas
from mesomap.domain.session import Session
from mesomap.printing.clusters import Cluster, RowPlaces, clusters_in, place_tags
from mesomap.printing.panels import Panel
from mesomap.printing.region_label import side_word
from mesomap.printing.sheet import INK, UNITS, Sheet, Weight, paper_font
from mesomap.printing.wording import tr
from mesomap.render.context import RenderContext
from mesomap.render.furniture import draw_midline, draw_scale_bar, draw_side_letter, nice_bar_mm
from mesomap.render.hatch import draw_hatch
from mesomap.render.marks import CROWDED_PX, median_gap_px
from mesomap.render.needle_lines import draw_needle_lines
from mesomap.render.paths import path_of
from mesomap.render.picture import PictureStore, draw_body
from mesomap.render.symbols import draw_symbol
from mesomap.render.tokens import PAPER, tint

#: Painter units per px of the design system: symbols are a little smaller on paper than on screen.
SYMBOL_UNIT = 0.55 * UNITS
#: Pictures go to paper at 300 dots per inch; painter units are 720 per inch.
PICTURE_DPR = 300.0 / 720.0
HEAD_PT = 19.0
_TAG_RADIUS = 6.5 * UNITS
_BAR_PX = 90.0


@dataclass(slots=True)
class PanelPainter:
    """Draws panels of one session; keeps decoded pictures between them."""

    atlas: Atlas
    session: Session
    language: str
    places: RowPlaces
    store: PictureStore = field(init=False)

    def __post_init__(self) -> None:
        self.store = PictureStore(self.atlas)

    def draw(
        self,
        sheet: Sheet,
        panel: Panel,
        x: float,
        y: float,
        width: float,
        height: float,
    ) -> None:
        """Draw the panel into a frame at x, y (points)."""
        view = self.atlas.view(panel.view_key)
        length = 1.0 if view.fixed_scale else self.session.patient_scale
        frame = sheet.box(x, y + HEAD_PT, width, height - HEAD_PT)
        context = self._context(panel, frame, length)
        clusters = clusters_in(self.atlas, panel, self.places, length)
        painter = sheet.painter
        painter.save()
        painter.setClipRect(frame)
        draw_body(painter, context, self.store)
        draw_midline(painter, context)
        for cluster in clusters:
            _draw_cluster(painter, context, cluster)
        self._draw_letters(painter, context, panel, frame)
        at = QPointF(frame.left() + 9 * UNITS, frame.bottom() - 8 * UNITS)
        _draw_bar_ground(painter, context, frame)
        draw_scale_bar(painter, context, at, paper_font(7, Weight.MEDIUM), longest_px=_BAR_PX)
        _draw_tags(painter, context, clusters, frame)
        painter.restore()
        self._draw_head(sheet, panel, clusters, x, y, width)
        sheet.frame(x, y, width, height)
        sheet.rule(y + HEAD_PT, x=x, to=x + width)

    def _context(self, panel: Panel, frame: QRectF, length: float) -> RenderContext:
        x0, y0, x1, y1 = panel.window_mm
        scale = min(frame.width() / (x1 - x0), frame.height() / (y1 - y0))
        centre = frame.center()
        origin = ((x0 + x1) / 2 - centre.x() / scale, (y0 + y1) / 2 + centre.y() / scale)
        return RenderContext(
            self.atlas, panel.view_key, scale, origin, PAPER, unit=SYMBOL_UNIT, dpr=PICTURE_DPR,
            language=self.language, length_factor=length,
        )  # fmt: skip

    def _draw_head(self, sheet: Sheet, panel: Panel, clusters: list[Cluster], x: float, y: float, width: float) -> None:
        title = panel_title(self.atlas, panel.view_key, self.language, detail=panel.detail)
        used = sheet.text(x + 8, y + HEAD_PT / 2, title, width=width * 0.6, size=8, weight=Weight.STRONG)
        if clusters:
            numbers = number_list([cluster.row.number for cluster in clusters])
            sheet.text(
                x + 12 + used, y + HEAD_PT / 2, f"· {tr('clusters')} {numbers}", width=width - used - 20,
                colour=INK.quiet,
            )  # fmt: skip

    def _draw_letters(self, painter: QPainter, context: RenderContext, panel: Panel, frame: QRectF) -> None:
        view = self.atlas.view(panel.view_key)
        fonts = paper_font(18, Weight.STRONG, display=True), paper_font(7, Weight.MEDIUM)
        x0, _, x1, _ = panel.window_mm
        # A letter stands at the edge only while that edge is on its side of the body.
        for letter, at_edge, x in (
            (view.left_letter, x0 < 0, frame.left() + 20 * UNITS),
            (view.right_letter, x1 > 0, frame.right() - 20 * UNITS),
        ):
            if letter and at_edge:
                word = side_word("right" if letter == "R" else "left").capitalize()
                at = QPointF(x, frame.top() + 18 * UNITS)
                _halo(painter, QPointF(x, at.y() - 3 * context.unit), letter, fonts[0])
                _halo(painter, QPointF(x, at.y() + 23 * context.unit), word, fonts[1])
                draw_side_letter(painter, context, at, letter, word, fonts)


def panel_title(atlas: Atlas, view_key: str, language: str, *, detail: bool) -> str:
    """Name of a panel."""
    names = atlas.view(view_key).names
    name = names.get(language) or names["en"]
    return f"{tr('Detail')}: {name}" if detail else name


def number_list(numbers: Sequence[int]) -> str:
    """Numbers as people write them: 1–4, 6, 8–9."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _draw_cluster(painter: QPainter, context: RenderContext, cluster: Cluster) -> None:
    """Hatch and outline of the hull, then its points, unless they would only be a blot at this size."""
    letter = cluster.row.dose.mixture
    colour = PAPER.mixture(letter)
    path = context.transform().map(path_of(cluster.hull))
    unit = context.unit
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_hatch(painter, path, letter, colour, PAPER, step=7 * unit, width=0.8 * unit, strength=0.5)
    pen = QPen(tint(PAPER, colour, 0.8), 1.1 * unit)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if cluster.row.pattern:
        pen.setDashPattern([6, 2.5])
    painter.strokePath(path, pen)
    draw_needle_lines(painter, context, cluster.row.marks)
    xy = context.to_px(cluster.points)
    if median_gap_px(xy) >= CROWDED_PX * unit:
        for x, y in xy:
            draw_symbol(painter, cluster.row.style, PAPER, QPointF(float(x), float(y)), unit)
    painter.restore()


def _draw_tags(painter: QPainter, context: RenderContext, clusters: list[Cluster], frame: QRectF) -> None:
    anchors = [context.point_px(*cluster.anchor) for cluster in clusters]
    places = place_tags(
        [(anchor.x(), anchor.y()) for anchor in anchors],
        frame.left() + 14 * UNITS, frame.right() - 14 * UNITS,
        frame.top() + 53 * UNITS, frame.bottom() - 38 * UNITS, 2.4 * _TAG_RADIUS,
    )  # fmt: skip
    ink = PAPER.colour("text")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for anchor, place in zip(anchors, places, strict=True):
        if not place.on_anchor:
            painter.setPen(QPen(PAPER.colour("halo"), 2.2 * UNITS))
            painter.drawLine(QPointF(place.x, place.y), anchor)
            painter.setPen(QPen(ink, 0.7 * UNITS))
            painter.drawLine(QPointF(place.x, place.y), anchor)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(anchor, 1.5 * UNITS, 1.5 * UNITS)
    for cluster, place in zip(clusters, places, strict=True):
        draw_number(painter, cluster.row.number, QPointF(place.x, place.y))
    painter.restore()


def draw_number(painter: QPainter, number: int, at: QPointF, radius: float = _TAG_RADIUS) -> None:
    """A white disc with an ink ring and the number of a row."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(INK.text), 0.85 * UNITS))
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawEllipse(at, radius, radius)
    size = 7.0 if number < 10 else 6.2 if number < 100 else 5.0
    painter.setFont(paper_font(size * radius / _TAG_RADIUS, Weight.STRONG))
    painter.setPen(QColor(INK.text))
    box = QRectF(at.x() - 2 * radius, at.y() - radius, 4 * radius, 2 * radius)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number))
    painter.restore()


def _draw_bar_ground(painter: QPainter, context: RenderContext, frame: QRectF) -> None:
    scale = context.scale / context.length_factor
    width = nice_bar_mm(scale, _BAR_PX * context.unit) * scale
    _white(painter, QRectF(frame.left() + 4 * UNITS, frame.bottom() - 27 * UNITS, width + 10 * UNITS, 23 * UNITS))


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
