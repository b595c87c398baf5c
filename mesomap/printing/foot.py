"""Foot of the chart: remarks, signature block, footer."""

from mesomap import __version__
from mesomap.printing.chart_data import ChartData
from mesomap.printing.sheet import CONTENT_WIDTH, INK, MARGIN, RIGHT, Align, Sheet, Weight, text_width
from mesomap.printing.signed_state import codes, signer_words, state_words
from mesomap.printing.wording import DASH, day, tr

#: Width of the remarks on the first page, points.
REMARK_WIDTH = 228.0
_WHO_PT = 200.0


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
    sheet.text(x + 8, y + 46, signer_words(data), width=width - 16, size=8.5, weight=Weight.STRONG)
    sheet.text(x + 8, y + 57, state_words(data), width=width - 16)
    left = x + 8
    for label, code in codes(data):
        left += sheet.text(left, y + 68, label, width=80) + 4
        left += sheet.text(left, y + 68, code, width=x + width - left - 6, weight=Weight.STRONG) + 12


def draw_footer(sheet: Sheet, data: ChartData, foot_y: float, page: int, pages: int) -> None:
    """Whose chart, which body, which session, which page; from foot_y downward."""
    session, patient = data.session, data.patient
    sheet.rule(foot_y)
    birth = day(patient.birth_date)
    # The name gives way, never the number and the day of birth that tell two people apart.
    rest = " · ".join(part for part in (patient.number, birth) if part and part != DASH)
    name_room = _WHO_PT - text_width(f" · {rest}", 7) if rest else _WHO_PT
    used = sheet.text(MARGIN, foot_y + 8, patient.display_name, width=name_room, size=7, colour=INK.quiet)
    if rest:
        before = " · " if patient.display_name else ""
        sheet.text(MARGIN + used, foot_y + 8, before + rest, width=_WHO_PT - used + 4, size=7, colour=INK.quiet)
    left, width = MARGIN + _WHO_PT + 14, RIGHT - 60 - (MARGIN + _WHO_PT + 14)
    atlas = f"{session.atlas.id} {session.atlas.version}, {session.atlas.body}"
    sheet.text(left, foot_y + 8, f"MesoMap {__version__} · {atlas}", width=width, size=7, colour=INK.quiet)
    paging = f"{tr('Page')} {page} {tr('of')} {pages}"
    sheet.text(RIGHT - 60, foot_y + 8, paging, width=60, size=7, colour=INK.quiet, align=Align.RIGHT)
    sheet.text(left, foot_y + 17, f"{tr('Session')} {session.id}", width=width, size=6.5, colour=INK.quiet)
