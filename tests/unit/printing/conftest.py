"""A chart of a session on the synthetic body."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from mesomap.coverage import fill
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Mark, Origin
from mesomap.domain.patient import Patient, Sex
from mesomap.domain.session import Mixture, Session
from mesomap.printing import ChartData, PrintOptions, chart_data, print_chart
from mesomap.printing.options import A4, PanelWish, Paper

SESSION_ID = UUID("11111111-2222-4333-8444-555555555555")
NOW = datetime(2026, 11, 21, 14, 22, tzinfo=UTC)
COMMON: dict[str, Any] = {"session_id": SESSION_ID, "done_at": NOW, "entered_at": NOW}


def marks_on(atlas: Any) -> tuple[Mark, ...]:
    """Two taps in front with mixture A, a filled pattern with B, an area record with C at the back."""
    taps = atlas.locate("body_front", np.array([[60.0, -20.0], [75.0, 10.0]]))
    filled = fill(atlas, "chest.right", spacing_mm=25.0, lattice=Lattice.HEX, margin_mm=10.0, scale=PatientScale())
    back = fill(atlas, "back_upper.left", spacing_mm=20.0, lattice=Lattice.HEX, margin_mm=20.0, scale=PatientScale())
    return (
        InjectionSet(
            id=UUID(int=1), points=taps.points(), dose=Dose(technique="papule", mixture="A", depth_mm=1.5),
            volume_ml=0.02, origin=Origin.TAP, region_ids=("chest.left",), **COMMON,
        ),
        InjectionSet(
            id=UUID(int=2), points=filled.points.points(), volume_ml=0.1, origin=Origin.FILL,
            dose=Dose(technique="sim_intradermal", mixture="B", depth_mm=2.0), outline=filled.outline,
            region_ids=("chest.right",), spacing_mm=25.0, **COMMON,
        ),
        AreaRecord(
            id=UUID(int=3), outline=back.outline, region_ids=("back_upper.left",), lattice=Lattice.HEX,
            dose=Dose(technique="nappage", mixture="C", depth_mm=1.0), spacing_mm=3.0, about_n=1234,
            total_ml=2.5, origin=Origin.FILL, **COMMON,
        ),
    )  # fmt: skip


@pytest.fixture
def make_data(small_atlas: Any) -> Callable[..., ChartData]:
    """Gathers a chart; keyword arguments replace parts of patient or session, marks= the marks."""

    def make(*, patient: dict[str, Any] | None = None, session: dict[str, Any] | None = None, **rest: Any) -> ChartData:
        whom: dict[str, Any] = {
            "id": UUID(int=7), "number": "20417", "family_name": "Laurent", "given_name": "Marie",
            "birth_date": date(1980, 3, 12), "sex": Sex.FEMALE, "phototype": "II",
        }  # fmt: skip
        visit: dict[str, Any] = {
            "id": SESSION_ID, "patient_id": UUID(int=7), "number": 4, "started_at": NOW,
            "atlas": small_atlas.ref, "practitioner": "Dr Example", "indication": "Example",
            "mixtures": (Mixture(letter="A", name="Hyaluronic acid 1 %"), Mixture(letter="B", name="Other")),
        }  # fmt: skip
        marks = rest.pop("marks", None)
        return chart_data(
            small_atlas,
            Patient(**{**whom, **(patient or {})}),
            Session(**{**visit, **(session or {})}),
            marks_on(small_atlas) if marks is None else marks,
            **{"printed_at": NOW, "audit_code": "34-abcdef01", **rest},
        )

    return make


@pytest.fixture
def printed(small_atlas: Any, tmp_path: Path, qapp: Any, make_data: Callable[..., ChartData]) -> Callable[..., Path]:
    """Prints a chart and returns its file."""
    assert qapp is not None

    def print_it(
        *, paper: Paper = A4, grey: bool = False, panels: tuple[PanelWish, ...] | None = None, **changes: Any
    ) -> Path:
        path = tmp_path / "chart.pdf"
        print_chart(path, small_atlas, make_data(**changes), PrintOptions(paper, grey, panels))
        return path

    return print_it
