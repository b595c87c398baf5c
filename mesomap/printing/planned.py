"""What was planned from an earlier session and not done as planned: skipped, moved or still open."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.marks import AreaRecord, InjectionSet
from mesomap.domain.plan import PlannedMark, PlanOutcome
from mesomap.printing.region_label import region_label
from mesomap.printing.sheet import CONTENT_WIDTH, INK, MARGIN, Align, Sheet, Weight
from mesomap.printing.wording import DASH, short_names, tr

HEAD_PT, LINE_PT = 29.0, 12.0
_REGION_PT, _TECHNIQUE_PT, _FIGURE_PT = 190.0, 165.0, 56.0


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """Places of one technique in one region that were not done as planned; about: an area is among them."""

    region: str
    technique: str
    skipped: int
    moved: int
    left_open: int
    about: bool


def planned_lines(atlas: Atlas, planned: Sequence[PlannedMark], language: str) -> tuple[PlannedLine, ...]:
    """Lines in the order of the plan; regions and techniques that were all done have none."""
    names = short_names(language)
    counts: dict[tuple[str, str], dict[PlanOutcome, int]] = {}
    about: set[tuple[str, str]] = set()
    for entry in planned:
        for region_id, outcome, weight in _places(atlas, entry):
            key = region_id, names[entry.mark.dose.technique]
            here = counts.setdefault(key, dict.fromkeys(PlanOutcome, 0))
            here[outcome] += weight
            if isinstance(entry.mark, AreaRecord) and outcome is not PlanOutcome.DONE:
                about.add(key)
    return tuple(
        PlannedLine(
            region=region_label(atlas, key[0], language) if key[0] else DASH,
            technique=key[1],
            skipped=here[PlanOutcome.SKIPPED],
            moved=here[PlanOutcome.MOVED],
            left_open=here[PlanOutcome.PLANNED],
            about=key in about,
        )
        for key, here in counts.items()
        if sum(here.values()) > here[PlanOutcome.DONE]
    )


def _places(atlas: Atlas, entry: PlannedMark) -> list[tuple[str, PlanOutcome, int]]:
    """Region, outcome and weight of every place of a planned mark; an area counts once with its about n."""
    mark = entry.mark
    if not isinstance(mark, InjectionSet):
        return [(mark.region_ids[0] if mark.region_ids else "", entry.outcomes[0], max(1, mark.about_n or 1))]
    regions = np.asarray(atlas.region_at(SkinArray.of(mark.points)))
    ids = [atlas.regions[index].id if index >= 0 else "" for index in regions.tolist()]
    return [(region_id, outcome, 1) for region_id, outcome in zip(ids, entry.outcomes, strict=True)]


def draw_planned_head(sheet: Sheet, y: float, *, continued: bool) -> None:
    """Title and heads of the columns."""
    title = tr("Planned and not done as planned, points")
    if continued:
        title = f"{title}, {tr('continued')}"
    sheet.text(MARGIN, y + 6, title, width=CONTENT_WIDTH, size=10, weight=Weight.STRONG)
    sheet.text(MARGIN, y + 21, tr("Region"), width=_REGION_PT, size=7, colour=INK.quiet)
    sheet.text(MARGIN + _REGION_PT, y + 21, tr("Technique"), width=_TECHNIQUE_PT, size=7, colour=INK.quiet)
    for column, word in enumerate((tr("Skipped"), tr("Moved"), tr("Open"))):
        _figure(sheet, column, y + 21, word, size=7, colour=INK.quiet)


def draw_planned(sheet: Sheet, line: PlannedLine, y: float) -> None:
    """One line, from y downward."""
    sheet.rule(y, width=0.3)
    middle = y + LINE_PT / 2
    sheet.text(MARGIN, middle, line.region, width=_REGION_PT - 6, size=7.8, weight=Weight.STRONG)
    sheet.text(MARGIN + _REGION_PT, middle, line.technique, width=_TECHNIQUE_PT - 6, size=7.8)
    for column, count in enumerate((line.skipped, line.moved, line.left_open)):
        words = f"{tr('about')} {count}" if line.about and count else str(count) if count else DASH
        _figure(sheet, column, middle, words, size=7.8)


def _figure(sheet: Sheet, column: int, y: float, text: str, *, size: float, colour: str = INK.text) -> None:
    x = MARGIN + _REGION_PT + _TECHNIQUE_PT + column * _FIGURE_PT
    sheet.text(x, y, text, width=_FIGURE_PT, size=size, align=Align.RIGHT, colour=colour)
