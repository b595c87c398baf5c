"""The sessions of a lot, as rows of a table."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from mesomap.domain.recall import LotSession
from mesomap.ui.mixtures.words import ml
from mesomap.ui.shelf.words import status_words, tr
from mesomap.ui.words import day

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FIGURES = (0, 6, 7)


def headers() -> tuple[str, ...]:
    """Heads of the columns."""
    return (
        tr("Session"), tr("Date"), tr("Patient"), tr("State"), tr("Mixture"), tr("Regions"), tr("Points"),
        tr("Drawn up"),
    )  # fmt: skip


class TraceModel(QAbstractTableModel):
    """Plain text cells; the row's session by session_at()."""

    def __init__(self, region_name: Callable[[str], str]) -> None:
        super().__init__()
        self._region_name = region_name
        self._rows: tuple[LotSession, ...] = ()

    def show_sessions(self, sessions: Sequence[LotSession]) -> None:
        """Show these sessions."""
        self.beginResetModel()
        self._rows = tuple(sessions)
        self.endResetModel()

    def session_at(self, row: int) -> LotSession | None:
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
        return self._cells(self._rows[index.row()])[index.column()]

    def _cells(self, one: LotSession) -> tuple[str, ...]:
        name = ", ".join(part for part in (one.family_name, one.given_name) if part)
        return (
            str(one.number),
            day(one.started_at),
            f"{name} ({one.patient_number})",
            status_words(one.status),
            " ".join(one.letters),
            " · ".join(self._region_name(region) for region in one.region_ids) or "–",
            f"≈ {one.points}" if one.about else str(one.points),
            f"{'' if one.complete or one.known_ml is None else '≥ '}{ml(one.known_ml)}",
        )


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
