"""Which earlier session lies under the marks, and the steps to others; there while its overlay is on."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.ui.canvas.floating import floating_card
from mesomap.ui.canvas.pointed import follow_size
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.session_model import SessionModel

#: Under the title of the view; under the legend of the heat map while that is shown.
_EDGE_PX, _TOP_PX, _GAP_PX = 16, 68, 8


class GhostBar(QObject):
    """A card with two arrows. above: the card that it keeps clear of."""

    def __init__(self, model: SessionModel, canvas: QWidget, above: QWidget) -> None:
        super().__init__(canvas)
        self._model, self._canvas, self._above = model, canvas, above
        self.card = floating_card(canvas)
        self.back = IconButton("back", self.tr("Earlier session (Alt ←)"))
        self.forward = IconButton("next", self.tr("Later session (Alt →)"))
        self._title = plain_label("strong")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self.card)
        row.setContentsMargins(4, 2, 4, 2)
        row.setSpacing(4)
        for widget in (self.back, self._title, self.forward):
            row.addWidget(widget)
        self.back.clicked.connect(lambda: self.step(1))
        self.forward.clicked.connect(lambda: self.step(-1))
        # after the cards at the upper edge have found their places
        follow_size(canvas, lambda: QTimer.singleShot(0, self, self._arrange))
        above.installEventFilter(self)
        model.overlays_changed.connect(self.show_state)
        model.session_taken.connect(self.show_state)
        self.show_state()

    def words(self) -> str:
        """The session that is shown."""
        return self._title.text() if self.card.isVisible() else ""

    def step(self, by: int) -> None:
        """1 = further back, -1 = forward again; nothing happens at the ends, or while the overlay is off."""
        if self._model.overlays["last_session"] and self._model.ghosts.step(by):
            self._model.overlays_changed.emit()

    def show_state(self) -> None:
        """Follow the overlay."""
        ghosts = self._model.ghosts
        try:
            shown = self._model.overlays["last_session"] and ghosts.count > 0
        except MesoMapError:
            shown = False  # the overlay itself has said so
        self.card.setVisible(shown)
        if not shown:
            return
        self._title.setText(ghosts.title())
        self.card.setAccessibleName(self.tr("Under the marks: {0}").format(ghosts.title()))
        self.back.setEnabled(ghosts.back + 1 < ghosts.count)
        self.forward.setEnabled(ghosts.back > 0)
        self._arrange()

    def _arrange(self) -> None:
        self.card.adjustSize()
        below = self._above.geometry().bottom() + _GAP_PX if self._above.isVisible() else _TOP_PX
        self.card.move(_EDGE_PX, below)
        # With larger text the switches take two rows and reach down to it.
        for other in self._canvas.findChildren(QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if other is not self.card and other.isVisible() and other.geometry().intersects(self.card.geometry()):
                self.card.move(_EDGE_PX, other.geometry().bottom() + _GAP_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move):
            self._arrange()
        return super().eventFilter(watched, event)
