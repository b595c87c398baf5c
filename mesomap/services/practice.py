"""The practice: its home, patients, sessions and settings."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from mesomap import storage
from mesomap.commands import EditPatient, EditSession, NewPatient, NewSession
from mesomap.domain.clock import now
from mesomap.domain.complaint import Complaint
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.marks import Mark
from mesomap.domain.patient import Patient, Sex
from mesomap.domain.person import Role
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Frame, Session
from mesomap.services.backups import Backups
from mesomap.services.numbers import free_number
from mesomap.services.practice_writing import PracticeWriting
from mesomap.services.practitioners import Practitioner, only_practitioner
from mesomap.services.session_reference import find_session
from mesomap.storage import Home, HomeLock, home_folder

if TYPE_CHECKING:
    from mesomap.atlas import Atlas
    from mesomap.services.erasing import Erasing
    from mesomap.storage import Database, KdfCost, VerifyReport


class Practice(PracticeWriting):
    """An open practice. Made by create() or open(); holds the home's lock until close()."""

    def __init__(self, database: "Database", lock: HomeLock, recovery_code: str = "") -> None:
        super().__init__(database)
        self._lock = lock
        #: The recovery code to print, only right after create(); it is stored nowhere.
        self.recovery_code = recovery_code

    @classmethod
    def create(
        cls, home: Path | str | None, passphrase: str, *, practitioner: str = "", cost: "KdfCost | None" = None
    ) -> "Practice":
        """Set up a practice in a new or empty home folder. cost: cheaper key derivation, for tests only.

        Raises BadInputError (a practice is there already, passphrase too short), NotWritableError,
        InUseError.
        """
        folder = Home(home_folder(home))
        folder.prepare()
        lock = HomeLock(folder.lock)
        try:
            database, code = storage.create_database(folder, passphrase, who=practitioner, cost=cost)
        except BaseException:
            lock.release()
            raise
        return cls(database, lock, code)

    @classmethod
    def open(cls, home: Path | str | None, passphrase: str, *, practitioner: str = "") -> "Practice":
        """Open the practice with its passphrase or recovery code.

        Raises NotFoundError (no practice there), WrongPassphraseError, DamagedError, NewerVersionError,
        InUseError, NotWritableError; nothing is changed then.
        """
        folder = Home(home_folder(home))
        if not folder.exists():
            raise NotFoundError(f"There is no practice in “{folder.root}”. Create one, or choose another folder.")
        lock = HomeLock(folder.lock)
        try:
            database = storage.open_database(folder, passphrase, who=practitioner)
        except BaseException:
            lock.release()
            raise
        practice = cls(database, lock)
        practice.erasing.replay()
        return practice

    @staticmethod
    def exists(home: Path | str | None = None) -> bool:
        """True when a practice was set up in the home folder."""
        return Home(home_folder(home)).exists()

    def close(self) -> None:
        """Close the database and let the home go. Calling it twice does no harm."""
        self._database.close()
        self._lock.release()

    def __enter__(self) -> "Practice":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def home(self) -> Home:
        """The home folder."""
        return self._database.home

    @property
    def notices(self) -> tuple[str, ...]:
        """What opening found and a person should know, one sentence each."""
        return self._database.notices

    def acknowledge_notices(self, reason: str) -> None:
        """Put the notices and the reason on record in the audit and show them no more. Raises BadInputError."""
        self.people.require(Role.ADMINISTER)
        self._database.acknowledge(reason)

    @property
    def audit_code(self) -> str:
        """Short code of the audit head, for the footer of printed charts."""
        return self._database.head.short_code

    # -- patients ----------------------------------------------------------------------------------

    def patients(self, text: str = "") -> tuple[Patient, ...]:
        """Patients by name; with a text, those whose name, number or birth date holds every word of it."""
        if not text.strip():
            return self._database.patients()
        return tuple(sorted(self.find_patients(text), key=lambda p: (p.family_name, p.given_name, p.number)))

    def find_patients(self, text: str = "") -> tuple[Patient, ...]:
        """Search as one types, from memory: the best fits first, among them those seen last first."""
        return self._patient_book().find(text)

    def namesakes(self, patient: Patient) -> tuple[Patient, ...]:
        """Other patients of the same name whose date of birth is the same or not recorded."""
        return self._patient_book().namesakes(patient)

    def patient(self, patient_id: UUID) -> Patient:
        """The patient. Raises NotFoundError."""
        found = self._database.patient(patient_id)
        if found is None:
            raise NotFoundError(f"There is no patient {patient_id} in this practice.")
        return found

    def new_patient(
        self,
        *,
        family_name: str,
        given_name: str,
        number: str = "",
        birth_date: date | None = None,
        sex: Sex = Sex.UNKNOWN,
        body: str = "female",
        height_cm: float | None = None,
        weight_kg: float | None = None,
        allergies: tuple[str, ...] = (),
        phototype: str = "",
        notes: str = "",
    ) -> Patient:
        """Record a new patient; without a number the next free one is given. Raises BadInputError."""
        taken = self._patient_book().numbers()
        if number.strip() in taken:
            raise BadInputError(f"The number {number.strip()} belongs to another patient. Choose another one.")
        patient = Patient(
            id=uuid4(),
            number=number.strip() or free_number(taken),
            family_name=family_name.strip(),
            given_name=given_name.strip(),
            birth_date=birth_date,
            sex=sex,
            body=body,
            height_cm=height_cm,
            weight_kg=weight_kg,
            allergies=allergies,
            phototype=phototype,
            notes=notes,
        )
        self.run(NewPatient(patient))
        return patient

    def edit_patient(self, before: Patient, after: Patient) -> Patient:
        """Record a patient's edit. Raises BadInputError, also when someone else changed it in the meantime."""
        if after.number != before.number and after.number in self._patient_book().numbers():
            raise BadInputError(f"The number {after.number} belongs to another patient. Choose another one.")
        self.run(EditPatient(before, after))
        return after

    # -- sessions ----------------------------------------------------------------------------------

    def sessions(self, patient_id: UUID | None = None) -> tuple[Session, ...]:
        """Sessions of a patient, or all, by chart number."""
        return self._database.sessions(patient_id)

    def session(self, session_id: UUID) -> Session:
        """The session. Raises NotFoundError."""
        found = self._database.session(session_id)
        if found is None:
            raise NotFoundError(f"There is no session {session_id} in this practice.")
        return found

    def find_session(self, reference: str) -> Session:
        """The session by UUID, unique prefix of it, or chart number.

        Raises NotFoundError or BadInputError.
        """
        return find_session(self._database, reference)

    def marks(self, session_id: UUID) -> tuple[Mark, ...]:
        """Marks of a session in the order of charting."""
        return self._database.marks(session_id)

    def mark_ids(self, session_id: UUID) -> tuple[UUID, ...]:
        """Their ids, in the same order."""
        return self._database.mark_ids(session_id)

    def complaints(self, session_id: UUID) -> tuple[Complaint, ...]:
        """The pain drawing of a session, in the order it was drawn."""
        return self._database.complaints(session_id)

    def planned(self, session_id: UUID) -> tuple[PlannedMark, ...]:
        """The plan of a session, in its order."""
        return self._database.planned(session_id)

    def next_session_number(self) -> int:
        """The chart number that the next session gets."""
        return self._database.last_session_number() + 1

    def new_session(
        self,
        patient_id: UUID,
        atlas: "Atlas",
        *,
        indication: str = "",
        practitioner: str = "",
        started_at: datetime | None = None,
    ) -> Session:
        """Begin a session on the patient's body; the scale is frozen here. Raises NotFoundError or BadInputError.

        Without a practitioner it is the only one of the practice's list; of several it is asked.
        """
        patient = self.patient(patient_id)
        if atlas.ref.body != patient.body:
            raise BadInputError(
                f"Patient {patient.number} is charted on the {patient.body} body, not on the {atlas.ref.body} one."
            )
        entered_at = now()
        scale = atlas.scale_for(patient.height_cm, patient.weight_kg)
        who = Practitioner(practitioner) if practitioner else only_practitioner(self) or Practitioner("")
        session = Session(
            id=uuid4(),
            patient_id=patient.id,
            number=self.next_session_number(),
            started_at=started_at or entered_at,
            atlas=atlas.ref,
            patient_scale=scale.length,
            scale_basis=scale.basis,
            indication=indication,
            practitioner=who.name,
            frame=Frame(entered_at=entered_at, qualification=who.qualification),
        )
        self.run(NewSession(session))
        return session

    def edit_session(self, before: Session, **values: Any) -> Session:
        """Change the head of a session (indication, practitioner, remark, status …). Raises BadInputError."""
        after = replace(before, **values)
        self.run(EditSession(before, after), before.id)
        return after

    # -- the whole ---------------------------------------------------------------------------------

    def verify(self) -> "VerifyReport":
        """Look at every page, row, digest, the audit chain and the anchor. Changes nothing."""
        return self._database.verify()

    def backup(self, to: Path | str | None = None) -> Path:
        """A verified backup in a new folder inside `to` (HOME/backups); returns it. Raises typed errors."""
        return self.backups.make_in(Path(to).expanduser()) if to else self.backups.make().first

    @property
    def erasing(self) -> "Erasing":
        """Erasures and their lists."""
        from mesomap.services.erasing import Erasing

        return Erasing(self, self._database)

    @property
    def backups(self) -> Backups:
        """Backups of this practice: when one is due, which there are, what a restore would do."""
        return Backups(self._database, require=self.people.require)

    @staticmethod
    def restore(backup: Path | str, to: Path | str, passphrase: str) -> "VerifyReport":
        """Restore a backup into an empty folder and verify it there. Raises typed errors."""
        return storage.restore_backup(Path(backup).expanduser(), Path(to).expanduser(), passphrase)

    def change_passphrase(self, old: str, new: str, cost: "KdfCost | None" = None) -> None:
        """Change the passphrase; the data is not rewritten. Raises WrongPassphraseError or BadInputError."""
        self.people.require(Role.ADMINISTER)
        self._database.check_secret(old)
        self._database.change_passphrase(new, cost)
