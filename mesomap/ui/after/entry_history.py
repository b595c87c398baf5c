"""What an entry said before: every change with its moment, who made it, and the fields before and after."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.entry import Entry
from mesomap.services import Practice
from mesomap.ui.after.field_words import entry_field
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import RecordCard, RecordLine

if TYPE_CHECKING:
    from mesomap.storage.audit_rows import AuditLine

#: Entries of one kind of one patient that are looked through.
_MOST = 2000
_WIDE, _HIGH = 640, 560


class EntryHistory(QDialog):
    """The newest change first; the first writing last."""

    def __init__(self, practice: Practice, entry: Entry, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("History"))
        self.resize(_WIDE, _HIGH)
        self.card = RecordCard(title, scrolls=True)
        self.lines = history_lines(practice, entry)
        for number, line in enumerate(self.lines):
            self.card.body.addWidget(self._line(line, first=number == 0))
        self.card.body.addStretch(1)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(plain_label("small2", self.tr("As kept in the audit.")), 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(self.card, 1)
        column.addLayout(foot)

    def _line(self, line: "AuditLine", *, first: bool) -> RecordLine:
        # The words of the audit are needed here alone.
        from mesomap.services.audit_reading import field_changes
        from mesomap.ui.trust.audit_words import action_words, moment_words

        nothing = self.tr("nothing")
        changes = [
            f"{entry_field(one.path)}: {one.before or nothing} → {one.after or nothing}"
            if line.before is not None
            else f"{entry_field(one.path)}: {one.after}"
            for one in field_changes(line)
        ]
        small = " · ".join(part for part in (moment_words(line.at), line.who) if part)
        return RecordLine(action_words(line.what), small, "\n".join(changes), first=first)


def history_lines(practice: Practice, entry: Entry) -> "tuple[AuditLine, ...]":
    """Rows of the audit about an entry, newest first."""
    from mesomap.storage.audit_rows import AuditFilter

    wanted = AuditFilter(patient_id=entry.patient_id, kind=entry.KIND)
    return tuple(line for line in practice.audit.all_of(wanted, _MOST) if line.record_id == str(entry.id))


def show_history(practice: Practice, entry: Entry, title: str, parent: QWidget) -> None:
    """Open the history of an entry."""
    dialog = EntryHistory(practice, entry, title, parent.window())
    dialog.exec()
    dialog.deleteLater()
