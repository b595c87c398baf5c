"""Tab "Photos" of the patient's page: the list, taking in, and before and after."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.domain.person import Role
from mesomap.domain.photo import ANGLES, Photo
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.kinds import ENDINGS
from mesomap.services.photo_album import PhotoAlbum
from mesomap.storage.photo_files import PhotoFiles
from mesomap.ui.controls.asked_role import asks, reads
from mesomap.ui.controls.record_lines import RecordCard
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.dialogs.ask_form import AskForm
from mesomap.ui.page_context import PageContext
from mesomap.ui.photos.before_after import BeforeAfter
from mesomap.ui.photos.intake import Intake, Source, source_of_clipboard, sources_of
from mesomap.ui.photos.one_photo import OnePhoto
from mesomap.ui.photos.side import PhotoSide
from mesomap.ui.photos.thumbnails import PhotoList
from mesomap.ui.photos.words import note_words, tr
from mesomap.ui.typefaces import grown

#: The column, as wide as larger text needs, but not so wide that the photos have no room.
_SIDE_PX, _WIDEST_SIDE_PX = 304, 380
#: Photos that come in are shown together, so often.
_SOON_MS = 400


def ask_files(parent: QWidget) -> list[Path]:
    """The pictures that a person chooses, none = the person wants none."""
    kinds = " ".join(f"*{ending}" for endings in ENDINGS.values() for ending in endings)
    words = tr("Pictures ({0});;All files (*)").format(kinds)
    chosen, _ = QFileDialog.getOpenFileNames(parent, tr("Photos"), "", words)
    return [Path(name) for name in chosen]


def ask_folder(parent: QWidget) -> list[Path]:
    """The folder that a person chooses, as ask_files."""
    chosen = QFileDialog.getExistingDirectory(parent, tr("Folder with photos"))
    return [Path(chosen)] if chosen else []


class PatientPhotos(QStackedWidget):
    """The list with its column; before and after takes their place while it is open."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.worker = PhotoWorker()
        self.destroyed.connect(self.worker.close)
        self.list, self.side = PhotoList(), PhotoSide()
        self.intake = Intake(context, self.worker, self)
        self._new: list[Photo] = []
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._show_new)
        self.pair: BeforeAfter | None = None
        self.one: OnePhoto | None = None
        self.setAcceptDrops(True)
        self._card = RecordCard(self.tr("Photos"))
        self._empty = RecordCard(self.tr("Photos"))
        self._empty.say_empty(
            self.tr("No photo yet. Drag pictures here, paste one, or choose files: JPEG, PNG, HEIC, TIFF or WebP.")
        )
        self._empty.body.addStretch(1)
        self._assemble()
        self._connect()
        self.refresh()

    def _assemble(self) -> None:
        self._card.body.addWidget(self.list, 1)
        column = self._card.layout()
        assert isinstance(column, QVBoxLayout)
        column.setStretchFactor(self._card.body, 1)
        column_area = scrolled(self.side)
        column_area.setFixedWidth(min(grown(_SIDE_PX), _WIDEST_SIDE_PX))
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._card, 1)
        row.addWidget(self._empty, 1)
        row.addWidget(column_area)
        self.addWidget(page)

    def _connect(self) -> None:
        self.list.changed.connect(lambda: self.side.show_chosen(self.list.chosen()))
        asks(self.side, Role.CHART)
        for button in (self.side.stop, self.side.open, self.side.compare):
            reads(button)
        self.side.files.clicked.connect(lambda: self.take_in(ask_files(self)))
        self.side.folder.clicked.connect(lambda: self.take_in(ask_folder(self)))
        self.side.paste.clicked.connect(self.paste)
        self.side.stop.clicked.connect(self.intake.cancel)
        self.side.open.clicked.connect(self.open_one)
        self.side.compare.clicked.connect(self.compare)
        self.side.put_away.clicked.connect(self._ask_reason)
        self.side.angle_chosen.connect(self._set_angle)
        self.side.visit_chosen.connect(self._set_visit)
        self.intake.moved.connect(self.side.show_progress)
        self.intake.came.connect(self._on_came)
        self.intake.over.connect(self._on_over)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)

    @property
    def album(self) -> PhotoAlbum:
        """The patient's photographs. Raises BadInputError once the practice is closed."""
        return PhotoAlbum(self._context.practice, self._context.patient.id)

    def refresh(self) -> None:
        """Read the list again."""
        self._new.clear()
        photos = self.album.photos()
        self.side.show_visits(self.album.visits())
        self._show_photos(photos, self._context.practice.photo_files)

    def _show_photos(self, photos: Sequence[Photo], files: PhotoFiles) -> None:
        self._card.setVisible(bool(photos))
        self._empty.setVisible(not photos)
        self.side.offer_chosen(bool(photos))
        self.list.show_photos(photos, files)

    # -- taking in

    def take_in(self, paths: Sequence[Path]) -> None:
        """Files, and folders with the pictures in them; of none nothing is said."""
        if not paths:
            return
        try:
            sources = sources_of(paths)
        except BadInputError as error:
            self.side.say([error.sentence])
            return
        if not sources:
            self.side.say([self.tr("There is no picture in this folder. Choose another one.")])
            return
        self._begin(sources)

    def _begin(self, sources: Sequence[Source]) -> None:
        """Those that come in will be chosen, unless others are while they come."""
        self.side.say([])
        if not self.intake.running:
            self.list.choose([])
        self.intake.start(sources)

    def paste(self) -> None:
        """What the clipboard holds: files, or a picture."""
        # An empty clipboard may hold nothing at all, whatever the stubs say.
        held: QMimeData = QGuiApplication.clipboard().mimeData() or QMimeData()
        paths = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()] if held.hasUrls() else []
        if paths:
            self.take_in(paths)
            return
        source = source_of_clipboard(held, self.tr("pasted.png"))
        if source is None:
            self.side.say([self.tr("The clipboard holds no picture. Copy one and paste again.")])
            return
        self._begin([source])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be let go here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them in."""
        event.acceptProposedAction()
        self.take_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _on_came(self, photo: Photo) -> None:
        """Shown a little later, with those that come meanwhile."""
        self._new.append(photo)
        if not self._soon.isActive():
            self._soon.start()

    def _show_new(self) -> None:
        if not self._new:
            return
        try:
            files = self._context.practice.photo_files
        except MesoMapError:
            # The practice was closed meanwhile, which is said at the end.
            return
        photos = sorted([*self.list.photos(), *self._new], key=lambda photo: photo.taken_at)
        self._new.clear()
        self._show_photos(photos, files)

    def _on_over(self, taken: list[tuple[Photo, tuple[str, ...]]], refused: list[str]) -> None:
        self.side.show_progress(0, 0)
        said = [self.tr("{0} taken in.").format(len(taken))] if taken else []
        for photo, notes in taken:
            said += [f"“{photo.name}”: {note_words(note)}." for note in notes]
        self.side.say([*said, *refused])
        try:
            self.refresh()
        except MesoMapError as error:
            # The practice was closed meanwhile.
            self._context.say(error.sentence)
            return
        if taken:
            if not self.list.chosen():
                self.list.choose([photo.id for photo, _notes in taken])
            self._context.changed()

    # -- what is chosen

    def _set_angle(self, key: str) -> None:
        photos = self.list.chosen()
        if key == "own":
            self._ask_angle(photos)
            return
        only = {photo.angle for photo in photos}
        # A tap on the angle that is set takes it away.
        self._write_angle(photos, "" if only == {key} else key)

    def _ask_angle(self, photos: Sequence[Photo]) -> None:
        known = photos[0].angle if photos and photos[0].angle not in ANGLES else ""

        def record(values: Mapping[str, str]) -> None:
            for photo in photos:
                self.album.set_angle(photo, values["angle"])

        form = AskForm(self.tr("Another angle"), self.tr("Keep"), record, self)
        form.add_line("angle", self.tr("From where it was taken"), known)
        form.ask()
        self.refresh()

    def _set_visit(self, session_id: UUID | None) -> None:
        try:
            for photo in self.list.chosen():
                self.album.set_visit(photo, session_id)
        except MesoMapError as error:
            self._context.say(error.sentence)
        self.refresh()

    def _write_angle(self, photos: Sequence[Photo], angle: str) -> None:
        try:
            for photo in photos:
                self.album.set_angle(photo, angle)
        except MesoMapError as error:
            self._context.say(error.sentence)
        self.refresh()

    def _ask_reason(self) -> None:
        photos = self.list.chosen()

        def record(values: Mapping[str, str]) -> None:
            for photo in photos:
                self.album.withdraw(photo, values["reason"])

        words = self.tr("The files stay encrypted in the record; the photos are no longer shown.")
        form = AskForm(self.tr("Put photos away"), self.tr("Put away"), record, self, words=words)
        form.add_text("reason", self.tr("Reason"))
        if form.ask():
            self.refresh()
            self._context.changed()

    # -- one photo, before and after

    def open_one(self) -> None:
        """Open the photograph that is chosen, large."""
        chosen = self.list.chosen()
        if len(chosen) != 1:
            return
        self._leave_pair()
        self.one = OnePhoto(self._context, self.worker, chosen[0])
        self._open(self.one)

    def compare(self) -> None:
        """Open the two photographs that are chosen, the earlier one before."""
        chosen = self.list.chosen()
        if len(chosen) != 2:
            return
        self._leave_pair()
        self.pair = BeforeAfter(self._context, self.worker, chosen[0], chosen[1])
        self._open(self.pair)

    def _open(self, page: OnePhoto | BeforeAfter) -> None:
        page.left.connect(self._leave_pair)
        self.addWidget(page)
        self.setCurrentWidget(page)

    def _leave_pair(self) -> None:
        for page in (self.pair, self.one):
            if page is not None:
                self.setCurrentIndex(0)
                self.removeWidget(page)
                page.deleteLater()
        self.pair = self.one = None
