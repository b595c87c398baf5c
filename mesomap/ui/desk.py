"""The open practice as the window holds it: unlock, patients, sessions; every failure as one sentence."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal

from mesomap.atlas import Atlas, Bodies
from mesomap.atlas.bodies import shipped_body
from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.domain.patient import Patient
from mesomap.domain.session import Session
from mesomap.services import ChartingService, Practice
from mesomap.services.framing import begin_session
from mesomap.ui.patience import Patience
from mesomap.ui.patient_rows import PatientRow, PatientRows
from mesomap.ui.words import language

if TYPE_CHECKING:
    from mesomap.domain.course import Course
    from mesomap.printing import ChartData
    from mesomap.printing.chart_data import TallyOf
    from mesomap.ui.dialogs.patient_dialog import PatientEntry

log = logging.getLogger(__name__)

T = TypeVar("T")


class Desk(QObject):
    """Practice and bodies, opened late. failed(sentence) is sent instead of raising, taken once a practice is held."""

    failed = Signal(str)
    taken = Signal()

    def __init__(
        self, home: Path | None, *, demo: bool = False, open_body: Callable[[str], Atlas] = shipped_body
    ) -> None:
        super().__init__()
        self.home = home
        self.demo = demo
        self.shelf = Bodies(open_body)
        self._patience = Patience(self)
        self._practice: Practice | None = None

    def exists(self) -> bool:
        """True when a practice was set up in the home folder."""
        return Practice.exists(self.home)

    def atlas(self) -> Atlas:
        """The body shown where no patient asks for another, loaded on first use. Raises DamagedError, NotFoundError."""
        return self.shelf.first

    def take(self, practice: Practice) -> None:
        """Hold a practice that was opened elsewhere."""
        self._practice = practice
        practice.write_with(self._patience)
        log.info("practice opened")
        self.taken.emit()

    def unlock(self, passphrase: str, *, create: bool) -> None:
        """Open or create the practice and hold it. Raises typed errors."""
        self.take(self.opened(passphrase, create=create))

    def opened(self, passphrase: str, *, create: bool) -> Practice:
        """Open or create the practice; safe in another thread, nothing is held yet. Raises typed errors."""
        return Practice.create(self.home, passphrase) if create else Practice.open(self.home, passphrase)

    def lock(self) -> None:
        """Close the practice; the passphrase is needed again."""
        if self._practice is not None:
            self._practice.close()
            log.info("practice closed")
        self._practice = None

    @property
    def practice(self) -> Practice | None:
        """The open practice."""
        return self._practice

    def notices(self) -> tuple[str, ...]:
        """What opening found and a person should know."""
        return self._practice.notices if self._practice is not None else ()

    def rows(self, text: str) -> Sequence[PatientRow]:
        """Patients that fit the text, the best fits first, among them those with the latest session first."""
        practice = self._practice
        if practice is None:
            return ()

        def course_of(patient_id: UUID) -> "Course | None":
            from mesomap.services.courses import courses_of, next_due  # late: the window paints first

            return next_due(courses_of(practice, patient_id))

        return PatientRows(practice.find_patients(text), practice.sessions, course_of)

    def patient(self, patient_id: UUID) -> Patient | None:
        """A patient; None, and failed, when there is none."""
        practice = self._practice
        return None if practice is None else self._guarded(lambda: practice.patient(patient_id))

    def bodies(self) -> tuple[str, ...]:
        """Reference bodies of the atlas."""
        return self._guarded(self.shelf.names) or ()

    def namesake(self, entry: "PatientEntry", before: Patient | None) -> Patient | None:
        """Another patient who may be the one entered."""
        if self._practice is None:
            return None
        asked = Patient(
            id=before.id if before is not None else uuid4(),
            number=entry.number,
            family_name=entry.family_name,
            given_name=entry.given_name,
            birth_date=entry.birth_date,
        )
        return next(iter(self._practice.namesakes(asked)), None)

    def save_patient(self, entry: "PatientEntry", before: Patient | None) -> Patient:
        """Record a new patient (before None) or an edit. Raises typed errors: the form shows their
        sentence.
        """
        if self._practice is None:
            raise BadInputError("The practice is closed. Unlock it again; nothing was recorded.")
        values = {field.name: getattr(entry, field.name) for field in fields(entry)}
        if before is None:
            return self._practice.new_patient(**values)
        values["number"] = entry.number or before.number
        return self._practice.edit_patient(before, replace(before, **values))

    def new_session(self, patient_id: UUID) -> Session | None:
        """Begin a session; None, and failed, when that cannot be."""
        practice = self._practice
        if practice is None:
            return None
        return self._guarded(
            lambda: begin_session(practice, self.shelf.named(practice.patient(patient_id).body), patient_id)
        )

    def charting(self, session_id: UUID) -> ChartingService | None:
        """The charting service of a session; None, and failed, when it cannot be opened."""
        practice = self._practice
        if practice is None:
            return None
        return self._guarded(lambda: ChartingService(practice, self._body_of(practice.session(session_id)), session_id))

    def _body_of(self, session: Session) -> Atlas:
        """The body that a session was charted on. Raises MesoMapError that names the session and what can be done."""
        try:
            return self.shelf.of(session.atlas)
        except MesoMapError as error:
            first = self.tr("Session {0} cannot be opened.").format(session.number)
            lost = self.tr("Nothing is lost: the patient's record and comparisons show its points and volumes.")
            raise BadInputError(f"{first} {error.sentence} {lost}") from error

    def write_chart(self, session_id: UUID, path: Path) -> bool:
        """Write a session's chart as PDF, now; False, and failed, when that cannot be."""
        return self._guarded(lambda: self.chart_written(session_id, path)) is not None

    def chart_written(self, session_id: UUID, path: Path) -> Path:
        """Write a session's chart as PDF; safe in another thread. Raises typed errors."""
        # Printing is needed for this alone and takes long to load.
        from mesomap.printing import print_chart

        print_chart(path, *self.chart_of(session_id))
        return path

    def chart_of(self, session_id: UUID, tally_of: "TallyOf | None" = None) -> "tuple[Atlas, ChartData]":
        """The body and all that a session's chart may say; safe in another thread. Raises typed errors.

        tally_of: works out the figures where they may be known already.
        """
        from mesomap.coverage import tally
        from mesomap.printing import chart_data
        from mesomap.services.paper_facts import paper_facts

        practice = self._practice
        if practice is None:
            raise BadInputError("The practice is closed. Unlock it again; no chart was written.")
        session = practice.session(session_id)
        atlas = self.shelf.of(session.atlas)
        data = chart_data(
            atlas,
            practice.patient(session.patient_id),
            session,
            practice.marks(session_id),
            printed_at=datetime.now().astimezone(),
            audit_code=practice.audit_code,
            radii=practice.effect_radii_mm(),
            language=language(),
            complaints=practice.complaints(session_id),
            planned=practice.planned(session_id),
            **paper_facts(practice, session),
            tally_of=tally_of or tally,
        )
        return atlas, data

    def _guarded(self, action: Callable[[], T]) -> T | None:
        try:
            return action()
        except MesoMapError as error:
            log.info("refused: %s", type(error).__name__)
            self.failed.emit(error.sentence)
            return None
