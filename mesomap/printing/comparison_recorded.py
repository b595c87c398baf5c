"""Two visits on paper that cannot be laid on each other: why, the map that there is, what was recorded of both."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QPainter

from mesomap.atlas import Atlas
from mesomap.coverage.visits import RegionChange
from mesomap.printing.comparison_changes import note_piece
from mesomap.printing.comparison_data import ComparisonData, PrintedVisit
from mesomap.printing.comparison_maps import BESIDE_PT, GAP_PT, MAP_PT, draw_map, draw_map_name, side_mm
from mesomap.printing.flow import Piece
from mesomap.printing.region_label import region_label
from mesomap.printing.sheet import CONTENT_WIDTH, INK, MARGIN, Align, Sheet, Weight
from mesomap.printing.wording import cm2, density, ml, tr
from mesomap.render.context import RenderContext
from mesomap.render.differences import scene_size
from mesomap.render.marks import draw_points
from mesomap.render.marks_in_view import MarkProjector
from mesomap.render.picture import PictureStore
from mesomap.render.visit_areas import AreaOf, draw_visit_areas
from mesomap.services.change_cells import change_cells
from mesomap.services.comparing import Visit
from mesomap.services.recorded import RecordedComparison

_ROW_PT, _HEAD_PT = 12.5, 26.0
_AREA_OF = (AreaOf.EARLIER, AreaOf.LATER)
#: Width of the names of regions, which may be several; left edge and width of the columns of figures, points.
_NAME_PT = 240.0
_COLUMNS = (
    (246.0, 40.0), (286.0, 40.0), (326.0, 42.0), (380.0, 44.0), (424.0, 44.0), (468.0, 44.0),
)  # fmt: skip

Beside = Callable[[Sheet, float, float], None]


def why_pieces(recorded: RecordedComparison) -> list[Piece]:
    """Why the two are not laid on each other, in whole sentences."""
    said = [*recorded.sentences, tr("Points and volumes as they were recorded; places and areas are not compared.")]
    return [note_piece(" ".join(said))]


class LoneMaps:
    """Each visit in the view of its own body that shows most of it; a field with the reason where there is none."""

    def __init__(self, data: ComparisonData) -> None:
        self._visits = data.visits
        self._views = [None if visit.laid is None else _best_view(visit.laid) for visit in self._visits]

    @property
    def height(self) -> float:
        """Of the maps, 0 = neither visit has one."""
        return MAP_PT if any(self._views) else 0.0

    def pieces(self, beside: Beside | None) -> list[Piece]:
        """beside(sheet, x, y): draws the scores at the right of the maps."""
        return [Piece(MAP_PT + 8, partial(self._draw, beside))] if any(self._views) else []

    def _draw(self, beside: Beside | None, sheet: Sheet, y: float) -> None:
        room = CONTENT_WIDTH - (BESIDE_PT + GAP_PT if beside is not None else 0)
        width = (room - GAP_PT) / 2
        for which, x in enumerate((MARGIN, MARGIN + width + GAP_PT)):
            self._draw_one(sheet, which, (x, y, width))
        if beside is not None:
            beside(sheet, MARGIN + room + GAP_PT, y)

    def _draw_one(self, sheet: Sheet, which: int, place: tuple[float, float, float]) -> None:
        visit, view_key = self._visits[which], self._views[which]
        laid = visit.laid
        if laid is not None and view_key is not None:
            body = (laid.atlas, PictureStore(laid.atlas))
            draw_map(sheet, body, view_key, place, partial(_draw_marks, laid, view_key, _AREA_OF[which]))
        else:
            x, y, width = place
            sheet.frame(x, y, width, MAP_PT)
            words = tr("No map of this session. The reason stands above.")
            if laid is not None:
                words = tr("No mark to show.")
            sheet.lines(x + 12, y + MAP_PT / 2 - 10, words, width=width - 24, most=4, size=8, colour=INK.quiet)
        draw_map_name(sheet, place, visit.session.number)


def _best_view(visit: Visit) -> str | None:
    """The view that shows most of a visit, largest; None when it has no mark."""
    projector = MarkProjector(visit.atlas)
    seen = {
        view.key: projector.scene(view.key, visit.marks).visible_count / side_mm(visit.atlas, view.key)
        for view in visit.atlas.views
    }
    best = max(seen, key=lambda key: seen[key])
    return best if seen[best] > 0 else None


def _draw_marks(visit: Visit, view_key: str, area_of: AreaOf, painter: QPainter, context: RenderContext) -> None:
    scene = MarkProjector(visit.atlas, visit.scale).scene(view_key, visit.marks)
    draw_visit_areas(painter, context, scene, area_of)
    draw_points(painter, replace(context, unit=context.unit * scene_size(context, scene)), scene)


def recorded_pieces(data: ComparisonData, recorded: RecordedComparison) -> list[Piece]:
    """Points and volume of both by the regions that were written down with the marks, and the sum."""
    atlas = next((visit.laid.atlas for visit in reversed(data.visits) if visit.laid is not None), None)
    head = Piece(_HEAD_PT, partial(_draw_head, data.visits), with_next=True)
    rows = [head]
    for row in recorded.rows:
        name = _names(atlas, row.region_ids, data.language)
        rows.append(Piece(_ROW_PT, partial(_draw_row, name, row.change, Weight.NORMAL), head=head))
    total = Piece(_ROW_PT + 6, partial(_draw_row, tr("Total"), recorded.total, Weight.STRONG), head=head)
    basis = note_piece(tr("A difference of records shows no effect."))
    return [*rows, total, basis]


def _names(atlas: Atlas | None, region_ids: tuple[str, ...], language: str) -> str:
    """Regions in words; one that no body here has by its key."""
    known = set() if atlas is None else {region.id for region in atlas.regions}
    names = [region_label(atlas, one, language) if atlas is not None and one in known else one for one in region_ids]
    return ", ".join(names) or tr("No region")


def _draw_head(visits: tuple[PrintedVisit, PrintedVisit], sheet: Sheet, y: float) -> None:
    first, second = (f"{tr('no.')} {visit.session.number}" for visit in visits)
    for (start, stop), words in zip(((0, 2), (3, 5)), (tr("Points"), tr("Volume, mL")), strict=True):
        left, right = MARGIN + _COLUMNS[start][0] + 4, MARGIN + sum(_COLUMNS[stop])
        sheet.text(left, y + 6, words, width=right - left, size=7, weight=Weight.STRONG, align=Align.CENTRE)
        sheet.rule(y + 12, x=left, to=right)
    sheet.text(MARGIN, y + 18, tr("Region"), width=_NAME_PT, size=7, colour=INK.quiet)
    for (x, width), words in zip(_COLUMNS, (first, second, "±") * 2, strict=True):
        sheet.text(MARGIN + x, y + 18, words, width=width, size=7, colour=INK.quiet, align=Align.RIGHT, smallest=5.0)
    sheet.rule(y + _HEAD_PT - 1)


def _draw_row(name: str, change: RegionChange, weight: Weight, sheet: Sheet, y: float) -> None:
    middle = y + _ROW_PT / 2
    sheet.text(MARGIN, middle, name, width=_NAME_PT, size=8, weight=weight)
    cells = change_cells(change, volume=ml, density=density, area=cm2)
    for (x, width), words in zip(_COLUMNS, (*cells.points, *cells.volume), strict=True):
        sheet.text(MARGIN + x, middle, words, width=width, size=8, weight=weight, align=Align.RIGHT)
    sheet.rule(y + _ROW_PT)
