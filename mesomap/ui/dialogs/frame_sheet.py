"""The sheet of a session's frame: why, when, who, where, with what. Nothing needs to be filled in; all is saved as
it is entered.
"""

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.controls.chips_field import ChipsField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.rule import rule
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.dialogs.frame_parts import IndicationPart, TimesPart, WhoPart
from mesomap.ui.dialogs.page_sheet import PageSheet
from mesomap.ui.framing import Framing
from mesomap.ui.typefaces import text_scale

_WIDE_PX, _LABEL_PX = 820, 150


class FrameSheet(PageSheet):
    """Lies over the whole page. Done, a tap beside the sheet and Escape close it. complaint: draw the complaint now."""

    complaint = Signal()

    def __init__(self, framing: Framing, page: QWidget) -> None:
        super().__init__(page)
        self.setAccessibleName(self.tr("About this session"))
        self._framing = framing
        self._late = StateChip("grey", "clock")
        self.indication = IndicationPart(framing)
        self.times = TimesPart(framing)
        self.who = WhoPart(framing)
        self.fields = {
            "place": ChipsField(self.tr("Place"), self.tr("where, in your words")),
            "antisepsis": ChipsField(self.tr("Skin antisepsis"), self.tr("what was used, in your words")),
            "anaesthesia": ChipsField(self.tr("Topical anaesthesia"), self.tr("what was used, in your words")),
            "reaction": ChipsField(self.tr("Immediate reaction"), self.tr("what was seen, in your words")),
        }
        for name, field in self.fields.items():
            field.entered.connect(lambda text, key=name: self._entered(key, text))
        self.remark = RemarkField()
        self.remark.setAccessibleName(self.tr("Remark"))
        self.remark.entered.connect(lambda text: framing.edit(remark=text))
        self._undo, self._redo = IconButton("undo", self.tr("Undo")), IconButton("redo", self.tr("Redo"))
        self._undo.clicked.connect(framing.model.undo)
        self._redo.clicked.connect(framing.model.redo)
        self._done = QPushButton(self.tr("Done"))
        self._assemble()
        framing.model.marks_changed.connect(self.show_session)
        self.lay_out()
        self.show_session()

    def _assemble(self) -> None:
        title = plain_label("display", self.tr("About this session"))
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._undo)
        head.addWidget(self._redo)
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 4, 12, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(0, round(_LABEL_PX * text_scale()))
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget]] = [
            (self.tr("Why"), self.indication),
            (self.tr("When"), self.times),
            (self.tr("Who treats"), self.who),
            (self.tr("Place"), self.fields["place"]),
            (self.tr("Skin antisepsis"), self.fields["antisepsis"]),
            (self.tr("Topical anaesthesia"), self.fields["anaesthesia"]),
            (self.tr("Immediate reaction"), self.fields["reaction"]),
            (self.tr("Remark"), self.remark),
        ]
        for number, (name, widget) in enumerate(rows):
            if number:
                grid.addWidget(rule(), 2 * number - 1, 0, 1, 2)
            label = plain_label("strong", name)
            label.setWordWrap(True)
            label.setContentsMargins(0, 12, 0, 0)
            grid.addWidget(label, 2 * number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, 2 * number, 1)
        grid.setRowStretch(2 * len(rows), 1)
        draw = QPushButton(self.tr("Draw the complaint"))
        draw.clicked.connect(self.complaint)
        self._done.setProperty("kind", "primary")
        self._done.setMinimumSize(132, 48)
        self._done.clicked.connect(self.closed)
        saved = plain_label("small2", self.tr("Saved as you enter it; what stays empty is not recorded."))
        saved.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(draw)
        foot.addSpacing(8)
        foot.addWidget(saved, 1)
        foot.addWidget(self._done)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._late)
        self._scroll = scrolled(inner)
        column.addWidget(self._scroll, 1)
        self.times.refused.connect(lambda: self._bring(self.times))
        column.addLayout(foot)

    # -- what others ask

    def show_session(self) -> None:
        """Everything as it is on record."""
        framing, frame = self._framing, self._framing.session.frame
        late = framing.late_words()
        self._late.setVisible(bool(late))
        self._late.show_text(self.tr("Charted late"), late)
        self.indication.show_session()
        self.times.show_session()
        self.who.show_session()
        for name, field in self.fields.items():
            field.show_choices(framing.choices(name))
            field.show_text(getattr(frame, name))
        self.remark.show_text(framing.session.remark)
        service = framing.model.service
        self._undo.setEnabled(service.can_undo)
        self._redo.setEnabled(service.can_redo)

    def late_text(self) -> str:
        """What the sheet says of late charting; nothing for a session charted on the spot."""
        return self._late.accessibleName() if self._late.isVisibleTo(self) else ""

    # -- inside

    def _entered(self, name: str, text: str) -> None:
        field = self.fields[name]
        field.show_error(self._framing.edit(**{name: text}))
        if field.error():
            self._bring(field)

    def _bring(self, part: QWidget) -> None:
        """Scroll to a part once its sentence has made room for itself."""
        QTimer.singleShot(0, part, lambda: self._scroll.ensureWidgetVisible(part, 0, 12))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The tabulator stays on the sheet and goes as the eye does: lines from top to bottom, each from the left."""
        stops = sorted(
            (w for w in self.findChildren(QWidget) if w.isVisible() and w.isEnabled() and _takes_tab(w)),
            key=lambda w: (self._zone(w), w.mapTo(self, QPoint(0, 0)).y() // 8, w.mapTo(self, QPoint(0, 0)).x()),
        )
        if not stops:
            return False
        here = QApplication.focusWidget()
        step = 1 if forward else -1
        at = stops.index(here) + step if here in stops else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[at % len(stops)].setFocus(reason)
        return True

    def _zone(self, widget: QWidget) -> int:
        """Head, what scrolls, foot."""
        if self._scroll.isAncestorOf(widget):
            return 1
        return 0 if widget in (self._undo, self._redo) else 2

    def largest(self) -> QSize:
        """As high as the page."""
        return QSize(round(_WIDE_PX * text_scale()), self.height())

    def first_stop(self) -> QWidget:
        """The button that closes: nothing is asked."""
        return self._done

    def tapped_beside(self) -> None:
        """What is being entered is taken first."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.closed.emit()


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


class RemarkField(QPlainTextEdit):
    """Free text; entered(text) is sent when it is left with another text."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self.setTabChangesFocus(True)
        self.setStyleSheet("min-height:64px; max-height:64px; padding:8px 10px;")

    def show_text(self, text: str) -> None:
        """The text on record."""
        if text != self._shown or not self.hasFocus():
            self._shown = text
            if self.toPlainText() != text:
                self.setPlainText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left: a changed text is recorded."""
        super().focusOutEvent(event)
        text = self.toPlainText().strip()
        if text != self._shown.strip():
            self.entered.emit(text)
