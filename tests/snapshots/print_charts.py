"""Printed charts to look at: `python -m tests.snapshots.print_charts --out DIR`.

Writes the examples and a very full session on the shipped body as PDF, on A4 and Letter, and every page as PNG
(150 dots per inch); the first also in grey, as a black-and-white printer would show it.
"""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid5

from PySide6.QtGui import QImage

from mesomap.atlas import Atlas, open_atlas
from mesomap.coverage import fill
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import Dose, InjectionSet, Lattice, Mark, Origin
from mesomap.domain.patient import Patient, Sex
from mesomap.domain.session import Mixture, Session
from mesomap.exchange import read_session_file
from mesomap.printing import ChartData, chart_data, print_chart
from mesomap.printing.application import painting
from mesomap.printing.options import PAPERS, PrintOptions
from mesomap.printing.pages import ChartPages

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
NOW = datetime(2026, 11, 21, 14, 22, tzinfo=UTC)
PATIENT = Patient(
    id=UUID(int=1), number="20417", family_name="Laurent-Müllerschön", given_name="Marie Antoinette",
    birth_date=date(1980, 3, 12), sex=Sex.FEMALE, height_cm=168.0, weight_kg=62.0, phototype="II",
    allergies=("lidocaine (urticaria, 2019)", "latex"),
)  # fmt: skip
DPI = 150


def full_session(atlas: Atlas) -> ChartData:
    """Seven mixtures over face, neck, back and legs; remarks longer than the page."""
    own_id = UUID(int=2)
    techniques = ("papule", "point_by_point", "sim_intradermal", "linear_retrograde")
    wanted = ("forehead", "cheek", "nasolabial", "neck", "decollete", "trapezius", "paravertebral", "abdomen", "thigh")
    marks: list[Mark] = []
    for i, region in enumerate(r for r in atlas.regions if r.id.startswith(wanted)):
        spacing = 8.0 if region.group in ("face", "neck") else 30.0
        found = fill(atlas, region.id, spacing_mm=spacing, lattice=Lattice.HEX, margin_mm=3.0, scale=PatientScale())
        if not len(found.points):
            continue
        marks.append(
            InjectionSet(
                id=uuid5(own_id, region.id), session_id=own_id, points=found.points.points(),
                dose=Dose(technique=techniques[i % 4], mixture="ABCDEFG"[i % 7], depth_mm=1.0 + i % 5),
                volume_ml=0.05, origin=Origin.FILL, done_at=NOW, entered_at=NOW, outline=found.outline,
                region_ids=(region.id,), spacing_mm=spacing,
            )
        )  # fmt: skip
    session = Session(
        id=own_id, patient_id=PATIENT.id, number=20417, started_at=NOW, atlas=atlas.ref, practitioner="Dr Example",
        indication="Everything at once", patient_scale=1.067, scale_basis="scaled by BSA 1.70 m² (168 cm, 62 kg)",
        mixtures=tuple(Mixture(letter=x, name=f"Invented mixture {x}") for x in "ABCDEFG"),
        remark="Invented remark that goes on and on. " * 40,
    )  # fmt: skip
    return chart_data(
        atlas, PATIENT, session, marks, printed_at=NOW, audit_code="34-abcdef01",
        letterhead=("Demo Clinic Rosengarten", "Rosengarten 4, 8001 Zürich"),
    )  # fmt: skip


def example(atlas: Atlas, file: Path) -> ChartData:
    """An example session for the invented patient."""
    contents = read_session_file(file, atlas)
    return chart_data(atlas, PATIENT, contents.session, contents.marks, printed_at=NOW)


def main() -> None:
    """Write PDF and PNG of every case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    atlas = open_atlas()
    with painting():
        cases = {file.stem: example(atlas, file) for file in sorted(EXAMPLES.glob("*.json"))}
        cases["full"] = full_session(atlas)
        for name, data in cases.items():
            for paper in PAPERS.values():
                stem = f"{name}-{paper.key}"
                options = PrintOptions(paper)
                print_chart(out / f"{stem}.pdf", atlas, data, options)
                pages = ChartPages(atlas, data, options)
                for index in range(len(pages)):
                    page = pages.picture(index, DPI)
                    page.save(str(out / f"{stem}-{index + 1}.png"))
                    if index == 0:
                        page.convertToFormat(QImage.Format.Format_Grayscale8).save(str(out / f"{stem}-grey.png"))


if __name__ == "__main__":
    main()
