"""Laying one photograph on another by hand: the same places marked on both, the fit and its error said at once."""

import math

from PySide6.QtCore import QPointF, QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.domain.photo import PhotoAlignment, PlacePair
from mesomap.photos.fit import Fit
from mesomap.services.photo_album import fit_of_pairs
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import small_button, wrapping
from mesomap.ui.photos.pair_pane import PairPane
from mesomap.ui.photos.pair_pictures import Levels, PairWork


class PairsDialog(QDialog):
    """pairs() are the places marked on both, in the pixels of each photo."""

    def __init__(
        self, work: PairWork, fit: PhotoAlignment | None, captions: tuple[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("The same places on both photos"))
        self._beside = BesideTheWindow(self)
        self.before, self.after = PairPane(captions[0]), PairPane(captions[1])
        self.said = wrapping("strong")
        self.done_button = QPushButton(self.tr("Lay on"))
        self.done_button.setProperty("kind", "primary")
        self.done_button.setDefault(True)  # else Enter would press Cancel
        self.done_button.clicked.connect(self.accept)
        self.fit: Fit | None = None
        for number, pair in enumerate(fit.pairs if fit is not None else ()):
            self.before.places[number] = QPointF(pair.before_x, pair.before_y)
            self.after.places[number] = QPointF(pair.after_x, pair.after_y)
        self._assemble(captions)
        self.before.moved.connect(self.renew)
        self.after.moved.connect(self.renew)
        self.renew()
        self._beside.run(lambda _progress: work.apart(), done=self._show, failed=self._fail)

    def _assemble(self, captions: tuple[str, str]) -> None:
        panes = QHBoxLayout()
        panes.setSpacing(12)
        for pane, caption in ((self.before, captions[0]), (self.after, captions[1])):
            column = QVBoxLayout()
            column.addWidget(plain_label("strong", caption))
            column.addWidget(pane, 1)
            panes.addLayout(column)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(small_button(self.tr("Take away"), self.take_away))
        row.addWidget(cancel)
        row.addWidget(self.done_button)
        words = self.tr(
            "Tap the same place on both photos: moles, corners of the eyes, lines. Drag to move one, or press the "
            "arrow keys (Shift or Ctrl: farther); the wheel looks nearer. With the keyboard: Space sets a place in the "
            "middle, Page up and down choose one, plus and minus look nearer."
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(wrapping("small2", words))
        whole.addLayout(panes, 1)
        whole.addLayout(row)
        window = self.parentWidget()
        room = QSize(1280, 800) if window is None else window.size()
        self.resize(min(1200, room.width() - 60), min(820, room.height() - 60))

    def pairs(self) -> tuple[PlacePair, ...]:
        """Places that are marked on both."""
        both = sorted(self.before.places.keys() & self.after.places.keys())
        return tuple(
            PlacePair(
                before_x=self.before.places[number].x(),
                before_y=self.before.places[number].y(),
                after_x=self.after.places[number].x(),
                after_y=self.after.places[number].y(),
            )
            for number in both
        )

    def renew(self) -> None:
        """The fit of what is marked now, its error, and the place that fits worst."""
        both = sorted(self.before.places.keys() & self.after.places.keys())
        pairs = self.pairs()
        self.fit = None
        self.before.poor = self.after.poor = None
        try:
            self.fit = fit_of_pairs(pairs)
        except BadInputError as error:
            self.said.setText(error.sentence if len(pairs) > 1 else self._wanted())
        else:
            off = self._distances(pairs, self.fit)
            worst = max(range(len(off)), key=off.__getitem__)
            if len(off) > 2:
                self.before.poor = self.after.poor = both[worst]
            words = self.tr("{0} places, median error {1} px, worst {2} px at place {3}.")
            said = words.format(len(pairs), f"{self.fit.error_px:.1f}", f"{off[worst]:.1f}", both[worst] + 1)
            # Two places always fit exactly: that says nothing.
            self.said.setText(said if len(pairs) > 2 else self.tr("Two places fit always. Set a third one."))
        self.done_button.setEnabled(self.fit is not None)
        self.before.update()
        self.after.update()

    def take_away(self) -> None:
        """Remove the chosen pair from both photos."""
        pane = self.after if self.after.hasFocus() else self.before
        number = pane.chosen if pane.chosen is not None else self.after.chosen
        if number is None:
            return
        for one in (self.before, self.after):
            one.places.pop(number, None)
            one.chosen = None
        self.renew()

    @staticmethod
    def _distances(pairs: tuple[PlacePair, ...], fit: Fit) -> list[float]:
        (a, b, dx), (c, d, dy) = fit.matrix.tolist()
        return [
            math.hypot(
                a * one.after_x + b * one.after_y + dx - one.before_x,
                c * one.after_x + d * one.after_y + dy - one.before_y,
            )
            for one in pairs
        ]

    def _wanted(self) -> str:
        return self.tr("Set at least two places on both photos; more make the fit surer.")

    def _show(self, found: tuple[Levels, Levels]) -> None:
        self.before.show_levels(found[0])
        self.after.show_levels(found[1])

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self.said.setText(error.sentence)
