"""Head of the chart: letterhead, patient, session and its frame, allergies. Long texts take more lines, none is cut."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from mesomap.domain.patient import Sex
from mesomap.domain.session import SessionStatus
from mesomap.printing.chart_data import ChartData
from mesomap.printing.sheet import CONTENT_WIDTH, INK, LEADING, MARGIN, UNITS, Align, Sheet, Weight, fitted, text_width
from mesomap.printing.wording import DASH, age_years, clock, day, moment, span, tr

_TOP = 72.0
_LABEL_PT, _VALUE_PT, _SMALLEST_PT = 7.0, 8.8, 7.5
_ROW_PT = 35.0
_ALLERGY_PT, _SMALLEST_ALLERGY_PT, _ALLERGY_BOX_PT = 9.0, 8.0, 21.0
#: Narrowest and widest cell of the frame before the rest of the row is shared out.
_LEAST_CELL_PT, _MOST_CELL_PT = 62.0, 160.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A label with its value in so many points of width; the value in one line or, when long, in several."""

    label: str
    value: str
    width: float
    lines: Sequence[str] = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        lines, size = fitted(
            self.value, self.width - 6, _VALUE_PT, _SMALLEST_PT, weight=Weight.STRONG, most=_MOST_LINES
        )
        object.__setattr__(self, "lines", lines)
        object.__setattr__(self, "size", size)

    @property
    def height(self) -> float:
        """Height of the row that this cell needs, points."""
        return _ROW_PT + (len(self.lines) - 1) * self.size * 1.2


#: A text of thousands of characters still leaves room for the rest of the page.
_MOST_LINES = 9
#: Allergies in so many lines: about two thousand characters.
_MOST_ALLERGY_LINES = 16


def head_height(data: ChartData) -> float:
    """Height of letterhead, grid and allergies, points from the top of the page."""
    return _TOP + sum(_row_height(row) for row in grid(data)) + _allergy_height(data)


def draw_head(sheet: Sheet, data: ChartData) -> None:
    """Everything above the panels."""
    _draw_letterhead(sheet, data)
    y = _TOP
    for number, row in enumerate(grid(data)):
        if number:
            sheet.rule(y)
        x = MARGIN
        for cell in row:
            sheet.text(x, y + 12, cell.label, width=cell.width - 6, size=_LABEL_PT, colour=INK.quiet)
            at = y + 23.5
            for line in cell.lines:
                sheet.text(x, at, line, width=cell.width - 6, size=cell.size, weight=Weight.STRONG)
                at += cell.size * 1.2
            x += cell.width
        y += _row_height(row)
    _draw_allergies(sheet, data, y)


def _draw_letterhead(sheet: Sheet, data: ChartData) -> None:
    """Practice at left, title at right."""
    lines = [line for line in (*data.letterhead, practitioner_words(data)) if line][:3]
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
    sheet.rule(_TOP, width=1.0, colour=INK.text)


def practitioner_words(data: ChartData) -> str:
    """Who treated, with the qualification when it is recorded."""
    return ", ".join(part for part in (data.session.practitioner, data.session.frame.qualification) if part)


def grid(data: ChartData) -> list[tuple[Cell, ...]]:
    """Rows of who, when, how and – only what is recorded of it – the frame of the session."""
    patient, session = data.patient, data.session
    born = day(patient.birth_date)
    if patient.birth_date is not None:
        born += f" ({age_years(patient.birth_date, session.started_at.date())} {tr('y')})"
    size = [f"{patient.height_cm:g} cm"] if patient.height_cm is not None else []
    size += [f"{patient.weight_kg:g} kg"] if patient.weight_kg is not None else []
    first = (
        Cell(tr("Patient"), patient.display_name or DASH, 156),
        Cell(tr("Born"), born, 146),
        Cell(tr("Sex"), _sex(patient.sex), 52),
        Cell(tr("Patient number"), patient.number or DASH, 88),
        Cell(tr("Phototype"), patient.phototype or DASH, 83),
    )
    second = (
        Cell(tr("Session"), f"{session.number}{', ' + session.indication if session.indication else ''}", 156),
        Cell(tr("Date and time"), span(session.started_at, session.frame.ended_at), 146),
        Cell(tr("Status"), status_word(session.status), 52),
        Cell(tr("Height, weight"), ", ".join(size) or DASH, 88),
        Cell(tr("Scale of the body"), _scale(data), 83),
    )
    return [first, second, *_frame_rows(data)]


def _frame_rows(data: ChartData) -> list[tuple[Cell, ...]]:
    frame, started = data.session.frame, data.session.started_at
    entered = frame.entered_at
    # Entered at the chair is the usual case; what was charted afterwards says when.
    late = entered is not None and abs((entered - started).total_seconds()) >= 60
    found = [
        (tr("Entered"), _entered(data) if late else ""),
        (tr("Place"), frame.place),
        (tr("Skin antisepsis"), frame.antisepsis),
        (tr("Anaesthesia"), frame.anaesthesia),
        (tr("Immediate reaction"), frame.reaction),
        (tr("Consent"), _consent(data)),
        (tr("Cautions"), "; ".join(data.before.cautions)),
        (tr("Sheet given"), "; ".join(data.before.sheets)),
    ]
    recorded = [(label, value, _natural_width(label, value)) for label, value in found if value]
    rows: list[tuple[Cell, ...]] = []
    while recorded:
        count = 1
        while count < len(recorded) and sum(width for *_, width in recorded[: count + 1]) <= CONTENT_WIDTH:
            count += 1
        part, recorded = recorded[:count], recorded[count:]
        spare = (CONTENT_WIDTH - sum(width for *_, width in part)) / count
        rows.append(tuple(Cell(label, value, width + spare) for label, value, width in part))
    return rows


def _consent(data: ChartData) -> str:
    """The consent that was in date on the day; nothing when none is recorded."""
    before = data.before
    if before.consent_signed is None:
        return ""
    version = tr("version {0}").format(before.consent_version)
    return f"{before.consent_title}, {version}, {tr('signed')} {day(before.consent_signed)}"


def _natural_width(label: str, value: str) -> float:
    """Width of a cell of the frame: its words in one line up to a limit, from which on they wrap."""
    words = max(text_width(value, _VALUE_PT, Weight.STRONG), text_width(label, _LABEL_PT)) + 12.0
    return min(max(words, _LEAST_CELL_PT), _MOST_CELL_PT)


def _entered(data: ChartData) -> str:
    entered = data.session.frame.entered_at
    if entered is None:
        return ""
    same = entered.date() == data.session.started_at.date()
    return clock(entered) if same else f"{day(entered.date())}, {clock(entered)}"


def _row_height(row: Sequence[Cell]) -> float:
    return max(cell.height for cell in row)


def _sex(sex: Sex) -> str:
    words = {Sex.FEMALE: tr("Female"), Sex.MALE: tr("Male"), Sex.OTHER: tr("Other"), Sex.UNKNOWN: DASH}
    return words[sex]


def status_word(status: SessionStatus) -> str:
    """State of the record in words."""
    words = {
        SessionStatus.DRAFT: tr("Draft"), SessionStatus.SIGNED: tr("Signed"),
        SessionStatus.AMENDED: tr("Amended"), SessionStatus.VOIDED: tr("Voided"),
        SessionStatus.AMENDING: tr("Being amended"),
    }  # fmt: skip
    return words[status]


def _scale(data: ChartData) -> str:
    scale = data.session.patient_scale
    return tr("reference") if scale == 1.0 else f"× {scale:.3f} ({tr('estimate')})"


def _allergy_lines(data: ChartData) -> tuple[list[str], float]:
    text = f"{tr('Allergy')}: {'; '.join(data.patient.allergies)}"
    width = CONTENT_WIDTH - 34
    return fitted(text, width, _ALLERGY_PT, _SMALLEST_ALLERGY_PT, weight=Weight.STRONG, most=_MOST_ALLERGY_LINES)


def _allergy_height(data: ChartData) -> float:
    """Height of the box and of the gap below it; nothing when no allergy is recorded."""
    if not data.patient.allergies:
        return 0.0
    lines, size = _allergy_lines(data)
    return _ALLERGY_BOX_PT + (len(lines) - 1) * size * LEADING + 8.0


def _draw_allergies(sheet: Sheet, data: ChartData, y: float) -> None:
    if not data.patient.allergies:
        return
    height = _allergy_height(data) - 8.0
    lines, size = _allergy_lines(data)
    sheet.frame(MARGIN, y, CONTENT_WIDTH, height, line=1.1, colour=INK.text)
    middle = y + _ALLERGY_BOX_PT / 2
    _warning_sign(sheet, MARGIN + 14, middle)
    for line in lines:
        sheet.text(MARGIN + 26, middle, line, width=CONTENT_WIDTH - 34, size=size, weight=Weight.STRONG)
        middle += size * LEADING


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
