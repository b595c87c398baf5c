"""What a person chooses about photographs that leave the program, and the work of writing them beside the window."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from mesomap.domain.errors import MesoMapError, StoppedError
from mesomap.domain.photo import Photo
from mesomap.domain.photo_mask import MaskPlace
from mesomap.photos.beside import PhotoWorker
from mesomap.services.background import Progress
from mesomap.services.photo_showing import PhotoWish
from mesomap.storage.files import write_atomic
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.page_context import PageContext
from mesomap.ui.photos.cover_book import LaidPair

#: Tells how far the work is, 0 to 1, and in words; raises StoppedError when the person wants no more of it.
Step = Callable[[float, str], None]
#: Makes the file: wish (None = without photos), covers by photo, step. Runs in another thread.
Make = Callable[[PhotoWish | None, Mapping[UUID, MaskPlace], Step], bytes]


@dataclass(frozen=True)
class Leaving:
    """One file that is asked for. kept_back: why no photo may leave, "" = it may. optional: it is of use without
    photos too; whole: it is written only when every photo may be shown. offers_light: light can be matched here. laid:
    pairs of photos that lie on each other. usual: of the photos those that go unless others are chosen, None = all go.
    """

    context: PageContext
    worker: PhotoWorker
    photos: tuple[Photo, ...]
    title: str
    file_name: str
    file_filter: str
    make: Make
    kept_back: str = ""
    optional: bool = False
    whole: bool = False
    usual: frozenset[UUID] | None = None
    offers_light: bool = False
    offers_marks: bool = False
    laid: tuple[LaidPair, ...] = ()
    captions: Mapping[UUID, str] = field(default_factory=dict)


class FileWork(QObject):
    """Writes one file beside the window. moved(part, words); written(); broke(sentence), also when it was stopped."""

    moved = Signal(float, str)
    written = Signal()
    broke = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._beside = BesideTheWindow(self)
        self._stopped = threading.Event()

    @property
    def running(self) -> bool:
        """Whether a file is being written."""
        return self._beside.busy

    def start(self, path: Path, make: Callable[[Step], bytes]) -> None:
        """Make the bytes and write the file whole."""
        self._stopped = stopped = threading.Event()

        def work(progress: Progress) -> None:
            def step(part: float, words: str) -> None:
                if stopped.is_set():
                    raise StoppedError("Stopped. Nothing was written.")
                progress(part, words)

            data = make(step)
            step(1.0, "")
            write_atomic(path, data)

        self._beside.run(work, done=lambda _none: self.written.emit(), failed=self._failed, progress=self.moved.emit)

    def stop(self) -> None:
        """Have no file; what is under way ends at its next step."""
        self._stopped.set()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise_again(error)
        else:
            self.broke.emit(error.sentence)
