"""The photos of the two visits beside their maps: one angle at a time, laid on each other where that is certain."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.session import Session
from mesomap.photos.beside import PhotoWorker
from mesomap.services.photo_pairs import PhotoPair, fit_of_entry, visit_photos
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.controls.record_lines import small_button, wrapping
from mesomap.ui.page_context import PageContext
from mesomap.ui.photos.half_pair import HalfPair, half_pair
from mesomap.ui.photos.one_picture import OnePicture
from mesomap.ui.photos.pair_pictures import Levels, Made, PairWork
from mesomap.ui.photos.pair_view import Mode, PairView
from mesomap.ui.photos.words import angle_words, fit_words
from mesomap.ui.words import day

#: Finer than the card ever shows them they are not kept, px.
_WIDEST_PX = 1600


class PhotoSide(QFrame):
    """changed() when there are photos to be seen, or none any more. Nothing is recorded by looking."""

    changed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._context = context
        self._sessions: tuple[Session, Session] | None = None
        self.pairs: tuple[PhotoPair, ...] = ()
        self._row = 0
        #: Whether there are photos that were not read yet.
        self._waits = False
        self._worker = PhotoWorker()
        self.destroyed.connect(self._worker.end)
        self._beside = BesideTheWindow(self)
        self.view = PairView()
        self._angle, self.said = ElidedLabel("small2", stretchy=True), wrapping("small2")
        self.next = small_button(self.tr("Next angle"), self._turn)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 8, 0)
        head.addWidget(plain_label("title", self.tr("Photos")))
        head.addSpacing(8)
        head.addWidget(self._angle, 1)
        head.addWidget(self.next)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 6)
        foot.addWidget(self.said)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 8, 2, 2)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addLayout(foot)

    @property
    def is_empty(self) -> bool:
        """Neither visit has a photo."""
        return not self.pairs

    def show_visits(self, before: Session, after: Session) -> None:
        """Look for the photos of these visits beside the window."""
        if self._sessions is not None and (before.id, after.id) == tuple(one.id for one in self._sessions):
            return
        self._sessions = (before, after)
        practice, patient_id = self._context.practice, self._context.patient.id
        work = partial(visit_photos, practice, patient_id, before.id, after.id)
        self._beside.let_go()
        self._beside.run(lambda _progress: work().pairs(), done=self._came, failed=self._fail)

    def finish(self) -> None:
        """Have what is under way now."""
        self._beside.finish()

    def _came(self, pairs: Sequence[PhotoPair]) -> None:
        """Those that can be compared come first."""
        self.pairs = tuple(sorted(pairs, key=lambda pair: pair.before is None or pair.after is None))
        self._row = 0
        self._waits = bool(pairs)
        self.changed.emit()
        if self.isVisible():
            self._read_when_seen()

    def showEvent(self, event: QShowEvent) -> None:
        """Photos that nobody looks at are not read."""
        super().showEvent(event)
        self._read_when_seen()

    def _read_when_seen(self) -> None:
        if self._waits:
            self._waits = False
            self._show_pair()

    def _turn(self) -> None:
        self._row = (self._row + 1) % len(self.pairs)
        self._show_pair()

    def _show_pair(self) -> None:
        """Read the pair, and lay it on as it was recorded, else let the program look for a fit."""
        pair = self.pairs[self._row]
        self.next.setVisible(len(self.pairs) > 1)
        self._angle.show_text(angle_words(pair.angle) if pair.angle else self.tr("angle not said"))
        self.said.setText(self.tr("Reading the photos…"))
        files = self._context.practice.photo_files
        self._beside.let_go()
        if pair.before is not None and pair.after is not None:
            fit = None if pair.laid is None else fit_of_entry(pair.laid)
            work = PairWork(files, self._worker, pair.before, pair.after)
            make = partial(work.make, fit, search=fit is None, toned=False)
            self._beside.run(
                lambda _progress: _small(make()),
                done=lambda made: self._show(pair, made),
                failed=partial(self._show_what_there_is, work),
            )
            return
        photo = pair.before or pair.after
        assert photo is not None
        picture = OnePicture(files, self._worker, photo)
        lacking = 1 if pair.after is None else 0
        said = self.tr("No photo of this angle at visit {0}.").format(self._numbers()[lacking])
        self._beside.run(
            lambda _progress: HalfPair(photo, _small_levels(picture.levels()), said), done=self._show_half,
            failed=self._fail,
        )  # fmt: skip

    def _show(self, pair: PhotoPair, made: Made) -> None:
        # Two halves of photos that do not lie on each other are no picture; in half the width a day has no room.
        numbers = tuple(self.tr("Visit {0}").format(number) for number in self._numbers())
        self.view.captions = (numbers[0], numbers[1]) if made.refused else self._captions()
        self.view.choose_mode(Mode.SIDE_BY_SIDE if made.refused else Mode.SLIDER)
        self.view.show_pictures(made.before, made.after)
        if pair.laid is not None:
            words = fit_words(pair.laid)
        elif made.found is not None:
            words = self.tr("Laid on by the program: {0} places agree.").format(made.found.points)
        else:
            words = self.tr("Not laid on each other: it is not certain how. They are laid by hand under “Photos”.")
        self.said.setText(f"{words} {self.tr('A difference of photos shows no effect.')}".strip())

    def _show_what_there_is(self, work: PairWork, error: Exception) -> None:
        self._fail(error)
        self._beside.run(lambda _progress: half_pair(work), done=self._show_half, failed=raise_again)

    def _show_half(self, half: HalfPair | None) -> None:
        """One photo alone, and what is missing."""
        if half is None:
            return
        self.said.setText(half.said)
        if half.photo is not None:
            pair = self.pairs[self._row]
            self.view.captions = (self._captions()[0 if pair.before == half.photo else 1], "")
            self.view.choose_mode(Mode.ALONE)
            self.view.show_pictures(half.levels, half.levels)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self.said.setText(error.sentence)

    def _numbers(self) -> tuple[int, int]:
        assert self._sessions is not None
        return self._sessions[0].number, self._sessions[1].number

    def _captions(self) -> tuple[str, str]:
        assert self._sessions is not None
        words = self.tr("Visit {0} · {1}")
        first, second = (words.format(one.number, day(one.started_at.astimezone())) for one in self._sessions)
        return first, second


def _small(made: Made) -> Made:
    return replace(made, before=_small_levels(made.before), after=_small_levels(made.after))


def _small_levels(levels: Levels) -> Levels:
    return tuple(level for level in levels if level.width() <= _WIDEST_PX) or levels[-1:]
