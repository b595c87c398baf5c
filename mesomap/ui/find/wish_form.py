"""The fields sessions are found by; every change is told, nothing is asked twice."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mesomap.atlas import Atlas
from mesomap.domain.finding import SessionWish
from mesomap.domain.lot import Lot
from mesomap.domain.product import Product
from mesomap.domain.protocol import ProtocolStep
from mesomap.services import Practice
from mesomap.services.finding import period
from mesomap.services.moments import read_day
from mesomap.services.protocol_plan import regions_of_step
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.picked_chips import PickedChips
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.courses.step_editor import area_choices, region_choices
from mesomap.ui.words import technique_name


class WishForm(QWidget):
    """changed is sent after every edit; wish() reads the fields, or raises BadInputError."""

    changed = Signal()

    def __init__(self, practice: Practice, atlas: Atlas) -> None:
        super().__init__()
        self._practice, self._atlas = practice, atlas
        self.product = self._choice(self.tr("Product"))
        self.lot = self._choice(self.tr("Lot"))
        self.technique = self._choice(self.tr("Technique"))
        self.practitioner = self._choice(self.tr("Practitioner"))
        self.since = FormField(self.tr("From"), EntryField())
        self.until = FormField(self.tr("To"), EntryField())
        for field in (self.since, self.until):
            field.editor.setPlaceholderText("2026-01-31")
            editor = field.editor
            assert isinstance(editor, EntryField)
            editor.editingFinished.connect(self.changed)
        self.regions = PickedChips(
            self.tr("Regions"), self.tr("type a region or an area"), region_choices(atlas), area_choices(atlas)
        )
        self.regions.changed.connect(self.changed)
        self._chosen(self.product).activated.connect(self._show_lots)
        for field in (self.lot, self.technique, self.practitioner):
            self._chosen(field).activated.connect(self.changed)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        for column, field in enumerate(
            (self.product, self.lot, self.technique, self.practitioner, self.since, self.until)
        ):
            grid.addWidget(field, 0, column)
            grid.setColumnStretch(column, 5 if column < 4 else 4)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(6)
        column_.addLayout(grid)
        column_.addWidget(plain_label("small2", self.tr("Regions")))
        column_.addWidget(self.regions)
        self.refresh()

    def _choice(self, label: str) -> FormField:
        box = ChoiceField()
        # As wide as it is given, not as its longest name.
        box.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(4)
        return FormField(label, box)

    def _chosen(self, field: FormField) -> ChoiceField:
        assert isinstance(field.editor, ChoiceField)
        return field.editor

    def refresh(self) -> None:
        """Read again what can be chosen; what is chosen stays."""
        practice = self._practice
        products = sorted(practice.entries(Product), key=lambda one: one.name.casefold())
        self._fill(self.product, {str(one.id): one.name for one in products})
        self._fill(self.technique, {key: technique_name(key) for key in practice.finder.techniques()})
        self._fill(self.practitioner, {name: name for name in practice.finder.practitioners()})
        self._fill_lots()

    def _fill(self, field: FormField, choices: Mapping[str, str]) -> None:
        box = self._chosen(field)
        held = str(box.currentData() or "")
        box.clear()
        box.addItem(self.tr("any"), "")
        for value, word in choices.items():
            box.addItem(word, value)
        box.setCurrentIndex(max(0, box.findData(held)))

    def _fill_lots(self) -> None:
        product = self.product.text()
        lots = self._practice.entries(Lot, refers_to=UUID(product)) if product else self._practice.entries(Lot)
        self._fill(self.lot, {str(one.id): one.number for one in reversed(lots)})

    def _show_lots(self) -> None:
        self._fill_lots()
        self.changed.emit()

    def wish(self) -> SessionWish:
        """What is entered. Raises BadInputError with the sentence of a day that is none."""
        days = [read_day(field.text(), date.today()) if field.text() else None for field in (self.since, self.until)]
        since, until = period(*days)
        regions, _ = regions_of_step(self._atlas, ProtocolStep(regions=self.regions.values()))
        product, lot = self.product.text(), self.lot.text()
        return SessionWish(
            product_id=UUID(product) if product else None,
            lot_id=UUID(lot) if lot else None,
            region_ids=regions,
            technique=self.technique.text(),
            practitioner=self.practitioner.text(),
            since=since,
            until=until,
        )
