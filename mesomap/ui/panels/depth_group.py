"""Depth of the next mark: on a cut through the skin, as such or by the needle; and the spacing beside it."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mesomap.domain.errors import BadInputError
from mesomap.domain.needle import check_needle
from mesomap.domain.skin_layers import Thickness
from mesomap.ui.controls.buttons import SegmentButton, icon_picture
from mesomap.ui.controls.depth_section import DepthSection
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import Stepper
from mesomap.ui.controls.track import Track
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.words import number

#: One-tap depths in mm, and one-tap angles in degrees.
DEPTH_STEPS = (0.5, 1.0, 1.5, 2.0, 4.0, 6.0)
ANGLE_STEPS = (15.0, 30.0, 45.0, 60.0, 90.0)
_OTHER_WAY = "other"
#: Seven segments share the width of the narrowest panel.
_SEGMENT_PX = 40


class DepthGroup(QWidget):
    """Sends value_changed(name, value) and by_needle_chosen(on); shows what the choice says."""

    value_changed = Signal(str, object)
    by_needle_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._angle_deg: float | None = None
        self._by_needle = False
        self.section = DepthSection()
        self.section.dragged.connect(self._dragged)
        self.steppers = {
            "depth_mm": Stepper(self.tr("depth"), "mm", step=0.1, decimals=1, maximum=100.0, clearable=True),
            "inserted_mm": Stepper(self.tr("inserted"), "mm", step=0.1, decimals=1, maximum=100.0, clearable=True),
            "spacing_mm": Stepper(self.tr("spacing"), "mm", step=0.1, decimals=1, maximum=200.0, clearable=True),
        }
        for name, stepper in self.steppers.items():
            stepper.changed.connect(lambda value, n=name: self.value_changed.emit(n, value))
        self.depths, self.angles = Track(), Track()
        for track in (self.depths, self.angles):
            track.setFixedHeight(50)
            track.chosen.connect(self._picked)
        for depth in DEPTH_STEPS:
            step = self.depths.add(f"{depth:g}", f"{depth:.1f}", tip=self.tr("Depth {0} mm").format(depth))
            step.setMinimumWidth(_SEGMENT_PX)
        for angle in ANGLE_STEPS:
            self.angles.add(f"{angle:g}", f"{angle:.0f}°", tip=self.tr("Angle {0}° to the skin").format(f"{angle:g}"))
        self._to_needle = SegmentButton("", icon_picture("angle"))
        self._to_depth = SegmentButton(self.tr("mm"))
        for track, button, words in (
            (self.depths, self._to_needle, self.tr("Enter inserted length and angle")),
            (self.angles, self._to_depth, self.tr("Enter the depth itself")),
        ):
            track.add_button(_OTHER_WAY, button)
            button.setMinimumWidth(_SEGMENT_PX)
            button.setToolTip(words)
            button.setAccessibleName(words)
        self._error = plain_label("error")
        self._error.setWordWrap(True)
        self._error.hide()
        self._assemble()

    def _assemble(self) -> None:
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._beside.setSpacing(8)
        for name in ("depth_mm", "inserted_mm", "spacing_mm"):
            self._beside.addWidget(self.steppers[name], 1)
        self._beside.setAlignment(Qt.AlignmentFlag.AlignTop)
        upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        upper.setSpacing(8)
        upper.addWidget(self.section, 1)
        upper.addLayout(self._beside, 1)
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(upper)
        column.addWidget(self._error)
        column.addWidget(self.depths)
        column.addWidget(self.angles)

    def show_choice(self, choice: DoseChoice, *, spacing_wanted: bool) -> None:
        """Values of the chosen technique; empty ones are asked for by an amber edge."""
        values = choice.values
        self._by_needle, self._angle_deg = values.by_needle, values.angle_deg
        self.steppers["depth_mm"].setVisible(not values.by_needle)
        self.steppers["inserted_mm"].setVisible(values.by_needle)
        self.depths.setVisible(not values.by_needle)
        self.angles.setVisible(values.by_needle)
        for name, value in (
            ("depth_mm", values.depth_mm),
            ("inserted_mm", values.inserted_mm),
            ("spacing_mm", values.spacing_mm),
        ):
            self.steppers[name].set_value(value)
            self.steppers[name].set_wanted(name != "spacing_mm" or spacing_wanted)
        self.section.show_depth(values.depth_mm, choice.mixture, values.angle_deg)
        depth = values.depth_mm
        self.depths.show_chosen(f"{depth:g}" if depth is not None else None)
        self.angles.show_chosen(f"{values.angle_deg:g}" if values.angle_deg is not None else None)
        inserted, known = self.steppers["inserted_mm"], values.insertion is not None
        inserted.set_caption(self.tr("↓ {0} mm").format(number(depth, 1)) if known else self.tr("inserted"))
        words = self.tr("Inserted length; depth {0} mm = inserted × sin(angle)").format(number(depth, 1))
        inserted.setToolTip(words if known else self.tr("Inserted length; the depth follows with the angle"))
        self._check(choice)

    def _check(self, choice: DoseChoice) -> None:
        """Say what no needle can do, where it was entered."""
        sentence = ""
        try:
            check_needle(choice.values.needle, choice.values.insertion, choice.values.depth_mm)
        except BadInputError as error:
            sentence = error.sentence
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        for name in ("depth_mm", "inserted_mm"):
            self.steppers[name].set_wrong(sentence)

    def error(self) -> str:
        """The sentence on an impossible needle, or nothing."""
        return self._error.text()

    def show_skin(self, row: Thickness | None, place: str) -> None:
        """Layers of the region under the pen, or of the one charted last."""
        self.section.show_skin(row, place)

    def section_px(self) -> int:
        """Height that is won without the cut through the skin."""
        stepper = self.steppers["spacing_mm"].minimumHeight()
        return max(self.section.sizeHint().height(), 2 * stepper + self._beside.spacing()) - stepper

    def compact(self, low: bool) -> None:
        """On low screens the cut through the skin gives way; both figures stand side by side then."""
        self.section.setVisible(not low)
        ways = QBoxLayout.Direction
        self._beside.setDirection(ways.LeftToRight if low else ways.TopToBottom)

    def field(self, name: str) -> QLineEdit:
        """The field of depth_mm, inserted_mm or spacing_mm."""
        return self.steppers[name].field()

    def other_way_button(self) -> SegmentButton:
        """The button that goes from depth to needle, or back."""
        return self._to_depth if self._by_needle else self._to_needle

    def _picked(self, key: str) -> None:
        if key == _OTHER_WAY:
            self.by_needle_chosen.emit(not self._by_needle)
        else:
            self.value_changed.emit("angle_deg" if self._by_needle else "depth_mm", float(key))

    def _dragged(self, depth_mm: float) -> None:
        """A depth taken from the picture; by the needle it is the inserted length that leads there."""
        if not self._by_needle:
            self.value_changed.emit("depth_mm", depth_mm)
            return
        sine = math.sin(math.radians(self._angle_deg)) if self._angle_deg else 1.0
        self.value_changed.emit("inserted_mm", round(depth_mm / max(sine, 0.05), 1))
