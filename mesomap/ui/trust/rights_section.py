"""Section "Rights": export, restriction and erasure of one patient's records, and how long records are kept."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.patient import Patient
from mesomap.domain.person import Role
from mesomap.domain.session import Session
from mesomap.services.patient_export import export_patient
from mesomap.services.rights import (
    erase,
    erasures,
    kept_until,
    lift,
    restrict,
    restriction,
    retention_years,
    set_retention_years,
)
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.record_lines import RecordCard, RecordLine, wrapping
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.page_context import PageContext
from mesomap.ui.trust.reason_dialog import ReasonDialog
from mesomap.ui.words import clock, day, patient_line, spoken_name

_YEARS = (5, 10, 15, 20, 30)
_MOST_PATIENTS = 100


class RightsSection(QWidget):
    """A patient is chosen at the left; what can be done stands at the right. ask_file: where an export goes."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.ask_file: Callable[[str], str] = self._ask_file
        self.dialog: ReasonDialog | None = None
        self.search, self.list = QLineEdit(), QListWidget()
        self.search.setPlaceholderText(self.tr("Name, number or date of birth"))
        self.search.setAccessibleName(self.tr("Find a patient"))
        self.search.textChanged.connect(lambda _text: self._show_patients())
        self.list.setAccessibleName(self.tr("Patients found"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet("QListWidget::item { min-height: 44px; padding-left: 10px; border-radius: 11px; }")
        self.list.currentItemChanged.connect(lambda _item, _old: self._show_chosen())
        self.chosen = RecordCard(self.tr("Chosen patient"))
        self.keeping = RecordCard(self.tr("How long records are kept"))
        self.done = RecordCard(self.tr("Erased records"))
        self.outcome = wrapping("strong")
        self.outcome.hide()
        self._assemble()
        self._make_retention()
        self.refresh()

    def _assemble(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(reads(self.search))
        left.addWidget(self.list, 1)
        inner = QWidget()
        right = QVBoxLayout(inner)
        right.setContentsMargins(0, 0, 8, 0)
        right.setSpacing(12)
        for widget in (self.outcome, self.chosen, self.keeping, self.done):
            right.addWidget(widget)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 2)
        row.addWidget(scrolled(inner), 3)

    def _make_retention(self) -> None:
        self.years = ChoiceField()
        self.years.addItem(self.tr("not set"), None)
        kept = retention_years(self._context.practice)
        for years in sorted({*_YEARS, *([kept] if kept is not None else [])}):
            self.years.addItem(self.tr("{0} years after the last visit").format(years), years)
        self.years.setCurrentIndex(max(0, self.years.findData(kept)))
        self.years.activated.connect(lambda _index: self._keep_years())
        self.keeping.body.addWidget(
            wrapping("small2", self.tr("Nothing deletes itself: the period only says what is shown here."))
        )
        self.keeping.body.addWidget(FormField(self.tr("Retention period"), self.years))

    # -- what is shown

    def refresh(self) -> None:
        """Read again."""
        self._show_patients()
        self.done.clear()
        found = erasures(self._context.practice)
        for turn, entry in enumerate(reversed(found)):
            moment = entry.entered_at.astimezone()
            when = f"{day(moment)}, {clock(moment)}"
            words = self.tr("{0} records").format(entry.records)
            title = " · ".join(part for part in (when, entry.entered_by, words) if part)
            self.done.body.addWidget(RecordLine(title, str(entry.erased_id), entry.reason, first=not turn))
        if not found:
            self.done.say_empty(self.tr("None. What is erased leaves digests in the audit, so that it still holds."))

    def _show_patients(self) -> None:
        chosen = self.patient
        self.list.clear()
        for patient in self._context.practice.find_patients(self.search.text())[:_MOST_PATIENTS]:
            item = QListWidgetItem(f"{spoken_name(patient)} · {patient_line(patient, date.today())}")
            item.setData(Qt.ItemDataRole.UserRole, patient)
            self.list.addItem(item)
            if chosen is not None and patient.id == chosen.id:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None:
            self._show_chosen()

    @property
    def patient(self) -> Patient | None:
        """The patient chosen."""
        item = self.list.currentItem()
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found if isinstance(found, Patient) else None

    def _show_chosen(self) -> None:
        patient, practice = self.patient, self._context.practice
        self.chosen.clear()
        if patient is None:
            self.chosen.say_empty(self.tr("Choose a patient at the left."))
            return
        until = kept_until(practice, patient.id)
        small = patient_line(patient, date.today())
        kept = self.tr("To be kept until {0}").format(day(until)) if until is not None else ""
        self.chosen.body.addWidget(RecordLine(spoken_name(patient), small, kept, first=True))
        export = RecordLine(
            self.tr("Copy of the records"),
            self.tr(
                "For the patient: a zip file with charts, consents, photos, whatever the photo consent says, files and "
                "an index. It is not encrypted."
            ),
        )
        reads(export.add_button(self.tr("Export …"), self.export, self.tr("Export the records")))
        self.chosen.body.addWidget(export)
        self.chosen.body.addWidget(self._restriction_line(patient))
        gone = RecordLine(
            self.tr("Erase"),
            self.tr("Takes everything on the patient away, for good. Older backups are erased again when restored."),
        )
        gone.add_button(self.tr("Erase …"), self.ask_erase, self.tr("Erase the records"))
        self.chosen.body.addWidget(gone)

    def _restriction_line(self, patient: Patient) -> RecordLine:
        entry = restriction(self._context.practice, patient.id)
        if entry is None:
            line = RecordLine(
                self.tr("Restrict the use"), self.tr("Records stay; whoever opens them says why, and that is kept.")
            )
            line.add_button(self.tr("Restrict …"), self.ask_restrict, self.tr("Restrict the use of the records"))
            return line
        moment = entry.entered_at.astimezone()
        line = RecordLine(self.tr("Restricted since {0}").format(day(moment)), entry.entered_by, entry.reason)
        line.add_button(self.tr("Lift …"), self.ask_lift, self.tr("Lift the restriction"))
        return line

    def _say(self, sentence: str) -> None:
        self.outcome.setText(sentence)
        self.outcome.setVisible(bool(sentence))

    # -- acting

    def _ask(self, title: str, why: str, verb: str, act: Callable[[str], object]) -> None:
        dialog = ReasonDialog(title, why, verb, "", self.window())

        def confirmed(reason: str) -> None:
            try:
                act(reason)
            except MesoMapError as error:
                dialog.show_error(error.sentence)
                return
            dialog.accept()
            self.refresh()
            self._show_chosen()

        dialog.asked.connect(confirmed)
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_restrict(self) -> None:
        """Why the use is restricted."""
        patient, practice = self.patient, self._context.practice
        if patient is not None:
            self._ask(
                self.tr("Restrict the records of {0}").format(spoken_name(patient)),
                self.tr("Whoever opens a session of the patient is asked for a reason from now on."),
                self.tr("Restrict"),
                lambda reason: restrict(practice, patient.id, reason),
            )

    def ask_lift(self) -> None:
        """Why the restriction ends."""
        patient, practice = self.patient, self._context.practice
        entry = None if patient is None else restriction(practice, patient.id)
        if entry is not None:
            self._ask(
                self.tr("Lift the restriction"), self.tr("Both reasons stay on record."), self.tr("Lift"),
                lambda reason: lift(practice, entry, reason),
            )  # fmt: skip

    def ask_erase(self) -> None:
        """Why everything is erased; a backup is made before."""
        patient, practice = self.patient, self._context.practice
        if patient is None:
            return
        until = kept_until(practice, patient.id)
        words = self.tr("Everything on this patient is taken away; it cannot be brought back. A backup is made first.")
        if until is not None and until >= date.today():
            words += " " + self.tr("The retention period that you set ends on {0}.").format(day(until))

        def act(reason: str) -> None:
            practice.people.require(Role.ADMINISTER)
            if reason.strip():
                practice.backup()
            entry = erase(practice, patient.id, reason)
            self._say(self.tr("{0} records were erased.").format(entry.records))

        self._ask(self.tr("Erase the records of {0}").format(spoken_name(patient)), words, self.tr("Erase"), act)

    def export(self) -> None:
        """Write everything on the patient to a file, beside the window."""
        patient, practice = self.patient, self._context.practice
        if patient is None:
            return
        chosen = self.ask_file(f"records-{patient.number}-{date.today():%Y%m%d}.zip")
        if not chosen:
            return
        self._say(self.tr("Writing …"))
        path = Path(chosen)
        words = self.tr("{0} files in {1}. The file is not encrypted.")
        self._context.work(
            self,
            lambda _progress: export_patient(practice, patient.id, path, self._chart),
            done=lambda count: self._say(words.format(count, path)),
            failed=self._failed,
        )

    def _chart(self, session: Session) -> bytes | None:
        """The chart of a session; in another thread. None for one that cannot be drawn: its data is there."""
        from mesomap.printing.chart import pdf_bytes
        from mesomap.printing.options import PrintOptions
        from mesomap.printing.pages import ChartPages

        try:
            atlas, data = self._context.desk.chart_of(session.id)
            return pdf_bytes(ChartPages(atlas, data, PrintOptions()))
        except MesoMapError:
            return None

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self._say(error.sentence)

    def _keep_years(self) -> None:
        years = self.years.currentData()
        try:
            set_retention_years(self._context.practice, None if years is None else int(years))
            self._say("")
        except MesoMapError as error:
            self._say(error.sentence)
        self._show_chosen()

    def _ask_file(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self, self.tr("Export the records"), name, "ZIP (*.zip)")[0]
