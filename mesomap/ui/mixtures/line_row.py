"""One product of a mixture: name, lot, volume, and what should be seen before it is used."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mesomap.domain.mixture import LineRole, MixtureLine
from mesomap.services.mixing import RED, LineNotice, Notice
from mesomap.services.shelf import ShelfLot
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import Stepper
from mesomap.ui.mixtures.words import expiry_words, lot_words, notice_words
from mesomap.ui.panels.dose_card import WordChip, tap_chip

_ROLES_MARKED = (LineRole.DILUENT, LineRole.ANAESTHETIC)


class LineRow(QFrame):
    """Sends volume_changed(mL or None), removed, lot_chosen(lot id or None), new_lot."""

    volume_changed = Signal(object)
    removed = Signal()
    lot_chosen = Signal(object)
    new_lot = Signal()
    refused = Signal(str)

    def __init__(self, line: MixtureLine, lots: Sequence[ShelfLot], notices: Sequence[LineNotice]) -> None:
        super().__init__()
        self.line = line
        self._lots = tuple(lots)
        name = WordLabel(self._titled(line))
        remove = IconButton("close", self.tr("Take {0} out").format(line.product_name), size=38)
        remove.clicked.connect(self.removed)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(name, 1)
        top.addWidget(remove)
        short = f"{line.lot_number} · {expiry_words(line.expiry)}" if line.expiry else line.lot_number
        self._lot = WordChip(short or lot_words("", None))
        self._lot.setAccessibleName(lot_words(line.lot_number, line.expiry))
        self._lot.setStyleSheet("padding: 0 9px; font-size: 12.5px; font-weight: 500;")
        self._lot.setCheckable(False)
        self._lot.clicked.connect(self._ask_lot)
        self._lot.setEnabled(line.product_id is not None)
        self._volume = Stepper(self.tr("drawn up"), "mL", step=0.5, decimals=2, maximum=1000.0, clearable=True)
        self._volume.field().setAccessibleName(self.tr("{0} drawn up, mL").format(line.product_name))
        self._volume.set_value(None if line.volume_ml is None else float(line.volume_ml))
        self._volume.changed.connect(self._send_volume)
        self._volume.refused.connect(self.refused)
        figures = QHBoxLayout()
        figures.setSpacing(6)
        figures.addWidget(self._lot, 1)
        figures.addWidget(self._volume, 1)
        self._choice = QWidget()
        self._choices: list[WordChip] = []
        held = self._choice_column = QVBoxLayout(self._choice)
        held.setContentsMargins(0, 0, 0, 0)
        held.setSpacing(4)
        self._choice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(figures)
        column.addWidget(self._choice)
        # That no lot is recorded stands on its button.
        for notice in (one for one in notices if one.kind is not Notice.NO_LOT):
            label = plain_label("error" if notice.kind in RED else "small2", notice_words(notice, line))
            label.setWordWrap(True)
            column.addWidget(label)

    def lot_button(self) -> WordChip:
        """The button with the lot; a tap offers others."""
        return self._lot

    def lot_choice(self, number: str) -> WordChip:
        """The button of a lot that is offered. Raises StopIteration when it is not."""
        return next(chip for chip in self._choices if number in chip.accessibleName())

    def volume(self) -> Stepper:
        """The volume drawn up."""
        return self._volume

    def _titled(self, line: MixtureLine) -> str:
        roles = {LineRole.DILUENT: self.tr("diluent"), LineRole.ANAESTHETIC: self.tr("anaesthetic")}
        return f"{line.product_name} · {roles[line.role]}" if line.role in _ROLES_MARKED else line.product_name

    def _send_volume(self, value: float | None) -> None:
        self.volume_changed.emit(None if value is None else Decimal(repr(round(value, 6))))

    def _ask_lot(self) -> None:
        if self._choice.isVisible():
            self._choice.hide()
            return
        if not self._choices:
            for one in self._lots:
                words = lot_words(one.lot.number, one.lot.expiry)
                if one.recall is not None:
                    words = self.tr("{0}, recalled").format(words)
                elif one.expired:
                    words = self.tr("{0}, expired").format(words)
                chip = WordChip(words, chosen=one.lot.id == self.line.lot_id)
                chip.clicked.connect(lambda _checked=False, lot=one.lot.id: self.lot_chosen.emit(lot))
                self._choices.append(chip)
            self._choices.append(tap_chip(self.tr("Another lot …"), self.new_lot.emit))
            for chip in self._choices:
                self._choice_column.addWidget(chip)
        self._choice.show()


class WordLabel(QLabel):
    """A name of one line, shortened with an ellipsis; the tooltip has it whole."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "strong")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(40)
        self.setToolTip(words)
        self.setAccessibleName(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to the new width."""
        super().resizeEvent(event)
        self.ensurePolished()
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width()))
