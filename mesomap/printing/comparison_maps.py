"""Maps of two visits side by side on paper, with scores beside the first pair, and their legend."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath

from mesomap.atlas import Atlas
from mesomap.printing.flow import Piece
from mesomap.printing.panel_drawing import PICTURE_DPR, SYMBOL_UNIT
from mesomap.printing.sheet import CONTENT_WIDTH, MARGIN, UNITS, Sheet, Weight, paper_font
from mesomap.printing.wording import tr
from mesomap.render.context import RenderContext, fitted
from mesomap.render.differences import Fate, draw_differences, draw_fate_sign, fates
from mesomap.render.furniture import bar_mm, draw_midline, draw_scale_bar, draw_side_letter
from mesomap.render.marks_in_view import MarkProjector
from mesomap.render.picture import PictureStore, draw_body
from mesomap.render.tokens import PAPER
from mesomap.render.visit_areas import AreaOf, draw_area_of, draw_visit_areas
from mesomap.services.comparing import Comparison

GAP_PT, MAP_PT, _LEGEND_PT = 12.0, 206.0, 18.0
_MOST_VIEWS = 2
_AREA_OF = (AreaOf.EARLIER, AreaOf.LATER)
#: Width of the scores beside the maps.
BESIDE_PT = 142.0

Seen = dict[tuple[int, object], float]


class MapDrawer:
    """Chooses the views and draws them. view_keys: the views that show marks, best first."""

    height = MAP_PT

    def __init__(self, comparison: Comparison) -> None:
        self._match = comparison.match
        self._visits = (comparison.before, comparison.after)
        self._atlas = comparison.after.atlas
        self._store = PictureStore(self._atlas)
        self._fates = fates(comparison.match)
        self._areas = [False, False]
        self.view_keys = self._views()

    def pieces(self, beside: Callable[[Sheet, float, float], None] | None) -> list[Piece]:
        """beside(sheet, x, y): draws the scores at the right of the first pair of maps, None = there are none."""
        found = []
        for turn, view_key in enumerate(self.view_keys):
            side = beside if turn == 0 else None
            found.append(Piece(MAP_PT + 8, partial(self._draw_pair, view_key, side)))
        found.append(Piece(_LEGEND_PT, self._draw_legend))
        if any(self._areas):
            found.append(Piece(_LEGEND_PT, self._draw_area_legend))
        return found

    def _views(self) -> list[str]:
        """The view that shows most of both visits, largest; then the one that shows most of what the first does not."""
        seen = {view.key: self._seen(view.key) for view in self._atlas.views}
        chosen: list[str] = []
        shown: set[tuple[int, object]] = set()
        while len(chosen) < _MOST_VIEWS:
            scores = {key: _weight(found, shown) / side_mm(self._atlas, key) for key, found in seen.items()}
            best = max(scores, key=lambda key: scores[key])
            if scores[best] <= 0:
                break
            chosen.append(best)
            shown |= seen[best].keys()
        return chosen

    def _seen(self, view_key: str) -> Seen:
        """What shows in a view: points by number and areas by mark, of either visit, with the part of that visit they
        are: an area of thousands of points does not outweigh the few of the other visit.
        """
        found: Seen = {}
        for which, visit in enumerate(self._visits):
            scene = MarkProjector(visit.atlas).scene(view_key, visit.marks)
            each = 1.0 / max(visit.tally.total.about_points, 1)
            found.update({(which, number): each for number in scene.points.number.tolist()})
            areas = [area for area in scene.areas if not area.path.isEmpty()]
            self._areas[which] |= bool(areas)
            found.update({(which, area.mark_id): (area.about_n or 1) * each for area in areas})
        return found

    def _draw_pair(
        self, view_key: str, beside: Callable[[Sheet, float, float], None] | None, sheet: Sheet, y: float
    ) -> None:
        room = CONTENT_WIDTH - (BESIDE_PT + GAP_PT if beside is not None else 0)
        width = (room - GAP_PT) / 2
        for which, x in enumerate((MARGIN, MARGIN + width + GAP_PT)):
            self._draw_map(sheet, view_key, which, x, y, width)
        if beside is not None:
            beside(sheet, MARGIN + room + GAP_PT, y)

    def _draw_map(self, sheet: Sheet, view_key: str, which: int, x: float, y: float, width: float) -> None:
        visit, found = self._visits[which], self._fates[which]

        def draw_marks(painter: QPainter, context: RenderContext) -> None:
            scene = MarkProjector(self._atlas, visit.scale).scene(view_key, visit.marks)
            draw_visit_areas(painter, context, scene, _AREA_OF[which])
            earlier = None
            if which == 1:
                first = self._visits[0]
                earlier = MarkProjector(self._atlas, first.scale).scene(view_key, first.marks)
            draw_differences(painter, context, scene, found, earlier)

        draw_map(sheet, (self._atlas, self._store), view_key, (x, y, width), draw_marks)
        draw_map_name(sheet, (x, y, width), visit.session.number)

    def _draw_legend(self, sheet: Sheet, top: float) -> None:
        match = self._match
        before, after = self._fates
        x, y = MARGIN, top + 7
        for fate, words in (
            (Fate.REPEATED, f"{tr('repeated, within')} {match.repeated_mm:g} mm: {before.count(Fate.REPEATED)}"),
            (Fate.MOVED, f"{tr('moved')}, {match.repeated_mm:g}–{match.moved_mm:g} mm: {before.count(Fate.MOVED)}"),
            (Fate.NEW, f"{tr('new')}: {after.count(Fate.NEW)}"),
            (Fate.DROPPED, f"{tr('dropped')}: {before.count(Fate.DROPPED)}"),
        ):
            at = QPointF((x + 6) * UNITS, y * UNITS)
            draw_fate_sign(sheet.painter, PAPER, at, SYMBOL_UNIT * 0.8, fate, SYMBOL_UNIT)
            if fate in (Fate.NEW, Fate.DROPPED):
                x += 14
            x += sheet.text(x, y, words, width=180, size=7.5) + 16

    def _draw_area_legend(self, sheet: Sheet, top: float) -> None:
        """Swatches of an area of the earlier and of the later visit."""
        x, y = MARGIN, top + 7
        numbers = [visit.session.number for visit in self._visits]
        for which, words in (
            (AreaOf.EARLIER, f"{tr('area of session')} {numbers[0]}: {tr('dashed edge, lines falling')}"),
            (AreaOf.LATER, f"{tr('area of session')} {numbers[1]}: {tr('plain edge, lines rising')}"),
        ):
            swatch = QPainterPath()
            swatch.addRoundedRect(sheet.box(x, y - 5, 26, 10), 1.5 * UNITS, 1.5 * UNITS)
            draw_area_of(sheet.painter, PAPER, swatch, which, None, SYMBOL_UNIT)
            x += 31 + sheet.text(x + 31, y, words, width=210, size=7.5) + 16


def draw_map(
    sheet: Sheet, body: tuple[Atlas, PictureStore], view_key: str, place: tuple[float, float, float],
    draw_marks: Callable[[QPainter, RenderContext], None],
) -> None:  # fmt: skip
    """A framed map with the patient's sides and a scale bar. place: x, y, width; its height is that of all maps."""
    (x, y, width), painter, (atlas, store) = place, sheet.painter, body
    frame = sheet.box(x, y, width, MAP_PT)
    context = fitted(atlas, view_key, frame, PAPER, margin=7 * UNITS, unit=SYMBOL_UNIT, dpr=PICTURE_DPR)
    painter.save()
    painter.setClipRect(frame)
    draw_body(painter, context, store)
    draw_midline(painter, context)
    draw_marks(painter, context)
    fonts = (paper_font(13, Weight.STRONG, display=True), paper_font(6.5))
    view = atlas.view(view_key)
    for letter, at_x in ((view.left_letter, x + 16), (view.right_letter, x + width - 16)):
        at = QPointF(at_x * UNITS, (y + MAP_PT - 46) * UNITS)
        draw_side_letter(painter, context, at, letter, {"R": tr("Right"), "L": tr("Left")}.get(letter, ""), fonts)
    foot = QPointF((x + 8) * UNITS, (y + MAP_PT - 9) * UNITS)
    draw_scale_bar(painter, context, foot, paper_font(7, Weight.MEDIUM), bar_mm(context))
    painter.restore()
    sheet.frame(x, y, width, MAP_PT)


def draw_map_name(sheet: Sheet, place: tuple[float, float, float], number: int) -> None:
    """Which session a map, or the field without one, is of."""
    x, y, width = place
    name = f"{tr('Session')} {number}"
    sheet.text(x + 8, y + 10, name, width=width - 16, size=8, weight=Weight.STRONG)


def _weight(found: Seen, shown: set[tuple[int, object]]) -> float:
    """How much of what a view shows was not shown before."""
    return sum(count for key, count in found.items() if key not in shown)


def side_mm(atlas: Atlas, view_key: str) -> float:
    """Side of a square as large as the view."""
    x0, y0, x1, y1 = atlas.view(view_key).box_mm
    return float(((x1 - x0) * (y1 - y0)) ** 0.5)
