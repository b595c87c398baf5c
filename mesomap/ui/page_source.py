"""Pages to be looked at: drawn beside the window as sharp as they are shown, those shown last are kept."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from mesomap.domain.errors import MesoMapError
from mesomap.services.background import Progress, Runner

#: So many drawn pages are kept; those shown last.
_KEPT_PAGES = 8


class Drawable(Protocol):
    """Pages that can be drawn in another thread."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def picture(self, index: int, dpi: float) -> QImage:
        """One page. Raises MesoMapError when it cannot be drawn."""
        ...


class PageSource(QObject):
    """Holds the pictures of pages. Signals: laid_out() for other pages, page_drawn(index), failed(sentence)."""

    laid_out = Signal()
    page_drawn = Signal(int)
    failed = Signal(str)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._pictures: dict[int, tuple[float, QImage]] = {}
        self._wanted: tuple[int, ...] = ()
        self._dpi = 72.0
        self._drawing = False
        self._closed = False

    def drawable(self) -> Drawable | None:
        """The pages, None while there are none yet."""
        raise NotImplementedError

    def paper_size(self) -> tuple[float, float]:
        """Width and height of the pages, points."""
        raise NotImplementedError

    @property
    def count(self) -> int:
        """How many pages there are, 0 while there are none yet."""
        pages = self.drawable()
        return 0 if pages is None else len(pages)

    def want(self, indices: tuple[int, ...], dpi: float) -> None:
        """Have these pages drawn at this sharpness, first things first; page_drawn tells of each."""
        self._wanted, self._dpi = indices, dpi
        self._draw_next()

    def picture(self, index: int) -> QImage | None:
        """The page as drawn last, perhaps not as sharp as wanted yet."""
        held = self._pictures.get(index)
        return held[1] if held is not None else None

    def close(self) -> None:
        """Nothing is told any more; what is under way ends by itself."""
        self._closed = True
        self._wanted = ()

    def _forget_pictures(self) -> None:
        self._pictures.clear()

    def _draw_next(self) -> None:
        pages = self.drawable()
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

    def _drawn(self, index: int, dpi: float, pages: Drawable, image: QImage) -> None:
        self._drawing = False
        if self._closed:
            return
        # A picture of pages that were laid out anew meanwhile is of no use.
        if pages is self.drawable():
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
        if not self._closed:
            self.failed.emit(error.sentence)


def _picture(pages: Drawable, index: int, dpi: float, _progress: Progress) -> QImage:
    return pages.picture(index, dpi)
