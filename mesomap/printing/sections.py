"""Head and foot of the chart: letterhead, patient, allergies, legend, mixtures, signature, footer."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

import mesomap
from mesomap.domain.patient import Sex
from mesomap.domain.session import Mixture, SessionStatus
from mesomap.domain.skin_layers import SkinLayer
from mesomap.domain.technique import SymbolFamily
from mesomap.printing.chart_data import ChartData
from mesomap.printing.sheet import CONTENT_WIDTH, INK, MARGIN, RIGHT, UNITS, Align, Sheet, Weight
from mesomap.printing.wording import DASH, age_years, day, moment, tr
from mesomap.render.hatch import draw_hatch
from mesomap.render.symbols import Style, draw_symbol
from mesomap.render.tokens import PAPER

MIXTURE_HEAD_PT, MIXTURE_PT = 29.0, 15.0
#: Width of the remarks on the first page, points.
REMARK_WIDTH = 228.0
_SYMBOL = 0.62 * UNITS


def head_height(data: ChartData) -> float:
    """Height of letterhead, patient grid and allergies, points from the top of the page."""
    return 142.0 + (29.0 if data.patient.allergies else 0.0)


def draw_letterhead(sheet: Sheet, data: ChartData) -> float:
    """Practice at left, title at right. Returns the y below."""
    lines = [line for line in (*data.letterhead, data.session.practitioner) if line][:3]
    y = 38.0
    for number, line in enumerate(lines):
        first = number == 0
        sheet.text(
            MARGIN, y, line, width=250, size=9.5 if first else 8,
            weight=Weight.STRONG if first else Weight.NORMAL, colour=INK.text if first else INK.quiet,
        )  # fmt: skip
        y += 11
    title = tr("Mesotherapy session chart")
    sheet.text(MARGIN + 255, 40, title, width=CONTENT_WIDTH - 255, size=16, weight=Weight.STRONG,
               align=Align.RIGHT, display=True)  # fmt: skip
    under = f"{tr('Chart')} {data.session.number} · {tr('printed')} {moment(data.printed_at)}"
    sheet.text(MARGIN + 255, 56, under, width=CONTENT_WIDTH - 255, align=Align.RIGHT, colour=INK.quiet)
    sheet.rule(72, width=1.0, colour=INK.text)
    return 72.0


def draw_patient_grid(sheet: Sheet, data: ChartData, y: float) -> float:
    """Two rows of who, when and by whom. Returns the y below."""
    patient, session = data.patient, data.session
    born = day(patient.birth_date)
    if patient.birth_date is not None:
        born += f" ({age_years(patient.birth_date, session.started_at.date())} {tr('y')})"
    size = [f"{patient.height_cm:g} cm"] if patient.height_cm is not None else []
    size += [f"{patient.weight_kg:g} kg"] if patient.weight_kg is not None else []
    first = (
        (tr("Patient"), patient.display_name or DASH, 164),
        (tr("Born"), born, 124),
        (tr("Sex"), _sex(patient.sex), 66),
        (tr("Patient number"), patient.number or DASH, 88),
        (tr("Phototype"), patient.phototype or DASH, 80),
    )
    second = (
        (tr("Session"), f"{session.number}{', ' + session.indication if session.indication else ''}", 164),
        (tr("Started"), moment(session.started_at), 124),
        (tr("Status"), _status(session.status), 66),
        (tr("Height, weight"), ", ".join(size) or DASH, 88),
        (tr("Scale of the body"), _scale(data), 80),
    )
    _grid_row(sheet, first, y + 12)
    sheet.rule(y + 35)
    _grid_row(sheet, second, y + 46)
    return y + 70


def _grid_row(sheet: Sheet, cells: tuple[tuple[str, str, int], ...], y: float) -> None:
    x = MARGIN
    for label, value, width in cells:
        sheet.text(x, y, label, width=width - 6, size=7, colour=INK.quiet)
        sheet.text(x, y + 11.5, value, width=width - 6, size=8.8, weight=Weight.STRONG)
        x += width


def _sex(sex: Sex) -> str:
    words = {Sex.FEMALE: tr("Female"), Sex.MALE: tr("Male"), Sex.OTHER: tr("Other"), Sex.UNKNOWN: DASH}
    return words[sex]


def _status(status: SessionStatus) -> str:
    words = {
        SessionStatus.DRAFT: tr("Draft"), SessionStatus.SIGNED: tr("Signed"),
        SessionStatus.AMENDED: tr("Amended"), SessionStatus.VOIDED: tr("Voided"),
    }  # fmt: skip
    return words[status]


def _scale(data: ChartData) -> str:
    scale = data.session.patient_scale
    return tr("reference") if scale == 1.0 else f"× {scale:.3f} ({tr('estimate')})"


def draw_allergies(sheet: Sheet, data: ChartData, y: float) -> float:
    """Box with the recorded allergies; nothing at all when none is recorded. Returns the y below."""
    if not data.patient.allergies:
        return y
    height = 21.0
    sheet.frame(MARGIN, y, CONTENT_WIDTH, height, line=1.1, colour=INK.text)
    _warning_sign(sheet, MARGIN + 14, y + height / 2)
    text = f"{tr('Allergy')}: {'; '.join(data.patient.allergies)}"
    sheet.text(MARGIN + 26, y + height / 2, text, width=CONTENT_WIDTH - 34, size=9, weight=Weight.STRONG)
    return y + height + 8


def _warning_sign(sheet: Sheet, x: float, y: float) -> None:
    painter = sheet.painter
    path = QPainterPath(QPointF(x * UNITS, (y - 5.5) * UNITS))
    path.lineTo((x + 6) * UNITS, (y + 4.5) * UNITS)
    path.lineTo((x - 6) * UNITS, (y + 4.5) * UNITS)
    path.closeSubpath()
    pen = QPen(QColor(INK.text), 1.0 * UNITS)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.drawLine(QPointF(x * UNITS, (y - 1.5) * UNITS), QPointF(x * UNITS, (y + 1.3) * UNITS))
    painter.drawPoint(QPointF(x * UNITS, (y + 3) * UNITS))


def draw_legend(sheet: Sheet, data: ChartData, y: float) -> float:
    """Names of the techniques with their shapes, mixtures with their hatch, layers with their fill."""
    x = MARGIN
    line = y
    shapes = dict.fromkeys((row.technique, row.style.family) for row in data.rows)
    letters = sorted({row.dose.mixture for row in data.rows if row.dose.mixture})
    entries = [("shape", name, family) for name, family in shapes]
    for _, name, family in entries:
        width = 18 + 4.4 * len(name)
        if x > MARGIN and x + width > RIGHT:
            x, line = MARGIN, line + 13
        _shape(sheet, x + 5, line, family, SkinLayer.DERMIS)
        x += 14 + sheet.text(x + 13, line, name, width=230, size=7.5) + 12
    for letter in letters:
        if x + 62 > RIGHT:
            x, line = MARGIN, line + 13
        _hatch_sample(sheet, x, line, letter)
        x += 26 + sheet.text(x + 24, line, f"{tr('Mixture')} {letter}", width=60, size=7.5) + 10
    return _layer_legend(sheet, data, x, line)


def _layer_legend(sheet: Sheet, data: ChartData, x: float, y: float) -> float:
    words = (
        (SkinLayer.EPIDERMIS, tr("epidermis")), (SkinLayer.DERMIS, tr("dermis")),
        (SkinLayer.HYPODERMIS, tr("hypodermis")), (SkinLayer.UNKNOWN, tr("uncertain or no data")),
    )  # fmt: skip
    width = 320.0
    if x > RIGHT - width:
        y += 13
    x = RIGHT - width
    x += sheet.text(x, y, tr("Layer, estimated:"), width=80, size=7.5, colour=INK.quiet) + 10
    for layer, word in words:
        _shape(sheet, x, y, SymbolFamily.PAPULE, layer)
        x += 7 + sheet.text(x + 7, y, word, width=90, size=7.5) + 12
    if any(row.pattern for row in data.rows):
        y += 12
        note = tr("Dashed outline and “pattern”: laid out evenly or taken in from a file, not confirmed one by one.")
        sheet.text(MARGIN, y, note, width=CONTENT_WIDTH, size=7, colour=INK.quiet)
    return y + 9


def _shape(sheet: Sheet, x: float, y: float, family: SymbolFamily, layer: SkinLayer) -> None:
    style = Style(family, layer, None)
    draw_symbol(
        sheet.painter,
        style,
        PAPER,
        QPointF(x * UNITS, y * UNITS),
        _SYMBOL,
        halo=False,
        colour=QColor(INK.text),
    )


def _hatch_sample(sheet: Sheet, x: float, y: float, letter: str) -> None:
    box = sheet.box(x, y - 4.5, 20, 9)
    path = QPainterPath()
    path.addRoundedRect(box, 2 * UNITS, 2 * UNITS)
    colour = PAPER.mixture(letter)
    draw_hatch(sheet.painter, path, letter, colour, PAPER, step=3.8 * UNITS, width=0.5 * UNITS, strength=0.6)
    sheet.painter.setPen(QPen(colour, 0.7 * UNITS))
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    sheet.painter.drawPath(path)


def draw_letter_chip(sheet: Sheet, x: float, y: float, letter: str) -> None:
    """Chip of a mixture: white letter on its colour."""
    box = sheet.box(x, y - 5.5, 11.5, 11)
    painter = sheet.painter
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PAPER.mixture(letter))
    painter.drawRoundedRect(box, 2.5 * UNITS, 2.5 * UNITS)
    sheet.text(x - 4, y, letter, width=19.5, size=7.5, weight=Weight.STRONG, align=Align.CENTRE, colour="#FFFFFF")


def draw_mixtures_head(sheet: Sheet, y: float, *, continued: bool) -> None:
    """Title and heads of the columns."""
    title = f"{tr('Mixtures')}, {tr('continued')}" if continued else tr("Mixtures")
    sheet.text(MARGIN, y + 6, title, width=200, size=10, weight=Weight.STRONG)
    sheet.text(MARGIN + 26, y + 21, tr("Name as recorded"), width=200, size=7, colour=INK.quiet)
    sheet.text(RIGHT - 100, y + 21, tr("Used, mL"), width=100, size=7, colour=INK.quiet, align=Align.RIGHT)


def draw_mixture(sheet: Sheet, data: ChartData, mixture: Mixture, y: float) -> None:
    """Letter, name and the volume used of one mixture, from y downward."""
    middle = y + MIXTURE_PT / 2
    sheet.rule(y)
    draw_letter_chip(sheet, MARGIN, middle, mixture.letter)
    sheet.text(MARGIN + 26, middle, mixture.name or DASH, width=CONTENT_WIDTH - 130, weight=Weight.STRONG)
    sheet.text(RIGHT - 100, middle, used_ml(data, mixture.letter), width=100, align=Align.RIGHT)


def used_ml(data: ChartData, letter: str) -> str:
    """Volume used of a mixture as far as it was recorded; "≥" when some marks carry no volume."""
    rows = [row for row in data.rows if row.dose.mixture == letter]
    known = [row.figures.volume_ml for row in rows if row.figures.volume_ml is not None]
    if not known:
        return DASH
    whole = len(known) == len(rows) and all(row.figures.volume_complete for row in rows)
    return f"{'' if whole else '≥ '}{sum(known):.2f}"


def draw_remarks_and_signature(sheet: Sheet, data: ChartData, y: float) -> None:
    """Remarks at left, signature block at right."""
    if data.session.remark:
        sheet.text(MARGIN, y + 6, tr("Remarks"), width=200, size=10, weight=Weight.STRONG)
        _, rest = sheet.lines(MARGIN, y + 15, data.session.remark, width=REMARK_WIDTH, most=5)
        if rest:
            sheet.text(MARGIN, y + 77, tr("continued on the next page"), width=REMARK_WIDTH, size=7, colour=INK.quiet)
    x, width = MARGIN + 243, CONTENT_WIDTH - 243
    sheet.frame(x, y, width, 77)
    sheet.rule(y + 36, x=x + 8, to=x + 140, colour=INK.text)
    signer = data.session.practitioner or tr("Name and signature")
    sheet.text(x + 8, y + 46, signer, width=width - 16, size=8.5, weight=Weight.STRONG)
    if data.session.status is SessionStatus.DRAFT:
        sheet.text(x + 8, y + 57, tr("Draft, not signed in the program"), width=width - 16)
    else:
        sheet.text(x + 8, y + 57, _status(data.session.status), width=width - 16)
    if data.audit_code:
        used = sheet.text(x + 8, y + 68, tr("Audit code"), width=60)
        sheet.text(x + 12 + used, y + 68, data.audit_code, width=width - used - 20, weight=Weight.STRONG)


def draw_footer(sheet: Sheet, data: ChartData, foot_y: float, page: int, pages: int) -> None:
    """Whose chart, which body, which session, which page; from foot_y downward."""
    session = data.session
    sheet.rule(foot_y)
    who = " · ".join(
        part for part in (data.patient.display_name, data.patient.number, day(data.patient.birth_date)) if part != DASH
    )
    sheet.text(MARGIN, foot_y + 8, who, width=190, size=7, colour=INK.quiet)
    atlas = f"{session.atlas.id} {session.atlas.version}, {session.atlas.body}"
    middle = f"MesoMap {mesomap.__version__} · {atlas}"
    sheet.text(MARGIN + 190, foot_y + 8, middle, width=CONTENT_WIDTH - 260, size=7, colour=INK.quiet)
    paging = f"{tr('Page')} {page} {tr('of')} {pages}"
    sheet.text(RIGHT - 70, foot_y + 8, paging, width=70, size=7, colour=INK.quiet, align=Align.RIGHT)
    sheet.text(
        MARGIN + 190, foot_y + 17, f"{tr('Session')} {session.id}", width=CONTENT_WIDTH - 260, size=6.5,
        colour=INK.quiet,
    )  # fmt: skip
