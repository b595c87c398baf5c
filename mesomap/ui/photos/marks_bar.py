"""The switch “Marks” and the button to landmarks, for one photograph or for a pair, and what they say."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.person import Role
from mesomap.domain.photo import Photo
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.fit import Fit
from mesomap.ui.controls.asked_role import asks
from mesomap.ui.controls.record_lines import small_button, wrapping
from mesomap.ui.controls.toggle_chip import ToggleChip
from mesomap.ui.page_context import PageContext
from mesomap.ui.photos.marking import Marking
from mesomap.ui.photos.marks_words import body_words
from mesomap.ui.photos.pair_view import PairView
from mesomap.ui.photos.words import caption
from mesomap.ui.words import day


class MarksBar(QObject):
    """changed() when the words are others. switch, button and said stand where the page puts them."""

    changed = Signal()

    def __init__(
        self, context: PageContext, worker: PhotoWorker, view: PairView, photos: Sequence[Photo], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._worker, self._view, self._page = context, worker, view, parent
        self.markings = tuple(Marking(context, photo, self) for photo in photos)
        self._laid: tuple[Fit | None, ...] = (None,) * len(photos)
        self._frame_px: tuple[int, int] | None = None
        self.switch = ToggleChip(self.tr("Marks"))
        self.switch.setToolTip(self.tr("The marks of the visit drawn over the photo, through landmarks"))
        self.button: QPushButton = asks(small_button(self.tr("Landmarks…"), self.ask), Role.CHART)
        self.said = wrapping("small2")
        self.said.hide()
        self.switch.toggled.connect(self.turn)
        for marking in self.markings:
            marking.changed.connect(self._show)

    def lay(self, laid: Sequence[Fit | None], frame_px: tuple[int, int]) -> None:
        """How the photos lie in the frame that is shown now, of that size."""
        same = (self._laid, self._frame_px) == (tuple(laid), frame_px)
        self._laid, self._frame_px = tuple(laid), frame_px
        if not same and self.switch.isChecked():
            self.turn(True)

    def turn(self, on: bool) -> None:
        """Draw the marks, or none."""
        for marking, laid in zip(self.markings, self._laid, strict=True):
            if not on:
                marking.clear()
                continue
            try:
                marking.make(laid, self._frame_px)
            except MesoMapError as error:
                # The practice was closed meanwhile.
                self._context.say(error.sentence)
        self._show()

    def ask(self) -> None:
        """Set landmarks: of the one photo, or of the one that is chosen."""
        if len(self.markings) == 1:
            self.ask_of(self.markings[0])
            return
        menu = QMenu(self._page)
        for marking in self.markings:
            menu.addAction(caption(marking.photo), partial(self.ask_of, marking))
        menu.exec(self.button.mapToGlobal(self.button.rect().topLeft()))

    def ask_of(self, marking: Marking) -> None:
        """Set the landmarks of a photo; its marks are shown then."""
        try:
            kept = marking.ask_landmarks(self._worker, self._page)
        except MesoMapError as error:
            self._context.say(error.sentence)
            return
        if kept and self.switch.isChecked():
            self.turn(True)
        elif kept:
            self.switch.setChecked(True)

    def words(self) -> str:
        """What the fits say, "" while no marks are drawn."""
        if not self.switch.isChecked():
            return ""
        if len(self.markings) == 1:
            return self.markings[0].words()
        parts = [(day(one.photo.taken_at.astimezone()), one.short_words()) for one in self.markings]
        lines = " · ".join(f"{when}: {words}" for when, words in parts if words)
        if not any(one.shown for one in self.markings):
            return lines
        # Reasons why a photo has no marks are sentences, figures are not.
        return f"{lines.removesuffix('.')}. {body_words()}"

    def note(self) -> str:
        """What an exported picture must say of the marks in it, "" = it shows none."""
        drawn = [marking for marking in self.markings if marking.shown is not None and marking.fit is not None]
        if not drawn:
            return ""
        largest = max(max(one.largest_mm, one.fit.error_mm if one.fit is not None else 0.0) for one in drawn)
        return self.tr("marks laid on by landmarks, off by up to about {0} mm").format(f"{largest:.0f}")

    def _show(self) -> None:
        overs = [marking.draw if marking.shown is not None else None for marking in self.markings]
        self._view.draw_over(overs[0], overs[-1] if len(overs) > 1 else None)
        words = self.words()
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.changed.emit()
