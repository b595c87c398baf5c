"""The input of a visual analogue scale: the line in the form where it fits, else on a sheet of its own."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.scale import Scale
from mesomap.services.scales import line_value
from mesomap.ui.after.line_slider import LineSlider
from mesomap.ui.after.scale_input import ScaleInput
from mesomap.ui.after.screen_size import calibrated_px_per_mm, said_px_per_mm
from mesomap.ui.controls.dialog_foot import dialog_foot
from mesomap.ui.controls.record_lines import wrapping


class LineInput(ScaleInput):
    """The line of 100 mm, and whether its length was calibrated. calibrate_asked: open the calibration.

    A line that is longer than the form is not drawn shorter: it is shown on a sheet of its own.
    """

    calibrate_asked = Signal()

    def __init__(self, asked: Scale) -> None:
        super().__init__()
        self._ends = asked.levels[0].label, asked.levels[-1].label
        # A place of no least width: a long line must not make the form wider than its card.
        self._place = QWidget()
        self.slider = LineSlider(*self._ends)
        self.slider.setParent(self._place)
        self.slider.changed.connect(self._marked)
        self._state, self._figure = wrapping("small2"), wrapping("strong")
        self.calibrate = QPushButton(self.tr("Calibrate…"))
        self.calibrate.clicked.connect(self.calibrate_asked)
        self.sheet = QPushButton(self.tr("The line on a sheet of its own…"))
        self.sheet.clicked.connect(self.ask_on_sheet)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._state, 1)
        row.addWidget(self.calibrate)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._place)
        column.addWidget(self.sheet)
        column.addWidget(self._figure)
        column.addLayout(row)
        self.is_calibrated = False
        self.show_screen()

    def show_screen(self) -> None:
        """Draw the line for the screen that the window is on."""
        measured = calibrated_px_per_mm(self.screen())
        self.is_calibrated = measured is not None
        self.slider.set_px_per_mm(measured or said_px_per_mm(self.screen()))
        self._state.setText(
            self.tr("The line is 100 mm long on this screen (calibrated).")
            if self.is_calibrated
            else self.tr("Not calibrated: the line is 100 mm long if the screen says its size rightly.")
        )
        self._fit()

    def value(self) -> Decimal | None:
        """The place of the mark, in tenths of 10."""
        held = self.slider.value()
        return None if held is None else line_value(held)

    def ask_on_sheet(self) -> None:
        """Hand the line to the patient, with nothing else on the sheet."""
        dialog = LineSheet(self._ends, self.slider.px_per_mm, self.window())
        dialog.line.set_value(self.slider.value())
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.line.value() is not None:
            self.slider.set_value(dialog.line.value())
            self._marked()
        dialog.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line is shown where there is room for all of it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fits = self.slider.width() <= max(self._place.width(), self.width())
        self.slider.setVisible(fits)
        self._place.setFixedHeight(self.slider.height() if fits else 0)

    def _marked(self) -> None:
        # No number beside the line: the patient marks a place, not a number.
        self._figure.setText(self.tr("Marked"))
        self.changed.emit()


class LineSheet(QDialog):
    """The line alone."""

    def __init__(self, ends: tuple[str, str], px_per_mm: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Mark the line"))
        self.line = LineSlider(*ends)
        self.line.set_px_per_mm(px_per_mm)
        self.done_button = QPushButton(self.tr("Take this mark"))
        self.line.changed.connect(lambda: self.done_button.setEnabled(True))
        self.done_button.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 40, 32, 20)
        column.setSpacing(24)
        column.addWidget(self.line)
        column.addLayout(dialog_foot(self, self.done_button, self.accept, by_enter=False))
