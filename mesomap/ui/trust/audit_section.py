"""Section "Audit": who did what, when, and what it was before and after; filtered, exported, its chain looked at."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.domain.patient import Patient
from mesomap.services.audit_owners import NOBODY, AuditOwners
from mesomap.services.audit_reading import day_texts
from mesomap.services.moments import read_day
from mesomap.services.paper_codes import check_paper
from mesomap.storage.audit_rows import AuditFilter, ChainState
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import ElidedLabel
from mesomap.ui.controls.record_lines import small_button, wrapping
from mesomap.ui.controls.row_table import row_table
from mesomap.ui.page_context import PageContext
from mesomap.ui.trust.audit_detail import AuditDetail
from mesomap.ui.trust.audit_export import audit_csv, audit_pdf
from mesomap.ui.trust.audit_model import AuditModel
from mesomap.ui.trust.audit_words import kind_words, kinds, moment_words, paper_words
from mesomap.ui.typefaces import grown
from mesomap.ui.words import patient_line, spoken_name

_PAUSE_MS = 250


class AuditSection(QWidget):
    """Filters above, rows, and at the right what the chosen row changed. ask_file: where an export goes, for tests."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.ask_file: Callable[[str, str], str] = self._ask_file
        self._patient: Patient | None = None
        self.chain = wrapping("strong", self.tr("Looking at the chain …"))
        self.anchor = wrapping("small2")
        self._error = wrapping("strong")
        self._error.hide()
        self._make_filters()
        self._owners = AuditOwners(context.practice)
        self.model = AuditModel(context.practice.audit)
        self.table = self._make_table()
        self.detail = AuditDetail()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._assemble()
        self.refresh()

    def _make_filters(self) -> None:
        self.patient, self.session = QLineEdit(), QLineEdit()
        self.patient.setPlaceholderText(self.tr("name or number"))
        self.session.setPlaceholderText(self.tr("number"))
        self.first, self.last = QLineEdit(), QLineEdit()
        for field in (self.first, self.last):
            field.setPlaceholderText("2026-05-31")
        self.who, self.kind = ChoiceField(), ChoiceField()
        self.who.addItem(self.tr("everybody"), "")
        for name in self._context.practice.audit.people():
            self.who.addItem(name, name)
        self.kind.addItem(self.tr("everything"), "")
        for kind in kinds():
            self.kind.addItem(kind_words(kind), kind)
        for editor in (self.patient, self.session, self.first, self.last):
            editor.textChanged.connect(lambda _text: self._pause.start())
        for choice in (self.who, self.kind):
            choice.currentIndexChanged.connect(lambda _index: self.look())
        self._found = ElidedLabel("small2", stretchy=True)
        self.code = QLineEdit()
        self.code.setPlaceholderText(self.tr("Code from paper"))
        self.code.setAccessibleName(self.code.placeholderText())
        self.code.setFixedWidth(190)
        self.code.returnPressed.connect(self.check_code)

    def _make_table(self) -> QTableView:
        table = row_table(self.model, self.tr("Audit"), 38)
        head = table.horizontalHeader()
        for column, width in enumerate((64, 172, 112, 150, 96)):
            head.resizeSection(column, grown(width))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._choose)
        return table

    def _assemble(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        state = QHBoxLayout(card)
        state.setContentsMargins(16, 10, 16, 10)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.chain)
        words.addWidget(self.anchor)
        state.addLayout(words, 1)
        state.addWidget(self.code)
        state.addWidget(small_button(self.tr("Check"), self.check_code, self.tr("Check the code from paper")))
        state.addSpacing(10)
        state.addWidget(small_button(self.tr("Save as CSV"), lambda: self._export("csv")))
        state.addWidget(small_button(self.tr("Save as PDF"), lambda: self._export("pdf")))
        filters = QHBoxLayout()
        filters.setSpacing(10)
        for label, editor, share in (
            (self.tr("Patient"), self.patient, 3),
            (self.tr("Session"), self.session, 2),
            (self.tr("Person"), self.who, 3),
            (self.tr("Record"), self.kind, 3),
            (self.tr("From"), self.first, 2),
            (self.tr("To"), self.last, 2),
        ):
            filters.addWidget(FormField(label, editor), share)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self.table, 8)
        body.addWidget(self.detail, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(card)
        whole.addLayout(filters)
        whole.addWidget(self._found)
        whole.addWidget(self._error)
        whole.addLayout(body, 1)

    # -- reading

    def refresh(self) -> None:
        """Read again, and look at the chain beside the window."""
        self._owners = AuditOwners(self._context.practice)
        self.look()
        audit = self._context.practice.audit
        self._context.work(self, lambda _progress: audit.chain(), done=self._show_chain, failed=self._failed)

    def _show_chain(self, state: ChainState) -> None:
        if state.finding:
            self.chain.setText(state.finding)
        elif state.sequence:
            self.chain.setText(self.tr("Chain verified to number {0}").format(state.sequence))
        else:
            self.chain.setText(self.tr("Nothing is recorded yet"))
        when = moment_words(state.at) if state.at else "–"
        words = self.tr("Last entry {0} · code of the anchor {1}, as on every printed chart")
        self.anchor.setText(words.format(when, self._context.practice.audit_code))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self.chain.setText(error.sentence)

    def wanted(self) -> AuditFilter:
        """What the fields say. Raises BadInputError for a session or a date that is none."""
        practice = self._context.practice
        name = self.patient.text().strip()
        self._patient = next(iter(practice.find_patients(name)), None) if name else None
        if name and self._patient is None:
            raise BadInputError(self.tr("No patient fits “{0}”.").format(name[:40]))
        number = self.session.text().strip()
        session = practice.find_session(number) if number else None
        since, until = day_texts(_day(self.first.text()), _day(self.last.text()))
        return AuditFilter(
            patient_id=None if self._patient is None else self._patient.id,
            session_id=None if session is None else session.id,
            who=str(self.who.currentData() or ""),
            kind=str(self.kind.currentData() or ""),
            since=since,
            until=until,
        )

    def look(self) -> None:
        """Show the rows that fit."""
        self._pause.stop()
        try:
            self.model.show_rows(self.wanted())
            self._say("")
        except MesoMapError as error:
            self._say(error.sentence)
        found = self._patient
        self._found.show_text(f"{spoken_name(found)} · {patient_line(found, date.today())}" if found else "")
        self._found.setVisible(found is not None)
        if self.model.rowCount():
            self.table.selectRow(0)
        else:
            self.detail.show_line(None)

    def _say(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _choose(self, index: QModelIndex, _old: QModelIndex) -> None:
        line = self.model.line(index.row()) if index.isValid() else None
        try:
            owner = self._owners.of(line) if line is not None else NOBODY
        except MesoMapError as error:
            owner = NOBODY
            self._say(error.sentence)
        self.detail.show_line(line, owner)

    def check_code(self) -> None:
        """Hold a code from paper against the records."""
        if not self.code.text().strip():
            return
        try:
            self._say(paper_words(check_paper(self._context.practice, self.code.text())))
        except MesoMapError as error:
            self._say(error.sentence)

    # -- export

    def _export(self, kind: str) -> None:
        try:
            wanted = self.wanted()
        except MesoMapError as error:
            self._say(error.sentence)
            return
        chosen = self.ask_file(f"audit-{datetime.now().astimezone():%Y%m%d-%H%M}.{kind}", kind)
        if not chosen:
            return
        practice = self._context.practice
        make = audit_csv if kind == "csv" else audit_pdf
        self._context.work(
            self,
            lambda _progress: make(practice, wanted, Path(chosen)),
            done=self._say,
            failed=self._export_failed,
        )

    def _export_failed(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self._say(error.sentence)

    def _ask_file(self, name: str, kind: str) -> str:
        return QFileDialog.getSaveFileName(self, self.tr("Save the audit"), name, f"{kind.upper()} (*.{kind})")[0]


def _day(text: str) -> date | None:
    return read_day(text.strip(), date.today()) if text.strip() else None
