"""The complaint: how to draw, how strong, in which words, and the list of what was drawn. Lies over the side panel."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mesomap.domain.complaint import WORST_INTENSITY, Complaint
from mesomap.domain.indication import frame_words
from mesomap.render.pain_drawing import intensity_text
from mesomap.ui.controls.buttons import IconButton, PaintedButton, SegmentButton, icon_picture
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.controls.toggle_chip import FlowLayout, ToggleChip
from mesomap.ui.controls.track import Track
from mesomap.ui.pain_drawing import PainDrawing
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, text_scale
from mesomap.ui.words import language

_ROW_PX = 48
_COLUMNS = 6


class ComplaintRow(PaintedButton):
    """Number of the intensity, where it lies, how large; selected = sunken with an ink bar."""

    def __init__(self, complaint: Complaint, place: str, size: str, spoken: str, *, selected: bool) -> None:
        super().__init__()
        self.complaint = complaint
        self._size = size
        self._place = place
        self.setCheckable(True)
        self.setChecked(selected)
        self.setFixedHeight(round(_ROW_PX * text_scale()))
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(280, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Badge, place, words under it."""
        tokens = theme.tokens()
        painter = QPainter(self)
        box = QRectF(self.rect())
        self.paint_ground(painter, box, tokens.colour("sunken") if self.isChecked() else None)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            painter.fillRect(QRectF(0, 8, 3, self.height() - 16), tokens.colour("text"))
        badge = QRectF(12, self.height() / 2 - 13, 26, 26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("text"))
        painter.drawEllipse(badge)
        painter.setPen(QPen(tokens.colour("onink")))
        painter.setFont(font("strong"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, intensity_text(self.complaint.intensity))
        painter.setPen(tokens.colour("text"))
        scale = text_scale()
        upper = QRectF(50, 5 * scale, self.width() - 60, 20 * scale)
        painter.drawText(
            upper,
            Qt.AlignmentFlag.AlignVCenter,
            painter.fontMetrics().elidedText(self._place, Qt.TextElideMode.ElideRight, int(upper.width())),
        )
        painter.setFont(font("small"))
        painter.setPen(tokens.colour("text2"))
        lower = upper.translated(0, 18 * scale)
        words = " · ".join(part for part in (self._size, self.complaint.quality) if part)
        painter.drawText(
            lower,
            Qt.AlignmentFlag.AlignVCenter,
            painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(lower.width())),
        )


class PainCard(QFrame):
    """mode_chosen("lasso", "brush" or "point"), done when it is put away; the rest goes to the pain drawing."""

    mode_chosen = Signal(str)
    done = Signal()
    entered = Signal()

    def __init__(self, pain: PainDrawing, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Complaint"))
        self._pain = pain
        self._made = False
        self.hide()

    def _make(self) -> None:
        """Everything on the card, at its first use: most sessions are charted without it."""
        self._made = True
        pain = self._pain
        self._modes = Track(ink=True)
        for key, text, icon in (
            ("lasso", self.tr("Loop"), "lasso"),
            ("brush", self.tr("Brush"), "brush"),
            ("point", self.tr("Trigger"), "trigger"),
        ):
            self._modes.add(key, text, icon_picture(icon))
        self._modes.chosen.connect(self.mode_chosen)
        self._width = plain_label("strong")
        self._width.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.narrower = IconButton("minus", self.tr("Narrower brush"))
        self.wider = IconButton("plus", self.tr("Broader brush"))
        self.narrower.clicked.connect(lambda: pain.step_width(-1))
        self.wider.clicked.connect(lambda: pain.step_width(1))
        self._for = ElidedLabel("small2", stretchy=True)
        self._scale: dict[int | None, SegmentButton] = {}
        self._chips: list[ToggleChip] = []
        self._words = EntryField()
        self._words.setMaxLength(200)
        self._words.setPlaceholderText(self.tr("own words of the patient"))
        self._words.setAccessibleName(self.tr("How it feels, in the patient's words"))
        self._words.editingFinished.connect(self._words_entered)
        self._words.returnPressed.connect(self.entered)
        self._rows: list[ComplaintRow] = []
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 4, 0)
        self._list.setSpacing(1)
        self._basis = plain_label("small")
        self._basis.setWordWrap(True)
        self._basis.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._repeat = QPushButton(self.tr("Outlines of last time"))
        self._repeat.setToolTip(self.tr("Draw them again; intensities are asked anew"))
        self._repeat.clicked.connect(pain.repeat)
        self._erase = QPushButton(self.tr("Erase"))
        self._erase.clicked.connect(pain.erase)
        self._assemble()
        pain.changed.connect(self.show_drawing)

    def _assemble(self) -> None:
        close = IconButton("close", self.tr("Done: back to charting"))
        close.clicked.connect(self.done)
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 0, 0)
        head.addWidget(plain_label("title", self.tr("Complaint")), 1)
        head.addWidget(close)
        self._width_row = QWidget()
        width = QHBoxLayout(self._width_row)
        width.setContentsMargins(0, 0, 0, 0)
        width.addWidget(self.narrower)
        width.addWidget(self._width, 1)
        width.addWidget(self.wider)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 0, 6, 0)
        column.setSpacing(8)
        column.addWidget(self._modes)
        column.addWidget(self._width_row)
        column.addWidget(self._for)
        column.addLayout(self._scale_grid())
        caption = plain_label("small2", self.tr("How it feels, in the patient's words"))
        caption.setWordWrap(True)
        caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column.addWidget(caption)
        chips = FlowLayout()
        for word in frame_words("quality"):
            chip = ToggleChip(word.name(language()))
            chip.clicked.connect(lambda _on, value=chip.value: self._toggle_word(value))
            chips.addWidget(chip)
            self._chips.append(chip)
        column.addLayout(chips)
        column.addWidget(self._words)
        column.addLayout(self._list)
        column.addWidget(self._basis)
        column.addWidget(self._repeat)
        column.addStretch(1)
        finish = QPushButton(self.tr("Done"))
        finish.setProperty("kind", "primary")
        finish.clicked.connect(self.done)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 0, 10, 0)
        foot.addWidget(self._erase)
        foot.addStretch(1)
        foot.addWidget(finish)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(6, 10, 6, 12)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(scrolled(inner), 1)
        whole.addLayout(foot)

    def _scale_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        for place, value in enumerate([*range(WORST_INTENSITY + 1), None]):
            button = SegmentButton(intensity_text(value), ink=True)
            name = self.tr("Intensity {0} of {1}").format(value, WORST_INTENSITY)
            button.setAccessibleName(self.tr("Intensity not asked") if value is None else name)
            button.setToolTip(self.tr("not asked") if value is None else "")
            button.clicked.connect(lambda _on=False, wanted=value: self._pain.set_intensity(wanted))
            grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
            self._scale[value] = button
        return grid

    # -- what others ask

    def intensity_button(self, intensity: int | None) -> SegmentButton:
        """The button of an intensity; None = not asked."""
        return self._scale[intensity]

    def mode_button(self, key: str) -> SegmentButton | None:
        """The button of a way to draw."""
        return self._modes.button(key)

    def chip(self, words: str) -> ToggleChip:
        """The chip of a word."""
        return next(chip for chip in self._chips if chip.value == words)

    def words_field(self) -> EntryField:
        """Own words."""
        return self._words

    def repeat_button(self) -> QPushButton:
        """Draws the outlines of last time."""
        return self._repeat

    def erase_button(self) -> QPushButton:
        """Takes the selected one away."""
        return self._erase

    def rows(self) -> list[ComplaintRow]:
        """What was drawn."""
        return list(self._rows)

    def open(self, mode: str) -> None:
        """Show the card."""
        if not self._made:
            self._make()
        self._modes.show_chosen(mode)
        self._width_row.setVisible(mode == "brush")
        self.show_drawing()
        self.show()
        self.raise_()

    def show_drawing(self) -> None:
        """Everything anew: selection, scale, words, list."""
        chosen = self._pain.selected()
        self._width.setText(self.tr("Width {0} mm").format(f"{self._pain.width_mm:g}"))
        asked = self.tr("Intensity, 0 none to 10 worst")
        place = "" if chosen is None else self._pain.words.place(chosen)
        self._for.show_text(f"{asked} · {place}" if place else asked)
        for value, button in self._scale.items():
            button.setChecked(value == self._pain.intensity())
        quality = self._pain.quality()
        parts = quality.split(", ")
        for chip in self._chips:
            chip.setChecked(chip.value in parts)
        if not self._words.hasFocus() or not self._words.isModified():
            self._words.setText(quality)
        self._erase.setEnabled(chosen is not None)
        self._repeat.setVisible(self._pain.can_repeat())
        self._show_rows(chosen)

    # -- inside

    def _toggle_word(self, words: str) -> None:
        parts = [part for part in self._pain.quality().split(", ") if part]
        parts = [part for part in parts if part != words] if words in parts else [*parts, words]
        self._pain.set_quality(", ".join(parts))

    def _words_entered(self) -> None:
        if self._words.text().strip() != self._pain.quality():
            self._pain.set_quality(self._words.text())
        self._words.setModified(False)

    def _show_rows(self, chosen: Complaint | None) -> None:
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        pain = self._pain
        for complaint in pain.complaints():
            row = ComplaintRow(
                complaint,
                pain.words.place(complaint),
                pain.words.size(complaint),
                pain.words.spoken(complaint),
                selected=complaint is chosen,
            )
            row.clicked.connect(lambda _on=False, wanted=complaint: pain.reveal(wanted))
            self._list.addWidget(row)
            self._rows.append(row)
        basis = pain.model.service.session.scale_basis or self.tr("reference body")
        self._basis.setText(
            self.tr("Skin areas are estimates: {0}. The pain drawing is no treatment and is not counted.").format(basis)
            if self._rows
            else self.tr("Nothing drawn yet. Draw on the body where the patient points.")
        )
