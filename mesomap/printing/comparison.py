"""Two visits compared on paper, A4: both maps side by side, what changed by region, outcome over time."""

from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from mesomap import __version__
from mesomap.atlas import Atlas
from mesomap.coverage import RegionFigures
from mesomap.coverage.visits import AreaOverlap, RegionChange
from mesomap.domain.outcome import OutcomeLine, OutcomeOverTime
from mesomap.domain.patient import Patient
from mesomap.printing.panel_drawing import PICTURE_DPR, SYMBOL_UNIT
from mesomap.printing.region_label import region_label
from mesomap.printing.sheet import (
    CONTENT_WIDTH,
    INK,
    MARGIN,
    RIGHT,
    UNITS,
    Align,
    Sheet,
    Weight,
    load_print_fonts,
    paper_font,
)
from mesomap.printing.wording import DASH, cm2, day, ml, moment, tr
from mesomap.render.context import fitted
from mesomap.render.differences import Fate, draw_differences, draw_fate_sign, fates
from mesomap.render.furniture import bar_mm, draw_midline, draw_scale_bar, draw_side_letter
from mesomap.render.marks import draw_areas
from mesomap.render.marks_in_view import MarkProjector
from mesomap.render.outcome_lines import OutcomeLook, draw_outcome, outcome_height
from mesomap.render.picture import PictureStore, draw_body
from mesomap.render.tokens import PAPER
from mesomap.services.comparing import Comparison, Visit

_GAP, _HEAD_PT, _MAP_PT = 12.0, 92.0, 212.0
_ROW_PT, _FOOT_Y, _TOP_Y = 12.5, 800.0, 56.0
_MOST_VIEWS = 2
#: Left edge and width of the columns of figures, points.
_COLUMNS = (
    (150.0, 42.0), (192.0, 42.0), (234.0, 40.0), (280.0, 40.0), (320.0, 40.0), (360.0, 44.0),
    (408.0, 30.0), (438.0, 30.0), (468.0, 28.0), (496.0, 29.0),
)  # fmt: skip


@dataclass(frozen=True)
class ComparisonData:
    """Everything that the pages say. audit_code: state of the record when printed."""

    comparison: Comparison
    patient: Patient
    printed_at: datetime
    audit_code: str
    outcome: OutcomeOverTime = field(default_factory=lambda: OutcomeOverTime((), (), (), ()))
    language: str = "en"


def comparison_pdf(data: ComparisonData) -> bytes:
    """The pages as PDF/A-1b. Needs a QGuiApplication; may run in another thread."""
    load_print_fonts()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
    writer.setResolution(round(72 * UNITS))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(tr("Two visits compared"))
    writer.setCreator("MesoMap")
    painter = QPainter(writer)
    try:
        _Pages(data, writer, Sheet(painter)).draw()
    finally:
        painter.end()
    return bytes(held.data().data())


class _Pages:
    """Draws from the top down and begins another page where there is no room."""

    def __init__(self, data: ComparisonData, writer: QPdfWriter, sheet: Sheet) -> None:
        self._data, self._writer, self._sheet = data, writer, sheet
        self._page, self._y = 1, 0.0
        self._store = PictureStore(data.comparison.after.atlas)
        self._fates = fates(data.comparison.match)

    def draw(self) -> None:
        """All pages."""
        self._head()
        for view_key in self._views():
            self._maps(view_key)
        self._legend()
        self._table()
        self._overlaps()
        self._outcome()
        self._foot()

    def _need(self, height: float) -> None:
        """Begin another page when less than so many points are left."""
        if self._y + height <= _FOOT_Y - 8:
            return
        self._foot()
        self._writer.newPage()
        self._page += 1
        self._y = _TOP_Y

    def _head(self) -> None:
        data, sheet = self._data, self._sheet
        sheet.text(MARGIN, 46, tr("Two visits compared"), width=300, size=16, weight=Weight.STRONG, display=True)
        born = day(data.patient.birth_date) if data.patient.birth_date else DASH
        who = f"{data.patient.display_name} · {data.patient.number} · {tr('born')} {born}"
        sheet.text(MARGIN, 66, who, width=CONTENT_WIDTH, size=10, weight=Weight.STRONG)
        half = (CONTENT_WIDTH - _GAP) / 2
        for visit, x in zip(self._visits(), (MARGIN, MARGIN + half + _GAP), strict=True):
            total = visit.tally.total
            words = f"{tr('Session')} {visit.session.number} · {moment(visit.session.started_at)}"
            sheet.text(x, 84, words, width=half, size=8.5, weight=Weight.STRONG)
            figures = (
                f"{visit.session.indication or DASH} · {total.about_points} {tr('points')} · {ml(total.volume_ml)} mL"
                f" · {cm2(total.covered_cm2)} cm² {tr('covered')} · {visit.session.status.value}"
            )
            sheet.text(x, 96, figures, width=half, size=7.5, colour=INK.quiet)
        self._y = _HEAD_PT + 14

    def _visits(self) -> tuple[Visit, Visit]:
        return self._data.comparison.before, self._data.comparison.after

    def _views(self) -> list[str]:
        """The view that shows most of both visits, largest; then the one that shows most of what the first does not."""
        atlas = self._data.comparison.after.atlas
        seen = {view.key: self._seen(view.key) for view in atlas.views}
        chosen: list[str] = []
        shown: set[tuple[int, object]] = set()
        while len(chosen) < _MOST_VIEWS:
            scores = {key: _weight(found, shown) / _side_mm(atlas, key) for key, found in seen.items()}
            best = max(scores, key=lambda key: scores[key])
            if scores[best] <= 0:
                break
            chosen.append(best)
            shown |= seen[best].keys()
        return chosen

    def _seen(self, view_key: str) -> dict[tuple[int, object], int]:
        """What shows in a view: points by number and areas by mark, of either visit, with how many they stand for."""
        found: dict[tuple[int, object], int] = {}
        for which, visit in enumerate(self._visits()):
            scene = MarkProjector(visit.atlas).scene(view_key, visit.marks)
            found.update({(which, number): 1 for number in scene.points.number.tolist()})
            areas = [area for area in scene.areas if not area.path.isEmpty()]
            found.update({(which, area.mark_id): area.about_n or 1 for area in areas})
        return found

    def _maps(self, view_key: str) -> None:
        self._need(_MAP_PT + 8)
        width = (CONTENT_WIDTH - _GAP) / 2
        for which, x in enumerate((MARGIN, MARGIN + width + _GAP)):
            self._map(view_key, which, x, width)
        self._y += _MAP_PT + 8

    def _map(self, view_key: str, which: int, x: float, width: float) -> None:
        sheet, painter = self._sheet, self._sheet.painter
        atlas = self._data.comparison.after.atlas
        visit, found = self._visits()[which], self._fates[which]
        projector = MarkProjector(atlas, visit.scale)
        frame = sheet.box(x, self._y, width, _MAP_PT)
        context = fitted(atlas, view_key, frame, PAPER, margin=7 * UNITS, unit=SYMBOL_UNIT, dpr=PICTURE_DPR)
        painter.save()
        painter.setClipRect(frame)
        draw_body(painter, context, self._store)
        draw_midline(painter, context)
        scene = projector.scene(view_key, visit.marks)
        draw_areas(painter, context, scene)
        earlier = None
        if which == 1:
            earlier = MarkProjector(atlas, self._visits()[0].scale).scene(view_key, self._visits()[0].marks)
        draw_differences(painter, context, scene, found, earlier)
        fonts = (paper_font(13, Weight.STRONG, display=True), paper_font(6.5))
        view = atlas.view(view_key)
        for letter, at_x in ((view.left_letter, x + 16), (view.right_letter, x + width - 16)):
            at = QPointF(at_x * UNITS, (self._y + _MAP_PT - 46) * UNITS)
            draw_side_letter(painter, context, at, letter, {"R": tr("Right"), "L": tr("Left")}.get(letter, ""), fonts)
        foot = QPointF((x + 8) * UNITS, (self._y + _MAP_PT - 9) * UNITS)
        draw_scale_bar(painter, context, foot, paper_font(7, Weight.MEDIUM), bar_mm(context))
        painter.restore()
        sheet.frame(x, self._y, width, _MAP_PT)

    def _legend(self) -> None:
        self._need(20)
        match, sheet = self._data.comparison.match, self._sheet
        before, after = self._fates
        x, y = MARGIN, self._y + 7
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
        self._y += 20

    def _table(self) -> None:
        self._need(4 * _ROW_PT)
        self._table_head()
        comparison = self._data.comparison
        for change in comparison.regions:
            self._need(_ROW_PT)
            name = region_label(comparison.after.atlas, change.region_id, self._data.language)
            self._row(name, change)
        match = comparison.match
        total = RegionChange(
            "", comparison.before.tally.total, comparison.after.tally.total, int(match.repeated.sum()),
            int(match.moved.sum()), int(match.new.sum()), int(match.dropped.sum()),
        )  # fmt: skip
        self._need(_ROW_PT)
        self._sheet.rule(self._y, colour=INK.text)
        self._row(tr("Total"), total, weight=Weight.STRONG)
        self._y += 6

    def _table_head(self) -> None:
        first, second = (str(visit.session.number) for visit in self._visits())
        heads = (
            f"{tr('Points')} {first}", second, "±", f"mL {first}", second, "±",
            tr("rep."), tr("moved"), tr("new"), tr("dropped"),
        )  # fmt: skip
        y = self._y + 6
        self._sheet.text(MARGIN, y, tr("Region"), width=140, size=7, colour=INK.quiet)
        for (x, width), words in zip(_COLUMNS, heads, strict=True):
            self._sheet.text(MARGIN + x, y, words, width=width, size=7, colour=INK.quiet, align=Align.RIGHT)
        self._y += _ROW_PT
        self._sheet.rule(self._y - 1)

    def _row(self, name: str, change: RegionChange, weight: Weight = Weight.NORMAL) -> None:
        y = self._y + _ROW_PT / 2
        self._sheet.text(MARGIN, y, name, width=146, size=8, weight=weight)
        points = [0 if one is None else one.about_points for one in (change.before, change.after)]
        volumes = [_volume(one) for one in (change.before, change.after)]
        known = [value for value in volumes if value is not None]
        cells = (
            *(str(count) for count in points),
            _signed(points[1] - points[0], f"{abs(points[1] - points[0])}"),
            *(ml(value) for value in volumes),
            DASH if len(known) < 2 else _signed(known[1] - known[0], ml(abs(known[1] - known[0]))),
            *(str(count) for count in (change.repeated, change.moved, change.new, change.dropped)),
        )
        for (x, width), words in zip(_COLUMNS, cells, strict=True):
            self._sheet.text(MARGIN + x, y, words, width=width, size=8, weight=weight, align=Align.RIGHT)
        self._y += _ROW_PT
        self._sheet.rule(self._y)

    def _overlaps(self) -> None:
        comparison = self._data.comparison
        said = [] if comparison.shares_a_region else [tr("No region was treated at both visits.")]
        said.append(_overlap(tr("Treated again"), comparison.treated))
        said.append(_overlap(tr("Covered again"), comparison.covered))
        said.append(
            tr("Distances along the skin and overlaps in mm and cm² of the reference body, an estimate. A difference "
               "of records shows no effect.")
        )  # fmt: skip
        self._need(40)
        self._y, _ = self._sheet.lines(
            MARGIN, self._y, " ".join(said), width=CONTENT_WIDTH, most=4, size=7.5, colour=INK.quiet
        )
        self._y += 10

    def _outcome(self) -> None:
        outcome, unit = self._data.outcome, SYMBOL_UNIT * 1.25
        if not outcome.lines:
            return
        height = outcome_height(outcome, unit) / UNITS
        self._need(height + 24)
        self._sheet.text(
            MARGIN, self._y + 6, tr("Scores and measures over time"), width=400, size=10, weight=Weight.STRONG
        )
        look = OutcomeLook(
            tokens=PAPER, unit=unit, title=paper_font(8, Weight.STRONG), small=paper_font(6.5), name=_line_words,
            day=lambda at: day(at.date()), treatment=tr("session"), follow_up=tr("follow-up"),
            event=tr("adverse event"), no_value=tr("no value on that day"),
        )  # fmt: skip
        box = QRectF(self._sheet.box(MARGIN, self._y + 18, CONTENT_WIDTH, height))
        draw_outcome(self._sheet.painter, box, outcome, look)
        self._y += height + 24

    def _foot(self) -> None:
        data, sheet = self._data, self._sheet
        sheet.rule(_FOOT_Y)
        ref = data.comparison.after.atlas.ref
        left = f"{data.patient.display_name} · {data.patient.number}"
        sheet.text(MARGIN, _FOOT_Y + 9, left, width=220, size=7, colour=INK.quiet)
        middle = f"MesoMap {__version__} · {ref.id} {ref.version}, {ref.body} · {tr('audit')} {data.audit_code}"
        sheet.text(MARGIN, _FOOT_Y + 19, middle, width=400, size=7, colour=INK.quiet)
        right = f"{tr('printed')} {moment(data.printed_at)} · {tr('Page')} {self._page}"
        sheet.text(RIGHT - 260, _FOOT_Y + 9, right, width=260, size=7, colour=INK.quiet, align=Align.RIGHT)


def _weight(found: dict[tuple[int, object], int], shown: set[tuple[int, object]]) -> int:
    """How much of what a view shows was not shown before."""
    return sum(count for key, count in found.items() if key not in shown)


def _side_mm(atlas: Atlas, view_key: str) -> float:
    """Side of a square as large as the view."""
    x0, y0, x1, y1 = atlas.view(view_key).box_mm
    return float(((x1 - x0) * (y1 - y0)) ** 0.5)


def _volume(figures: RegionFigures | None) -> float | None:
    return 0.0 if figures is None else figures.volume_ml


def _signed(value: float, text: str) -> str:
    if not any(char in "123456789" for char in text):
        return "0"
    return ("+" if value > 0 else "−") + text


def _overlap(words: str, rows: tuple[AreaOverlap, ...]) -> str:
    before, both = sum(row.before_cm2 for row in rows), sum(row.both_cm2 for row in rows)
    share = f"{100 * both / before:.0f} %" if before > 0 else DASH
    return f"{words}: {cm2(both)} {tr('of')} {cm2(before)} cm² ({share})."


def _line_words(line: OutcomeLine) -> str:
    judges = {"practitioner": tr("by the practitioner"), "patient": tr("by the patient")}
    parts = [line.name, line.unit, line.site, "" if line.judge is None else judges[line.judge.value]]
    if line.higher_is:
        parts.append(tr("higher = worse"))
    return ", ".join(part for part in parts if part)
