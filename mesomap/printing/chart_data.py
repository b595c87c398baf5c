"""What a printed chart says: rows by region and technique with their figures, gathered before drawing."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from mesomap.atlas import Atlas
from mesomap.coverage import RegionFigures, Tally, shipped_radii, tally
from mesomap.domain.body_size import PatientScale
from mesomap.domain.complaint import Complaint
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Mark
from mesomap.domain.patient import Patient
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Session
from mesomap.domain.signature import Signature
from mesomap.domain.technique import technique
from mesomap.printing.carried import CarriedLine, carried_lines
from mesomap.printing.mark_list import ListedMark, listed_marks
from mesomap.printing.planned import PlannedLine, planned_lines
from mesomap.printing.region_label import region_label
from mesomap.printing.wording import short_names
from mesomap.render.marks_in_view import style_of
from mesomap.render.symbols import Style
from mesomap.services.before_facts import NO_FACTS, BeforeFacts

#: Figures of marks on a body, at a scale, with radii of effect: tally(), or one that remembers.
TallyOf = Callable[[Atlas, tuple[Mark, ...], PatientScale, Mapping[str, float | None]], Tally]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One row of the table: what one technique, mixture and depth did in one region.

    marks: the records behind it (for its cluster on the body). figures: of the region, as the tally has them, where the
    row is the only one of its region; else of these marks in this region alone.
    radius_mm: radius of effect behind the covered figure. pattern: not confirmed point by point.
    """

    number: int
    region_id: str
    region: str
    technique: str
    style: Style
    dose: Dose
    volume_each_ml: float | None
    pattern: bool
    area: bool
    figures: RegionFigures
    radius_mm: float | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartData:
    """Everything on the paper. letterhead: lines of the practice; audit_code: short code of the audit.

    listed: the marks one by one, for the pages that list them when asked; else empty. carried: needles and devices
    by technique. complaints: the pain drawing. planned: what was planned and not done as planned.
    """

    patient: Patient
    session: Session
    marks: tuple[Mark, ...]
    rows: tuple[ChartRow, ...]
    whole: Tally
    printed_at: datetime
    letterhead: tuple[str, ...] = ()
    audit_code: str = ""
    language: str = "en"
    listed: tuple[ListedMark, ...] = ()
    carried: tuple[CarriedLine, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    planned: tuple[PlannedLine, ...] = ()
    #: Who signed last, and why the session was voided, "" = it was not.
    signature: Signature | None = None
    void_reason: str = ""
    #: Lots that are recalled when it is printed.
    recalled_lots: frozenset[UUID] = frozenset()
    #: Consent, cautions and sheets as they stood on the day.
    before: BeforeFacts = NO_FACTS


def chart_data(
    atlas: Atlas,
    patient: Patient,
    session: Session,
    marks: Sequence[Mark],
    *,
    printed_at: datetime,
    letterhead: tuple[str, ...] = (),
    audit_code: str = "",
    language: str = "en",
    radii: Mapping[str, float | None] | None = None,
    list_marks: bool = False,
    complaints: Sequence[Complaint] = (),
    planned: Sequence[PlannedMark] = (),
    signature: Signature | None = None,
    void_reason: str = "",
    recalled_lots: frozenset[UUID] = frozenset(),
    before: BeforeFacts = NO_FACTS,
    tally_of: TallyOf = tally,
) -> ChartData:
    """Gather a chart. Marks alike in technique, mixture, depth, volume and kind share their regions' rows.

    radii: radius of effect by technique, patient mm, as the practice set them; None = as shipped.
    list_marks: also list the marks one by one. tally_of: works out the figures.
    """
    scale = PatientScale(session.patient_scale, session.scale_basis)
    radii = shipped_radii() if radii is None else radii
    groups: dict[tuple[object, ...], list[Mark]] = {}
    for mark in marks:
        groups.setdefault(_kind(mark), []).append(mark)
    whole = tally_of(atlas, tuple(marks), scale, radii)
    rows: list[ChartRow] = []
    for group in groups.values():
        figures = whole if len(groups) == 1 else tally_of(atlas, tuple(group), scale, radii)
        rows += _rows(atlas, group, figures, radii, language)
    order = {region.id: i for i, region in enumerate(atlas.regions)}
    rows.sort(key=lambda row: (order[row.region_id], row.dose.technique, row.dose.mixture or ""))
    numbered = tuple(_numbered(row, i) for i, row in enumerate(_as_on_screen(rows, whole), start=1))
    return ChartData(
        patient=patient,
        session=session,
        marks=tuple(marks),
        rows=numbered,
        whole=whole,
        printed_at=printed_at,
        letterhead=letterhead,
        audit_code=audit_code,
        language=language,
        listed=listed_marks(atlas, marks, language) if list_marks else (),
        carried=carried_lines(marks, language),
        complaints=tuple(complaints),
        planned=planned_lines(atlas, planned, language),
        signature=signature,
        void_reason=void_reason,
        recalled_lots=recalled_lots,
        before=before,
    )


def _kind(mark: Mark) -> tuple[object, ...]:
    volume = mark.volume_ml if isinstance(mark, InjectionSet) else None
    dose = mark.dose
    return type(mark).__name__, dose.technique, dose.mixture, dose.depth_mm, volume, mark.origin.is_pattern


def _rows(
    atlas: Atlas, group: list[Mark], tallied: Tally, radii: Mapping[str, float | None], language: str
) -> list[ChartRow]:
    first = group[0]
    known = technique(first.dose.technique)
    found: list[ChartRow] = []
    for figures in tallied.rows:
        here = tuple(mark for mark in group if figures.region_id in mark.region_ids) or tuple(group)
        found.append(
            ChartRow(
                number=0,
                region_id=figures.region_id,
                region=region_label(atlas, figures.region_id, language),
                technique=short_names(language)[known.key],
                style=style_of(first.dose, figures.region_id, atlas.ref.body),
                dose=first.dose,
                volume_each_ml=first.volume_ml if isinstance(first, InjectionSet) else None,
                pattern=first.origin.is_pattern,
                area=isinstance(first, AreaRecord),
                figures=figures,
                radius_mm=radii.get(known.key),
                marks=here,
            )
        )
    return found


def _as_on_screen(rows: Sequence[ChartRow], whole: Tally) -> list[ChartRow]:
    """Rows that have a region for themselves say of it what the tally does: also what neighbours cover there."""
    alone = Counter(row.region_id for row in rows)
    known = {figures.region_id: figures for figures in whole.rows}
    return [
        replace(row, figures=known[row.region_id]) if alone[row.region_id] == 1 and row.region_id in known else row
        for row in rows
    ]


def _numbered(row: ChartRow, number: int) -> ChartRow:
    return replace(row, number=number)
