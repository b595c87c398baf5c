"""A protocol fitted to this body, over the side panel: values, regions, points, mL, syringes; then planned."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.atlas import Atlas
from mesomap.services.protocol_plan import MixtureNeed, Part, StepFit, lacking_words
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import wrapping
from mesomap.ui.controls.rule import rule
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.controls.track import Track
from mesomap.ui.courses.step_values import StepValues
from mesomap.ui.panels.last_time_card import CheckRow, narrow_name
from mesomap.ui.panels.over_card import OverCard
from mesomap.ui.words import region_name, volume

#: Syringes to choose from, mL.
SYRINGES_ML = (1.0, 2.0, 5.0, 10.0, 20.0)


class ProtocolCard(OverCard):
    """Sends course_chosen(row), value_changed(step, name, value), syringe_chosen(mL), planned(region ids).

    What it shows is told to it: show_fits() when values change, show_parts() when the body is laid out.
    """

    course_chosen = Signal(int)
    value_changed = Signal(int, str, object)
    syringe_chosen = Signal(float)
    planned = Signal(frozenset)
    last_time_asked = Signal()

    def __init__(self, atlas: Atlas, parent: QWidget) -> None:
        super().__init__(self.tr("Plan after the protocol"), parent)
        self._atlas = atlas
        self._rows: dict[str, CheckRow] = {}
        self._steps: list[StepValues] = []
        self._parts: tuple[Part, ...] = ()
        self.course = ChoiceField()
        self.course.setAccessibleName(self.tr("Course"))
        self.course.activated.connect(self.course_chosen)
        self._notes = wrapping("strong")
        self.needs = wrapping("strong")
        self._basis = wrapping("small2")
        self.syringe = Track()
        self.syringe.setFixedHeight(48)
        for size in SYRINGES_ML:
            words = f"{size:g}"
            self.syringe.add(words, words).setAccessibleName(self.tr("Syringe of {0} mL").format(words))
        self.syringe.chosen.connect(lambda key: self.syringe_chosen.emit(float(key)))
        self.plan_button = QPushButton(self.tr("Plan"))
        self.plan_button.setProperty("kind", "primary")
        self.plan_button.clicked.connect(self._plan)
        self.last_button = QPushButton(self.tr("As last time instead"))
        self.last_button.clicked.connect(self.last_time_asked)
        self._inner = QVBoxLayout()
        self._inner.setContentsMargins(10, 0, 8, 0)
        self._inner.setSpacing(6)
        self._assemble()

    def _assemble(self) -> None:
        inner = QWidget()
        inner.setLayout(self._inner)
        foot = QVBoxLayout()
        foot.setContentsMargins(10, 0, 10, 0)
        foot.setSpacing(6)
        syringes = QHBoxLayout()
        syringes.addWidget(plain_label("small2", self.tr("Syringe, mL")))
        syringes.addWidget(self.syringe, 1)
        foot.addWidget(self.needs)
        foot.addLayout(syringes)
        for widget in (self._basis, self._notes, self.plan_button, self.last_button):
            foot.addWidget(widget)
        for button in (self.plan_button, self.last_button):
            button.setMinimumHeight(46)
        self.whole.addWidget(self.course)
        self.whole.addWidget(scrolled(inner), 1)
        self.whole.addWidget(rule())
        self.whole.addLayout(foot)

    # -- what is shown

    def show_courses(self, names: Sequence[str], chosen: int, when: str) -> None:
        """The courses that the session may belong to; a choice only where there are several."""
        self.course.clear()
        self.course.addItems(list(names))
        self.course.setCurrentIndex(chosen)
        self.course.setVisible(len(names) > 1)
        self.when.show_text(when)

    def show_fits(self, fits: Sequence[StepFit]) -> None:
        """The steps with their values; regions follow with show_parts()."""
        while (item := self._inner.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rows, self._steps, self._parts = {}, [], ()
        for position, fit in enumerate(fits):
            step = StepValues(position, fit)
            step.changed.connect(self.value_changed)
            self._inner.addWidget(step)
            self._steps.append(step)
        self._inner.addStretch(1)
        lacking = lacking_words(fits)
        self._notes.setText(lacking)
        self._notes.setVisible(bool(lacking))
        self.needs.setText(self.tr("Laying out…"))
        self._basis.hide()
        self._show_button()

    def show_values(self, fits: Sequence[StepFit]) -> None:
        """The steps as they stand now, without moving what has the keyboard."""
        for step, fit in zip(self._steps, fits, strict=True):
            step.show_fit(fit)

    def show_parts(self, parts: tuple[Part, ...], needs: Sequence[MixtureNeed], syringe_ml: float | None) -> None:
        """Regions with their points, and what all of it takes."""
        self._parts = parts
        by_region: dict[str, list[Part]] = {}
        for part in parts:
            by_region.setdefault(part.preview.region_id, []).append(part)
        self._make_rows(by_region)
        self.show_needs(needs, syringe_ml)
        self._show_button()

    def _make_rows(self, by_region: Mapping[str, Sequence[Part]]) -> None:
        left_out = set(self._rows) - self.chosen()
        for row in self._rows.values():
            self._inner.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for region_id, held in by_region.items():
            name, points = region_name(self._atlas, region_id), sum(part.preview.count for part in held)
            figure = f"≈ {points}" if any(part.is_about for part in held) else f"{points}"
            spoken = self.tr("{0}: {1} points").format(name, figure)
            row = CheckRow(name, figure, spoken, narrow_name(self._atlas, region_id))
            row.setChecked(region_id not in left_out)
            row.clicked.connect(self._show_button)
            self._inner.insertWidget(self._inner.count() - 1, row)
            self._rows[region_id] = row

    def show_needs(self, needs: Sequence[MixtureNeed], syringe_ml: float | None) -> None:
        """Points, mL and syringes by mixture."""
        lines = []
        for need in needs:
            name = need.letter or self.tr("Without a mixture")
            points = self.tr("≈ {0} points") if need.about else self.tr("{0} points")
            parts = [points.format(need.points)]
            if need.total_ml or need.complete:
                known = "" if need.complete else self.tr("at least") + " "
                parts.append(f"{known}{volume(need.total_ml)} mL")
            if not need.complete:
                parts.append(self.tr("volume not stated for all"))
            if syringe_ml is not None and need.total_ml:
                count = need.syringes(syringe_ml)
                words = self.tr("{0} syringe of {1} mL") if count == 1 else self.tr("{0} syringes of {1} mL")
                parts.append(words.format(count, f"{syringe_ml:g}"))
            lines.append(f"{name}: " + ", ".join(parts))
        self.needs.setText("\n".join(lines) or self.tr("Nothing can be laid out yet: enter the spacing."))
        self.syringe.show_chosen(None if syringe_ml is None else f"{syringe_ml:g}")

    def show_basis(self, words: str) -> None:
        """What the estimate rests on."""
        self._basis.setText(words)
        self._basis.setVisible(bool(words))

    def row(self, region_id: str) -> CheckRow:
        """The row of a region."""
        return self._rows[region_id]

    def step(self, position: int) -> StepValues:
        """The values of a step."""
        return self._steps[position]

    def chosen(self) -> frozenset[str]:
        """Regions that are to be planned."""
        return frozenset(key for key, row in self._rows.items() if row.isChecked())

    def _show_button(self) -> None:
        held = [part for part in self._parts if part.preview.region_id in self.chosen()]
        points = sum(part.preview.count for part in held)
        about = "≈ " if any(part.is_about for part in held) else ""
        self.plan_button.setEnabled(bool(held))
        self.plan_button.setText(self.tr("Plan {0} points").format(f"{about}{points}") if points else self.tr("Plan"))

    def _plan(self) -> None:
        self.hide()
        self.planned.emit(self.chosen())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter plans and goes no farther."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.plan_button.click()
        else:
            super().keyPressEvent(event)
