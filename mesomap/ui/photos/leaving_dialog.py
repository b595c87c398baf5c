"""Photographs leave the program: covered or not, with a watermark or not; what is covered is seen before it goes."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mesomap.domain.errors import MesoMapError
from mesomap.domain.person import Role
from mesomap.domain.photo import Photo
from mesomap.domain.photo_mask import MaskPlace, MaskShape
from mesomap.services.photo_pairs import check_photos_leave, photo_consent
from mesomap.services.photo_showing import MAX_WATERMARK, PhotoWish, practice_watermark
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import wrapping
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.controls.side_column import button_pair, side_column
from mesomap.ui.controls.toggle_chip import FlowLayout, ToggleChip
from mesomap.ui.controls.track import Track
from mesomap.ui.photos.cover_book import NOTHING, CoverBook
from mesomap.ui.photos.leaving import FileWork, Leaving
from mesomap.ui.photos.leaving_rows import LeavingRows
from mesomap.ui.photos.mask_pane import MaskPane
from mesomap.ui.photos.pair_pictures import Levels, images
from mesomap.ui.photos.words import caption
from mesomap.ui.photos.work_row import WorkRow
from mesomap.ui.typefaces import grown
from mesomap.ui.words import day

_COLUMN_PX = 372
_NONE, _PRACTICE, _OWN = "none", "practice", "own"
_WITH, _WITHOUT = "with", "without"
_SETTING = "photos.leaving"


class LeavingDialog(QDialog):
    """exec() ends when the file is written, or when the person wants none."""

    def __init__(self, asked: Leaving, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(asked.title)
        self._asked = asked
        self.covers = CoverBook(asked.context.practice, asked.photos, asked.laid)
        self._beside = BesideTheWindow(self)
        self.work = FileWork(self)
        self.pane, self.list = MaskPane(), LeavingRows(asked.photos, asked.usual)
        self.photos, self.cover, self.mark = Track(), Track(), Track()
        self.own = QLineEdit()
        self.light, self.marks = ToggleChip(self.tr("Match light")), ToggleChip(self.tr("Marks on the photos"))
        self.nothing = QPushButton(self.tr("Nothing to cover here"))
        self.carry = QPushButton(self.tr("As on the other photo"))
        self._under = self._consent_words()
        # A cover is a record: for who may only read, the ones on record are used.
        self._refused = asked.context.practice.people.refusal(Role.CHART)
        for widget in (self.nothing, self.carry, self.pane):
            widget.setToolTip(self._refused)
        self.said, self._problem = wrapping("small2"), wrapping("error")
        self.progress = WorkRow()
        self.save, self.cancel = QPushButton(self.tr("Save…")), QPushButton(self.tr("Cancel"))
        self._assemble()
        self._connect()
        self._show_remembered()
        if parent is not None:
            room = parent.size()
            self.resize(QSize(min(1180, room.width() - 60), min(820, room.height() - 60)))
        if self.list.count():
            self.list.setCurrentRow(0)
        self._renew()

    # -- building

    def _assemble(self) -> None:
        right = side_column(self, self.pane, grown(_COLUMN_PX))
        right.addWidget(plain_label("display", self._asked.title))
        right.addWidget(scrolled(self._choices()), 1)
        right.addWidget(self._problem)
        right.addWidget(self.progress)
        right.addLayout(button_pair(self.cancel, self.save))
        self.save.setProperty("kind", "primary")
        self.nothing.setAutoDefault(False)
        self._problem.hide()

    def _choices(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(6)
        tracks = (
            (self.photos, self.tr("Photos"), {_WITH: self.tr("With photos"), _WITHOUT: self.tr("Without")}),
            (
                self.cover,
                self.tr("Cover"),
                {_NONE: self.tr("None"), MaskShape.EYES.value: self.tr("Eyes"), MaskShape.FACE.value: self.tr("Face")},
            ),
            (
                self.mark,
                self.tr("Watermark"),
                {_NONE: self.tr("None"), _PRACTICE: self.tr("Practice, day"), _OWN: self.tr("Own words")},
            ),
        )
        for track, title, words in tracks:
            track.setAccessibleName(title)
            track.setFixedHeight(50)
            for key, word in words.items():
                track.add(key, word).setAccessibleName(f"{title}: {word}")
        self.own.setMaxLength(MAX_WATERMARK)
        self.own.setAccessibleName(self.tr("Words of the watermark"))
        self.own.setPlaceholderText(self.tr("Words of the watermark"))
        if self._asked.optional:
            column.addWidget(self.photos)
        column.addWidget(self.said)
        column.addWidget(plain_label("small2", self.tr("Cover")))
        ticks = wrapping("small2", self.tr("What is ticked goes on the pages, in pairs of one angle."))
        if self._asked.usual is None:
            ticks.hide()
        rest: tuple[QWidget, ...] = (self.cover, ticks, self.list, self.carry, self.nothing)
        for widget in rest:
            column.addWidget(widget)
        column.addWidget(plain_label("small2", self.tr("Watermark")))
        column.addWidget(self.mark)
        column.addWidget(self.own)
        chips, flow = QWidget(), FlowLayout(gap_px=8)
        chips.setLayout(flow)
        for chip, offered in ((self.light, self._asked.offers_light), (self.marks, self._asked.offers_marks)):
            flow.addWidget(chip)
            chip.setVisible(offered)
        column.addWidget(chips)
        column.addStretch(1)
        return box

    def _connect(self) -> None:
        for track in (self.photos, self.cover, self.mark):
            track.chosen.connect(self._renew)
        self.list.currentRowChanged.connect(self._show_photo)
        self.list.ticked_changed.connect(self._renew)
        self.own.textChanged.connect(self._renew)
        self.nothing.clicked.connect(lambda: self._set(NOTHING))
        self.carry.clicked.connect(lambda: self._set(self.covers.carried(self.chosen(), self.shape)))
        self.pane.placed.connect(lambda: self._set(self.pane.place))
        self.save.clicked.connect(self._ask_file)
        self.cancel.clicked.connect(self.reject)
        self.progress.stop.clicked.connect(self.work.stop)
        self.work.moved.connect(self.progress.show_part)
        self.work.written.connect(self.accept)
        self.work.broke.connect(self._on_broke)

    def _show_remembered(self) -> None:
        """What was chosen last in this practice."""
        kept = self._asked.context.practice.setting(_SETTING)
        cover, mark = (str(one) for one in kept) if isinstance(kept, list) and len(kept) == 2 else (_NONE, _NONE)
        self.photos.show_chosen(_WITHOUT if self._asked.kept_back or not self._asked.photos else _WITH)
        self.cover.show_chosen(cover if self.cover.button(cover) is not None else _NONE)
        self.mark.show_chosen(mark if mark in (_NONE, _PRACTICE) else _NONE)

    # -- what is chosen

    @property
    def shape(self) -> MaskShape | None:
        """What is to be covered, None = nothing."""
        key = self.cover.chosen_key()
        return None if key in ("", _NONE) else MaskShape(key)

    def wish(self) -> PhotoWish | None:
        """What was chosen, None = without photos. Raises BadInputError for words that are too long."""
        if self._asked.optional and self.photos.chosen_key() == _WITHOUT:
            return None
        going = None if self._asked.usual is None else self.list.going()
        return PhotoWish(self.shape, self.watermark(), self.light.isChecked(), self.marks.isChecked(), going)

    def watermark(self) -> str:
        """Its words, "" = none."""
        of_practice = practice_watermark(self._asked.context.practice, date.today())
        return {_PRACTICE: of_practice, _OWN: self.own.text().strip()}.get(self.mark.chosen_key(), "")

    def chosen(self) -> Photo | None:
        """The photo that is shown."""
        return self.list.photo()

    def _renew(self) -> None:
        """Words, rows and what can be done, after every choice."""
        with_photos = not self._asked.optional or self.photos.chosen_key() == _WITH
        allowed = not self._asked.kept_back and bool(self._asked.photos)
        button = self.photos.button(_WITH)
        if button is not None:
            button.setEnabled(allowed)
        idle = not self.work.running
        self.photos.setEnabled(idle)
        on = with_photos and allowed and idle
        for widget in (self.cover, self.mark, self.list, self.light, self.marks, self.pane):
            widget.setEnabled(on)
        self.own.setVisible(self.mark.chosen_key() == _OWN)
        self.own.setEnabled(on)
        may = on and not self._refused
        self.nothing.setEnabled(may and self.shape is not None and self.chosen() is not None)
        photo, shape = self.chosen(), self.shape
        self.carry.setVisible(bool(self._asked.laid))
        self.carry.setEnabled(may and self.covers.carried(photo, shape) is not None)
        self.pane.watermark = self.watermark() if with_photos and allowed else ""
        self.pane.show_place(shape or MaskShape.EYES, self.covers.place(photo, shape))
        self.pane.setEnabled(may and shape is not None)
        self.list.show_words(self._row_words)
        going = self.list.going()
        missing = self.covers.uncovered(shape, going) if with_photos else 0
        sentence = self._sentence(missing, with_photos=with_photos)
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        words_missing = on and self.mark.chosen_key() == _OWN and not self.own.text().strip()
        none_goes = on and not going
        self.save.setEnabled(idle and not words_missing and not none_goes and not (self._asked.whole and missing))

    def _row_words(self, photo: Photo) -> str:
        """Which photo it is, and in a second line what is known of its cover."""
        name = self._asked.captions.get(photo.id) or caption(photo)
        place = self.covers.place(photo, self.shape)
        if self.shape is None:
            state = self.tr("not covered")
        elif place is None:
            state = self.tr("cover not set")
        elif place.shape is MaskShape.NOTHING:
            state = self.tr("nothing to cover")
        else:
            state = self.tr("covered")
        return f"{name}\n{state}"

    def _sentence(self, missing: int, *, with_photos: bool) -> str:
        if self._asked.kept_back:
            return self._asked.kept_back
        if not self._asked.photos:
            return self.tr("There is no photo of either visit.")
        if not with_photos:
            return ""
        if not self.list.going():
            return self.tr("No photo is ticked. Tick one, or choose “Without”.")
        if missing and self._asked.whole:
            how = self._refused or self.tr("Drag over what is to be covered, on each photo.")
            return f"{how} {self.tr('An uncovered photo is not saved.')}"
        if missing:
            left_out = self.tr("Photos whose cover is not set are left out: {0}.").format(missing)
            return f"{left_out} {self._refused or self.tr('Drag over what is to be covered.')}"
        covered = self.tr("What is grey here is gone from the file: no pixel lies under it.") if self.shape else ""
        return f"{self._under} {covered}".strip()

    def _consent_words(self) -> str:
        """Under which consent they leave: what it covers, the practice has worded."""
        found = photo_consent(self._asked.context.practice, self._asked.context.patient.id, date.today())
        if found is None:
            return ""
        signed = day(found.signed_at.astimezone())
        return self.tr("Consent: “{0}”, signed {1}. What it covers stands in its text.").format(found.title, signed)

    # -- photos and their covers

    def _show_photo(self) -> None:
        photo = self.chosen()
        self.pane.words = self.tr("Reading the photo…")
        self.pane.show_photo(())
        self._renew()
        if photo is None or self._asked.kept_back:
            self.pane.words = self._asked.kept_back
            return
        files, worker = self._asked.context.practice.photo_files, self._asked.worker

        def read(_progress: object) -> Levels:
            size = (photo.width_px, photo.height_px)
            return images(worker.levels(files.read(photo.file), photo.orientation, size))

        self._beside.let_go()
        self._beside.run(read, done=self.pane.show_photo, failed=self._unreadable)

    def _unreadable(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self.pane.words = error.sentence
        self.pane.update()

    def _set(self, place: MaskPlace | None) -> None:
        """A hand set the cover of the photo that is shown."""
        photo, shape = self.chosen(), self.shape
        if photo is not None and shape is not None:
            self.covers.set(photo, shape, place)
            self._renew()

    # -- writing

    def _ask_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self._asked.title, self._asked.file_name, self._asked.file_filter)
        if chosen:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Record the covers that were set by hand, then write the file beside the window."""
        practice = self._asked.context.practice
        try:
            wish = self.wish()
            if wish is not None:
                # It may have been withdrawn, or have run out, since the window was opened.
                check_photos_leave(practice, self._asked.context.patient.id, date.today())
            self.covers.keep(self.shape)
            practice.set_setting(_SETTING, [self.cover.chosen_key(), self.mark.chosen_key()])
        except MesoMapError as error:
            self._on_broke(error.sentence)
            return
        covers = self.covers.places(self.shape)
        self._problem.hide()
        self.progress.show_part(0.0, "")
        self.work.start(path, lambda step: self._asked.make(wish, covers, step))
        self._renew()

    def _on_broke(self, sentence: str) -> None:
        self.progress.hide()
        self._problem.setText(sentence)
        self._problem.show()
        self._renew()

    def problem(self) -> str:
        """The failure that is shown, "" = none."""
        return self._problem.text() if self._problem.isVisible() else ""

    def reject(self) -> None:
        """No file is wanted any more."""
        self.work.stop()
        super().reject()
