"""What the next mark carries: mixture, technique, depth, volume, spacing."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from mesomap.domain.session import MIXTURE_LETTERS, Mixture
from mesomap.domain.skin_layers import SkinLayer, Thickness
from mesomap.domain.technique import technique, techniques
from mesomap.render.symbols import Style, draw_symbol
from mesomap.ui.controls.buttons import IconButton, PictureOf, SegmentButton
from mesomap.ui.controls.chips import MixtureChip
from mesomap.ui.controls.depth_section import DepthSection
from mesomap.ui.controls.stepper import EntryField, Stepper
from mesomap.ui.controls.track import Track
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.panels.top_bar import plain_label
from mesomap.ui.theme import theme
from mesomap.ui.words import layer_words, short_technique_name, technique_name

#: One-tap depths in mm of the track under the stepper.
DEPTH_STEPS = (0.5, 1.0, 1.5, 2.0, 4.0, 6.0)


def technique_picture(key: str) -> PictureOf:
    """Draws the symbol of a technique's family."""
    family = techniques()[key].symbol_family

    def draw(painter: QPainter, box: QRectF, colour: QColor) -> None:
        style = Style(family, SkinLayer.DERMIS, None)
        draw_symbol(painter, style, theme.tokens(), box.center() + QPointF(0, 1), 1.9, halo=False, colour=colour)

    return draw


class DosePanel(QWidget):
    """Sends what the person chooses; shows what the model says."""

    mixture_chosen = Signal(str)
    mixture_named = Signal(str, str)
    technique_chosen = Signal(str)
    value_changed = Signal(str, object)
    picker_asked = Signal()
    info_asked = Signal()
    entered = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = "A"
        self._row: Thickness | None = None
        self._depth_mm: float | None = None
        self._chips = {letter: MixtureChip(letter) for letter in MIXTURE_LETTERS}
        self._more = IconButton("plus", self.tr("Another mixture"))
        self._name = EntryField()
        self._name.setMaxLength(120)
        self._name.editingFinished.connect(self._named)
        self._name.returnPressed.connect(self.entered)
        self._techniques = Track()
        self._techniques.setFixedHeight(66)
        self._techniques.chosen.connect(self.technique_chosen)
        self._all = IconButton("grid", self.tr("All techniques (T)"))
        self._info = IconButton("info", self.tr("What the sources say about this technique"))
        self.section = DepthSection()
        self._layer_caption, self._layer = plain_label("small", self.tr("Layer, estimated")), plain_label("strong", "–")
        self.section.dragged.connect(lambda depth: self.value_changed.emit("depth_mm", depth))
        self._depths = Track()
        self._depths.setFixedHeight(50)
        for depth in DEPTH_STEPS:
            self._depths.add(f"{depth:g}", f"{depth:.1f}", tip=self.tr("Depth {0} mm").format(depth))
        self._depths.chosen.connect(lambda key: self.value_changed.emit("depth_mm", float(key)))
        self._steppers = {
            "depth_mm": Stepper(self.tr("depth"), "mm", step=0.1, decimals=1, maximum=100.0),
            "volume_ml": Stepper(self.tr("per point"), "mL", step=0.01, decimals=2, maximum=100.0),
            "spacing_mm": Stepper(self.tr("spacing"), "mm", step=0.1, decimals=1, maximum=200.0),
        }
        for name, stepper in self._steppers.items():
            stepper.entered.connect(self.entered)
            stepper.refused.connect(self.refused)
            stepper.changed.connect(lambda value, n=name: self.value_changed.emit(n, value))
        for letter, chip in self._chips.items():
            chip.clicked.connect(lambda _checked=False, x=letter: self.mixture_chosen.emit(x))
        self._more.clicked.connect(self._next_letter)
        self._all.clicked.connect(self.picker_asked)
        self._info.clicked.connect(self.info_asked)
        self._assemble()

    def _assemble(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(6)
        for chip in self._chips.values():
            chips.addWidget(chip, 4)
        chips.addWidget(self._more)
        chips.addStretch(1)
        kinds = QHBoxLayout()
        kinds.setSpacing(2)
        kinds.addWidget(self._techniques, 1)
        side = QVBoxLayout()
        side.setSpacing(0)
        for button in (self._all, self._info):
            button.setFixedSize(36, 33)
            side.addWidget(button)
        kinds.addLayout(side)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self._steppers["volume_ml"], 1)
        pair.addWidget(self._steppers["spacing_mm"], 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(8)
        column.addLayout(chips)
        column.addWidget(self._name)
        column.addLayout(kinds)
        depth = QHBoxLayout()
        depth.setSpacing(8)
        depth.addWidget(self.section, 5)
        beside = QVBoxLayout()
        beside.setSpacing(3)
        beside.addWidget(self._steppers["depth_mm"])
        beside.addWidget(self._layer_caption)
        beside.addWidget(self._layer)
        depth.addLayout(beside, 4)
        column.addLayout(depth)
        column.addWidget(self._depths)
        column.addLayout(pair)

    # -- shown by the model

    def show_mixtures(self, mixtures: Sequence[Mixture], used: frozenset[str], chosen: str | None) -> None:
        """Chips of the named and the used mixtures and of the chosen letter; the plus offers the next one."""
        names = {mixture.letter: mixture.name for mixture in mixtures}
        self._letter = chosen or "A"
        shown = [letter for letter in MIXTURE_LETTERS if letter in names or letter in used or letter == self._letter]
        for letter, chip in self._chips.items():
            name = names.get(letter, "")
            chip.set_name(name if len(shown) <= 3 else "")
            chip.setToolTip(name)
            chip.setChecked(letter == self._letter)
            chip.setVisible(letter in shown)
        self._more.setVisible(len(shown) < len(MIXTURE_LETTERS) and self._unused() is not None)
        self._name.setPlaceholderText(self.tr("Name of mixture {0}").format(self._letter))
        self._name.setAccessibleName(self._name.placeholderText())
        if not self._name.hasFocus():
            self._name.setText(names.get(self._letter, ""))
            self._name.setCursorPosition(0)

    def show_favourites(self, keys: Sequence[str], chosen: str) -> None:
        """Up to five techniques; the chosen one is always among them."""
        listed = list(keys)[:5]
        if chosen not in listed:
            listed[-1] = chosen
        if self._techniques.keys() != listed:
            self._techniques.clear()
            for key in listed:
                self._techniques.add(key, short_technique_name(key), technique_picture(key), technique_name(key))
        self._techniques.show_chosen(chosen)

    def show_choice(self, choice: DoseChoice) -> None:
        """Values of the chosen technique; empty ones are asked for by an amber edge."""
        values = choice.values
        area = technique(choice.technique).is_density
        for name, value in (
            ("depth_mm", values.depth_mm),
            ("volume_ml", values.volume_ml),
            ("spacing_mm", values.spacing_mm),
        ):
            self._steppers[name].set_value(value)
            self._steppers[name].set_wanted(name != "spacing_mm" or area)
        depth = values.depth_mm
        self._depth_mm = depth
        self.section.show_depth(depth, choice.mixture)
        self._show_layer()
        self._depths.show_chosen(f"{depth:g}" if depth is not None else None)

    def ask_for(self, name: str) -> None:
        """Point at a value that is needed now."""
        self._steppers[name].set_wanted(True)

    def field(self, name: str) -> QLineEdit:
        """The field of depth_mm, volume_ml or spacing_mm."""
        return self._steppers[name].field()

    def name_field(self) -> QLineEdit:
        """The field with the mixture's name."""
        return self._name

    def technique_button(self, key: str) -> SegmentButton:
        """The button of a favourite technique. Raises KeyError when it is none of the five."""
        button = self._techniques.button(key)
        if button is None:
            raise KeyError(key)
        return button

    def show_skin(self, row: Thickness | None, place: str) -> None:
        """Layers of the region that was charted or touched last."""
        self._row = row
        self.section.show_skin(row, place)
        self._show_layer()

    def compact(self, low: bool) -> None:
        """On low screens the cut through the skin gives way to the tally."""
        for widget in (self.section, self._layer_caption, self._layer):
            widget.setVisible(not low)

    def _show_layer(self) -> None:
        layer = self._row.layer(self._depth_mm) if self._row and self._depth_mm is not None else None
        self._layer.setText(layer_words(layer, True) if layer is not None else "–")

    def nudge(self, name: str, steps: int) -> None:
        """One step of a value by key."""
        self._steppers[name].nudge(steps)

    def _unused(self) -> str | None:
        return next((x for x in MIXTURE_LETTERS if not self._chips[x].isVisibleTo(self)), None)

    def _next_letter(self) -> None:
        letter = self._unused()
        if letter is not None:
            self.mixture_chosen.emit(letter)
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _named(self) -> None:
        self.mixture_named.emit(self._letter, self._name.text().strip())
