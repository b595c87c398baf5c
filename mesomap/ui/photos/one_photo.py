"""One photograph, large, with the marks of its visit drawn over it when they are wanted."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.photo import Photo
from mesomap.photos.beside import PhotoWorker
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import small_button, wrapping
from mesomap.ui.controls.toggle_chip import ToggleChip
from mesomap.ui.page_context import PageContext
from mesomap.ui.photos.marks_bar import MarksBar
from mesomap.ui.photos.one_picture import OnePicture
from mesomap.ui.photos.pair_pictures import Levels
from mesomap.ui.photos.pair_view import Mode, PairView
from mesomap.ui.photos.words import caption
from mesomap.ui.typefaces import font

_LINES = 3


class OnePhoto(QWidget):
    """left() when the list is wanted again."""

    left = Signal()

    def __init__(self, context: PageContext, worker: PhotoWorker, photo: Photo) -> None:
        super().__init__()
        self.photo = photo
        self._beside = BesideTheWindow(self)
        self.view = PairView()
        self.view.setAccessibleName(self.tr("Photo of {0}").format(caption(photo)))
        self.view.choose_mode(Mode.ALONE)
        self.marks = MarksBar(context, worker, self.view, [photo], self)
        self.grid = ToggleChip(self.tr("Grid"))
        self.grid.toggled.connect(self.view.show_grid)
        self.said = wrapping("small2", self.tr("Reading the photo…"))
        # The photo must not move when its marks come and there is more to say.
        self.said.setMinimumHeight(_LINES * QFontMetrics(font("small")).lineSpacing())
        self._assemble()
        self.marks.changed.connect(self._say)
        picture = OnePicture(context.practice.photo_files, worker, photo)
        self._beside.run(lambda _progress: picture.levels(), done=self._show, failed=self._fail)

    def _assemble(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(small_button(self.tr("All photos"), self.left.emit))
        upper.addWidget(plain_label("title", caption(self.photo)), 1)
        for widget in (self.grid, self.marks.switch, self.marks.button):
            upper.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(upper)
        column.addWidget(self.view, 1)
        column.addWidget(self.said)

    def _show(self, levels: Levels) -> None:
        self.view.show_pictures(levels, levels)
        self._say()

    def _say(self) -> None:
        words = self.marks.words()
        if not words and self.marks.switch.isChecked():
            words = self.tr("Working out where the marks lie…")
        self.said.setText(words or self.tr("“Marks” draws what was charted at the visit of this day over the photo."))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self.said.setText(error.sentence)
