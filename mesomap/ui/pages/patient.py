"""The patient's page: who, what to mind, and tabs with everything recorded."""

from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mesomap.domain.person import Role
from mesomap.domain.session import SessionStatus
from mesomap.ui.controls.asked_role import asks
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.controls.page_bar import PageBar
from mesomap.ui.controls.track import Track
from mesomap.ui.page_context import PageContext, Part
from mesomap.ui.pages.part_stack import PartStack
from mesomap.ui.pages.patient_tabs import TABS
from mesomap.ui.words import day, patient_line, spoken_name


class PatientPage(QWidget):
    """Head with name, line, allergies and facts; a track of tabs; each tab is made when it is first asked for."""

    edit_patient = Signal(object)
    compare_asked = Signal(object)

    def __init__(
        self, context: PageContext, tabs: tuple[Part, ...] = TABS, parent: QWidget | None = None, *, first: str = ""
    ) -> None:
        """first: the tab to open, "" = the first of them."""
        super().__init__(parent)
        self.setObjectName("page")
        self.context = context
        self.bar = PageBar(self.tr("Patients"))
        self._stack = PartStack(context, tabs)
        self.tabs = Track()
        self.tabs.setFixedHeight(50)
        for part in tabs:
            word = QCoreApplication.translate("PatientPage", part.title)
            self.tabs.add(part.key, word).setAccessibleName(word)
        self.tabs.chosen.connect(self.show_tab)
        edit, start = QPushButton(self.tr("Edit patient")), QPushButton(self.tr("New session"))
        start.setProperty("kind", "primary")
        edit.clicked.connect(lambda: self.edit_patient.emit(context.patient_id))
        start.clicked.connect(self._start)
        compare = QPushButton(self.tr("Compare visits"))
        compare.clicked.connect(lambda: self.compare_asked.emit(context.patient_id))
        self.bar.add_button(compare)
        self.bar.add_button(asks(edit, Role.CHART))
        self.bar.add_button(asks(start, Role.CHART))
        self._name, self._line = ElidedLabel("display", stretchy=True), plain_label("small2")
        self._allergy = StateChip("amber", "alert")
        self._allergy.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(28)
        self._assemble()
        self.show_head()
        self.show_tab(first or tabs[0].key)

    def _assemble(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._line)
        head = QFrame()
        head.setObjectName("card")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 12, 20, 12)
        row.setSpacing(20)
        row.addLayout(words, 10)
        row.addWidget(self._allergy)
        row.addStretch(1)
        row.addLayout(self._facts)
        tabs = QHBoxLayout()
        tabs.addWidget(self.tabs, 10)
        tabs.addStretch(max(0, 10 - 2 * len(self._stack.parts)))
        body = QVBoxLayout()
        body.setContentsMargins(24, 16, 24, 16)
        body.setSpacing(12)
        body.addWidget(head)
        body.addLayout(tabs)
        body.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addLayout(body, 1)

    def show_head(self) -> None:
        """Read the patient again: name, line, allergies, facts."""
        patient = self.context.patient
        self._name.show_text(spoken_name(patient))
        self._line.setText(patient_line(patient, date.today()))
        self._allergy.setVisible(bool(patient.allergies))
        if patient.allergies:
            word = self.tr("Allergy: {0}") if len(patient.allergies) == 1 else self.tr("Allergies: {0}")
            self._allergy.show_text(word.format(", ".join(patient.allergies)))
        known = self.context.practice.sessions(patient.id)
        sessions = [session for session in known if session.status is not SessionStatus.VOIDED]
        last = max((session.started_at for session in sessions), default=None)
        self._show_facts(
            (self.tr("Sessions"), str(len(sessions))),
            (self.tr("Last visit"), day(last.astimezone()) if last else "–"),
            (self.tr("Phototype"), patient.phototype or "–"),
        )

    def _show_facts(self, *facts: tuple[str, str]) -> None:
        for label in self.findChildren(QLabel, "fact"):
            self._facts.removeWidget(label)
            label.deleteLater()
        while (item := self._facts.takeAt(0)) is not None:
            layout = item.layout()
            if layout is not None:
                layout.deleteLater()
        for name, value in facts:
            column = QVBoxLayout()
            column.setSpacing(1)
            for role, text in (("small2", name), ("strong", value)):
                label = plain_label(role, text)
                label.setObjectName("fact")
                column.addWidget(label)
            self._facts.addLayout(column)

    def show_tab(self, key: str) -> None:
        """Open a tab; one that was open before is brought up to date."""
        self._stack.open(key)
        self.tabs.show_chosen(key)

    def tab(self, key: str) -> QWidget | None:
        """The widget of a tab that was opened."""
        return self._stack.part(key)

    def _start(self) -> None:
        if self.context.patient_id is not None:
            self.context.new_session(self.context.patient_id)
