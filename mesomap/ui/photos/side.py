"""The column beside the list: taking in, what is chosen, its angle, comparing, putting away."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.photo import ANGLES, Photo
from mesomap.domain.session import Session
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import RecordCard, wrapping
from mesomap.ui.controls.toggle_chip import FlowLayout, ToggleChip
from mesomap.ui.photos.words import angle_words, hint_words, moment_words
from mesomap.ui.words import day

_BAR_PX = 12


class PhotoSide(QWidget):
    """angle_chosen(key) when one is tapped, "own" for words of one's own; visit_chosen(session id, None = none)."""

    angle_chosen = Signal(str)
    visit_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.files = QPushButton(self.tr("Take in files…"))
        self.files.setProperty("kind", "primary")
        self.folder = QPushButton(self.tr("Folder…"))
        self.paste = QPushButton(self.tr("Paste"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(_BAR_PX)
        self.counted = plain_label("strong")
        self.bar.setAccessibleName(self.tr("Photos taken in"))
        self.stop = QPushButton(self.tr("Stop"))
        self.said = wrapping("small2")
        self.open = QPushButton(self.tr("Open, with marks"))
        self.open.setToolTip(self.tr("The photo large; the marks of its visit can be drawn over it"))
        self.compare = QPushButton(self.tr("Before and after"))
        self.compare.setProperty("kind", "primary")
        self.put_away = QPushButton(self.tr("Put away…"))
        self._what = wrapping("small2")
        self._card = RecordCard(self.tr("Chosen"))
        self.angles: dict[str, ToggleChip] = {}
        chips, flow = QWidget(), FlowLayout(gap_px=6)
        chips.setLayout(flow)
        for key in (*ANGLES, "own"):
            chip = ToggleChip(angle_words(key) if key != "own" else self.tr("Other…"), key)
            chip.clicked.connect(lambda _on, key=key: self.angle_chosen.emit(key))
            self.angles[key] = chip
            flow.addWidget(chip)
        self._chips = chips
        self.visit = ChoiceField()
        # As wide as the column, however long the reason of a visit is.
        self.visit.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.visit.setMinimumContentsLength(8)
        self.visit.activated.connect(lambda _row: self.visit_chosen.emit(self._visit_id()))
        self._visit_field = FormField(self.tr("Belongs to"), self.visit)
        self._assemble()
        self.show_visits(())
        self.say(())
        self.show_progress(0, 0)
        self.show_chosen([])

    def _assemble(self) -> None:
        intake = RecordCard(self.tr("Take in"))
        intake.body.addWidget(self.files)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.paste, 1)
        intake.body.addLayout(row)
        upper: tuple[QWidget, ...] = (self.counted, self.bar, self.stop, self.said)
        for widget in upper:
            intake.body.addWidget(widget)
        lower: list[QWidget] = [self._what, self.open, self.compare]
        lower += [self._chips, self._visit_field, self.put_away]
        for widget in lower:
            self._card.body.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(intake)
        column.addWidget(self._card)
        column.addStretch(1)

    def offer_chosen(self, offered: bool) -> None:
        """Whether there is any photo that could be chosen."""
        self._card.setVisible(offered)

    def show_visits(self, visits: Sequence[Session]) -> None:
        """The visits there are to belong to, newest first."""
        self.visit.clear()
        self.visit.addItem(self.tr("no visit"), "")
        for session in visits:
            words = (str(session.number), day(session.started_at.astimezone()), session.indication)
            self.visit.addItem(" · ".join(filter(None, words)), str(session.id))

    def _visit_id(self) -> UUID | None:
        chosen = self.visit.currentData()
        return UUID(chosen) if chosen else None

    def show_progress(self, done: int, count: int) -> None:
        """How many of how many are in; none = nothing is under way."""
        self.counted.setVisible(count > 0)
        self.bar.setVisible(count > 0)
        self.stop.setVisible(count > 0)
        self.bar.setRange(0, max(count, 1))
        self.bar.setValue(done)
        self.counted.setText(self.tr("{0} of {1}").format(done, count))
        self.bar.setAccessibleDescription(self.counted.text())

    def say(self, sentences: Sequence[str]) -> None:
        """What came of it."""
        self.said.setText("\n".join(sentences))
        self.said.setVisible(bool(sentences))

    def show_chosen(self, photos: Sequence[Photo]) -> None:
        """What can be done with the photographs that are chosen."""
        if not photos:
            words = self.tr("Tap photos to choose them. Two can be compared.")
        elif len(photos) == 1:
            one = photos[0]
            hints = ", ".join(hint_words(name) for name in one.hints)
            size = self.tr("{0} × {1} px").format(one.width_px, one.height_px)
            words = "\n".join(filter(None, (moment_words(one), " · ".join(filter(None, (size, hints))), one.name)))
        else:
            words = self.tr("{0} photos").format(len(photos))
            if len(photos) > 2:
                words += "\n" + self.tr("Choose two to compare them, one to open it.")
        self._what.setText(words)
        angles = {photo.angle for photo in photos}
        only = angles.pop() if len(angles) == 1 else ""
        for key, chip in self.angles.items():
            chip.setEnabled(bool(photos))
            chip.setChecked(key == only or (key == "own" and bool(only) and only not in ANGLES))
        own = only and only not in ANGLES
        self.angles["own"].show_words(only if own else self.tr("Other…"))
        visits = {photo.session_id for photo in photos}
        only_visit = visits.pop() if len(visits) == 1 else None
        # Several photos of several visits: nothing is chosen. A visit that was voided is none to choose.
        self.visit.setCurrentIndex(self.visit.findData(str(only_visit or "")) if not visits else -1)
        self.visit.setEnabled(bool(photos))
        self.open.setEnabled(len(photos) == 1)
        self.compare.setEnabled(len(photos) == 2)
        self.put_away.setEnabled(bool(photos))
