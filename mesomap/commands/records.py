"""Commands on patients and sessions."""

from dataclasses import dataclass, replace

from mesomap.commands.mixtures import with_mixture
from mesomap.domain.change import Change
from mesomap.domain.complaint import Complaint, check_complaint
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Mark
from mesomap.domain.patient import Patient, check_body_size
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Mixture, Session, checked_letter

MAX_TEXT = 20_000


def _check_patient(patient: Patient) -> None:
    check_body_size(patient.height_cm, patient.weight_kg)
    if not patient.number.strip():
        raise BadInputError("The patient has no number. Give one that no other patient has.")
    if not (patient.family_name.strip() or patient.given_name.strip()):
        raise BadInputError("The patient has no name.")
    for text in (patient.number, patient.family_name, patient.given_name, patient.notes, *patient.allergies):
        check_text(text)


def check_text(text: str) -> None:
    """Refuse a text of more than MAX_TEXT characters. Raises BadInputError."""
    if len(text) > MAX_TEXT:
        raise BadInputError(f"A text is too long ({len(text)} characters; {MAX_TEXT} at most).")


@dataclass(frozen=True, slots=True)
class NewPatient:
    """A new patient."""

    patient: Patient
    name: str = "New patient"

    def changes(self) -> tuple[Change, ...]:
        """The patient. Raises BadInputError."""
        _check_patient(self.patient)
        return (Change(None, self.patient),)


@dataclass(frozen=True, slots=True)
class EditPatient:
    """A patient's record before and after."""

    before: Patient
    after: Patient
    name: str = "Edit patient"

    def changes(self) -> tuple[Change, ...]:
        """The edit, or nothing. Raises BadInputError."""
        _check_patient(self.after)
        return () if self.before == self.after else (Change(self.before, self.after),)


@dataclass(frozen=True, slots=True)
class NewSession:
    """A new session of a patient."""

    session: Session
    name: str = "New session"

    def changes(self) -> tuple[Change, ...]:
        """The session. Raises BadInputError."""
        _check_session(self.session)
        return (Change(None, self.session),)


@dataclass(frozen=True, slots=True)
class ImportSession:
    """A session from a file with its marks, its pain drawing and its plan, and its patient when that one is new."""

    session: Session
    marks: tuple[Mark, ...]
    patient: Patient | None = None
    name: str = "Import"
    complaints: tuple[Complaint, ...] = ()
    planned: tuple[PlannedMark, ...] = ()

    def changes(self) -> tuple[Change, ...]:
        """All records at once. Raises BadInputError."""
        _check_session(self.session)
        if self.patient is not None:
            _check_patient(self.patient)
        for complaint in self.complaints:
            check_complaint(complaint)
        owner = () if self.patient is None else (self.patient,)
        new = (*owner, self.session, *self.marks, *self.complaints, *self.planned)
        return tuple(Change(None, record) for record in new)


@dataclass(frozen=True, slots=True)
class EditSession:
    """A session's head (indication, practitioner, remark, status) before and after."""

    before: Session
    after: Session
    name: str = "Edit session"

    def changes(self) -> tuple[Change, ...]:
        """The edit, or nothing. Raises BadInputError when patient, number, atlas or scale would change."""
        _check_session(self.after)
        fixed = ("patient_id", "number", "atlas", "patient_scale", "scale_basis")
        if any(getattr(self.before, key) != getattr(self.after, key) for key in fixed):
            raise BadInputError("Patient, number, body and scale of a session are fixed when it begins.")
        return () if self.before == self.after else (Change(self.before, self.after),)


@dataclass(frozen=True, slots=True)
class SetMixture:
    """Name what the syringe of a letter holds."""

    session: Session
    letter: str
    words: str
    name: str = "Set mixture"

    def changes(self) -> tuple[Change, ...]:
        """The session with the mixture named; an empty name takes it away. Raises BadInputError."""
        checked_letter(self.letter)
        check_text(self.words)
        known = self.session.mixture(self.letter) or Mixture(letter=self.letter)
        return with_mixture(self.session, replace(known, name=self.words.strip()))


def _check_session(session: Session) -> None:
    letters = [checked_letter(mixture.letter) for mixture in session.mixtures]
    if len(set(letters)) != len(letters):
        raise BadInputError("A mixture letter is used twice in the session.")
    for text in (session.indication, session.practitioner, session.remark, session.citation):
        check_text(text)
