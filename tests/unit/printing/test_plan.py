"""Pages laid out for any number of rows, mixtures, needles, plans, marks and words: all there, nothing overlaps."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesomap.domain.session import Mixture
from mesomap.printing import ChartData
from mesomap.printing.blocks import TableBlock, TotalBlock
from mesomap.printing.carried import CarriedLine
from mesomap.printing.options import A4, LETTER, PanelWish, Paper
from mesomap.printing.plan import PagePlan, plan_pages
from mesomap.printing.planned import PlannedLine

PANELS = tuple(PanelWish(key) for key in ("body_front", "body_back", "body_left", "head_front")) * 3


@pytest.fixture
def base(make_data: Callable[..., ChartData], qapp: Any) -> Callable[[], ChartData]:
    """Gives a chart whose parts are repeated. Widths of texts need fonts."""
    assert qapp is not None
    made = make_data(list_marks=True)
    return lambda: made


def end_of(page: PagePlan) -> float:
    """Where the last line of a page ends, points from the top."""
    y = page.flow_y
    for part in page.parts:
        y += part.height
    return y - (page.parts[-1].block.gap_pt if page.parts else 0.0)


def check(pages: list[PagePlan], data: ChartData, paper: Paper, panels: int) -> None:
    """Every line stands once, and above what follows it."""
    assert end_of(pages[0]) <= paper.signature_y
    for page in pages[1:]:
        assert end_of(page) <= paper.foot_y
        assert page.panels or page.parts, "no empty page"
    assert sum(len(page.panels) for page in pages) == panels
    for page in pages:
        for place in page.panels:
            assert place.y + place.height < (paper.signature_y if page is pages[0] else paper.foot_y)
            assert place.height >= 120
    parts = [part for page in pages for part in page.parts]
    lines = Counter(row for part in parts if isinstance(part.block, TableBlock) for row in range(part.start, part.stop))
    assert lines == Counter(range(len(data.rows)))
    assert sum(isinstance(part.block, TotalBlock) for part in parts) == 1
    kinds = Counter(type(part.block).__name__ for part in parts for _ in range(part.start, part.stop))
    assert kinds["MarksBlock"] == len(data.listed)
    assert kinds["CarriedBlock"] == len(data.carried)
    assert kinds["PlannedBlock"] == len(data.planned)
    assert kinds["MixturesBlock"] >= len(data.session.mixtures)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    paper=st.sampled_from([A4, LETTER]),
    counts=st.tuples(*(st.integers(0, most) for most in (150, 8, 12, 40, 200, 600, 120, 12))),
    long_names=st.booleans(),
)
def test_everything_stands_once_and_nothing_overlaps(
    base: Callable[[], ChartData], small_atlas: Any, paper: Paper, counts: tuple[int, ...], long_names: bool
) -> None:
    chart = base()
    rows, mixtures, carried, planned, listed, words, allergies, panels = counts
    name = "Invented words " * 12 if long_names else "Invented"
    named = tuple(Mixture(letter=letter, name=name) for letter in "ABCDEFGH"[:mixtures])
    data = replace(
        chart,
        patient=replace(chart.patient, allergies=("latex",) * allergies, family_name=name),
        session=replace(chart.session, mixtures=named, remark="word " * words, indication=name),
        rows=tuple(chart.rows[i % len(chart.rows)] for i in range(rows)),
        listed=tuple(chart.listed[i % len(chart.listed)] for i in range(listed)),
        carried=(CarriedLine(("Papule",), ("30G", "4 mm"), ("–",)),) * carried,
        planned=(PlannedLine("Chest, left", "Papule", 1, 0, 0, False),) * planned,
    )
    check(plan_pages(small_atlas, data, paper, PANELS[:panels]), data, paper, panels)


@pytest.mark.parametrize("rows", range(1, 16))
def test_no_second_page_for_a_line_or_two_that_lower_panels_make_room_for(
    base: Callable[[], ChartData], small_atlas: Any, rows: int
) -> None:
    chart = base()
    data = replace(
        chart,
        listed=(),
        session=replace(chart.session, mixtures=(Mixture(letter="A", name="Invented"),), remark=""),
        rows=tuple(chart.rows[i % len(chart.rows)] for i in range(rows)),
        carried=(CarriedLine(("Papule",), ("30G", "4 mm"), ("–",)),),
        planned=(),
    )
    pages = plan_pages(small_atlas, data, A4, PANELS[:2])
    check(pages, data, A4, 2)
    if len(pages) > 1:
        saved = pages[0].panels[0].height - 150
        needed = sum(part.height for part in pages[1].parts)
        assert needed > saved, "it would have fitted"
