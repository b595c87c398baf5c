"""The two distances of a comparison, as the person sets them: up to here the same place, up to there moved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from mesomap.coverage.visits import MOVED_MM, REPEATED_MM
from mesomap.services import Practice
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.typefaces import grown

_FIELD_PX = 62
#: The setting that keeps both.
LIMITS = "compare.limits_mm"


def limits_of(practice: Practice) -> tuple[float, float]:
    """The distances that this practice set last, else the shipped ones."""
    kept = practice.setting(LIMITS)
    return (float(kept[0]), float(kept[1])) if isinstance(kept, list) and len(kept) == 2 else (REPEATED_MM, MOVED_MM)


class Limits(QWidget):
    """entered(repeated mm, moved mm) is sent after a change of either; a text that is no number is put back."""

    entered = Signal(float, float)

    def __init__(self, repeated_mm: float, moved_mm: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = (repeated_mm, moved_mm)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.fields: list[QLineEdit] = []
        for word, name in (
            (self.tr("Same up to"), self.tr("Same place up to, mm")),
            (self.tr("moved up to"), self.tr("Moved place up to, mm")),
        ):
            field = QLineEdit()
            field.setFixedWidth(grown(_FIELD_PX))
            field.setAccessibleName(name)
            field.editingFinished.connect(self._entered)
            self.fields.append(field)
            row.addWidget(plain_label("small2", word))
            row.addWidget(field)
            row.addWidget(plain_label("small", self.tr("mm")))
        self.show_values(repeated_mm, moved_mm)

    def show_values(self, repeated_mm: float, moved_mm: float) -> None:
        """Show the distances that hold."""
        self._values = (repeated_mm, moved_mm)
        for field, value in zip(self.fields, self._values, strict=True):
            field.setText(f"{value:g}")

    def _entered(self) -> None:
        try:
            first, second = (float(field.text().replace(",", ".")) for field in self.fields)
        except ValueError:
            self.show_values(*self._values)
            return
        if (first, second) != self._values:
            self.entered.emit(first, second)
