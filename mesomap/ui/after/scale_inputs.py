"""What a scale is answered with: a line, numbers, levels, or items that are summed."""

from collections.abc import Collection
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from mesomap.domain.scale import Scale, ScaleForm, item_name, level_words
from mesomap.domain.score import ItemValue
from mesomap.ui.after.line_input import LineInput
from mesomap.ui.after.scale_input import ScaleInput
from mesomap.ui.controls.record_lines import wrapping
from mesomap.ui.controls.toggle_chip import FlowLayout, ToggleChip
from mesomap.ui.controls.track import Track


class LevelsInput(ScaleInput):
    """One chip a level; of a band of numbers one chip a number."""

    def __init__(self, asked: Scale, licensed: Collection[str]) -> None:
        super().__init__()
        self._value: Decimal | None = None
        self._chips: dict[Decimal, ToggleChip] = {}
        self._words = wrapping("small2")
        self._tips: dict[Decimal, str] = {}
        flow = FlowLayout()
        for level in asked.levels:
            label, description = level_words(asked, level, licensed)
            for number in range(int(level.high - level.low) + 1):
                value = level.low + number
                single = level.low == level.high
                text = self._text(asked, value, label) if single else str(value)
                chip = ToggleChip(text, str(value))
                chip.setAccessibleName(f"{asked.name()}: {text}")
                chip.clicked.connect(lambda _on=False, chosen=value: self._choose(chosen))
                self._chips[value] = chip
                self._tips[value] = description if single else ": ".join(part for part in (label, description) if part)
                chip.setToolTip(self._tips[value])
                flow.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(flow)
        column.addWidget(self._words)

    def chip(self, value: str) -> ToggleChip:
        """The chip of a value."""
        return self._chips[Decimal(value)]

    def value(self) -> Decimal | None:
        """The level chosen."""
        return self._value

    @staticmethod
    def _text(asked: Scale, value: Decimal, label: str) -> str:
        """Label with its number, where the number is more than a sort key."""
        return label if label == str(value) or asked.key == "norwood" else f"{value} {label}"

    def _choose(self, value: Decimal) -> None:
        self._value = value
        for held, chip in self._chips.items():
            chip.setChecked(held == value)
        self._words.setText(self._tips[value])
        self.changed.emit()


class NumbersInput(ScaleInput):
    """A track of 0 to 10."""

    def __init__(self, asked: Scale) -> None:
        super().__init__()
        self.track = Track()
        self.track.setFixedHeight(50)
        self._value: Decimal | None = None
        for level in asked.levels:
            self.track.add(str(level.low), str(level.low)).setAccessibleName(f"{asked.name()}: {level.low}")
        self.track.chosen.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.track)
        column.addWidget(wrapping("small2", asked.scoring))

    def value(self) -> Decimal | None:
        """The number chosen."""
        return self._value

    def _choose(self, key: str) -> None:
        self._value = Decimal(key)
        self.changed.emit()


class ItemsInput(ScaleInput):
    """A track for each item, and their sum."""

    def __init__(self, asked: Scale, licensed: Collection[str]) -> None:
        super().__init__()
        self._asked = asked
        self._chosen: dict[str, Decimal] = {}
        self.tracks: dict[str, Track] = {}
        self._sum = wrapping("strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for item in asked.items:
            name = item_name(asked, item, licensed)
            track = Track()
            track.setFixedHeight(50)
            for level in item.levels:
                label, description = level_words(asked, level, licensed)
                tip = ": ".join(part for part in (label, description) if part)
                track.add(str(level.low), str(level.low), tip=tip).setAccessibleName(f"{name}: {level.low}")
            track.chosen.connect(lambda key, of=item.key: self._choose(of, key))
            self.tracks[item.key] = track
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(wrapping("strong", name), 2)
            row.addWidget(track, 5)
            column.addLayout(row)
        column.addWidget(self._sum)
        self._show()

    def value(self) -> Decimal | None:
        """The sum, once every item has a level."""
        whole = len(self._chosen) == len(self._asked.items)
        return sum(self._chosen.values(), Decimal(0)) if whole else None

    def items(self) -> tuple[ItemValue, ...]:
        """The level of each item."""
        return tuple(ItemValue(item=key, value=value) for key, value in self._chosen.items())

    def _choose(self, item: str, key: str) -> None:
        self._chosen[item] = Decimal(key)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        total = self.value()
        left = len(self._asked.items) - len(self._chosen)
        self._sum.setText(
            self.tr("Sum {0} of {1}").format(total, self._asked.high)
            if total is not None
            else self.tr("{0} items to choose").format(left)
        )


def scale_input(asked: Scale, licensed: Collection[str]) -> ScaleInput:
    """The input that a scale asks for."""
    if asked.form is ScaleForm.LINE:
        return LineInput(asked)
    if asked.form is ScaleForm.NUMBERS:
        return NumbersInput(asked)
    return ItemsInput(asked, licensed) if asked.form is ScaleForm.ITEMS else LevelsInput(asked, licensed)
