"""Print a chart: every page as it will be, the choices beside it, to a printer or as PDF."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QVBoxLayout, QWidget

from mesomap.printing.options import PAPERS, PrintOptions
from mesomap.printing.printer import printer_for
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.controls.side_column import button_pair, side_column, stacked
from mesomap.ui.controls.track import Track
from mesomap.ui.dialogs.page_stack import PageStack
from mesomap.ui.dialogs.pages_bar import PagesBar
from mesomap.ui.dialogs.print_views import PrintViews
from mesomap.ui.print_job import PrintChoice, PrintJob

_COLUMN_PX = 344


class PrintDialog(QDialog):
    """Preview at left, choices at right. told(sentence) is sent when the chart went out; chosen(PrintChoice) when the
    person changes a choice, to be remembered; hide_asked by Ctrl+L, which hides a patient's page like all else.
    """

    told = Signal(str)
    chosen = Signal(object)
    hide_asked = Signal()

    def __init__(self, job: PrintJob, who: str, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Print chart"))
        self._job, self._file_name = job, file_name
        self.preview = PageStack(job)
        self.paper, self.colour, self.marks = Track(), Track(), Track()
        self.views = PrintViews()
        self._problem = plain_label("error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self.print_button, self.save_button = QPushButton(self.tr("Print…")), QPushButton(self.tr("Save PDF…"))
        self.close_button = QPushButton(self.tr("Close"))
        self._assemble(who)
        self._connect()
        self._show_choice()
        self._enable(ready=False)
        if parent is not None:
            self.resize(parent.width() - 60, parent.height() - 60)
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)
        job.choose(job.choice)

    # -- building

    def _assemble(self, who: str) -> None:
        right = side_column(self, stacked(PagesBar(self.preview), self.preview), _COLUMN_PX)
        name = ElidedLabel("small2", stretchy=True)
        name.show_text(who)
        right.addWidget(plain_label("display", self.windowTitle()))
        right.addWidget(name)
        right.addSpacing(4)
        right.addWidget(scrolled(self._choices()), 1)
        right.addWidget(self._problem)
        right.addWidget(self.print_button)
        right.addLayout(button_pair(self.save_button, self.close_button))
        self.print_button.setAutoDefault(False)
        self.print_button.setProperty("kind", "primary")
        self.print_button.setDefault(True)

    def _choices(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(6)
        for track, title, words in (
            (self.paper, self.tr("Paper"), {key: paper.name for key, paper in PAPERS.items()}),
            (
                self.colour,
                self.tr("Colour"),
                {"colour": self.tr("Colour"), "grey": self.tr("Grey"), "lines": self.tr("Lines")},
            ),
            (self.marks, self.tr("Marks one by one"), {"out": self.tr("Left out"), "in": self.tr("Listed")}),
        ):
            track.setAccessibleName(title)
            for key, word in words.items():
                track.add(key, word).setAccessibleName(f"{title}: {word}")
            column.addWidget(plain_label("small2", title))
            column.addWidget(track)
            column.addSpacing(6)
        drawing = self.colour.button("lines")
        if drawing is not None:
            drawing.setAccessibleName(self.tr("Colour: line drawing (black and white)"))
            drawing.setToolTip(self.tr("Line drawing (black and white): hatches, no tints"))
        column.addWidget(plain_label("small2", self.tr("Views")))
        column.addWidget(self.views)
        column.addStretch(1)
        return box

    def _connect(self) -> None:
        self.paper.chosen.connect(lambda key: self._options(lambda now: replace(now, paper=PAPERS[key])))
        self.colour.chosen.connect(
            lambda key: self._options(lambda now: replace(now, grey=key == "grey", lines=key == "lines"))
        )
        self.marks.chosen.connect(lambda key: self._choose(replace(self._job.choice, list_marks=key == "in")))
        self.views.changed.connect(lambda wishes: self._options(lambda now: replace(now, panels=wishes)))
        self._job.laid_out.connect(self._laid_out)
        self._job.failed.connect(self._failed)
        self._job.saved.connect(self._saved)
        self._job.printed.connect(self._printed)
        self.print_button.clicked.connect(self.ask_printer)
        self.save_button.clicked.connect(self.ask_file)
        self.close_button.clicked.connect(self.reject)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save_button.click)
        QShortcut(QKeySequence("Ctrl+L"), self, self.hide_asked.emit)

    # -- choices

    def _options(self, change: Callable[[PrintOptions], PrintOptions]) -> None:
        choice = self._job.choice
        self._choose(PrintChoice(change(choice.options), choice.list_marks))

    def _choose(self, choice: PrintChoice) -> None:
        self._job.choose(choice)
        self._show_choice()
        self.chosen.emit(choice)

    def _show_choice(self) -> None:
        choice = self._job.choice
        self.paper.show_chosen(choice.options.paper.key)
        look = "lines" if choice.options.lines else "grey" if choice.options.grey else "colour"
        self.colour.show_chosen(look)
        self.marks.show_chosen("in" if choice.list_marks else "out")

    def _laid_out(self) -> None:
        pages = self._job.pages
        if pages is not None:
            by_hand = self._job.choice.options.panels is not None
            self.views.show_wishes(pages.atlas, pages.wishes, by_hand=by_hand, hurts=bool(pages.data.complaints))
            self._enable(ready=True)

    # -- out

    def ask_printer(self) -> None:
        """Ask which printer; without any, say so and offer the PDF."""
        if not QPrinterInfo.availablePrinterNames():
            self._failed(self.tr("This computer has no printer. Save the chart as PDF and print it elsewhere."))
            self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        printer = printer_for(self._job.choice.options)
        dialog = QPrintDialog(printer, self)
        if self._job.pages is not None:
            dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
            dialog.setMinMax(1, len(self._job.pages))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._enable(ready=False)
            self._say(self.tr("Printing…"), wrong=False)
            self._job.print_on(printer)

    def ask_file(self) -> None:
        """Ask where to, and write the PDF."""
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the chart as PDF"), self._file_name, self.tr("PDF (*.pdf)")
        )
        if name:
            self._enable(ready=False)
            self._say(self.tr("Writing the chart…"), wrong=False)
            self._job.save(Path(name) if Path(name).suffix else Path(name).with_suffix(".pdf"))

    def problem(self) -> str:
        """The sentence above the buttons."""
        return self._problem.text()

    def _saved(self, file_name: str) -> None:
        self.told.emit(self.tr("The chart is in {0}").format(file_name))
        self.accept()

    def _printed(self, pages: int) -> None:
        words = (
            self.tr("1 page was sent to the printer") if pages == 1 else self.tr("{0} pages were sent to the printer")
        )
        self.told.emit(words.format(pages))
        self.accept()

    def _failed(self, sentence: str) -> None:
        self._enable(ready=self._job.pages is not None)
        self._say(sentence, wrong=True)

    def _say(self, sentence: str, *, wrong: bool) -> None:
        self._problem.setProperty("role", "error" if wrong else "small2")
        self._problem.style().unpolish(self._problem)
        self._problem.style().polish(self._problem)
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def _enable(self, *, ready: bool) -> None:
        for button in (self.print_button, self.save_button):
            button.setEnabled(ready)

    def done(self, result: int) -> None:
        """Closed: nothing more is told."""
        self._job.close()
        super().done(result)
