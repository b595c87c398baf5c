"""Before and after: two photographs laid on each other, shown in several ways; saved as a picture with consent."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.person import Role
from mesomap.domain.photo import Photo, PhotoAlignment
from mesomap.photos.beside import PhotoWorker
from mesomap.services.photo_album import PhotoAlbum
from mesomap.services.photo_pairs import fit_of_entry, loose_fit
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.controls.asked_role import asks
from mesomap.ui.controls.record_lines import small_button, wrapping
from mesomap.ui.controls.toggle_chip import ToggleChip
from mesomap.ui.controls.track import Track
from mesomap.ui.page_context import PageContext
from mesomap.ui.photos.half_pair import HalfPair, half_pair
from mesomap.ui.photos.marks_bar import MarksBar
from mesomap.ui.photos.pair_pictures import Made, PairWork
from mesomap.ui.photos.pair_view import Mode, PairView
from mesomap.ui.photos.words import angles_words, caption, fit_words, shot_words

#: So much of the later photo is seen under the ghost of the earlier, %.
_GHOST_SHARE = 60


class BeforeAfter(QWidget):
    """The earlier photo before, the later after. left() when the list is wanted again."""

    left = Signal()

    def __init__(self, context: PageContext, worker: PhotoWorker, before: Photo, after: Photo) -> None:
        super().__init__()
        self._context, self.before, self.after = context, before, after
        self._work = PairWork(context.practice.photo_files, worker, before, after)
        self._album = PhotoAlbum(context.practice, context.patient.id)
        self._beside = BesideTheWindow(self)
        self.fit: PhotoAlignment | None = self._album.alignment(before, after)
        self._refused = ""
        self._made: Made | None = None
        self._made_toned = False
        #: Whether a person chose how the pair is shown.
        self._mode_chosen = False
        self.view = PairView()
        self.view.captions = (caption(before), caption(after))
        self.marks = MarksBar(context, worker, self.view, [before, after], self)
        self.modes = Track()
        self.modes.setFixedHeight(50)
        for mode, word in (
            (Mode.SIDE_BY_SIDE, self.tr("Side by side")),
            (Mode.SLIDER, self.tr("Slider")),
            (Mode.OPACITY, self.tr("Opacity")),
            (Mode.BLINK, self.tr("Blink")),
        ):
            self.modes.add(mode.value, word).setAccessibleName(word)
        self.modes.chosen.connect(self._on_mode)
        self.share = QSlider(Qt.Orientation.Horizontal)
        self.share.setRange(0, 100)
        self.share.setValue(50)
        self.share.setFixedSize(150, 44)
        self.share.setAccessibleName(self.tr("Opacity of the later photo"))
        self.share.valueChanged.connect(lambda value: self.view.set_share(value / 100))
        self.grid, self.toned = ToggleChip(self.tr("Grid")), ToggleChip(self.tr("Match light"))
        self.ghost = ToggleChip(self.tr("Ghost"))
        self.ghost.setToolTip(
            self.tr("The later photo as it was taken, the earlier one over it at 40 %: stage anew by it")
        )
        self.grid.toggled.connect(self.view.show_grid)
        self.toned.toggled.connect(lambda _on: self.make())
        self.ghost.toggled.connect(self._show_ghost)
        self.again = asks(small_button(self.tr("Lay on again"), self.lay_again), Role.CHART)
        self.by_hand = asks(small_button(self.tr("By hand…"), self.lay_by_hand), Role.CHART)
        self.save = small_button(self.tr("Save picture…"), self.ask_save)
        self.save.setEnabled(False)
        self.said = wrapping("small2")
        self._assemble()
        self.choose_mode(Mode.SLIDER)
        self.make()

    def _assemble(self) -> None:
        back = small_button(self.tr("All photos"), self.left.emit)
        upper = QHBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(back)
        upper.addWidget(self.modes, 1)
        for widget in (self.share, self.ghost, self.grid, self.toned, self.marks.switch):
            upper.addWidget(widget)
        lower = QHBoxLayout()
        lower.setSpacing(8)
        lower.addWidget(self.said, 1)
        for button in (self.marks.button, self.again, self.by_hand, self.save):
            lower.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(upper)
        column.addWidget(self.view, 1)
        column.addLayout(lower)
        column.addWidget(self.marks.said)

    def _on_mode(self, key: str) -> None:
        self._mode_chosen = True
        self.choose_mode(Mode(key))

    def choose_mode(self, mode: Mode) -> None:
        """Show the pair in another way."""
        self.view.choose_mode(mode)
        self.modes.show_chosen(mode.value)
        self.share.setVisible(mode is Mode.OPACITY)

    def _show_ghost(self, on: bool) -> None:
        """As it was taken, the earlier one over it at 40 %; off = laid on again."""
        if on:
            self.choose_mode(Mode.OPACITY)
            self.share.setValue(_GHOST_SHARE)
        self.make()

    # -- laying on

    def make(self, *, search: bool = True) -> None:
        """Read and lay both beside the window; what is shown stays until they are there."""
        self._beside.let_go()
        fit = fit_of_entry(self.fit) if self.fit is not None else None
        fit = loose_fit(self.before, self.after) if self.ghost.isChecked() else fit
        looks = search and fit is None and not self._refused
        self.said.setText(self.tr("Laying the photos on each other…") if looks else self.tr("Reading the photos…"))
        work = partial(self._work.make, fit, search=looks, toned=self.toned.isChecked())
        self._beside.run(lambda _progress: work(), done=self._show, failed=self._fail)

    def lay_again(self) -> None:
        """Let the program look anew."""
        self.fit, self._refused = None, ""
        self.make()

    def lay_by_hand(self) -> None:
        """Mark the same places on both."""
        from mesomap.ui.photos.pairs_dialog import PairsDialog

        dialog = PairsDialog(self._work, self.fit, self.view.captions, self.window())
        # It would stay with the window, and with it both photos in full size.
        dialog.finished.connect(dialog.deleteLater)
        if dialog.exec():
            try:
                self.fit = self._album.keep_pairs(self.before, self.after, dialog.pairs())
            except MesoMapError as error:
                self._context.say(error.sentence)
                return
            self.make()

    def _show(self, made: Made) -> None:
        self._made, self._made_toned = made, self.toned.isChecked()
        self.save.setEnabled(True)
        if made.found is not None:
            try:
                self.fit = self._album.keep_fit(self.before, self.after, made.found)
            except MesoMapError as error:
                self._context.say(error.sentence)
        self._refused = made.refused or self._refused
        if made.refused and self.view.mode is Mode.SLIDER and not self._mode_chosen:
            # Halves of two photos that do not lie on each other are no picture; each whole is.
            self.choose_mode(Mode.SIDE_BY_SIDE)
        self.view.show_pictures(made.before, made.after)
        self.marks.lay([None, made.fit], (self.before.width_px, self.before.height_px))
        self._say()

    def _say(self) -> None:
        words = fit_words(self.fit) if self.fit is not None else self._refused
        words = " ".join(filter(None, (angles_words(self.before, self.after), words)))
        if self.ghost.isChecked():
            # How far the shots are apart is what a ghost is looked at for.
            words = " ".join(
                filter(None, (self.tr("As taken, not laid on."), shot_words(self.fit) if self.fit else ""))
            )
        toned = self.tr("Light is matched for display only.") if self.toned.isChecked() else ""
        shown = self.tr("A difference of photos shows no effect.")
        self.said.setText(" ".join(filter(None, (words, toned, shown))))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self.said.setText(error.sentence)
        self._beside.run(lambda _progress: half_pair(self._work), done=self._show_half, failed=raise_again)

    def _show_half(self, half: HalfPair | None) -> None:
        """One photo is missing or damaged: the other one, alone, and why."""
        if half is None:
            return
        self.said.setText(half.said)
        marks = (self.marks.switch, self.marks.button)
        for widget in (self.modes, self.ghost, self.toned, *marks, self.again, self.by_hand, self.save):
            widget.setEnabled(False)
        if half.photo is not None:
            self.choose_mode(Mode.ALONE)
            self.view.captions = (caption(half.photo), "")
            self.view.show_pictures(half.levels, half.levels)

    # -- saving

    def notes(self) -> tuple[str, ...]:
        """What an exported picture must say of itself."""
        laid = self.fit is not None and not self.ghost.isChecked()
        return (
            self.tr("Laid on each other for display") if laid else self.tr("Not laid on each other"),
            self.tr("light matched for display only") if self._made is not None and self._made_toned else "",
            self.tr("A difference of photos shows no effect."),
            self.marks.note(),
        )

    def ask_save(self) -> None:
        """Save what is seen as PNG; only with consent."""
        if self._made is not None:
            from mesomap.ui.photos.pair_saving import ask_picture  # late: needed for this alone

            ask_picture(
                self._context, self._work.worker, (self.before, self.after), self.view.look(), self._made.fit,
                toned=self._made_toned, lies=self.fit is not None and not self.ghost.isChecked(), notes=self.notes(),
                parent=self,
            )  # fmt: skip
