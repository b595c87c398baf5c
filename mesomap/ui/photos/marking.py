"""The marks of one photograph's visit: worked out beside the window, drawn over the photo, said in words."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from mesomap.atlas import Atlas
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import Mark
from mesomap.domain.photo import Photo, PhotoLandmarks
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.camera import PhotoFit
from mesomap.photos.fit import Fit
from mesomap.photos.photo_view import KEY
from mesomap.render.photo_marks import PhotoMarks, draw_marks_on_photo
from mesomap.services.photo_landmarks import (
    VIEW_OF_ANGLE,
    PhotoLandmarkBook,
    PhotoSight,
    known_places,
    moved,
    sight,
)
from mesomap.storage.photo_files import PhotoFiles
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.page_context import PageContext
from mesomap.ui.photos.marks_words import (
    body_words,
    carried_words,
    error_words,
    farthest_words,
    hidden_words,
    short_words,
    tr,
    worst_words,
)
from mesomap.ui.photos.one_picture import OnePicture
from mesomap.ui.photos.screen_marks import Found, screen_pen
from mesomap.ui.photos.words import caption


class Marking(QObject):
    """changed() when the marks of the photo are there, or it is known why they are not."""

    changed = Signal()

    def __init__(self, context: PageContext, photo: Photo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self.photo = context, photo
        self._beside = BesideTheWindow(self)
        self.shown: PhotoMarks | None = None
        self.fit: PhotoFit | None = None
        self.largest_mm, self.hidden = 0.0, 0
        self.refused = ""

    @property
    def book(self) -> PhotoLandmarkBook:
        """The patient's landmarks. Raises BadInputError once the practice is closed."""
        return PhotoLandmarkBook(self._context.practice, self._context.patient.id)

    @property
    def landmarks(self) -> PhotoLandmarks | None:
        """Those that were set last."""
        return self.book.of(self.photo)

    def clear(self) -> None:
        """Draw nothing."""
        self._beside.let_go()
        self.shown, self.fit, self.refused = None, None, ""

    def make(self, laid: Fit | None = None, frame_px: tuple[int, int] | None = None) -> None:
        """Work the marks out, for the photo as it is, or as it lies on another of frame_px."""
        self.clear()
        landmarks, session = self.landmarks, self.book.session_of(self.photo)
        if landmarks is None:
            self._refuse(tr("No landmarks are set on this photo yet. Press “Landmarks…” and set them."))
            return
        if session is None:
            self._refuse(tr("This photo belongs to no visit. Say in the list of photos to which one."))
            return
        scale = PatientScale(session.patient_scale, session.scale_basis)
        try:
            atlas = self._context.desk.shelf.of(session.atlas)
            marks = self._context.practice.marks(session.id)
        except MesoMapError as error:
            self._refuse(error.sentence)
            return
        work = partial(_made, atlas, self.photo, landmarks, marks, scale, laid, frame_px)
        self._beside.run(lambda _progress: work(), done=self._show, failed=self._fail)

    def draw(self, painter: QPainter, target: QRectF, dpr: float, zoom: float, rests: bool) -> None:
        """Over the photo, which fills target; numbers only while it rests."""
        if self.shown is not None:
            draw_marks_on_photo(painter, target, self.shown, screen_pen(dpr, zoom, numbers=rests))

    def words(self) -> str:
        """What the fit says, or why there is none."""
        landmarks = self.landmarks
        if self.refused or self.fit is None or self.shown is None or landmarks is None:
            return self.refused
        names = [place.landmark for place in known_places(self.shown.atlas, landmarks.places)]
        parts = (
            error_words(self.fit, len(names)),
            farthest_words(self.largest_mm),
            worst_words(self.shown.atlas, self.fit, names),
            body_words(),
            hidden_words(self.hidden),
        )
        return " ".join(filter(None, parts))

    def short_words(self) -> str:
        """The same in half a line."""
        if self.refused or self.fit is None or self.shown is None:
            return self.refused
        return short_words(self.fit, len(self.fit.landmarks_mm), self.largest_mm, self.hidden)

    def ask_landmarks(self, worker: PhotoWorker, parent: QWidget) -> bool:
        """Let landmarks be set or corrected; False when nothing was kept."""
        from mesomap.ui.photos.landmarks_dialog import Begin, LandmarksDialog  # late: it uses what is above

        session = self.book.session_of(self.photo)
        shelf = self._context.desk.shelf
        try:
            atlas = shelf.named(self._context.patient.body) if session is None else shelf.of(session.atlas)
            marks = None if session is None else self._context.practice.marks(session.id)
        except MesoMapError as error:
            self._context.say(error.sentence)
            return False
        view_key, places, note = self._begin()
        look = None if places else self._look(worker)
        scale = PatientScale() if session is None else PatientScale(session.patient_scale, session.scale_basis)
        picture = OnePicture(self._context.practice.photo_files, worker, self.photo)
        dialog = LandmarksDialog(
            atlas, picture, Begin(view_key, places, note, marks, scale, look), caption(self.photo), parent.window()
        )
        # It would stay with the window, and with it the photo in full size.
        dialog.finished.connect(dialog.deleteLater)
        if not dialog.exec():
            return False
        try:
            self.book.keep(self.photo, dialog.view_key, dialog.places())
        except MesoMapError as error:
            self._context.say(error.sentence)
            return False
        return True

    def _begin(self) -> tuple[str, dict[str, tuple[float, float]], str]:
        """View, places and where they are from."""
        known = self.landmarks
        if known is not None:
            return known.view, {one.landmark: (one.x, one.y) for one in known.places}, ""
        carried = self.book.carried(self.photo)
        if carried is not None:
            return carried[0], {one.landmark: (one.x, one.y) for one in carried[1]}, carried_words()
        return VIEW_OF_ANGLE.get(self.photo.angle, VIEW_OF_ANGLE["front"]), {}, ""

    def _look(self, worker: PhotoWorker) -> Callable[[], Found] | None:
        """Finds the landmarks of a photo of the same angle on this one; None = there is no such photo."""
        known = self.book.alike(self.photo)
        if known is None:
            return None
        return partial(_found, self._context.practice.photo_files, worker, self.photo, *known)

    def _show(self, found: tuple[PhotoSight, PhotoMarks, float]) -> None:
        sighted, self.shown, self.largest_mm = found
        self.fit, self.hidden = sighted.fit, self.shown.hidden + sighted.left_out
        self.changed.emit()

    def _refuse(self, sentence: str) -> None:
        self.refused = sentence
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self._refuse(error.sentence)


def _found(files: PhotoFiles, worker: PhotoWorker, photo: Photo, other: Photo, entry: PhotoLandmarks) -> Found:
    """View and places of the other photo's landmarks on this one. Raises BadInputError when that is not certain."""
    fit = worker.align(files.read(photo.file), files.read(other.file), (photo.orientation, other.orientation))
    return entry.view, {one.landmark: (one.x, one.y) for one in moved(entry, fit, photo)}, carried_words()


def _made(
    atlas: Atlas,
    photo: Photo,
    landmarks: PhotoLandmarks,
    marks: tuple[Mark, ...],
    scale: PatientScale,
    laid: Fit | None,
    frame_px: tuple[int, int] | None,
) -> tuple[PhotoSight, PhotoMarks, float]:
    found = sight(atlas, photo, landmarks, marks, scale, laid, frame_px)
    shown = PhotoMarks(found.atlas, KEY, found.marks, found.scale).prepare()
    return found, shown, found.largest_error_mm()
