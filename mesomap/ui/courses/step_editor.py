"""One step of a protocol in its editor: regions, technique, spacing, depth, volume, mixture, remark."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from mesomap.atlas import Atlas
from mesomap.domain.errors import BadInputError
from mesomap.domain.protocol import ProtocolStep
from mesomap.domain.session import MIXTURE_LETTERS
from mesomap.domain.technique import techniques
from mesomap.services.named_areas import areas_of
from mesomap.ui.area_names import area_name
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.picked_chips import PickedChips
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.typefaces import text_scale
from mesomap.ui.words import region_name, region_words, technique_name

#: From this size of text on four fields stand in two lines.
LARGE_TEXT = 1.2


def region_choices(atlas: Atlas) -> dict[str, str]:
    """Names of regions by what a protocol writes: without side for both sides, then each side."""
    found: dict[str, str] = {}
    for region in atlas.regions:
        base = region.id.rpartition(".")[0]
        found.setdefault(base, region_words(atlas, region.id)[0])
        if region.side in ("left", "right"):
            found[region.id] = region_name(atlas, region.id)
    return found


def area_choices(atlas: Atlas) -> dict[str, Sequence[str]]:
    """Areas as people say them, with their regions; pairs are written without side."""
    found: dict[str, Sequence[str]] = {}
    for area in areas_of(atlas):
        bases = [r.rpartition(".")[0] for r in area.region_ids]
        middle = [r.endswith(".mid") for r in area.region_ids]
        whole = [bases.count(base) > 1 or mid for base, mid in zip(bases, middle, strict=True)]
        paired = [base if own else r for base, r, own in zip(bases, area.region_ids, whole, strict=True)]
        found[area_name(area.key)] = tuple(dict.fromkeys(paired))
    return found


class StepEditor(QFrame):
    """removed is sent by its cross. step() reads what is entered, or raises BadInputError."""

    removed = Signal()

    def __init__(
        self,
        number: int,
        step: ProtocolStep,
        regions: Mapping[str, str],
        areas: Mapping[str, Sequence[str]],
        favourites: Mapping[str, UUID] | None = None,
    ) -> None:
        """favourites: mixtures of the practice by name, to pick from; other words stay words."""
        super().__init__()
        self._favourites = dict(favourites or {})
        self.setObjectName("card")
        self._step = step
        self.regions = PickedChips(self.tr("Regions"), self.tr("type a region or an area"), regions, areas)
        self.regions.show_values(step.regions)
        technique, letter = ChoiceField(), ChoiceField()
        technique.addItem(self.tr("choose"), "")
        for key in techniques():
            technique.addItem(technique_name(key), key)
        letter.addItem(self.tr("none"), "")
        for one in MIXTURE_LETTERS:
            letter.addItem(one, one)
        self.technique = FormField(self.tr("Technique"), technique)
        self.letter = FormField(self.tr("Mixture"), letter)
        holds = EntryField()
        completer = QCompleter(sorted(self._favourites), holds)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        holds.setCompleter(completer)
        self.words = FormField(self.tr("What it holds"), holds)
        self.remark = FormField(self.tr("Remark"), EntryField())
        self.numbers = {
            "spacing_mm": FormField(self.tr("Spacing, mm"), EntryField()),
            "depth_mm": FormField(self.tr("Depth, mm"), EntryField()),
            "volume_ml": FormField(self.tr("A point, mL"), EntryField()),
            "total_ml": FormField(self.tr("or in all, mL"), EntryField()),
        }
        for box in (technique, letter):
            # As wide as it is given, not as its longest word.
            box.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(4)
        self.technique.set_text(step.technique)
        self.letter.set_text(step.mixture)
        self.words.set_text(step.mixture_words)
        self.remark.set_text(step.remark)
        for name, field in self.numbers.items():
            value = getattr(step, name)
            field.set_text("" if value is None else f"{value:g}")
        self._assemble(number)

    def _assemble(self, number: int) -> None:
        cross = IconButton("close", self.tr("Remove step {0}").format(number))
        cross.clicked.connect(self.removed)
        head = QHBoxLayout()
        head.addWidget(plain_label("strong", self.tr("Step {0}").format(number)), 1)
        head.addWidget(cross)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(self.technique, 0, 0, 1, 4)
        # Larger text needs the room of two.
        wide = 1 if text_scale() < LARGE_TEXT else 2
        for turn, field in enumerate(self.numbers.values()):
            grid.addWidget(field, 1 + turn * wide // 4, turn * wide % 4, 1, wide)
            grid.setColumnStretch(turn, 1)
        grid.addWidget(self.letter, 3, 0)
        grid.addWidget(self.words, 3, 1, 1, 3)
        grid.addWidget(self.remark, 4, 0, 1, 4)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(14, 8, 14, 12)
        column_.setSpacing(6)
        column_.addLayout(head)
        column_.addWidget(plain_label("small2", self.tr("Regions")))
        column_.addWidget(self.regions)
        column_.addLayout(grid)

    def step(self) -> ProtocolStep:
        """The step as it is entered. Raises BadInputError."""
        values: dict[str, Any] = {name: _number(field.text(), name) for name, field in self.numbers.items()}
        return replace(
            self._step,
            regions=self.regions.values(),
            technique=self.technique.text(),
            mixture=self.letter.text(),
            mixture_words=self.words.text(),
            mixture_id=self._favourites.get(self.words.text()),
            remark=self.remark.text(),
            **values,
        )


def _number(text: str, name: str) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        what = name.partition("_")[0]
        raise BadInputError(f"“{text[:20]}” is not a {what}. Enter a number, or leave it empty.") from None
