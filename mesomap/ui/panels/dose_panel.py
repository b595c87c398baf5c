"""What the next mark carries: mixture, technique, depth, volume, spacing, needle, device, layer."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mesomap.domain.skin_layers import SkinLayer, Thickness
from mesomap.domain.technique import technique, techniques
from mesomap.render.symbols import Style, draw_symbol
from mesomap.services.mixture_amounts import MixtureAmount
from mesomap.ui.controls.buttons import IconButton, PictureOf, SegmentButton
from mesomap.ui.controls.stepper import Stepper
from mesomap.ui.controls.track import Track
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.panels.carry_row import CarryRow
from mesomap.ui.panels.depth_group import DepthGroup
from mesomap.ui.panels.syringe_head import SyringeHead
from mesomap.ui.panels.volume_row import VolumeRow
from mesomap.ui.theme import theme
from mesomap.ui.words import short_technique_name, technique_name

#: Between the rows of the panel, px, and on low screens.
_GAP_PX, _TIGHT_GAP_PX = 8, 5


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
    volume_way_chosen = Signal(str)
    by_needle_chosen = Signal(bool)
    card_asked = Signal(str)
    picker_asked = Signal()
    info_asked = Signal()
    entered = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: Thickness | None = None
        self._left_out = 0
        self._depth_mm: float | None = None
        self._choice = DoseChoice()
        self.head, self.depth_group, self.amount, self.carry = SyringeHead(), DepthGroup(), VolumeRow(), CarryRow()
        self._techniques = Track()
        self._techniques.setFixedHeight(66)
        self._techniques.chosen.connect(self.technique_chosen)
        self._all = IconButton("grid", self.tr("All techniques (T)"))
        self._info = IconButton("info", self.tr("What the sources say about this technique"))
        self._all.clicked.connect(self.picker_asked)
        self._info.clicked.connect(self.info_asked)
        self._steppers: dict[str, Stepper] = {**self.depth_group.steppers, **self.amount.steppers}
        for stepper in self._steppers.values():
            stepper.entered.connect(self.entered)
            stepper.refused.connect(self.refused)
        self.head.mixture_chosen.connect(self.mixture_chosen)
        self.head.mixture_named.connect(self.mixture_named)
        self.head.entered.connect(self.entered)
        self.head.drawn_asked.connect(lambda: self.card_asked.emit("drawn"))
        self.depth_group.value_changed.connect(self.value_changed)
        self.depth_group.by_needle_chosen.connect(self.by_needle_chosen)
        self.amount.value_changed.connect(self.value_changed)
        self.amount.way_chosen.connect(self.volume_way_chosen)
        self.carry.asked.connect(self.card_asked)
        self._assemble()

    def _assemble(self) -> None:
        kinds = QHBoxLayout()
        kinds.setSpacing(2)
        kinds.addWidget(self._techniques, 1)
        side = QVBoxLayout()
        side.setSpacing(0)
        for button in (self._all, self._info):
            button.setFixedSize(40, 33)
            side.addWidget(button)
        kinds.addLayout(side)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = self._column = QVBoxLayout(self)
        column.addWidget(self.head)
        column.addLayout(kinds)
        column.addWidget(self.depth_group)
        column.addWidget(self.amount)
        column.addWidget(self.carry)
        self.tighten(False)

    # -- shown by the model

    def show_mixtures(self, amounts: Mapping[str, MixtureAmount], chosen: str | None) -> None:
        """Chips by letter, the chosen one's name, and what is left of what was drawn up."""
        before = self.head.is_drawn_up()
        self.head.show_mixtures(amounts, chosen)
        if self.head.is_drawn_up() != before:
            # Whoever shares the height out looks again: an empty syringe gives way sooner.
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def show_favourites(self, keys: Sequence[str], chosen: str) -> None:
        """Up to five techniques; the chosen one is always among them."""
        listed = list(keys)[:5]
        if chosen not in listed:
            listed[-1:] = [chosen]
        if self._techniques.keys() != listed:
            self._techniques.clear()
            for key in listed:
                self._techniques.add(key, short_technique_name(key), technique_picture(key), technique_name(key))
        self._techniques.show_chosen(chosen)

    def show_choice(self, choice: DoseChoice) -> None:
        """Values of the chosen technique; empty ones are asked for by an amber edge."""
        self._choice = choice
        self.depth_group.show_choice(choice, spacing_wanted=technique(choice.technique).is_density)
        self.amount.show_choice(choice)
        self._show_layer()

    def ask_for(self, name: str) -> None:
        """Point at a value that is needed now."""
        self._steppers[name].set_wanted(True)

    def field(self, name: str) -> QLineEdit:
        """The field of depth_mm, inserted_mm, volume_ml, total_ml or spacing_mm."""
        return self._steppers[name].field()

    def name_field(self) -> QLineEdit:
        """The field with the mixture's name."""
        return self.head.name_field()

    def technique_button(self, key: str) -> SegmentButton:
        """The button of a favourite technique. Raises KeyError when it is none of the five."""
        button = self._techniques.button(key)
        if button is None:
            raise KeyError(key)
        return button

    def show_skin(self, row: Thickness | None, place: str) -> None:
        """Layers of the region under the pen, or of the one that was charted last."""
        self._row = row
        self.depth_group.show_skin(row, place)
        self._show_layer()

    def heights(self) -> tuple[int, ...]:
        """Height needed with everything, without the drawn syringe, and without the cut through the skin either."""
        syringe, section = self.head.syringe_px() + self._column.spacing(), self.depth_group.section_px()
        gone = (0, syringe, syringe + section)
        full = self.sizeHint().height() + gone[self._left_out]
        return tuple(full - saved for saved in gone)

    def leave_out(self, level: int) -> None:
        """Give way to the tally: 0 nothing, 1 the drawn syringe, 2 the cut through the skin too."""
        self._left_out = level
        self.head.compact(level > 0)
        self.depth_group.compact(level > 1)

    def tighten(self, low: bool) -> None:
        """On low screens every row and gap gives way a little, before anything else does."""
        self._column.setContentsMargins(16, 6 if low else 10, 16, 4 if low else 8)
        for column in (self._column, self.head.column, self.depth_group.column):
            column.setSpacing(_TIGHT_GAP_PX if low else _GAP_PX)
        for stepper in self._steppers.values():
            stepper.tighten(low)
        self.amount.tighten(low)
        self.head.offers().tighten(low)

    def _show_layer(self) -> None:
        depth = self._choice.values.depth_mm
        layer = self._row.layer(depth) if self._row and depth is not None else None
        self.carry.show_choice(self._choice, layer)

    def nudge(self, name: str, steps: int) -> None:
        """One step of a value by key; of the depth it is the inserted length, where it is entered by the needle."""
        if name == "depth_mm" and self._choice.values.by_needle:
            name = "inserted_mm"
        self._steppers[name].nudge(steps)


class DoseScroll(QScrollArea):
    """The panel as high as it needs, less where the window or larger text leave no room: then it scrolls."""

    def __init__(self, dose: DosePanel) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._dose = dose
        self.setWidget(dose)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the height of the panel when rows come or go."""
        if watched is self._dose and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """What the panel needs."""
        return self._dose.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """A part of it."""
        return QSize(200, 180)
