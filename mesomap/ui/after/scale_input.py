"""What every input of a scale has in common."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mesomap.domain.score import ItemValue


class ScaleInput(QWidget):
    """value() is None until something was chosen. changed is sent after every choice."""

    changed = Signal()

    def value(self) -> Decimal | None:
        """The score."""
        return None

    def items(self) -> tuple[ItemValue, ...]:
        """Values of the items of a summed scale."""
        return ()
