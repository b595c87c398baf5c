"""A chart on its way to paper: laid out, previewed, saved and printed beside the window."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter

from mesomap.atlas import Atlas
from mesomap.printing import ChartData, PrintOptions
from mesomap.printing.chart import write_pages
from mesomap.printing.mark_list import listed_marks
from mesomap.printing.pages import ChartPages
from mesomap.printing.printer import print_pages
from mesomap.services.background import Runner
from mesomap.ui.page_source import PageSource


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """What the person chose. list_marks: pages that list the marks one by one."""

    options: PrintOptions = field(default_factory=PrintOptions)
    list_marks: bool = False


class PrintJob(PageSource):
    """Holds the pages and their pictures; everything slow runs in `runner`, one piece after the other.

    gather: collects the chart; called beside the window. Signals: laid_out() after every
    change of choice, page_drawn(index), saved(file name), printed(pages), failed(sentence).
    """

    saved = Signal(str)
    printed = Signal(int)

    def __init__(
        self, gather: Callable[[], tuple[Atlas, ChartData]], runner: Runner, choice: PrintChoice, parent: QObject
    ) -> None:
        super().__init__(runner, parent)
        self.choice = choice
        self.pages: ChartPages | None = None
        self._gather = gather
        self._gathered: tuple[Atlas, ChartData] | None = None
        self._turn = 0

    def choose(self, choice: PrintChoice) -> None:
        """Lay the chart out after this choice."""
        self.choice = choice
        self._turn += 1
        turn = self._turn
        self._runner.run(
            lambda _progress: self._lay_out(choice),
            done=lambda pages: self._came(pages, turn),
            failed=self._broke,
        )

    def drawable(self) -> ChartPages | None:
        """The chart as it is laid out."""
        return self.pages

    def paper_size(self) -> tuple[float, float]:
        """Of the paper that was laid out for, else of the one chosen."""
        paper = (self.choice if self.pages is None else self.pages).options.paper
        return paper.width, paper.height

    def save(self, path: Path) -> None:
        """Write the PDF; saved or failed tells the outcome."""
        pages = self.pages
        if pages is not None:
            self._runner.run(
                lambda _progress: write_pages(path, pages),
                done=lambda _count: self._tell(lambda: self.saved.emit(path.name)),
                failed=self._broke,
            )

    def print_on(self, printer: QPrinter) -> None:
        """Print; printed or failed tells the outcome."""
        pages = self.pages
        if pages is not None:
            self._runner.run(
                lambda _progress: print_pages(printer, pages),
                done=lambda count: self._tell(lambda: self.printed.emit(count)),
                failed=self._broke,
            )

    def _tell(self, tell: Callable[[], None]) -> None:
        if not self._closed:
            tell()

    def _lay_out(self, choice: PrintChoice) -> ChartPages:
        if self._gathered is None:
            self._gathered = self._gather()
        atlas, data = self._gathered
        before = self.pages
        if choice.list_marks:
            data = replace(data, listed=listed_marks(atlas, data.marks, data.language))
        pages = ChartPages(atlas, data, choice.options)
        if before is not None:
            pages.take_pictures_of(before)
        return pages

    def _came(self, pages: ChartPages, turn: int) -> None:
        if self._closed or turn != self._turn:
            return
        self.pages = pages
        self._forget_pictures()
        self.laid_out.emit()
