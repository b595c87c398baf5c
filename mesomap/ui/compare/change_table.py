"""What changed, region by region: points, mL, density, covered share, and the injections by difference."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from mesomap.atlas import Atlas
from mesomap.coverage.visits import RegionChange
from mesomap.services.change_cells import DASH, change_cells
from mesomap.services.comparing import Comparison
from mesomap.services.recorded import RecordedComparison
from mesomap.ui.typefaces import font
from mesomap.ui.words import area, density, region_name, tr, volume

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
#: The last columns rest on places: density, covered skin, what became of injections.
_PLACED = 8
#: The first column of what became of injections.
FIRST_FATE = 11


class ChangeTable(QAbstractTableModel):
    """One row a region, the total first, regions under the part of the body. Columns: before, after, change of each
    figure.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[list[str]] = []
        self._heads = _heads("", "")

    def show(self, comparison: Comparison | None) -> None:
        """Show the rows of a comparison, or none."""
        self.beginResetModel()
        self._rows = [] if comparison is None else _rows(comparison)
        if comparison is not None:
            numbers = [tr("V{0}").format(side.session.number) for side in (comparison.before, comparison.after)]
            self._heads = _heads(*numbers)
        self.endResetModel()

    def show_recorded(self, atlas: Atlas, recorded: RecordedComparison) -> None:
        """Show points and volumes of two visits that cannot be laid on each other."""
        self.beginResetModel()
        self._heads = _heads(*(tr("V{0}").format(v.session.number) for v in (recorded.before, recorded.after)))
        rows = [_row(regions_words(atlas, row.region_ids), row.change) for row in recorded.rows]
        told = len(self._heads) - _PLACED
        self._rows = [row[:told] + [DASH] * _PLACED for row in (_row(tr("Total"), recorded.total), *rows)]
        self.endResetModel()

    def group_rows(self) -> list[int]:
        """Rows that name a part of the body over its regions."""
        return [row for row, cells in enumerate(self._rows) if len(cells) == 1]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Regions and the total."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Region and its figures."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts; figures at the right."""
        cells = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()] if index.column() < len(cells) else ""
        if role == Qt.ItemDataRole.FontRole and (len(cells) == 1 or index.row() == 0):
            return font("strong" if len(cells) > 1 else "small_strong")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | _side(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | _side(section)
        return None


def column_groups() -> list[tuple[str, int, int]]:
    """What is counted, over its columns from the first to the last."""
    return [
        (tr("Points"), 1, 3), (tr("Volume, mL"), 4, 6), (tr("Per cm²"), 7, 8), (tr("Covered"), 9, 10),
        (tr("Injections by difference"), 11, 14),
    ]  # fmt: skip


def _heads(before: str, after: str) -> list[str]:
    """Which visit, or what became of the injections; what is counted stands over them."""
    return [
        tr("Region"), before, after, "±", before, after, "±", before, after, before, after,
        tr("repeated"), tr("moved"), tr("new"), tr("dropped"),
    ]  # fmt: skip


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight


def _rows(comparison: Comparison) -> list[list[str]]:
    atlas = comparison.after.atlas
    groups = groupby(comparison.regions, key=lambda change: atlas.region(change.region_id).group)
    parts = [(group, list(changes)) for group, changes in groups]
    rows = []
    for group, changes in parts:
        rows += [[body_part(group)]] if len(parts) > 1 else []
        rows += [_row(region_name(atlas, change.region_id), change) for change in changes]
    match = comparison.match
    before, after = comparison.before.tally.total, comparison.after.tally.total
    total = RegionChange(
        "",
        before,
        after,
        int(match.repeated.sum()),
        int(match.moved.sum()),
        int(match.new.sum()),
        int(match.dropped.sum()),
    )
    return [_row(tr("Total"), total), *rows]


def regions_words(atlas: Atlas, region_ids: Sequence[str]) -> str:
    """Regions that a mark reaches, in words; one that this body does not have by its key."""
    known = {region.id for region in atlas.regions}
    names = [region_name(atlas, one) if one in known else one for one in region_ids]
    return ", ".join(names) or tr("No region")


def body_part(group: str) -> str:
    """A part of the body in words."""
    known = {
        "face": tr("Face"), "scalp": tr("Scalp"), "neck": tr("Neck"), "trunk": tr("Trunk"), "arm": tr("Arm and hand"),
        "leg": tr("Leg and foot"),
    }  # fmt: skip
    return known.get(group, group)


def _row(name: str, change: RegionChange) -> list[str]:
    cells = change_cells(change, volume=volume, density=density, area=area)
    counts = (change.repeated, change.moved, change.new, change.dropped)
    return [name, *cells.points, *cells.volume, *cells.density, *cells.covered, *map(str, counts)]
