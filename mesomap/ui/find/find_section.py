"""Section "Find and count" of the practice's page: fields, figures over all that fits, the latest sessions, CSV."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from mesomap.domain.errors import MesoMapError
from mesomap.domain.finding import SessionSums
from mesomap.services.finding import COLUMNS, found_sessions, write_found
from mesomap.ui.controls.record_lines import small_button, wrapping
from mesomap.ui.controls.row_table import row_table
from mesomap.ui.controls.toggle_chip import ToggleChip
from mesomap.ui.find.figures import FigureRow
from mesomap.ui.find.found_model import FoundModel
from mesomap.ui.find.wish_form import WishForm
from mesomap.ui.page_context import PageContext

_ROW_PX = 44


class FindSection(QWidget):
    """Finds as one chooses; a row opens its session."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.form = WishForm(context.practice, context.desk.atlas())
        self.form.changed.connect(self.look)
        self._error = wrapping("error")
        self.figures = FigureRow()
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("role", "small2")
        self.bom = ToggleChip(self.tr("with UTF-8 mark"))
        self.bom.setChecked(True)
        self.bom.setToolTip(self.tr("Some spreadsheets know UTF-8 by this mark"))
        self.save = small_button(self.tr("Save as CSV"), self._save)
        self.model = FoundModel()
        self.table = self._make_table()
        self._assemble()
        self.look()

    def _make_table(self) -> QTableView:
        table = row_table(self.model, self.tr("Sessions found"), _ROW_PX)
        header = table.horizontalHeader()
        for column in range(self.model.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (2, 3, 4):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.activated.connect(self._open)
        return table

    def _assemble(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(self.form)
        inside.addWidget(self._error)
        below = QFrame()
        below.setObjectName("card")
        rows = QVBoxLayout(below)
        rows.setContentsMargins(16, 10, 8, 8)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(self.bom)
        foot.addWidget(self.save)
        rows.addWidget(self.figures)
        rows.addWidget(self.table, 1)
        rows.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card)
        column.addWidget(below, 1)

    def refresh(self) -> None:
        """Read again what can be chosen, and find anew."""
        self.form.refresh()
        self.look()

    def look(self) -> None:
        """Find with what is entered; a wrong day is said and nothing changes."""
        try:
            sums, rows = found_sessions(self._context.practice, self.form.wish())
        except MesoMapError as error:
            self._say(error.sentence)
            return
        self._say("")
        self.model.show_rows(rows)
        self._show_sums(sums, len(rows))

    def _say(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _show_sums(self, sums: SessionSums, listed: int) -> None:
        self.figures.show_figures(
            (self.tr("sessions"), f"{sums.sessions:,}"),
            (self.tr("patients"), f"{sums.patients:,}"),
            (self.tr("points"), f"{sums.points:,}"),
            (self.tr("about points"), f"≈ {sums.about_points:,}"),
            (self.tr("mL recorded"), f"{sums.volume_ml:,.2f}"),
        )
        words = self.tr("Void sessions are not counted.")
        if listed < sums.sessions:
            words = self.tr("The latest {0} are listed; the CSV holds all.").format(listed) + " " + words
        if not sums.sessions:
            words = self.tr("No session on record fits.")
        self.note.setText(words)
        self.save.setEnabled(bool(sums.sessions))

    def _open(self, index: QModelIndex) -> None:
        found = self.model.row_at(index.row())
        if found is not None:
            self._context.open_session(found.id)

    def _save(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Save as CSV"), "sessions.csv", "CSV (*.csv)")
        if not chosen:
            return
        try:
            wish = self.form.wish()
        except MesoMapError as error:
            self._context.say(error.sentence)
            return
        practice, path, bom = self._context.practice, Path(chosen), self.bom.isChecked()
        self.note.setText(self.tr("Writing {0} …").format(path.name))
        # A hundred thousand sessions take a while; the window goes on meanwhile.
        self._context.work(
            self,
            lambda _progress: write_found(practice, wish, path, header=COLUMNS, bom=bom),
            done=lambda count: self.note.setText(self.tr("Sessions written to {1}: {0}.").format(count, path.name)),
            failed=self._not_written,
        )

    def _not_written(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self.note.clear()
        self._context.say(error.sentence)
