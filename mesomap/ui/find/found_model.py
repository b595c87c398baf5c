"""The sessions found, as rows of a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from mesomap.domain.finding import FoundSession
from mesomap.ui.words import day, volume

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FIGURES = (0, 5, 6, 7)


def tr(text: str) -> str:
    """Translate in the context of finding."""
    return QCoreApplication.translate("Find", text)


def headers() -> tuple[str, ...]:
    """Heads of the columns."""
    return (
        tr("Session"),
        tr("Date"),
        tr("Patient"),
        tr("Practitioner"),
        tr("Indication"),
        tr("Points"),
        tr("≈ Points"),
        tr("mL"),
    )


class FoundModel(QAbstractTableModel):
    """Plain text cells; the row's session by session_at()."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[FoundSession, ...] = ()

    def show_rows(self, rows: Sequence[FoundSession]) -> None:
        """Show these sessions."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def session_at(self, row: int) -> FoundSession | None:
        """The session of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Number of sessions."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(headers())

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Heads of the columns."""
        if way is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return headers()[section]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return _cells(self._rows[index.row()])[index.column()]


def _cells(one: FoundSession) -> tuple[str, ...]:
    name = ", ".join(part for part in (one.family_name, one.given_name) if part)
    return (
        str(one.number),
        day(one.started_at.astimezone()),
        f"{name} · {one.patient_number}",
        one.practitioner or "–",
        one.indication or "–",
        str(one.points),
        str(one.about_points) if one.about_points else "",
        volume(one.volume_ml),
    )


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
