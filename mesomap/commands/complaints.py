"""Commands on the pain drawing: areas of the complaint and trigger points. None of them touches a mark."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from mesomap.commands.records import check_text
from mesomap.domain.change import Change
from mesomap.domain.complaint import Complaint, ComplaintKind, check_complaint
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.place import checked_point


@dataclass(frozen=True, slots=True)
class DrawComplaint:
    """A new area or trigger point."""

    complaint: Complaint

    @property
    def name(self) -> str:
        """Name of the step."""
        return "Draw complaint" if self.complaint.kind is ComplaintKind.AREA else "Trigger point"

    def changes(self) -> tuple[Change, ...]:
        """The new complaint. Raises BadInputError."""
        return (Change(None, _checked(self.complaint)),)


@dataclass(frozen=True, slots=True)
class DrawComplaints:
    """Several new areas and trigger points at once."""

    complaints: Sequence[Complaint]
    name: str = "Draw complaint as last time"

    def changes(self) -> tuple[Change, ...]:
        """The new complaints. Raises BadInputError."""
        return tuple(Change(None, _checked(complaint)) for complaint in self.complaints)


@dataclass(frozen=True, slots=True)
class EditComplaint:
    """A complaint with other values (intensity, quality, remark, outline …)."""

    before: Complaint
    values: dict[str, Any]
    name: str = "Change complaint"

    def changes(self) -> tuple[Change, ...]:
        """The edit, or nothing. Raises BadInputError."""
        fixed = {"id", "session_id", "kind", "entered_at"} & set(self.values)
        if fixed:
            raise BadInputError("What a complaint is, and when it was drawn, stays as it was recorded.")
        after = _checked(replace(self.before, **self.values))
        return () if after == self.before else (Change(self.before, after),)


@dataclass(frozen=True, slots=True)
class EraseComplaints:
    """Take complaints away."""

    complaints: Sequence[Complaint]
    ids: Collection[UUID]
    name: str = "Erase complaint"

    def changes(self) -> tuple[Change, ...]:
        """The complaints gone. Raises NotFoundError."""
        known = {complaint.id: complaint for complaint in self.complaints}
        if not set(self.ids) <= set(known):
            raise NotFoundError("The complaint to erase is not in this session any more.")
        return tuple(Change(known[one], None) for one in self.ids)


def _checked(complaint: Complaint) -> Complaint:
    check_complaint(complaint)
    check_text(complaint.quality)
    check_text(complaint.remark)
    for point in (*complaint.points, *(corner for ring in complaint.outline for corner in ring)):
        checked_point(*point)
    if any(len(ring) < 3 for ring in complaint.outline):
        raise BadInputError("The outline of this area has too few corners. Draw it on the body.")
    return complaint
