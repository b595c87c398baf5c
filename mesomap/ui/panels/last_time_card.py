"""As last time: the regions of the last session, each with a box to leave it out; then planned, or charted at once."""


from PySide6.QtCore import QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from mesomap.atlas import Atlas
from mesomap.ui.controls.buttons import PaintedButton
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.rule import rule
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.icons import draw_icon
from mesomap.ui.last_time import LastTime, amount_words
from mesomap.ui.panels.over_card import OverCard
from mesomap.ui.short_regions import short_region_words
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from mesomap.ui.words import region_name, side_letter, volume

_ROW_PX = 50


class CheckRow(PaintedButton):
    """A box, a name, and figures at the right. narrow: the name where there is little room, and the letter of its side,
    which is never cut.
    """

    def __init__(
        self, name: str, figures: str = "", spoken: str = "", narrow: tuple[str, str] | None = None
    ) -> None:
        super().__init__()
        self._figures = figures
        self._narrow = narrow
        self.setText(name)
        self.setCheckable(True)
        self.setChecked(True)
        self.setFixedHeight(_ROW_PX)
        self.setAccessibleName(spoken or name)
        self.setToolTip(self.accessibleName())

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(280, _ROW_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Row."""
        tokens = theme.tokens()
        painter = QPainter(self)
        self.paint_ground(painter, QRectF(self.rect()), None)
        on = self.isChecked()
        box = QRectF(10, self.height() / 2 - 11, 22, 22)
        painter.setPen(QPen(tokens.colour("text" if on else "text3"), 1.6))
        painter.setBrush(tokens.colour("text") if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        if on:
            draw_icon(painter, "check", box.adjusted(2, 2, -2, -2), tokens.colour("onink"), 2.4)
        painter.setPen(tokens.colour("text" if on else "text2"))
        painter.setFont(font("control"))
        line = QRectF(44, 0, self.width() - 54, self.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._figures)
        room = line.width() - painter.fontMetrics().horizontalAdvance(self._figures) - 12
        words = self.words_in(int(room), painter.fontMetrics())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def words_in(self, room: int, metrics: QFontMetrics) -> str:
        """The name as it is shown in so many px."""
        if self._narrow is None or metrics.horizontalAdvance(self.text()) <= room:
            return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        name, side = self._narrow
        after = f" {side}" if side else ""
        return metrics.elidedText(name, Qt.TextElideMode.ElideRight, room - metrics.horizontalAdvance(after)) + after


def narrow_name(atlas: Atlas, region_id: str) -> tuple[str, str]:
    """Short name of a region and the letter of its side."""
    return short_region_words(atlas, region_id), side_letter(atlas.region(region_id).side)


class LastTimeCard(OverCard):
    """A card over the side panel. planned(region ids) puts them on the body as a plan, confirmed(region ids) charts
    them as done at once; either is sent once. Escape or close puts the card away.
    """

    planned = Signal(frozenset)
    confirmed = Signal(frozenset)
    protocol_asked = Signal()

    def __init__(self, atlas: Atlas, last_time: LastTime, parent: QWidget) -> None:
        super().__init__(self.tr("As last time"), parent)
        self._atlas, self._last_time = atlas, last_time
        self._rows: dict[str, CheckRow] = {}
        self._all = CheckRow(self.tr("All regions"))
        self._all.clicked.connect(self._choose_all)
        self._notes = plain_label("strong")
        self._notes.setWordWrap(True)
        self._plan, self._confirm = QPushButton(self.tr("Plan")), QPushButton(self.tr("Chart all as done now"))
        self._plan.setProperty("kind", "primary")
        for button, signal in ((self._plan, self.planned), (self._confirm, self.confirmed)):
            button.setMinimumHeight(50)
            button.clicked.connect(lambda _on=False, told=signal: self._send(told))
        self.protocol_button = QPushButton(self.tr("After the protocol instead"))
        self.protocol_button.setMinimumHeight(50)
        self.protocol_button.clicked.connect(self._ask_protocol)
        self.protocol_button.hide()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(1)
        self._assemble()

    def _assemble(self) -> None:
        inner = QWidget()
        inner.setLayout(self._column)
        self.whole.addWidget(self._all)
        self.whole.addWidget(rule())
        self.whole.addWidget(scrolled(inner), 1)
        self.add_inset(self._notes, self._plan, self._confirm, self.protocol_button)

    def open(self) -> None:
        """List the regions of the last session, all of them on; the button has the keyboard."""
        for row in self._rows.values():
            row.deleteLater()
        self._rows = {}
        while self._column.count():
            self._column.takeAt(0)
        for count in self._last_time.rows:
            name = region_name(self._atlas, count.region_id)
            points = f"≈{count.points}" if count.about else str(count.points)
            amount = f"{volume(count.volume_ml)} mL"
            spoken = self.tr("{0}: {1} points, {2}").format(name, points, amount)
            row = CheckRow(name, f"{points}  ·  {amount}", spoken, narrow_name(self._atlas, count.region_id))
            row.clicked.connect(self._changed)
            self._column.addWidget(row)
            self._rows[count.region_id] = row
        self._column.addStretch(1)
        self.when.show_text(self._last_time.title())
        notes = self._last_time.notes()
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))
        self._changed()
        self.show()
        self.raise_()
        self._plan.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_protocol(self, *, on: bool) -> None:
        """Whether the protocol of the course is offered in its stead; protocol_asked is sent when it is wanted."""
        self.protocol_button.setVisible(on)

    def _ask_protocol(self) -> None:
        self.hide()
        self.protocol_asked.emit()

    def row(self, region_id: str) -> CheckRow:
        """The row of a region."""
        return self._rows[region_id]

    def all_row(self) -> CheckRow:
        """The row that switches all regions."""
        return self._all

    def plan_button(self) -> QPushButton:
        """The button that lays the plan."""
        return self._plan

    def done_button(self) -> QPushButton:
        """The button that charts all of it at once."""
        return self._confirm

    def notes_text(self) -> str:
        """What differs from last time, as shown."""
        return self._notes.text()

    def _chosen(self) -> frozenset[str]:
        return frozenset(key for key, row in self._rows.items() if row.isChecked())

    def _changed(self) -> None:
        chosen = self._chosen()
        self._all.setChecked(len(chosen) == len(self._rows))
        coming = self._last_time.coming(chosen)
        self._plan.setEnabled(bool(coming))
        self._confirm.setEnabled(bool(coming))
        if coming:
            self._plan.setText(self.tr("Plan {0}").format(amount_words(coming)))
        else:
            self._plan.setText(self.tr("All of it is charted already") if chosen else self.tr("No region chosen"))

    def _choose_all(self, on: bool) -> None:
        for row in self._rows.values():
            row.setChecked(on)
        self._changed()

    def _send(self, signal: SignalInstance) -> None:
        self.hide()
        signal.emit(self._chosen())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter plans, or charts where that button has the keyboard; it does not go on to the canvas."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self._confirm if self._confirm.hasFocus() else self._plan).click()
        else:
            super().keyPressEvent(event)
