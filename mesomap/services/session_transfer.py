"""Sessions in and out of session files (mesomap.exchange): what is new, what is the same, what is refused."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from mesomap.commands import ImportSession
from mesomap.domain.errors import BadInputError
from mesomap.domain.patient import Patient
from mesomap.domain.session import Session
from mesomap.services.numbers import free_number
from mesomap.services.practice import Practice

if TYPE_CHECKING:
    from mesomap.exchange.contents import SessionContents

_UNNAMED = "Unnamed"


def session_contents(
    practice: Practice, session_id: UUID, *, with_patient: bool = False
) -> "SessionContents":
    """A session with its marks, ready to be written.

    The patient only when asked for. Raises NotFoundError.
    """
    from mesomap.exchange.contents import SessionContents  # late: the window starts without it

    session = practice.session(session_id)
    return SessionContents(
        session=session,
        marks=practice.marks(session_id),
        patient=practice.patient(session.patient_id) if with_patient else None,
    )


def take_in(
    practice: Practice, contents: "SessionContents", patient_id: UUID | None = None
) -> tuple[Session, bool]:
    """Record an imported session in one step; returns it and whether it is new.

    The patient is patient_id, else the one that the file names (known by its id, or recorded anew), else a
    new patient called "Unnamed". The session gets the next chart number. The same session with the same
    content changes nothing. Raises BadInputError (same id, other content, or for another patient),
    NotFoundError (no such patient).
    """
    known = next((s for s in practice.sessions() if s.id == contents.session.id), None)
    if known is not None:
        return _known(practice, contents, known, patient_id), False
    patient, is_new = _patient(practice, contents, patient_id)
    session = replace(contents.session, patient_id=patient.id, number=practice.next_session_number())
    practice.run(ImportSession(session, contents.marks, patient if is_new else None))
    return session, True


def _known(
    practice: Practice, contents: "SessionContents", known: Session, patient_id: UUID | None
) -> Session:
    from mesomap.exchange.contents import SessionContents
    from mesomap.exchange.same import same_content

    here = SessionContents(session=known, marks=practice.marks(known.id))
    if not same_content(here, contents):
        raise BadInputError(
            f"Session {known.id} is here already (chart number {known.number}) with other content. "
            "Nothing was imported."
        )
    if patient_id is not None and patient_id != known.patient_id:
        raise BadInputError(f"Session {known.id} is here already, recorded for another patient.")
    return known


def _patient(
    practice: Practice, contents: "SessionContents", patient_id: UUID | None
) -> tuple[Patient, bool]:
    """The patient that the session goes to, and whether it must be recorded first."""
    if patient_id is not None:
        return practice.patient(patient_id), False
    patients = practice.patients()
    taken = {patient.number for patient in patients}
    named = contents.patient
    if named is not None:
        here = next((patient for patient in patients if patient.id == named.id), None)
        if here is not None:
            return here, False
        number = named.number if named.number.strip() and named.number not in taken else free_number(taken)
        return replace(named, number=number), True
    return Patient(id=uuid4(), number=free_number(taken), family_name=_UNNAMED, given_name=""), True
