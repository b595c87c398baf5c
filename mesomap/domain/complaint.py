"""The complaint as the patient shows it: the pain drawing, made before anything is injected."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Outline
from mesomap.domain.place import SkinPoint

#: Numeric rating scale: 0 none to 10 the worst imaginable.
WORST_INTENSITY = 10


class ComplaintKind(StrEnum):
    """An area where it hurts (or troubles), or a point found by the finger."""

    AREA = "area"
    TRIGGER_POINT = "trigger_point"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One area of the complaint (outline) or one trigger point (one point). It is no injection and is never tallied.

    intensity: 0-10 as the patient says it, None = not asked. quality: the patient's word ("burning").
    """

    id: UUID
    session_id: UUID
    kind: ComplaintKind
    region_ids: tuple[str, ...]
    entered_at: datetime
    outline: Outline = ()
    points: tuple[SkinPoint, ...] = ()
    intensity: int | None = None
    quality: str = ""
    remark: str = ""


def check_complaint(complaint: Complaint) -> None:
    """Refuse an intensity outside 0-10, an area without outline, a trigger point without place. BadInputError."""
    value = complaint.intensity
    if value is not None and not 0 <= value <= WORST_INTENSITY:
        raise BadInputError(f"The intensity {value} is not on the scale. Enter 0 to {WORST_INTENSITY}.")
    if complaint.kind is ComplaintKind.AREA and not complaint.outline:
        raise BadInputError("This area has no outline on the skin. Draw it on the body.")
    if complaint.kind is ComplaintKind.TRIGGER_POINT and len(complaint.points) != 1:
        raise BadInputError("A trigger point is one place on the skin. Tap on the body.")
