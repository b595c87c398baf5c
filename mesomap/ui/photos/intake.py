"""Taking photographs in, one after the other beside the window; a damaged one is named and the rest goes on."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.kinds import check_size, is_picture_name
from mesomap.services.photo_album import PhotoAlbum, Prepared, prepare
from mesomap.storage.photo_files import PhotoFiles
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.pages.page_context import PageContext


@dataclass(frozen=True, slots=True)
class Source:
    """One picture to come: a file, or bytes of the clipboard."""

    name: str
    path: Path | None = None
    data: bytes = b""

    def read(self) -> tuple[bytes, datetime | None]:
        """The bytes and the file's own time. Raises BadInputError."""
        if self.path is None:
            return self.data, None
        try:
            facts = self.path.stat()
            check_size(facts.st_size)
            return self.path.read_bytes(), datetime.fromtimestamp(facts.st_mtime, UTC)
        except OSError as error:
            raise BadInputError("The file cannot be read. Choose another one.") from error


def sources_of(paths: Sequence[Path]) -> list[Source]:
    """Files as they are named, folders with the pictures directly in them, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(one for one in path.iterdir() if one.is_file() and is_picture_name(one.name))
        else:
            found.append(path)
    return [Source(path.name, path) for path in found]


class Intake(QObject):
    """moved(done, of) after each picture; over(taken, refused) at the end, refused = a sentence each."""

    moved = Signal(int, int)
    over = Signal(list, list)

    def __init__(self, context: PageContext, worker: PhotoWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._worker = context, worker
        self._beside = BesideTheWindow(self)
        self._waiting: deque[Source] = deque()
        self._taken: list[object] = []
        self._refused: list[str] = []
        self._count = 0
        self.running = False

    def start(self, sources: Sequence[Source]) -> None:
        """Take these in, after those that are under way."""
        self._waiting.extend(sources)
        self._count += len(sources)
        if not self.running and self._waiting:
            self.running = True
            self._next()

    def cancel(self) -> None:
        """What is not begun is left out; the one under way is finished."""
        self._count -= len(self._waiting)
        self._waiting.clear()

    def _next(self) -> None:
        done = len(self._taken) + len(self._refused)
        self.moved.emit(done, self._count)
        if not self._waiting:
            taken, refused = self._taken, self._refused
            self._taken, self._refused, self._count, self.running = [], [], 0, False
            self.over.emit(taken, refused)
            return
        source = self._waiting.popleft()
        try:
            files = self._context.practice.photo_files
            patient_id = self._context.patient.id
        except MesoMapError as error:
            self._refuse(source, error)
            return
        work: Callable[..., Prepared] = partial(_prepared, files, self._worker, patient_id, source)
        self._beside.run(work, done=partial(self._enter, source), failed=partial(self._refuse, source))

    def _enter(self, source: Source, prepared: Prepared) -> None:
        try:
            album = PhotoAlbum(self._context.practice, self._context.patient.id)
            self._taken.append((album.enter(prepared), prepared.taken.notes))
        except MesoMapError as error:
            self._refuse(source, error)
            return
        self._next()

    def _refuse(self, source: Source, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            self.running = False
            raise_again(error)
            return
        self._refused.append(f"“{source.name}”: {error.sentence}")
        self._next()


def _prepared(files: PhotoFiles, worker: PhotoWorker, patient_id: UUID, source: Source, _progress: object) -> Prepared:
    data, file_time = source.read()
    return prepare(files, worker, patient_id, data, source.name, file_time)
