"""At the beginning of a session: why the patient comes, one tap each. It costs nothing: charting puts it away."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mesomap.domain.indication import indications
from mesomap.ui.canvas.floating import floating_card
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.toggle_chip import FlowLayout, ToggleChip
from mesomap.ui.framing import Framing
from mesomap.ui.panels.top_bar import plain_label
from mesomap.ui.typefaces import text_scale
from mesomap.ui.words import language

_WIDE_PX, _WIDEST_PX, _LEFT_PX, _TOP_PX, _OFFERED = 236, 264, 16, 66, 5


def _wide_px() -> int:
    """Wider for larger text, but never over the middle of the body."""
    return min(round(_WIDE_PX * text_scale()), _WIDEST_PX)


class FrameOffer(QObject):
    """A card at the left of the canvas while the session has neither a reason nor marks. more: the whole sheet."""

    more = Signal()

    def __init__(self, framing: Framing, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._framing = framing
        self._canvas = canvas
        self._chips: list[ToggleChip] = []
        self._dismissed = False
        self._card: QFrame = floating_card(canvas)
        self._flow = FlowLayout()
        close = IconButton("close", self.tr("Not now"))
        close.clicked.connect(self._dismiss)
        head = QHBoxLayout()
        head.addWidget(plain_label("strong", self.tr("Why today?")), 1)
        head.addWidget(close)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(14, 4, 6, 12)
        column.setSpacing(2)
        column.addLayout(head)
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 8, 0)
        body.addLayout(self._flow)
        column.addLayout(body)
        self._card.hide()
        framing.model.marks_changed.connect(self.show_offer)
        canvas.installEventFilter(self)
        self._fill()
        self.show_offer()

    def is_shown(self) -> bool:
        """Whether the card is there."""
        return self._card.isVisible()

    def chip(self, value: str) -> ToggleChip:
        """The chip of an indication's key, "last" or "more"."""
        return next(chip for chip in self._chips if chip.value == value)

    def close_button(self) -> IconButton:
        """Puts the card away."""
        return self._card.findChildren(IconButton)[0]

    def show_offer(self) -> None:
        """There while nothing was charted and no reason is on record."""
        service = self._framing.model.service
        begun = bool(service.marks or service.complaints or service.planned or service.session.indication)
        self._card.setVisible(not begun and not self._dismissed)
        self._arrange()

    def _fill(self) -> None:
        known = indications()
        last = self._framing.last_indication()
        rows = [("last", self.tr("As last: {0}").format(last))] if last else []
        rows += [(key, known[key].name(language())) for key in self._framing.indications()[:_OFFERED]]
        rows.append(("more", self.tr("More …")))
        for value, words in rows:
            chip = ToggleChip(words, value)
            chip.clicked.connect(lambda _on=False, wanted=value: self._chosen(wanted))
            chip.setMaximumWidth(_wide_px() - 28)
            self._flow.addWidget(chip)
            self._chips.append(chip)

    def _chosen(self, value: str) -> None:
        if value == "more":
            self.chip(value).setChecked(False)
            self.more.emit()
        elif value == "last":
            self._framing.repeat_indication()
        else:
            self._framing.toggle_indication(value)
        self._canvas.setFocus()

    def _dismiss(self) -> None:
        self._dismissed = True
        self.show_offer()
        self._canvas.setFocus()

    def _lies_above(self, card: QFrame) -> bool:
        return card is not self._card and card.isVisibleTo(self._canvas) and card.y() < _TOP_PX

    def _arrange(self) -> None:
        height = 50 + self._flow.heightForWidth(_wide_px() - 28) + 14
        wide = _wide_px()
        above = [card.geometry() for card in self._canvas.findChildren(QFrame, "card") if self._lies_above(card)]
        top = max([_TOP_PX, *(box.bottom() + 9 for box in above if box.left() < _LEFT_PX + wide)])
        self._card.setGeometry(_LEFT_PX, top, wide, height)
        self._card.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            # after the cards at the upper edge have found their places
            QTimer.singleShot(0, self, self._arrange)
        return super().eventFilter(watched, event)
