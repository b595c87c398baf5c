"""What sessions are looked for by, and what is found: no record of its own, nothing is stored."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mesomap.domain.session import SessionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionWish:
    """Everything that is given must fit; what is empty is not asked. since is within the period, until is not.

    region_ids: at least one of them was treated. technique: used somewhere in the session. Void sessions never fit.
    """

    product_id: UUID | None = None
    lot_id: UUID | None = None
    region_ids: tuple[str, ...] = ()
    technique: str = ""
    practitioner: str = ""
    patient_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSession:
    """One session that fits, with its figures. volume_ml: sum of what was recorded."""

    id: UUID
    number: int
    patient_id: UUID
    patient_number: str
    family_name: str
    given_name: str
    started_at: datetime
    practitioner: str
    indication: str
    status: SessionStatus
    points: int
    about_points: int
    volume_ml: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSums:
    """Figures over sessions: about_points are estimates from area and spacing, points were set down one by one."""

    sessions: int = 0
    patients: int = 0
    points: int = 0
    about_points: int = 0
    volume_ml: float = 0.0
