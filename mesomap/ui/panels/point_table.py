"""The rows of the point list: every point and every area record of the session, with what it carries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import InjectionSet, Mark
from mesomap.domain.skin_layers import estimated_layer, thickness_at
from mesomap.services.selection import Selected
from mesomap.ui.carried_words import origin_words
from mesomap.ui.place_words import place_words
from mesomap.ui.words import clock, day, layer_words, number, region_name, short_technique_name, tr, volume

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
#: Columns of figures, at the right.
_FIGURES = (0, 3, 6)


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point (its position in the mark), or an area record (None). number: as drawn on the body, 0 for an area."""

    mark: Mark
    point: int | None
    number: int
    region_id: str


def point_rows(atlas: Atlas, marks: Sequence[Mark]) -> list[PointRow]:
    """Every point in the order of charting; an area record is one row, under the first of its regions."""
    points = [point for mark in marks if isinstance(mark, InjectionSet) for point in mark.points]
    lies_in = atlas.region_at(SkinArray.of(points)).tolist() if points else []
    rows: list[PointRow] = []
    place = 0
    for mark in marks:
        if not isinstance(mark, InjectionSet):
            rows.append(PointRow(mark, None, 0, mark.region_ids[0] if mark.region_ids else ""))
            continue
        for index in range(mark.count):
            region = lies_in[place]
            place += 1
            rows.append(PointRow(mark, index, place, atlas.regions[region].id if region >= 0 else ""))
    return rows


def selection_of(rows: Sequence[PointRow]) -> dict[Any, frozenset[int] | None]:
    """The selection that these rows are."""
    found: dict[Any, set[int] | None] = {}
    for row in rows:
        if row.point is None:
            found[row.mark.id] = None
        elif isinstance(held := found.setdefault(row.mark.id, set()), set):
            held.add(row.point)
    return {key: None if held is None else frozenset(held) for key, held in found.items()}


def is_selected(row: PointRow, selected: Selected) -> bool:
    """Whether the selection holds the row."""
    if row.mark.id not in selected:
        return False
    indices = selected[row.mark.id]
    return indices is None or row.point is None or row.point in indices


class PointTable(QAbstractTableModel):
    """Columns: number, region, technique, depth, estimated layer, mixture, volume, origin, done at."""

    def __init__(self, atlas: Atlas, scale: PatientScale | None = None) -> None:
        super().__init__()
        self._atlas = atlas
        self._scale = scale
        self._rows: list[PointRow] = []
        self._columns: list[tuple[str, Callable[[PointRow], str]]] = [
            (tr("No."), lambda row: str(row.number) if row.number else tr("area")),
            (tr("Region"), self._region),
            (tr("Technique"), lambda row: short_technique_name(row.mark.dose.technique)),
            (tr("Depth, mm"), lambda row: number(row.mark.dose.depth_mm, 1)),
            (tr("Layer, est."), self._layer),
            (tr("Mix"), lambda row: row.mark.dose.mixture or "–"),
            (tr("mL"), volume_of),
            (tr("Origin"), lambda row: origin_words(row.mark.origin)),
            (tr("Done at"), done_words),
        ]

    def show(self, rows: list[PointRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rows(self) -> Sequence[PointRow]:
        """The rows."""
        return self._rows

    def rescale(self, scale: PatientScale) -> None:
        """Say lengths at this scale from now on."""
        self._scale = scale

    def rowCount(self, parent: Index = _ROOT) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """See Qt."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Heads of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section][0]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _FIGURES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell; figures at the right; the whole row for screen readers."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[index.column()][1](row)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _FIGURES:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.sentence(row)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self.place(row)
        return None

    def place(self, row: PointRow) -> str:
        """Where a point lies, from the midline and from a landmark, in patient mm; nothing for an area."""
        if row.point is None or not isinstance(row.mark, InjectionSet):
            return ""
        return place_words(self._atlas, row.mark.points[row.point], self._scale)

    def sentence(self, row: PointRow) -> str:
        """Point 142, cheek left, nappage, dermis 1.5 mm, mixture A, 0.02 mL."""
        dose = row.mark.dose
        head = tr("Point {0}").format(row.number) if row.number else tr("Area")
        parts = [head, self._region(row), short_technique_name(dose.technique)]
        if dose.depth_mm is not None:
            parts.append(f"{self._layer(row)} {number(dose.depth_mm, 1)} mm")
        if dose.mixture:
            parts.append(tr("mixture {0}").format(dose.mixture))
        amount = volume_of(row)
        parts.append(f"{amount} mL" if amount != "–" else tr("volume not recorded"))
        return ", ".join(parts)

    def _layer(self, row: PointRow) -> str:
        return layer_of(row, self._atlas.ref.body)

    def _region(self, row: PointRow) -> str:
        return region_name(self._atlas, row.region_id) if row.region_id else "–"


def layer_of(row: PointRow, body: str) -> str:
    """Estimated layer of a row on a reference body, in words."""
    depth = row.mark.dose.depth_mm
    if depth is None:
        return "–"
    if thickness_at(row.region_id or None, body) is None:
        return tr("no data")
    return layer_words(estimated_layer(row.region_id, depth, body), True)


def done_words(row: PointRow) -> str:
    """22 Nov, 14:05; the year stands in the sheet of the mark."""
    at = row.mark.done_at.astimezone()
    return f"{day(at).rpartition(' ')[0]}, {clock(at)}"


def volume_of(row: PointRow) -> str:
    """mL of the point, its share of a total, or the total of an area."""
    mark = row.mark
    return volume(mark.share_ml if isinstance(mark, InjectionSet) else mark.total_ml)
