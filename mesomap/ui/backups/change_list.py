"""What a restore takes away and brings back, patient by patient, and the sentence above it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.storage.comparing import PatientLine, RestorePreview, SessionLine
from mesomap.ui.backups.words import counted, moment
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import wrapping

#: Lines shown of each kind; the rest is counted.
_MOST = 200


class ChangeList(QWidget):
    """The lists. Plain text throughout; patients by number and name, sessions by number and date."""

    def __init__(self, seen: RestorePreview) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(4)
        self._list(self.tr("Would no longer be there"), seen.lost_patients, seen.lost_sessions)
        self._list(self.tr("Would be again as they were then"), seen.changed_patients, seen.changed_sessions)
        self._list(self.tr("Would come back"), seen.gained_patients, seen.gained_sessions)
        self._rows.addStretch(1)

    def sentence(self, seen: RestorePreview) -> str:
        """What would be lost, in one sentence."""
        if seen.changes_nothing:
            return self.tr("Patients and sessions are the same in this backup and now.")
        patients = counted(len(seen.lost_patients), self.tr("patient"), self.tr("patients"))
        sessions = counted(len(seen.lost_sessions), self.tr("session"), self.tr("sessions"))
        if not seen.lost_patients and not seen.lost_sessions:
            return self.tr("No patient and no session would be lost as a whole; see below what would change.")
        words = self.tr("%1 and %2 recorded since then would no longer be there.")
        return words.replace("%1", patients).replace("%2", sessions)

    def _list(self, head: str, patients: Sequence[PatientLine], sessions: Sequence[SessionLine]) -> None:
        if not patients and not sessions:
            return
        self._rows.addWidget(plain_label("strong", head))
        lines = [self._patient(line) for line in patients[:_MOST]] + [self._session(line) for line in sessions[:_MOST]]
        for text in lines:
            self._rows.addWidget(wrapping("", text))
        more = len(patients) + len(sessions) - len(lines)
        if more:
            self._rows.addWidget(wrapping("small2", self.tr("and %1 more").replace("%1", f"{more:,}")))
        self._rows.addSpacing(8)

    def _patient(self, line: PatientLine) -> str:
        words = self.tr("Patient %1, %2")
        name = " ".join(part for part in (line.family_name, line.given_name) if part)
        return words.replace("%1", line.number).replace("%2", _isolated(name))

    def _session(self, line: SessionLine) -> str:
        words = self.tr("Session %1 of %2, patient %3")
        return (
            words.replace("%1", str(line.number))
            .replace("%2", moment(line.started_at))
            .replace("%3", f"{line.patient.number} {_isolated(line.patient.family_name)}")
        )


def _isolated(name: str) -> str:
    """A name that turns nothing beside it (Unicode first strong isolate)."""
    return f"\u2068{name}\u2069"
