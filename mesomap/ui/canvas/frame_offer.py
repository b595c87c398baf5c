"""At the beginning of a session: why the patient comes, one tap each. It costs nothing: charting puts it away."""

from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mesomap.domain.indication import indications
from mesomap.ui.canvas.fixtures import LETTERS_AT
from mesomap.ui.canvas.floating import floating_card
from mesomap.ui.canvas.foot_card import FootCard
from mesomap.ui.canvas.pointed import PointedWidget, follow_size
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.toggle_chip import FlowLayout, ToggleChip
from mesomap.ui.framing import Framing
from mesomap.ui.typefaces import text_scale
from mesomap.ui.words import language

_WIDE_PX, _WIDEST_PX, _LEFT_PX, _OFFERED = 244, 300, 16, 5
#: Head of the card with its margins, margins at its sides, room for the scale bar, lower half of a side letter.
_HEAD_PX, _SIDES_PX, _FOOT_PX, _LETTER_PX = 62, 22, 66, 44


def _wide_px() -> int:
    """Wider for larger text, but never over the middle of the body."""
    return min(round(_WIDE_PX * text_scale()), _WIDEST_PX)


class FrameOffer(QObject):
    """A card at the left of the canvas while the session has neither a reason nor marks, and no tool's card is in its
    way. more: the whole sheet.
    """

    more = Signal()

    def __init__(self, framing: Framing, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._framing = framing
        self._canvas = canvas
        self._chips: list[ToggleChip] = []
        #: Of which session the chips are, and what they offer.
        self._filled: tuple[UUID | None, list[tuple[str, str]]] = (None, [])
        self._dismissed = False
        self._card: QFrame = floating_card(canvas)
        self._flow = FlowLayout(gap_px=4)
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
        # after the cards at the upper edge have found their places
        follow_size(canvas, lambda: QTimer.singleShot(0, self, self.show_offer))
        framing.model.session_taken.connect(self.show_offer)
        if isinstance(canvas, PointedWidget):
            canvas.foot_changed.connect(self.show_offer)
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
        offered = not begun and not self._dismissed
        if offered and self._filled[0] != service.session.id:
            self._fill(service.session.id)
        if offered:
            self._arrange()
        # What a tool shows at the foot goes first; the offer comes again when it is gone.
        room = self._card.geometry()
        self._card.setVisible(offered and not any(card.covers(room) for card in self._canvas.findChildren(FootCard)))

    def _fill(self, session_id: UUID) -> None:
        known = indications()
        last = self._framing.last_indication()
        rows = [("last", self.tr("As last: {0}").format(last))] if last else []
        last_keys = self._framing.last_keys()
        others = [key for key in self._framing.indications() if (key,) != last_keys]
        rows += [(key, known[key].name(language())) for key in others[:_OFFERED]]
        rows.append(("more", self.tr("More …")))
        same, self._filled = rows == self._filled[1], (session_id, rows)
        if same:
            return
        self._flow.clear()
        self._chips.clear()
        for value, words in rows:
            chip = ToggleChip(words, value)
            chip.clicked.connect(lambda _on=False, wanted=value: self._chosen(wanted))
            chip.setMaximumWidth(_wide_px() - _SIDES_PX)
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

    def _arrange(self) -> None:
        """Lower left, between the side letter and the scale bar; what has no room there is left to the sheet."""
        wide, foot = _wide_px(), self._canvas.height() - round(_FOOT_PX * text_scale())
        room = foot - round(self._canvas.height() * LETTERS_AT + _LETTER_PX * text_scale())
        spare = [chip for chip in self._chips if chip.value not in ("last", "more")]
        for shown in range(len(spare), -1, -1):
            for place, chip in enumerate(spare):
                chip.setVisible(place < shown)
            height = _HEAD_PX + self._flow.heightForWidth(wide - _SIDES_PX)
            if height <= room:
                break
        self._card.setGeometry(_LEFT_PX, foot - height, wide, height)
        self._card.raise_()
