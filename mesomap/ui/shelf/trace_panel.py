"""Where a lot went, on one screen: figures, every session with patient, regions and points; on paper and as CSV."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTableView, QVBoxLayout, QWidget

from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.domain.lot import Lot
from mesomap.domain.recall import LotTrace
from mesomap.services.recall import trace_csv, trace_lot
from mesomap.storage.files import write_atomic
from mesomap.ui.controls.record_lines import RecordCard, small_button, wrapping
from mesomap.ui.controls.row_table import row_table
from mesomap.ui.find.figures import FigureRow
from mesomap.ui.mixtures.words import expiry_words, ml
from mesomap.ui.page_context import PageContext
from mesomap.ui.shelf.trace_model import TraceModel
from mesomap.ui.text_papers import write_file
from mesomap.ui.words import region_name

_ROW_PX = 44


class TracePanel(QWidget):
    """left: back to where it was opened. A row opens its session."""

    left = Signal()

    def __init__(self, context: PageContext, *, with_back: bool = True) -> None:
        super().__init__()
        self._context = context
        self.trace: LotTrace | None = None
        self.card = RecordCard(self.tr("Where the lot went"))
        self.back = small_button(self.tr("Back"), self.left.emit)
        if not with_back:
            self.back.hide()
        self.paper = small_button(self.tr("Save as PDF"), self._save_paper)
        self.csv = small_button(self.tr("Save as CSV"), self._save_csv)
        for button in (self.back, self.paper, self.csv):
            self.card.head.addWidget(button)
        self.title = wrapping("title")
        self.warning = wrapping("error")
        self.figures = FigureRow()
        self.note = wrapping("small2")
        self.model = TraceModel(lambda region_id: region_name(context.desk.atlas(), region_id))
        self.table = self._make_table()
        for part in (self.title, self.warning, self.figures, self.note):
            self.card.body.addWidget(part)
        self.card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)

    def _make_table(self) -> QTableView:
        table = row_table(self.model, self.tr("Sessions with the lot"), _ROW_PX)
        header = table.horizontalHeader()
        for column in range(self.model.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in (2, 5):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.activated.connect(self._open)
        return table

    def show_lot(self, lot: Lot) -> None:
        """Follow a lot."""
        try:
            trace = self.trace = trace_lot(self._context.practice, lot)
        except MesoMapError as error:
            self._context.say(error.sentence)
            return
        name = trace.product.name if trace.product is not None else self.tr("product not recorded")
        words = self.tr("{0} · lot {1} · expiry {2}")
        self.title.setText(words.format(name, lot.number, expiry_words(lot.expiry)))
        recall = trace.recall
        self.warning.setText("")
        if recall is not None:
            said = f"{recall.reason} ({recall.source})" if recall.source else recall.reason
            self.warning.setText(self.tr("Recalled {0}: {1}").format(recall.dated.isoformat(), said))
        self.warning.setVisible(recall is not None)
        about = "≈ " if any(session.about for session in trace.counted) else ""
        left = "–" if trace.left_ml is None else f"{'' if trace.complete else '≤ '}{ml(trace.left_ml)}"
        self.figures.show_figures(
            (self.tr("sessions"), f"{len(trace.counted):,}"),
            (self.tr("patients"), f"{trace.patients:,}"),
            (self.tr("marks"), f"{trace.marks:,}"),
            (self.tr("points"), f"{about}{trace.points:,}"),
            (self.tr("drawn up"), f"{'' if trace.complete else '≥ '}{ml(trace.drawn_ml)}"),
            (self.tr("left on paper"), left),
        )
        voided = len(trace.sessions) - len(trace.counted)
        note = self.tr("Read from what was recorded; a lot that nobody recorded is not here.")
        if voided:
            note = f"{self.tr('Voided sessions are listed and not counted: {0}.').format(voided)} {note}"
        self.note.setText(note)
        self.model.show_rows(trace.sessions)

    def _open(self, index: QModelIndex) -> None:
        found = self.model.row_at(index.row())
        if found is not None:
            self._context.open_session(found.id)

    def _save_csv(self) -> None:
        trace = self.trace
        if trace is None:
            return
        suggested = f"lot-{''.join(c if c.isalnum() else '_' for c in trace.lot.number)}.csv"
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Save as CSV"), suggested, "CSV (*.csv)")
        if not chosen:
            return
        atlas = self._context.desk.atlas()
        try:
            write_atomic(Path(chosen), trace_csv(trace, lambda region_id: region_name(atlas, region_id)))
        except MesoMapError as error:
            self._context.say(error.sentence)
            return
        self.note.setText(self.tr("Written to {0}.").format(Path(chosen).name))

    def _save_paper(self) -> None:
        trace = self.trace
        if trace is None:
            return
        suggested = f"lot-{''.join(c if c.isalnum() else '_' for c in trace.lot.number)}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Save as PDF"), suggested, "PDF (*.pdf)")
        if not chosen:
            return
        atlas, practice = self._context.desk.atlas(), self._context.practice

        def made() -> bytes:
            # Printing takes long to load and is needed for this alone.
            from mesomap.printing.recall_sheet import recall_pdf
            from mesomap.services.letterhead import letterhead

            return recall_pdf(
                trace, lambda region_id: region_name(atlas, region_id), letterhead(practice).lines, now(),
                practice.audit_code,
            )  # fmt: skip

        write_file(self._context, Path(chosen), made)
