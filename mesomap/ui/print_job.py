"""A chart on its way to paper: laid out, previewed, saved and printed beside the window."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter

from mesomap.atlas import Atlas
from mesomap.domain.errors import MesoMapError
from mesomap.printing import ChartData, PrintOptions
from mesomap.printing.chart import write_pages
from mesomap.printing.mark_list import listed_marks
from mesomap.printing.pages import ChartPages
from mesomap.printing.printer import print_pages
from mesomap.services.background import Progress, Runner

#: So many drawn pages are kept; those shown last.
_KEPT_PAGES = 8


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """What the person chose. list_marks: pages that list the marks one by one."""

    options: PrintOptions = field(default_factory=PrintOptions)
    list_marks: bool = False


class PrintJob(QObject):
    """Holds the pages and their pictures; everything slow runs in `runner`, one piece after the other.

    gather: collects the chart; called beside the window. Signals: laid_out() after every
    change of choice, page_drawn(index), saved(file name), printed(pages), failed(sentence).
    """

    laid_out = Signal()
    page_drawn = Signal(int)
    saved = Signal(str)
    printed = Signal(int)
    failed = Signal(str)

    def __init__(
        self, gather: Callable[[], tuple[Atlas, ChartData]], runner: Runner, choice: PrintChoice, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.choice = choice
        self.pages: ChartPages | None = None
        self._gather, self._runner = gather, runner
        self._gathered: tuple[Atlas, ChartData] | None = None
        self._pictures: dict[int, tuple[float, QImage]] = {}
        self._wanted: tuple[int, ...] = ()
        self._dpi = 72.0
        self._turn = 0
        self._drawing = False
        self._closed = False

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

    def want(self, indices: tuple[int, ...], dpi: float) -> None:
        """Have these pages drawn at this sharpness, first things first; page_drawn tells of each."""
        self._wanted, self._dpi = indices, dpi
        self._draw_next()

    def picture(self, index: int) -> QImage | None:
        """The page as drawn last, perhaps not as sharp as wanted yet."""
        held = self._pictures.get(index)
        return held[1] if held is not None else None

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

    def close(self) -> None:
        """Nothing is told any more; what is under way ends by itself."""
        self._closed = True
        self._wanted = ()

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
        self._pictures.clear()
        self.laid_out.emit()

    def _draw_next(self) -> None:
        pages = self.pages
        if self._drawing or self._closed or pages is None:
            return
        dpi = self._dpi
        for index in self._wanted:
            if index < len(pages) and self._pictures.get(index, (0.0,))[0] != dpi:
                self._drawing = True
                self._runner.run(
                    partial(_picture, pages, index, dpi),
                    done=partial(self._drawn, index, dpi, pages),
                    failed=self._broke,
                )
                return

    def _drawn(self, index: int, dpi: float, pages: ChartPages, image: QImage) -> None:
        self._drawing = False
        if self._closed:
            return
        # A picture of pages that were laid out anew meanwhile is of no use.
        if pages is self.pages:
            self._pictures.pop(index, None)
            self._pictures[index] = (dpi, image)
            while len(self._pictures) > _KEPT_PAGES:
                del self._pictures[next(iter(self._pictures))]
            self.page_drawn.emit(index)
        self._draw_next()

    def _broke(self, error: Exception) -> None:
        self._drawing = False
        if not isinstance(error, MesoMapError):
            raise error
        self._tell(lambda: self.failed.emit(error.sentence))


def _picture(pages: ChartPages, index: int, dpi: float, _progress: Progress) -> QImage:
    return pages.picture(index, dpi)
