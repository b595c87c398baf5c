"""The printed comparison: what it says can be read from the PDF, and a long one goes on on another page."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest

from mesomap.app.application import make_application
from mesomap.atlas import Atlas, open_atlas
from mesomap.coverage import fill
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.domain.outcome import OutcomeLine, OutcomeOverTime, Treatment
from mesomap.domain.session import Session
from mesomap.printing.comparison import ComparisonData, comparison_pdf
from mesomap.services.comparing import Comparison, Visit, compare
from tests.records import NOON, a_patient
from tests.synthetic_atlas import write_synthetic_atlas

PATIENT = a_patient("77", "Ölçer")


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The synthetic body, and an application to paint with."""
    make_application()
    return open_atlas(write_synthetic_atlas(tmp_path_factory.mktemp("atlas") / "body_atlas"))


def _visit(atlas: Atlas, number: int, regions: list[str], days: int) -> Visit:
    session = Session(
        id=uuid4(), patient_id=PATIENT.id, number=number, started_at=NOON + timedelta(days=days), atlas=atlas.ref,
        indication="Mesolift",
    )  # fmt: skip
    marks = tuple(
        InjectionSet(
            id=uuid4(), session_id=session.id, points=fill(atlas, region, spacing_mm=30.0).points.points(),
            region_ids=(region,), dose=Dose(technique="papule", mixture="A", depth_mm=2.0), volume_ml=0.05,
            origin=Origin.FILL, done_at=NOON, entered_at=NOON,
        )
        for region in regions
    )  # fmt: skip
    return Visit(session, marks, atlas, {"papule": 11.5})


def _pages(found: Comparison, outcome: OutcomeOverTime | None = None) -> pikepdf.Pdf:
    data = ComparisonData(found, PATIENT, datetime(2026, 11, 22, tzinfo=UTC), "12-abcdef00")
    if outcome is not None:
        data = ComparisonData(found, PATIENT, data.printed_at, data.audit_code, outcome)
    return pikepdf.open(BytesIO(comparison_pdf(data)))


def test_one_page_holds_maps_table_and_what_it_rests_on(atlas: Atlas, tmp_path: Path) -> None:
    found = compare(_visit(atlas, 1, ["chest.left"], 0), _visit(atlas, 2, ["chest.left", "chest.right"], 14))
    pdf = _pages(found)
    assert len(pdf.pages) == 1
    fonts = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
    assert fonts
    assert all("Inter" in name for name in fonts)
    pdf.save(tmp_path / "comparison.pdf")


def test_scores_over_time_and_many_regions_go_on_on_other_pages(atlas: Atlas) -> None:
    regions = [region.id for region in atlas.regions][:40]
    line = OutcomeLine("NRS", None, "", "", 0.0, 10.0, ((NOON, 6.0), (NOON + timedelta(days=14), 4.0)))
    outcome = OutcomeOverTime((line,) * 3, (Treatment(NOON, 1, ""),), (NOON,), ((NOON, "bruise"),))
    found = compare(_visit(atlas, 1, regions, 0), _visit(atlas, 2, regions, 14))
    assert len(_pages(found, outcome).pages) >= 2


def test_without_any_mark_there_are_no_maps_and_no_error(atlas: Atlas) -> None:
    found = compare(_visit(atlas, 1, [], 0), _visit(atlas, 2, [], 14))
    assert len(_pages(found).pages) == 1
    assert not found.shares_a_region
