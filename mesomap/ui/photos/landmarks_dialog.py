"""Landmarks of the body set on a photograph one after the other; the camera they give and its error said at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.landmarks import landmarks_of
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.domain.marks import Mark
from mesomap.domain.photo import LandmarkOnPhoto
from mesomap.photos.camera import PhotoFit
from mesomap.render.photo_marks import PhotoMarks, draw_marks_on_photo
from mesomap.services.photo_landmarks import asked_landmarks, fit_of_places
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import small_button, wrapping
from mesomap.ui.controls.toggle_chip import ToggleChip
from mesomap.ui.photos.asked_picture import AskedPicture
from mesomap.ui.photos.landmark_list import LandmarkList
from mesomap.ui.photos.landmark_pane import LandmarkPane
from mesomap.ui.photos.marks_words import body_words, error_words, name_of, poor_words, wanted_words, worst_words
from mesomap.ui.photos.one_picture import OnePicture
from mesomap.ui.photos.pair_pictures import Levels
from mesomap.ui.photos.screen_marks import Found, prepared, screen_pen
from mesomap.ui.typefaces import font
from mesomap.ui.words import number, view_name

_SIDE_PX, _LETTERS = 332, 34
#: The error of a fit takes so many lines.
_LINES = 3


@dataclass(frozen=True)
class Begin:
    """What the dialog begins with. places: by landmark, px of the photo; note: where they are from, "" = set before.

    marks: of the visit, for a look at them; None = the photo belongs to no visit. look: finds the places of another
    photo on this one, beside the window; None = there is none to look at.
    """

    view_key: str
    places: Mapping[str, tuple[float, float]]
    note: str = ""
    marks: tuple[Mark, ...] | None = None
    scale: PatientScale = field(default_factory=PatientScale)
    look: Callable[[], Found] | None = None


class LandmarksDialog(QDialog):
    """view_key and places() are what was set."""

    def __init__(self, atlas: Atlas, picture: OnePicture, begin: Begin, caption: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Landmarks on the photo"))
        self._atlas, self._picture, self._begin = atlas, picture, begin
        self._note = begin.note
        self._beside, self._looking = BesideTheWindow(self), BesideTheWindow(self)
        self.view_key = begin.view_key
        self.fit: PhotoFit | None = None
        self.names: list[str] = []
        self._skipped: set[str] = set()
        self.pane, self.body = LandmarkPane(caption), AskedPicture(atlas)
        self.views, self.list = ChoiceField(), LandmarkList()
        self.asked_words = wrapping("strong")
        self.said = wrapping("small2")
        self.said.setMinimumHeight(_LINES * QFontMetrics(font("small")).lineSpacing())
        self.marks = ToggleChip(self.tr("Show marks"))
        self.skip = small_button(self.tr("Skip"), self.skip_asked)
        self.away = small_button(self.tr("Take away"), self.take_away)
        self.keep = QPushButton(self.tr("Keep"))
        self.keep.setProperty("kind", "primary")
        self.keep.setDefault(True)
        self._fill_views()
        self._assemble(caption)
        self._connect()
        self._name_landmarks(dict(begin.places))
        self._renew()
        self.pane.setFocus()
        self._beside.run(lambda _progress: picture.levels(), done=self._show, failed=self._fail)

    def _fill_views(self) -> None:
        self.views.setAccessibleName(self.tr("From where the photo was taken"))
        for view in self._atlas.views:
            self.views.addItem(view_name(self._atlas, view.key), view.key)
        self.views.setCurrentIndex(self.views.findData(self.view_key))

    def _assemble(self, caption: str) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(plain_label("strong", caption))
        head.addStretch(1)
        head.addWidget(plain_label("small2", body_words()))
        left.addLayout(head)
        left.addWidget(self.pane, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.skip, self.away):
            buttons.addWidget(button)
        buttons.addStretch(1)
        side = QWidget()
        # Wide enough for the names of most landmarks in one line, whatever the size of the text.
        side.setFixedWidth(max(_SIDE_PX, QFontMetrics(font("strong")).horizontalAdvance("n" * _LETTERS)))
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addWidget(self.views)
        right.addWidget(self.body, 3)
        right.addWidget(self.asked_words)
        right.addLayout(buttons)
        right.addWidget(self.list, 2)
        upper = QHBoxLayout()
        upper.setSpacing(16)
        upper.addLayout(left, 1)
        upper.addWidget(side)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        lower = QHBoxLayout()
        lower.setSpacing(8)
        lower.addWidget(self.said, 1)
        for widget in (self.marks, cancel, self.keep):
            lower.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        whole.addLayout(upper, 1)
        whole.addLayout(lower)
        window = self.parentWidget()
        room = QSize(1280, 800) if window is None else window.size()
        self.resize(min(1280, room.width() - 40), min(900, room.height() - 40))

    def _connect(self) -> None:
        self.keep.clicked.connect(self.accept)
        self.marks.toggled.connect(lambda _on: self._renew_marks())
        self.views.currentIndexChanged.connect(self._change_view)
        self.pane.let_go.connect(self._on_set)
        self.list.row_chosen.connect(self._on_row)

    # -- what is asked, what is set

    def places(self) -> dict[str, tuple[float, float]]:
        """Landmarks that are set, px of the photo, in the order in which they were asked."""
        return {
            name: (self.pane.places[row].x(), self.pane.places[row].y())
            for row, name in enumerate(self.names)
            if row in self.pane.places
        }

    @property
    def asked(self) -> str:
        """The landmark that the next tap sets, "" = none."""
        return "" if self.pane.asked is None else self.names[self.pane.asked]

    def ask(self, row: int | None) -> None:
        """Ask for the landmark of a row, None = for none."""
        self.pane.asked = row
        self._renew_asked()

    def ask_next(self) -> None:
        """The first that is neither set nor skipped, from the asked one on."""
        start = 0 if self.pane.asked is None else self.pane.asked
        rows = [*range(start, len(self.names)), *range(start)]
        open_rows = (row for row in rows if row not in self.pane.places and self.names[row] not in self._skipped)
        self.ask(next(open_rows, None))

    def skip_asked(self) -> None:
        """It cannot be seen on this photo."""
        if self.pane.asked is not None:
            self._skipped.add(self.asked)
            self.ask_next()
            self._renew_rows()

    def take_away(self) -> None:
        """The chosen landmark is not set any more."""
        row = self.pane.chosen if self.pane.chosen in self.pane.places else self.pane.asked
        if row is not None and self.pane.places.pop(row, None) is not None:
            self.pane.chosen = None
            self._renew()
            self.ask(row)

    def _name_landmarks(self, places: Mapping[str, tuple[float, float]]) -> None:
        """Those that are set stay, whatever the view asks for."""
        asked = asked_landmarks(self._atlas, self.view_key)
        known = {mark.id for mark in landmarks_of(self._atlas).rows}
        self.names = [*asked, *(name for name in places if name not in asked and name in known)]
        set_ = {name: QPointF(x, y) for name, (x, y) in places.items() if name in known}
        self.pane.places = {self.names.index(name): place for name, place in set_.items()}
        self.pane.chosen, self.pane.asked = None, None

    def _take_over(self, found: Found) -> None:
        """Places of another photo, unless a hand was quicker."""
        if not self.pane.places:
            self._note = found[2]
            self.views.blockSignals(True)
            self.views.setCurrentIndex(self.views.findData(found[0]))
            self.views.blockSignals(False)
            self.view_key = found[0]
            self._name_landmarks(found[1])
            self._renew()

    def _not_found(self, error: Exception) -> None:
        """The photos do not lie on each other with certainty: the landmarks are set by hand."""
        if not isinstance(error, MesoMapError):
            raise error

    def _change_view(self) -> None:
        places = self.places()
        self.view_key = str(self.views.currentData())
        self._skipped.clear()
        self._name_landmarks(places)
        self._renew()

    def _on_set(self) -> None:
        # A correction of another one does not take the question away.
        if self.pane.chosen == self.pane.asked:
            self.ask_next()
        self._renew()

    def _on_row(self, row: int) -> None:
        self._skipped.discard(self.names[row])
        self.pane.chosen = row if row in self.pane.places else None
        self.ask(row)

    # -- the fit

    def _renew(self) -> None:
        """The camera of what is set now, its error, and the landmark that fits the least."""
        places, words = self.places(), []
        self.fit, self.pane.poor = None, None
        if not self.names:
            words.append(self.tr("This body has no landmarks."))
        elif wanted := wanted_words(len(places)):
            words.append(" ".join(filter(None, (self._note, wanted))))
        else:
            set_ = [LandmarkOnPhoto(landmark=name, x=x, y=y) for name, (x, y) in places.items()]
            try:
                self.fit = fit_of_places(self._atlas, self.view_key, set_)
            except BadInputError as error:
                words.append(error.sentence)
        if self.fit is not None:
            names = list(places)
            self.pane.poor = self.names.index(names[self.fit.worst]) if len(names) > 4 else None
            worst = worst_words(self._atlas, self.fit, names) if len(names) > 4 else ""
            parts = (error_words(self.fit, len(names)), worst, poor_words(self.fit, len(names)))
            words.append(" ".join(filter(None, (self._note, *parts))))
        self.said.setText("\n".join(words))
        self.keep.setEnabled(self.fit is not None)
        if self.pane.asked is None:
            self.ask_next()
        self._renew_rows()
        self._renew_asked()
        self._renew_marks()

    def _renew_rows(self) -> None:
        errors = {} if self.fit is None else dict(zip(self.places(), self.fit.errors_mm.tolist(), strict=True))
        rows = []
        for row, name in enumerate(self.names):
            state = self.tr("skipped") if name in self._skipped else ""
            if row in self.pane.places:
                state = self.tr("{0} mm").format(number(errors[name], 1)) if name in errors else self.tr("set")
            rows.append((name_of(self._atlas, name), state))
        self.list.show_rows(rows)

    def _renew_asked(self) -> None:
        asked = self.asked
        self.pane.likely = self._likely(asked)
        done = frozenset(self.places())
        self.body.show_landmarks(self.view_key, self.names, done, asked)
        if asked:
            words = self.tr("Tap: {0}").format(name_of(self._atlas, asked))
        else:
            words = self.tr("All are set or skipped. Drag one to correct it.")
        self.asked_words.setText(words)
        self.body.setAccessibleName(words)
        self.skip.setEnabled(bool(asked))
        self.list.choose(self.pane.asked)
        self.pane.update()

    def _likely(self, name: str) -> QPointF | None:
        """Where a landmark is by those that are set."""
        known = {mark.id: mark.skin for mark in landmarks_of(self._atlas).rows}
        if self.fit is None or not self.fit.is_good or name not in known:
            return None
        xyz = self._atlas.position(SkinArray.of([known[name]]), self._atlas.view(self.view_key).pose)
        ((x, y),) = self.fit.project(xyz)[0].tolist()
        return QPointF(x, y)

    # -- marks

    def _renew_marks(self) -> None:
        can = self._begin.marks is not None and self.fit is not None and self.fit.is_good
        self.marks.setEnabled(can)
        self._beside.let_go()
        self.pane.draw_over(None)
        if can and self.marks.isChecked() and self.fit is not None and self._begin.marks is not None:
            work = partial(
                prepared, self._atlas, self.view_key, self.fit, self._picture.size_px, self._begin.marks,
                self._begin.scale,
            )  # fmt: skip
            self._beside.run(lambda _progress: work(), done=self._show_marks, failed=self._fail)

    def _show_marks(self, shown: PhotoMarks) -> None:
        self.pane.draw_over(
            lambda painter, target: draw_marks_on_photo(
                painter, target, shown, screen_pen(self.devicePixelRatioF(), numbers=False)
            )
        )

    def _show(self, levels: Levels) -> None:
        self.pane.show_levels(levels)
        look = self._begin.look
        if look is not None:
            # Of its own, so that a look at marks does not end it; after the photo, which is waited for.
            self._looking.run(lambda _progress: look(), done=self._take_over, failed=self._not_found)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self.said.setText(error.sentence)
