"""Parts of the mark sheet that hold figures: depth, as such or by the needle, and volume."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mesomap.services.mark_edits import Depth, Volume
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import Stepper
from mesomap.ui.controls.track import Track
from mesomap.ui.dose_choice import VolumeBy
from mesomap.ui.words import number

#: Stands for a field in which the selected marks differ.
MIXED: Any = object()


class MarkPart(QWidget):
    """One field of the sheet. changed(value) when a person enters another one; refused(sentence) when it cannot be."""

    changed = Signal(object)
    refused = Signal(str)

    def show_value(self, value: Any) -> None:
        """Show a value, or MIXED, without sending changed."""
        raise NotImplementedError


class DepthPart(MarkPart):
    """Depth in mm, or inserted length and angle from which it follows; the estimated layer beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = Depth()
        self.ways = Track()
        self.ways.setFixedHeight(50)
        self.ways.add("depth", self.tr("Depth"))
        self.ways.add("needle", self.tr("Needle"), tip=self.tr("Inserted length and angle; the depth follows"))
        self.ways.chosen.connect(self._way_chosen)
        self.steppers = {
            "depth_mm": Stepper(self.tr("depth"), "mm", step=0.1, decimals=1, maximum=100.0, clearable=True),
            "inserted_mm": Stepper(self.tr("inserted"), "mm", step=0.1, decimals=1, maximum=100.0, clearable=True),
            "angle_deg": Stepper(self.tr("angle"), "°", step=5.0, decimals=0, maximum=90.0, clearable=True),
        }
        for stepper in self.steppers.values():
            stepper.changed.connect(self._entered)
            stepper.refused.connect(self.refused)
        self._layer = plain_label("small2")
        self._layer.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.ways, 5)
        row.addWidget(self.steppers["depth_mm"], 6)
        row.addWidget(self.steppers["inserted_mm"], 4)
        row.addWidget(self.steppers["angle_deg"], 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._layer)

    def show_value(self, value: Any) -> None:
        """A Depth."""
        self._depth = Depth() if value is MIXED else value
        insertion = self._depth.insertion
        self._show_way(insertion is not None)
        self.steppers["depth_mm"].set_value(None if insertion else self._depth.depth_mm)
        self.steppers["inserted_mm"].set_value(insertion.inserted_mm if insertion else None)
        self.steppers["angle_deg"].set_value(insertion.angle_deg if insertion else None)
        self.steppers["depth_mm"].set_caption(self.tr("several depths") if value is MIXED else self.tr("depth"))

    def show_layer(self, words: str) -> None:
        """Where this depth is estimated to end."""
        depth, by_needle = self._depth.depth_mm, self._depth.insertion is not None
        follows = self.tr("depth {0} mm = inserted × sin(angle). ").format(number(depth, 1)) if by_needle else ""
        self._layer.setText(f"{follows}{words}")

    def layer_words(self) -> str:
        """What stands under the figures."""
        return self._layer.text()

    def _show_way(self, by_needle: bool) -> None:
        self.ways.show_chosen("needle" if by_needle else "depth")
        self.steppers["depth_mm"].setVisible(not by_needle)
        for name in ("inserted_mm", "angle_deg"):
            self.steppers[name].setVisible(by_needle)
            self.steppers[name].set_wanted(by_needle)

    def _way_chosen(self, way: str) -> None:
        self._show_way(way == "needle")
        if way == "depth" and self._depth.insertion is not None:
            # The depth that followed stays; from now on it is one that was entered as such.
            self.steppers["depth_mm"].set_value(self._depth.depth_mm)
            self._entered()

    def _entered(self, *_value: object) -> None:
        inserted, angle = self.steppers["inserted_mm"].value(), self.steppers["angle_deg"].value()
        if self.steppers["depth_mm"].isVisibleTo(self):
            self._depth = Depth(self.steppers["depth_mm"].value())
        elif inserted is None or angle is None:
            return
        else:
            self._depth = Depth.by_needle(inserted, angle)
        self.changed.emit(self._depth)


class VolumePart(MarkPart):
    """Volume of each point, of all together, or dry."""

    def __init__(self) -> None:
        super().__init__()
        self._volume = Volume()
        self.ways = Track()
        self.ways.setFixedHeight(50)
        for way, word in (
            (VolumeBy.EACH, self.tr("Each point")),
            (VolumeBy.TOTAL, self.tr("Total only")),
            (VolumeBy.DRY, self.tr("Dry")),
        ):
            self.ways.add(way.value, word)
        self.ways.chosen.connect(self._way_chosen)
        self.each = Stepper(self.tr("per point"), "mL", step=0.01, decimals=2, maximum=100.0, clearable=True)
        self.total = Stepper(self.tr("in all"), "mL", step=0.1, decimals=2, maximum=1000.0, clearable=True)
        for stepper in (self.each, self.total):
            stepper.changed.connect(self._entered)
            stepper.refused.connect(self.refused)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.ways, 6)
        row.addWidget(self.each, 5)
        row.addWidget(self.total, 5)

    def show_value(self, value: Any) -> None:
        """A Volume."""
        self._volume = Volume() if value is MIXED else value
        by_total = self._volume.total_ml is not None
        way = VolumeBy.TOTAL if by_total else VolumeBy.DRY if self._volume.each_ml == 0 else VolumeBy.EACH
        self._show_way(None if value is MIXED else way)
        self.each.set_value(self._volume.each_ml)
        self.total.set_value(self._volume.total_ml)
        self.each.set_caption(self.tr("several volumes") if value is MIXED else self.tr("per point"))

    def _show_way(self, way: VolumeBy | None) -> None:
        self.ways.show_chosen(way.value if way is not None else None)
        self.total.setVisible(way is VolumeBy.TOTAL)
        self.each.setVisible(way is not VolumeBy.TOTAL)

    def _way_chosen(self, key: str) -> None:
        way = VolumeBy(key)
        self._show_way(way)
        if way is VolumeBy.DRY:
            self.each.set_value(0.0)
            self._entered()
        elif way is VolumeBy.EACH and self.each.value() == 0:
            self.each.set_value(None)
        elif (self.total if way is VolumeBy.TOTAL else self.each).value() is not None:
            self._entered()

    def _entered(self, *_value: object) -> None:
        by_total = self.total.isVisibleTo(self)
        self._volume = Volume(None, self.total.value()) if by_total else Volume(self.each.value(), None)
        if self._volume.each_ml is not None and not by_total:
            self.ways.show_chosen((VolumeBy.DRY if self._volume.each_ml == 0 else VolumeBy.EACH).value)
        self.changed.emit(self._volume)
