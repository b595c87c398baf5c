"""Sessions that a printed chart has to hold: from nothing at all to the whole body, on the shipped atlas."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import numpy as np

from mesomap.atlas import Atlas
from mesomap.coverage import fill
from mesomap.domain.body_size import PatientScale
from mesomap.domain.complaint import Complaint, ComplaintKind
from mesomap.domain.marks import Dose, InjectionSet, Lattice, Mark, Origin
from mesomap.domain.needle import Device, DeviceKind, Insertion, Needle
from mesomap.domain.patient import Patient, Sex
from mesomap.domain.place import SkinPoint
from mesomap.domain.plan import PlannedMark, PlanOutcome
from mesomap.domain.session import Frame, Mixture, Session
from mesomap.exchange import read_session_file
from mesomap.printing import ChartData, chart_data

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
NOW = datetime(2026, 11, 21, 14, 22, tzinfo=UTC)
OWN_ID = UUID(int=2)
PATIENT = Patient(
    id=UUID(int=1), number="20417", family_name="Laurent-Müllerschön", given_name="Marie Antoinette",
    birth_date=date(1980, 3, 12), sex=Sex.FEMALE, height_cm=168.0, weight_kg=62.0, phototype="II",
    allergies=("lidocaine (urticaria, 2019)", "latex"),
)  # fmt: skip
LONG_PATIENT = Patient(
    id=UUID(int=3), number="4711-2026-0000001", family_name="Maximiliane-Friederike von Hohenstein-Rothenburg " * 4,
    given_name="Anna-Katharina", birth_date=date(1951, 12, 31), allergies=tuple(f"allergen {i}" for i in range(40)),
)  # fmt: skip
FRAME = Frame(
    ended_at=NOW + timedelta(minutes=41), entered_at=NOW + timedelta(hours=3), place="Room 2",
    qualification="mesotherapy", antisepsis="Chlorhexidine 0.5 %, 2 min", anaesthesia="Lidocaine cream, 30 min",
    reaction="Redness of both cheeks, settled within 20 min",
)  # fmt: skip
TECHNIQUES = ("papule", "point_by_point", "sim_intradermal", "linear_retrograde")


def cases(atlas: Atlas) -> Iterator[tuple[str, ChartData]]:
    """Name and chart of every case."""
    for file in sorted(EXAMPLES.glob("*.json")):
        contents = read_session_file(file, atlas)
        yield file.stem, chart_data(atlas, PATIENT, contents.session, contents.marks, printed_at=NOW)
    yield "empty", _chart(atlas, ())
    yield "one_mark", _chart(atlas, tuple(_taps(atlas, ("cheek_malar.left",), 1)), mixtures="A")
    face = ("forehead", "cheek_malar", "cheek_buccal", "nasolabial", "neck_front", "chin")
    yield "face_250", _chart(atlas, tuple(_taps(atlas, face, 250)), mixtures="AB", list_marks=True)
    yield "marks_2000", two_thousand(atlas)
    yield "back_pain", back_pain(atlas)
    yield "full", full_session(atlas)
    yield "long_names", long_names(atlas)


def two_thousand(atlas: Atlas) -> ChartData:
    """Two thousand single taps on face, neck, back and thighs."""
    body = ("forehead", "cheek_malar", "cheek_buccal", "nasolabial", "neck_front", "chin", "paravertebral", "thigh")
    return _chart(atlas, tuple(_taps(atlas, body, 2000)), mixtures="AB")


def _chart(
    atlas: Atlas, marks: tuple[Mark, ...], *, mixtures: str = "", list_marks: bool = False, frame: Frame = FRAME
) -> ChartData:
    session = Session(
        id=OWN_ID, patient_id=PATIENT.id, number=20417, started_at=NOW, atlas=atlas.ref, practitioner="Dr Example",
        indication="Mesolift, 4 of 8", patient_scale=1.067, scale_basis="scaled by BSA 1.70 m² (168 cm, 62 kg)",
        mixtures=tuple(Mixture(letter=x, name=f"Invented mixture {x}", drawn_ml=20.0) for x in mixtures),
        remark="Invented: papules settled within 20 min. Cold pack 10 min." if marks else "", frame=frame,
    )  # fmt: skip
    return chart_data(
        atlas, PATIENT, session, marks, printed_at=NOW, audit_code="34-abcdef01", list_marks=list_marks,
        letterhead=("Demo Clinic Rosengarten", "Rosengarten 4, 8001 Zürich"),
    )  # fmt: skip


def _taps(atlas: Atlas, regions: tuple[str, ...], count: int) -> Iterator[InjectionSet]:
    """So many single taps spread evenly over regions, two techniques and mixtures in turn of the regions."""
    chosen = [region for region in atlas.regions if region.id.startswith(regions)]
    area = sum(region.area_cm2 for region in chosen)
    found: list[tuple[int, SkinPoint]] = []
    for turn, region in enumerate(chosen):
        spacing = max(2.5, 9.2 * float(np.sqrt(region.area_cm2 / max(1.0, count * region.area_cm2 / area))))
        inside = fill(atlas, region.id, spacing_mm=spacing, lattice=Lattice.HEX, margin_mm=2.0, scale=PatientScale())
        found += [(turn, point) for point in inside.points.points()]
    step = max(1, len(found) // count)
    for index, (turn, point) in enumerate(found[::step][:count]):
        even = turn % 2 == 0
        dose = Dose(
            technique="papule" if even else "point_by_point", mixture="A" if even else "B",
            depth_mm=1.5 if even else 4.0, needle=Needle(gauge=30, length_mm=4.0 if even else 13.0, lot="N4711"),
        )  # fmt: skip
        yield InjectionSet(
            id=uuid5(OWN_ID, str(index)), session_id=OWN_ID, points=(point,), dose=dose, volume_ml=0.02,
            origin=Origin.TAP, done_at=NOW, entered_at=NOW, region_ids=(chosen[turn].id,),
        )  # fmt: skip


def _filled(atlas: Atlas, region_id: str, spacing_mm: float, dose: Dose) -> InjectionSet | None:
    inside = fill(atlas, region_id, spacing_mm=spacing_mm, lattice=Lattice.HEX, margin_mm=3.0, scale=PatientScale())
    if not len(inside.points):
        return None
    return InjectionSet(
        id=uuid5(OWN_ID, region_id), session_id=OWN_ID, points=inside.points.points(), dose=dose, volume_ml=0.05,
        origin=Origin.FILL, done_at=NOW, entered_at=NOW, outline=inside.outline, region_ids=(region_id,),
        spacing_mm=spacing_mm,
    )  # fmt: skip


def back_pain(atlas: Atlas) -> ChartData:
    """Low back: a pain drawing with a trigger point, an injection gun, a plan of which some was skipped."""
    gun = Device(kind=DeviceKind.GUN, model="Invented Gun 2", mode="single shot", settings="speed 3", shots=120)
    needle = Needle(gauge=27, length_mm=13.0, lot="27-0815", single_use=True)
    marks: list[InjectionSet] = []
    for region in atlas.regions:
        if region.id.startswith(("paravertebral_lumbar", "sacral", "flank")):
            dose = Dose(
                technique="point_by_point", mixture="A", depth_mm=4.0, needle=needle, device=gun,
                insertion=Insertion(inserted_mm=8.0, angle_deg=30.0), intended_layer="dermis",
            )  # fmt: skip
            filled = _filled(atlas, region.id, 18.0, dose)
            marks += [filled] if filled is not None else []
    base = _chart(atlas, tuple(marks), mixtures="A", list_marks=True)
    area = marks[0]
    at = area.points[len(area.points) // 5]
    outcomes = tuple((PlanOutcome.SKIPPED, PlanOutcome.MOVED, PlanOutcome.DONE)[i % 3] for i in range(area.count))
    return chart_data(
        atlas, PATIENT, base.session, marks, printed_at=NOW, list_marks=True,
        complaints=[
            Complaint(id=UUID(int=20), session_id=OWN_ID, kind=ComplaintKind.AREA, region_ids=area.region_ids,
                      entered_at=NOW, outline=area.outline, intensity=7, quality="burning"),
            Complaint(id=UUID(int=21), session_id=OWN_ID, kind=ComplaintKind.TRIGGER_POINT,
                      region_ids=area.region_ids, entered_at=NOW, points=(at,), intensity=9),
        ],
        planned=[PlannedMark(id=area.id, session_id=OWN_ID, mark=area, source_mark_id=UUID(int=30), outcomes=outcomes)],
    )  # fmt: skip


def full_session(atlas: Atlas) -> ChartData:
    """Seven mixtures over face, neck, back and legs; remarks longer than the page."""
    wanted = ("forehead", "cheek", "nasolabial", "neck", "decollete", "trapezius", "paravertebral", "abdomen", "thigh")
    marks: list[InjectionSet] = []
    for i, region in enumerate(r for r in atlas.regions if r.id.startswith(wanted)):
        spacing = 8.0 if region.group in ("face", "neck") else 30.0
        dose = Dose(technique=TECHNIQUES[i % 4], mixture="ABCDEFG"[i % 7], depth_mm=1.0 + i % 5)
        filled = _filled(atlas, region.id, spacing, dose)
        marks += [filled] if filled is not None else []
    return chart_data(
        atlas, PATIENT, _everything(atlas, "Everything at once", "Invented mixture {}", "ABCDEFG"), marks,
        printed_at=NOW, audit_code="34-abcdef01", letterhead=("Demo Clinic Rosengarten", "Rosengarten 4, 8001 Zürich"),
    )  # fmt: skip


def long_names(atlas: Atlas) -> ChartData:
    """Eight mixtures with long names, a name of 200 characters, forty allergies, three techniques in each region."""
    marks: list[InjectionSet] = []
    for i, region in enumerate(r for r in atlas.regions if r.id.startswith(("forehead", "cheek", "chin", "lip"))):
        for turn in range(3):
            dose = Dose(technique=TECHNIQUES[turn], mixture="ABCDEFGH"[(i + turn) % 8], depth_mm=1.0 + turn)
            filled = _filled(atlas, region.id, 9.0, dose)
            marks += [filled] if filled is not None else []
    session = _everything(
        atlas, "Invented indication " * 10, "Invented mixture {} with a name that goes on and on " * 3, "ABCDEFGH"
    )
    return chart_data(atlas, LONG_PATIENT, session, marks, printed_at=NOW, list_marks=True)


def _everything(atlas: Atlas, indication: str, mixture: str, letters: str) -> Session:
    return Session(
        id=OWN_ID, patient_id=PATIENT.id, number=20417, started_at=NOW, atlas=atlas.ref, practitioner="Dr Example",
        indication=indication, patient_scale=1.067, scale_basis="scaled by BSA 1.70 m² (168 cm, 62 kg)",
        mixtures=tuple(Mixture(letter=x, name=mixture.replace("{}", x)) for x in letters),
        remark="Invented remark that goes on and on. " * 40, frame=FRAME,
    )  # fmt: skip
