"""Card at the foot of the canvas while own zones are drawn: name, colour, keep, remove, put back."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.own_zone import COLOURS, LONGEST_NAME
from mesomap.render.own_zones import ZONE_COLOURS
from mesomap.ui.canvas.foot_card import FootCard
from mesomap.ui.controls.buttons import PaintedButton
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.own_zone_desk import OwnZoneDesk
from mesomap.ui.theme import theme

_SIDE_PX = 44


class Swatch(PaintedButton):
    """A disc in the colour of a zone; a ring when it is chosen."""

    def __init__(self, colour: str, name: str) -> None:
        super().__init__()
        self.colour = colour
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(_SIDE_PX, _SIDE_PX)

    def sizeHint(self) -> QSize:
        """A finger."""
        return QSize(_SIDE_PX, _SIDE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and ring."""
        tokens = theme.tokens()
        painter = QPainter(self)
        self.paint_ground(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), None)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ZONE_COLOURS[self.colour][1 if tokens.graphite_skin else 0]))
        middle = QRectF(self.rect()).center()
        painter.drawEllipse(middle, 11, 11)
        if self.isChecked():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.colour("text"), 2))
            painter.drawEllipse(middle, 15, 15)


class OwnZoneCard(FootCard):
    """entered: the keyboard goes back to the canvas."""

    entered = Signal()

    def __init__(self, canvas: QWidget, desk: OwnZoneDesk) -> None:
        super().__init__(canvas)
        self._desk = desk
        self._active = False
        self._shown: object = None
        self._fields = QWidget()
        self.name = EntryField()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("Name of the zone"))
        self.name.setAccessibleName(self.tr("Name of the zone"))
        self.name.setMinimumWidth(200)
        self.name.setMinimumHeight(_SIDE_PX)
        self.name.returnPressed.connect(self._keep)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.swatches = {key: Swatch(key, name) for key, name in self._colour_names().items()}
        self.keep = QPushButton(self.tr("Keep"))
        self.keep.setProperty("kind", "primary")
        self.keep.clicked.connect(self._keep)
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.clicked.connect(desk.remove)
        self.back = QPushButton(self.tr("Put back"))
        self.back.clicked.connect(desk.put_back)
        for button in (self.keep, self.remove, self.back):
            button.setMinimumHeight(_SIDE_PX)
        self._assemble()
        desk.changed.connect(self._show)

    def _colour_names(self) -> dict[str, str]:
        words = (self.tr("Teal"), self.tr("Plum"), self.tr("Rust"), self.tr("Moss"), self.tr("Slate"), self.tr("Ochre"))
        return dict(zip(COLOURS, words, strict=True))

    def _assemble(self) -> None:
        row = QHBoxLayout(self._fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.name)
        row.addSpacing(6)
        for swatch in self.swatches.values():
            self._group.addButton(swatch)
            row.addWidget(swatch)
        row.addSpacing(6)
        row.addWidget(self.keep)
        row.addWidget(self.remove)
        words = QHBoxLayout()
        words.setContentsMargins(7, 0, 7, 0)
        words.addWidget(self._words, 1)
        words.addWidget(self.back)
        self._column = QVBoxLayout(self._card)
        self._column.setContentsMargins(7, 7, 7, 7)
        self._column.setSpacing(6)
        self._column.addLayout(words)
        self._column.addWidget(self._fields)

    def show_active(self, on: bool) -> None:
        """Show the card while its tool is the active one."""
        self._active = on
        self._show()

    def _show(self) -> None:
        if not self._active:
            self._shown = None
            self._say("")
            return
        chosen, draft = self._desk.selected(), self._desk.draft()
        self._fields.setVisible(bool(draft) or chosen is not None)
        self.remove.setVisible(chosen is not None)
        self.back.setVisible(self._desk.may_put_back())
        held: object = chosen or draft
        if held != self._shown and (chosen is not None or draft):
            self.name.setText(chosen.name if chosen is not None else "")
            colour = chosen.colour if chosen is not None else self._desk.zones.next_colour()
            self.swatches[colour].setChecked(True)
            self.name.setFocus()
        self._shown = held
        if chosen is not None:
            self._say(self.tr("Zone of the practice"))
        elif draft:
            self._say(self.tr("Name the zone"))
        else:
            self._say(self.tr("Draw once around a zone, or tap one to change it"))
        # parts that came or went count only once the layout has looked again
        self._column.invalidate()
        self._column.activate()
        self._arrange()

    def _keep(self) -> None:
        colour = next((key for key, swatch in self.swatches.items() if swatch.isChecked()), COLOURS[0])
        if self._desk.keep(self.name.text(), colour):
            self.entered.emit()
