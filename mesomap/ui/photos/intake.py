"""Taking photographs in, one after the other beside the window; a damaged one is named and the rest goes on."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QImage

from mesomap.domain.errors import BadInputError, MesoMapError, NotWritableError
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.kinds import HEIC, JPEG, PNG, TIFF, WEBP, check_size, is_picture_name
from mesomap.services.photo_album import PhotoAlbum, Prepared, prepare
from mesomap.storage.photo_files import PhotoFiles
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.page_context import PageContext
from mesomap.ui.photos.words import left_out_words

#: Kinds in which a clipboard may hold the bytes of a picture, the ones without loss first.
_CODED = (PNG, TIFF, WEBP, HEIC, JPEG)


@dataclass(frozen=True, slots=True)
class Source:
    """One picture to come: a file, bytes of the clipboard, or the picture that it holds."""

    name: str
    path: Path | None = None
    data: bytes = b""
    image: QImage | None = None

    def read(self) -> tuple[bytes, datetime | None]:
        """The bytes and the file's own time; takes long. Raises BadInputError."""
        if self.image is not None:
            return _png_of(self.image), None
        if self.path is None:
            return self.data, None
        try:
            facts = self.path.stat()
            check_size(facts.st_size)
            return self.path.read_bytes(), datetime.fromtimestamp(facts.st_mtime, UTC)
        except OSError as error:
            raise BadInputError("The file cannot be read. Choose another one.") from error


def _png_of(image: QImage) -> bytes:
    import numpy as np

    from mesomap.photos.png_writing import png_bytes  # late: brings the library of figures

    alpha = image.hasAlphaChannel()
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888 if alpha else QImage.Format.Format_RGB888)
    raw = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    channels = 4 if alpha else 3
    return png_bytes(raw[:, : channels * plain.width()].reshape(plain.height(), plain.width(), channels))


def source_of_clipboard(held: QMimeData, name: str) -> Source | None:
    """The picture that a clipboard holds, None = it holds none; nothing is decoded that need not be."""
    for kind in _CODED:
        if held.hasFormat(kind):
            return Source(name, data=bytes(held.data(kind).data()))
    image = held.imageData() if held.hasImage() else None
    return Source(name, image=image) if isinstance(image, QImage) and not image.isNull() else None


def sources_of(paths: Sequence[Path]) -> list[Source]:
    """Files as they are named, folders with the pictures directly in them, by name.

    Raises BadInputError for a folder that cannot be read.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        try:
            found += sorted(one for one in path.iterdir() if is_picture_name(one.name) and one.is_file())
        except OSError as error:
            raise BadInputError(f"The folder “{path.name}” cannot be read. Choose another one.") from error
    return [Source(path.name, path) for path in found]


class Intake(QObject):
    """moved(done, of) after each picture, came(photo) after each that is in; over(taken, refused) at the end, refused =
    the files and a sentence for each reason, and how many were left out.
    """

    moved = Signal(int, int)
    came = Signal(object)
    over = Signal(list, list)

    def __init__(self, context: PageContext, worker: PhotoWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._worker = context, worker
        self._beside = BesideTheWindow(self)
        self._waiting: deque[Source] = deque()
        self._taken: list[object] = []
        self._refused: dict[str, list[str]] = {}
        self._count = self._left_out = 0
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
        self._left_out += len(self._waiting)
        self._count -= len(self._waiting)
        self._waiting.clear()
        if self.running:
            self._tell()

    def _tell(self) -> None:
        refused = sum(len(names) for names in self._refused.values())
        self.moved.emit(len(self._taken) + refused, self._count)

    def _next(self) -> None:
        self._tell()
        if not self._waiting:
            # In a turn of its own: the last picture was entered in this one.
            QTimer.singleShot(0, self, self._end)
            return
        source = self._waiting.popleft()
        try:
            files = self._context.practice.photo_files
            patient_id = self._context.patient.id
        except MesoMapError as error:
            # The practice was closed, or the patient is gone: so it is for the rest.
            self.cancel()
            self._refuse(source, error)
            return
        work: Callable[..., Prepared] = partial(_prepared, files, self._worker, patient_id, source)
        self._beside.run(work, done=partial(self._enter, source), failed=partial(self._refuse, source))

    def _end(self) -> None:
        if self._waiting:
            self._next()
            return
        taken, refused = self._taken, [f"{', '.join(names)}: {why}" for why, names in self._refused.items()]
        if self._left_out:
            refused.append(left_out_words(self._left_out))
        self._taken, self._refused, self._count, self._left_out, self.running = [], {}, 0, 0, False
        self.over.emit(taken, refused)

    def _enter(self, source: Source, prepared: Prepared) -> None:
        try:
            album = PhotoAlbum(self._context.practice, self._context.patient.id)
            photo = album.enter(prepared)
        except MesoMapError as error:
            self._refuse(source, error)
            return
        self._taken.append((photo, prepared.taken.notes))
        self.came.emit(photo)
        self._next()

    def _refuse(self, source: Source, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            self.cancel()
            QTimer.singleShot(0, self, self._end)
            raise_again(error)
            return
        self._refused.setdefault(error.sentence, []).append(f"“{source.name}”")
        if isinstance(error, NotWritableError):
            # Where there is no room for one there is none for the next, and one sentence is enough.
            self.cancel()
        self._next()


def _prepared(files: PhotoFiles, worker: PhotoWorker, patient_id: UUID, source: Source, _progress: object) -> Prepared:
    data, file_time = source.read()
    return prepare(files, worker, patient_id, data, source.name, file_time)
