"""The rows of the audit, read a window at a time as somebody scrolls: a hundred thousand do not hold the window."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from mesomap.services.audit_reading import AuditReading
from mesomap.storage.audit_rows import AuditFilter, AuditLine
from mesomap.ui.trust.audit_words import action_words, kind_words, moment_words

_WINDOW = 200
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class AuditModel(QAbstractTableModel):
    """Number, when, who, what, record."""

    def __init__(self, audit: AuditReading) -> None:
        super().__init__()
        self._audit = audit
        self._wanted = AuditFilter()
        self._lines: list[AuditLine] = []
        self._more = False

    def show_rows(self, wanted: AuditFilter) -> None:
        """Read the newest window of what is wanted. Raises typed errors."""
        lines = self._audit.window(wanted, limit=_WINDOW)
        self.beginResetModel()
        self._wanted, self._lines, self._more = wanted, list(lines), len(lines) == _WINDOW
        self.endResetModel()

    def line(self, row: int) -> AuditLine:
        """A row that was read."""
        return self._lines[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Rows read so far."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Always five."""
        return 0 if parent.isValid() else 5

    def canFetchMore(self, parent: Index) -> bool:
        """Whether older rows may be there."""
        return not parent.isValid() and self._more

    def fetchMore(self, parent: Index) -> None:
        """Read the next window."""
        if not self.canFetchMore(parent):
            return
        lines = self._audit.window(self._wanted, before=self._lines[-1].sequence, limit=_WINDOW)
        self._more = len(lines) == _WINDOW
        if lines:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("No."), self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("Record"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Plain words."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self._lines[index.row()]
        return (
            str(line.sequence),
            moment_words(line.at).rpartition(" ")[0],
            line.who or "–",
            action_words(line.what),
            kind_words(line.kind),
        )[index.column()]
