"""The pages that list the marks one by one, printed when asked: what is in the record, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from mesomap.atlas import Atlas
from mesomap.atlas.skin import SkinArray
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark, Origin
from mesomap.printing.carried import dose_words
from mesomap.printing.region_label import side_word
from mesomap.printing.sheet import CONTENT_WIDTH, INK, MARGIN, Align, Sheet, Weight, fitted
from mesomap.printing.wording import DASH, ml, mm, moment, short_names, tr
from mesomap.services.visit_time import LATE_AFTER

LINE_PT = 12.0
HEAD_PT = 30.0
_MORE_SIZE, _MORE_LINE_PT = 6.6, 8.6
_MORE_X = MARGIN + 26.0
_MORE_PT = CONTENT_WIDTH - 26.0
#: Left edge and width in points, alignment.
_COLUMNS: dict[str, tuple[float, float, Align]] = {
    "number": (0, 22, Align.RIGHT),
    "region": (26, 106, Align.LEFT),
    "side": (132, 28, Align.LEFT),
    "technique": (160, 94, Align.LEFT),
    "points": (254, 48, Align.RIGHT),
    "depth": (302, 38, Align.RIGHT),
    "mixture": (344, 18, Align.LEFT),
    "volume": (358, 36, Align.RIGHT),
    "origin": (400, 32, Align.LEFT),
    "done": (428, 100, Align.LEFT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMark:
    """One line. A mark that reaches several regions has a line for each, under one number.

    points: injections there, "about n" of an area record; None = not known. volume_ml: of all of them there.
    elsewhere: an area record over several regions, whose count and volume stand at its first line only.
    more: needle, device, layer, remark where they change from the mark before; below the line.
    """

    number: int
    region: str
    side: str
    technique: str
    points: int | None
    area: bool
    depth_mm: float | None
    mixture: str | None
    volume_ml: float | None
    origin: Origin
    done_at: datetime
    elsewhere: bool = False
    more: tuple[str, ...] = ()


def listed_marks(atlas: Atlas, marks: Sequence[Mark], language: str = "en") -> tuple[ListedMark, ...]:
    """Lines of the marks, in the order in which they were recorded."""
    names = short_names(language)
    lines: list[ListedMark] = []
    last = last_remark = ""
    last_entered: date | None = None
    for number, mark in enumerate(marks, start=1):
        if isinstance(mark, InjectionSet):
            parts = _points_by_region(atlas, mark)
        else:
            parts = [(region_id, mark.about_n) for region_id in mark.region_ids or ("",)]
        words = dose_words(mark.dose)
        entered = mark.entered_at.date() if mark.entered_at - mark.done_at > LATE_AFTER else None
        more = _more(mark, words != last, entered is not None and entered != last_entered, mark.remark != last_remark)
        last, last_entered, last_remark = words, entered, mark.remark
        for place, (region_id, count) in enumerate(parts):
            region = atlas.region(region_id) if region_id else None
            later = isinstance(mark, AreaRecord) and place > 0
            lines.append(
                ListedMark(
                    number=number,
                    region=region.name(language) if region is not None else DASH,
                    side=side_word(region.side) if region is not None else "",
                    technique=names[mark.dose.technique],
                    points=count,
                    area=isinstance(mark, AreaRecord),
                    depth_mm=mark.dose.depth_mm,
                    mixture=mark.dose.mixture,
                    volume_ml=_volume(mark, count),
                    origin=mark.origin,
                    done_at=mark.done_at,
                    elsewhere=later,
                    more=more if place == 0 else (),
                )
            )
    return tuple(lines)


def _more(mark: Mark, carries_other: bool, entered_anew: bool, other_remark: bool) -> tuple[str, ...]:
    """What stands below a line: what it carries and its remark where they change, when it was entered if late."""
    parts = []
    if carries_other:
        parts.append(dose_words(mark.dose) or f"{tr('needle, device, layer')}: {DASH}")
    if entered_anew:
        parts.append(f"{tr('entered')} {moment(mark.entered_at)}")
    if other_remark:
        parts.append(f"{tr('remark')}: {mark.remark or DASH}")
    text = ". ".join(parts)
    return tuple(fitted(text, _MORE_PT, _MORE_SIZE, _MORE_SIZE, most=20)[0]) if text else ()


def _points_by_region(atlas: Atlas, mark: InjectionSet) -> list[tuple[str, int | None]]:
    """Regions in which the injections of a mark lie, and how many; "" for skin of no region."""
    found, count = np.unique(atlas.region_at(SkinArray.of(mark.points)), return_counts=True)
    return [
        (atlas.regions[index].id if index >= 0 else "", number)
        for index, number in zip(found.tolist(), count.tolist(), strict=True)
    ]


def _volume(mark: Mark, count: int | None) -> float | None:
    if isinstance(mark, AreaRecord):
        return mark.total_ml
    return None if mark.share_ml is None or count is None else mark.share_ml * count


def draw_list_head(sheet: Sheet, y: float, *, continued: bool) -> float:
    """Title and column heads. Returns the y of the first line."""
    title = tr("Marks")
    if continued:
        title = f"{title}, {tr('continued')}"
    sheet.text(MARGIN, y + 6, title, width=300, size=10, weight=Weight.STRONG)
    heads = {
        "number": tr("No."), "region": tr("Region"), "side": tr("Side"), "technique": tr("Technique"),
        "points": tr("Points"), "depth": tr("Depth, mm"), "mixture": tr("Mix"), "volume": tr("mL"),
        "origin": tr("Origin"), "done": tr("Done at"),
    }  # fmt: skip
    for key, word in heads.items():
        _cell(sheet, key, y + 22, word, size=6.8, colour=INK.quiet)
    return y + HEAD_PT


def line_height(line: ListedMark) -> float:
    """Height of a line with what stands below it, points."""
    return LINE_PT + len(line.more) * _MORE_LINE_PT + (2.0 if line.more else 0.0)


def draw_line(sheet: Sheet, line: ListedMark, y: float) -> float:
    """One line; returns the y below."""
    sheet.rule(y, width=0.3)
    middle = y + LINE_PT / 2
    _cell(sheet, "number", middle, str(line.number))
    _cell(sheet, "region", middle, line.region, weight=Weight.STRONG)
    _cell(sheet, "side", middle, line.side)
    _cell(sheet, "technique", middle, line.technique)
    _cell(sheet, "points", middle, _points(line))
    _cell(sheet, "depth", middle, mm(line.depth_mm))
    _cell(sheet, "mixture", middle, line.mixture or DASH)
    _cell(sheet, "volume", middle, tr("as above") if line.elsewhere else ml(line.volume_ml))
    _cell(sheet, "origin", middle, origin_word(line.origin))
    _cell(sheet, "done", middle, moment(line.done_at))
    middle = y + LINE_PT + _MORE_LINE_PT / 2
    for part in line.more:
        sheet.text(_MORE_X, middle, part, width=_MORE_PT, size=_MORE_SIZE, colour=INK.quiet)
        middle += _MORE_LINE_PT
    return y + line_height(line)


def origin_word(origin: Origin) -> str:
    """How a mark came to be, in words."""
    return {
        Origin.TAP: tr("tap"),
        Origin.BRUSH: tr("brush"),
        Origin.FILL: tr("fill"),
        Origin.LINE: tr("line"),
        Origin.STAMP: tr("stamp"),
        Origin.REPEAT: tr("repeat"),
        Origin.IMPORT: tr("import"),
    }[origin]


def draw_list_note(sheet: Sheet, y: float) -> None:
    """Below the last line: which marks were confirmed by hand."""
    note = tr(
        "Origin “tap”: placed by hand at that point. Every other origin is a pattern, laid out evenly or taken in. "
        "Needle, device, layer, remark and the day of a late entry stand where they change."
    )
    sheet.text(MARGIN, y + 8, note, width=CONTENT_WIDTH, size=6.8, colour=INK.quiet)


def _points(line: ListedMark) -> str:
    if line.elsewhere:
        return tr("as above")
    if line.points is None:
        return DASH
    return f"{tr('about')} {line.points}" if line.area else str(line.points)


def _cell(
    sheet: Sheet, key: str, y: float, text: str, *, size: float = 7.2, weight: Weight = Weight.NORMAL,
    colour: str = INK.text,
) -> None:  # fmt: skip
    x, width, align = _COLUMNS[key]
    sheet.text(MARGIN + x, y, text, width=width - 3, size=size, weight=weight, align=align, colour=colour, smallest=4.5)
