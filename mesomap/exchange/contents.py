"""What a session file holds once it is read: domain records, complete and checked."""

from dataclasses import dataclass
from uuid import UUID

from mesomap.domain.complaint import Complaint
from mesomap.domain.marks import Mark
from mesomap.domain.patient import Patient
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Session

FORMAT = "mesomap.session"
VERSION = 1

#: Stands for "no patient in this file"; whoever stores the session puts the real one in its place.
NO_PATIENT = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionContents:
    """One session with its marks, its pain drawing and its plan, and its patient when the file names one.

    session.patient_id is NO_PATIENT when patient is None; session.number is 0: the practice that takes it in
    gives it its own chart number.
    """

    session: Session
    marks: tuple[Mark, ...]
    patient: Patient | None = None
    complaints: tuple[Complaint, ...] = ()
    planned: tuple[PlannedMark, ...] = ()
