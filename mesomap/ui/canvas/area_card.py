"""Card of the whole-area tool: areas by name; then their size, the total volume and the button that records."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mesomap.ui.area_names import area_name
from mesomap.ui.canvas.foot_card import FootCard, fit_stepper
from mesomap.ui.controls.buttons import IconButton, SegmentButton
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import Stepper
from mesomap.ui.theme import theme
from mesomap.ui.whole_areas import WholeAreas
from mesomap.ui.words import volume

_CHIP_PX = 44


class AreaChip(SegmentButton):
    """A word in a frame: an area's name, or a volume."""

    def sizeHint(self) -> QSize:
        """The name, at least a finger wide."""
        return QSize(max(64, self.fontMetrics().horizontalAdvance(self.text()) + 22), _CHIP_PX)

    def minimumSizeHint(self) -> QSize:
        """The name is never cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline, and what every segment has."""
        if not self.isChecked():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.tokens().colour("line2"), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), self.radius, self.radius)
            painter.end()
        super().paintEvent(event)


class AreaCard(FootCard):
    """Shows the state of the areas and hands taps on; entered is sent when a figure was typed."""

    confirmed = Signal()
    entered = Signal()
    refused = Signal(str)

    def __init__(self, canvas: QWidget, areas: WholeAreas) -> None:
        super().__init__(canvas)
        self._areas = areas
        self._active = False
        self._more = False
        self._chips: dict[str, AreaChip] = {}
        self._quick: list[AreaChip] = []
        self._names, self._figures = self._flow(), QWidget()
        self._back = IconButton("grid", self.tr("More areas"))
        self._size = plain_label("small2")
        self._total = Stepper(self.tr("in all"), "mL", step=0.5, decimals=2, maximum=100.0)
        self._record = QPushButton(self.tr("Record"))
        self._record.setProperty("kind", "primary")
        self._record.setToolTip(self.tr("Record this area as one step (Enter)"))
        self._assemble()
        self._back.clicked.connect(self._show_names)
        self._total.changed.connect(areas.set_total)
        self._total.entered.connect(self.entered)
        self._total.refused.connect(self.refused)
        self._record.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._record.clicked.connect(self.entered)
        self._record.clicked.connect(self.confirmed)
        areas.changed.connect(self._show)

    def _assemble(self) -> None:
        words = QHBoxLayout()
        words.setSpacing(10)
        words.addWidget(self._words)
        words.addWidget(self._size, 1)
        words.addWidget(self._back)
        fit_stepper(self._total, self.tr("in all"), 156)
        self._record.setStyleSheet("min-height: 52px;")
        self._row = self._flow(self._total, self._record)
        self._column = figures = QVBoxLayout(self._figures)
        figures.setContentsMargins(7, 0, 0, 0)
        figures.setSpacing(2)
        figures.addLayout(words)
        figures.addWidget(self._row)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(7, 7, 7, 7)
        column.setSpacing(6)
        column.addWidget(self._names)
        column.addWidget(self._figures)

    # -- what others ask

    def show_active(self, on: bool) -> None:
        """Show the card while its tool is the active one."""
        self._active, self._more = on, False
        self._show()

    def show_view(self) -> None:
        """Another view: other areas can be seen."""
        self._show()

    def chip(self, key: str) -> AreaChip | None:
        """The button of an area of this view."""
        return self._chips.get(key)

    def quick_button(self, total_ml: float) -> AreaChip | None:
        """The button of a total that was entered before."""
        return next((chip for chip in self._quick if chip.text() == f"{volume(total_ml)} mL"), None)

    def record_button(self) -> QPushButton:
        """The button that records."""
        return self._record

    def amount_label(self) -> QLabel:
        """What the area would record, in words."""
        return self._size

    def total_field(self) -> Stepper:
        """The total volume."""
        return self._total

    # -- inside

    def _show_names(self) -> None:
        self._more = not self._more
        self._show()

    def _show(self) -> None:
        if not self._active:
            self._say("")
            return
        areas = self._areas
        chosen = bool(areas.regions())
        self._names.setVisible(self._more or not chosen)
        if self._more or not chosen:
            self._show_chips()
        self._figures.setVisible(chosen)
        if chosen:
            self._size.setText(areas.amount_words())
            self._total.set_value(areas.wish().total_ml)
            self._show_quick()
        else:
            self._more = False
        # a new text reaches the layouts above it only by a later event
        self._column.activate()
        self._figures.updateGeometry()
        self._say(areas.place_words() if chosen else self.tr("Choose an area"))

    def _show_chips(self) -> None:
        offered = [found.key for found in self._areas.offered()]
        if list(self._chips) != offered:
            self._chips = {key: self._chip(key) for key in offered}
            self._names.show_only(*self._chips.values())
        chosen = set(self._areas.regions())
        for found in self._areas.offered():
            self._chips[found.key].setChecked(set(found.region_ids) <= chosen)

    def _chip(self, key: str) -> AreaChip:
        chip = AreaChip(area_name(key))
        chip.clicked.connect(lambda: self._areas.toggle_area(key))
        return chip

    def _quick_chip(self, text: str, total_ml: float) -> AreaChip:
        chip = AreaChip(text)
        chip.setFixedHeight(54)
        chip.setAccessibleName(self.tr("{0} in all").format(text))
        chip.clicked.connect(lambda: self._areas.set_total(total_ml))
        return chip

    def _show_quick(self) -> None:
        totals = self._areas.quick_totals()
        words = [f"{volume(total)} mL" for total in totals]
        if [chip.text() for chip in self._quick] != words:
            self._quick = [self._quick_chip(text, total) for text, total in zip(words, totals, strict=True)]
            self._row.show_only(self._total, *self._quick, self._record)
        for chip, total in zip(self._quick, totals, strict=True):
            chip.setChecked(total == self._areas.total_ml)
