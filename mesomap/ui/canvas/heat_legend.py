"""The key of the heat map: what is counted, the steps with their figures, and what they rest on."""

from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from mesomap.coverage.heat import Measure
from mesomap.render.heat_map import STEPS, draw_heat_scale
from mesomap.ui.canvas.floating import floating_card
from mesomap.ui.canvas.pointed import follow_size
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.track import Track
from mesomap.ui.heat import HeatOverlay
from mesomap.ui.session_model import SessionModel
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from mesomap.ui.words import density, number

_WIDTH_PX, _EDGE_PX, _TOP_PX = 268, 16, 68
#: Gap to the switches, and the least width of the card, px.
_GAP_PX, _LEAST_PX = 8, 200


class HeatScale(QWidget):
    """The steps beside each other, the lower end of each under its left edge."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(36)
        self._measure = Measure.POINTS
        theme.changed.connect(self.update)

    def show_measure(self, measure: Measure) -> None:
        """Figures of points or of volume."""
        self._measure = measure
        self.setAccessibleName(self.tr("Steps from {0}").format(", ".join(self.figures())))
        self.update()

    def figures(self) -> list[str]:
        """Lower ends of the steps."""
        return [f"{step:g}" for step in STEPS[self._measure]]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Swatches and figures."""
        tokens = theme.tokens()
        painter = QPainter(self)
        edges = draw_heat_scale(painter, QRectF(0.5, 0, self.width() - 1, 16), tokens)
        painter.setFont(font("badge"))
        painter.setPen(tokens.colour("text"))
        for left, text in zip(edges, self.figures(), strict=True):
            painter.drawText(QRectF(left, 19, 60, 17), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, text)


class HeatLegend(QObject):
    """A card under the title while the heat map is on; its two words choose what is counted."""

    def __init__(self, model: SessionModel, heat: HeatOverlay, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._model, self._heat, self._canvas = model, heat, canvas
        self.card = floating_card(canvas)
        self.track = Track()
        self.track.add(Measure.POINTS, self.tr("points per cm²"))
        self.track.add(Measure.VOLUME, self.tr("mL per cm²"))
        self.track.chosen.connect(lambda key: heat.choose(Measure(key)))
        self._scale = HeatScale()
        self._basis = plain_label("small")
        self._basis.setWordWrap(True)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.track)
        column.addWidget(self._scale)
        column.addWidget(self._basis)
        # after the switches have found their place
        follow_size(canvas, lambda: QTimer.singleShot(0, self, self._arrange))
        heat.ready.connect(self.show_state)
        model.overlays_changed.connect(self.show_state)
        model.view_changed.connect(lambda _key: self.show_state())
        self.show_state()

    def basis(self) -> str:
        """What the shades rest on, as shown."""
        return self._basis.text()

    def show_state(self) -> None:
        """Follow the overlay."""
        self.card.setVisible(self._heat.on)
        if not self._heat.on:
            return
        self.track.show_chosen(self._heat.measure)
        self._scale.show_measure(self._heat.measure)
        self._basis.setText(self._words())
        self._arrange()

    def _words(self) -> str:
        picture = self._heat.picture(self._model.view_key)
        if picture is None:
            return self.tr("Being worked out…")
        radius = self.tr("Estimate: each point spread over {0} mm of skin").format(number(picture.radius_mm, 0))
        parts = [radius, self.tr("most in this view {0}").format(self._peak(picture.peak))]
        if picture.left_out and picture.measure is Measure.VOLUME:
            one = self.tr("1 point without a volume left out")
            many = self.tr("{0} points without a volume left out")
            parts.append(one if picture.left_out == 1 else many.format(picture.left_out))
        elif picture.left_out:
            parts.append(self.tr("areas without a number left out"))
        return ", ".join(parts)

    def _peak(self, value: float) -> str:
        return density(value) if self._heat.measure is Measure.POINTS else number(value, 3)

    def _arrange(self) -> None:
        # the basis wraps: the card is as high as its words at this width
        layout = self.card.layout()
        if layout is not None:
            width = min(max(_WIDTH_PX, self.track.sizeHint().width() + 24), self._room())
            self.card.setFixedSize(width, max(layout.heightForWidth(width), 0))
        self.card.move(_EDGE_PX, _TOP_PX)

    def _room(self) -> int:
        """Width beside the switches where, with larger text, they reach down to it."""
        cards = self._canvas.findChildren(QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly)
        lefts = [
            card.x()
            for card in cards
            if card.isVisible() and card.x() > _EDGE_PX + _LEAST_PX and card.y() < _TOP_PX < card.geometry().bottom()
        ]
        return min(lefts) - _EDGE_PX - _GAP_PX if lefts else self._canvas.width()
