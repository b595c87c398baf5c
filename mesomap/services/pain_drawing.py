"""The pain drawing: where it hurts as areas on the skin with an intensity, and trigger points. Never tallied."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import shapely

from mesomap.atlas import Atlas
from mesomap.commands.complaints import DrawComplaint, DrawComplaints, EditComplaint, EraseComplaints
from mesomap.coverage.fill import outline_on_skin
from mesomap.coverage.shapes import outline_in_chart
from mesomap.coverage.split import split_by_region
from mesomap.domain.body_size import PatientScale
from mesomap.domain.clock import now
from mesomap.domain.complaint import Complaint, ComplaintKind
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.place import SkinPoint
from mesomap.domain.session import SessionStatus
from mesomap.services.brushing import swath
from mesomap.services.view_areas import RegionPart, lasso_area, parts_by_region

if TYPE_CHECKING:
    from mesomap.services.charting import ChartingService

Way = Sequence[tuple[float, float]]
_OFF = "This is off the body. Draw the area on the skin."


def lasso(service: "ChartingService", view_key: str, loop_mm: Way) -> tuple[RegionPart, ...]:
    """The skin inside a loop drawn in a view (view mm), region by region; empty beside the body."""
    return parts_by_region(service.atlas, service.scale, view_key, lasso_area(loop_mm))


def brushed(service: "ChartingService", view_key: str, stroke_mm: Way, width_mm: float) -> tuple[RegionPart, ...]:
    """The skin within half of width_mm (patient mm) of a stroke; empty beside the body."""
    return swath(service.atlas, service.scale, view_key, stroke_mm, width_mm)


def draw_area(
    service: "ChartingService", parts: Sequence[RegionPart], intensity: int | None = None, quality: str = ""
) -> Complaint:
    """Record an area of the complaint as one step; the region that holds most of it is named first.

    Raises BadInputError beside the body or off the scale 0-10.
    """
    if not parts:
        raise BadInputError(_OFF)
    parts = sorted(parts, key=lambda part: -part.area_cm2)
    complaint = Complaint(
        id=uuid4(),
        session_id=service.session.id,
        kind=ComplaintKind.AREA,
        region_ids=tuple(part.region_id for part in parts),
        entered_at=now(),
        outline=tuple(ring for part in parts for ring in part.outline),
        intensity=intensity,
        quality=quality,
    )
    service.run(DrawComplaint(complaint))
    return complaint


def last_drawing(service: "ChartingService") -> tuple[Complaint, ...]:
    """The pain drawing of the patient's latest earlier session that has one, on the same version of the body."""
    own = service.session
    before = [one for one in service.practice.sessions(own.patient_id) if one.number < own.number]
    for session in sorted(before, key=lambda one: (one.started_at, one.number), reverse=True):
        drawn = service.practice.complaints(session.id)
        if drawn and session.atlas == own.atlas and session.status is not SessionStatus.VOIDED:
            return drawn
    return ()


def repeat_drawing(service: "ChartingService", drawn: Sequence[Complaint]) -> None:
    """Draw these again as one step: outlines and words; intensities are asked anew. Raises BadInputError."""
    if not drawn:
        raise BadInputError("There is no earlier pain drawing of this patient.")
    at, own = now(), service.session.id
    copies = [replace(one, id=uuid4(), session_id=own, entered_at=at, intensity=None) for one in drawn]
    service.run(DrawComplaints(copies))


def extend_area(service: "ChartingService", complaint_id: UUID, parts: Sequence[RegionPart]) -> Complaint:
    """Add skin to an area as one step. Raises BadInputError, NotFoundError."""
    before = find(service, complaint_id)
    if not parts:
        raise BadInputError(_OFF)
    own = split_by_region(service.atlas, before.outline)
    added = {part.region_id: part for part in parts}
    rings: list[tuple[SkinPoint, ...]] = []
    regions = tuple(dict.fromkeys([*own, *added]))
    for region_id in regions:
        chart = service.atlas.chart(region_id)
        shapes = [outline_in_chart(chart, own[region_id])] if region_id in own else []
        if region_id in added:
            shapes.append(added[region_id].shape)
        rings.extend(outline_on_skin(chart, shapely.union_all(shapes)))
    service.run(EditComplaint(before, {"outline": tuple(rings), "region_ids": regions}))
    return find(service, complaint_id)


def place_trigger_point(
    service: "ChartingService", skin: SkinPoint, intensity: int | None = None, quality: str = ""
) -> Complaint:
    """Record a trigger point as one step. Raises BadInputError beside the charted skin."""
    region_id = service.atlas.region_id_at(skin)
    if region_id is None:
        raise BadInputError("This place is not skin that is charted. Tap on the body.")
    complaint = Complaint(
        id=uuid4(),
        session_id=service.session.id,
        kind=ComplaintKind.TRIGGER_POINT,
        region_ids=(region_id,),
        entered_at=now(),
        points=(skin,),
        intensity=intensity,
        quality=quality,
    )
    service.run(DrawComplaint(complaint))
    return complaint


def change_complaint(service: "ChartingService", complaint_id: UUID, **values: Any) -> None:
    """Set intensity (None = not asked), quality or remark as one step. Raises BadInputError, NotFoundError."""
    service.run(EditComplaint(find(service, complaint_id), values))


def erase_complaint(service: "ChartingService", complaint_id: UUID) -> None:
    """Take a complaint away as one step. Raises NotFoundError."""
    service.run(EraseComplaints(service.complaints, (complaint_id,)))


def find(service: "ChartingService", complaint_id: UUID) -> Complaint:
    """The complaint of this id. Raises NotFoundError."""
    for complaint in service.complaints:
        if complaint.id == complaint_id:
            return complaint
    raise NotFoundError("This complaint is not in the session any more.")


def area_cm2(atlas: Atlas, scale: PatientScale, complaint: Complaint) -> float:
    """Skin inside an area of the complaint, the patient's cm²; an estimate. 0 for a trigger point."""
    total = 0.0
    for region_id, outline in split_by_region(atlas, complaint.outline).items():
        chart = atlas.chart(region_id)
        factor = scale.factor(chart.region.fixed_scale)
        total += chart.metric.area_mm2(outline_in_chart(chart, outline)) * factor**2 / 100.0
    return total
