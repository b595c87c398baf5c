"""The values of one step of a protocol at the chair: technique, mixture, spacing, depth, volume, each to be entered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mesomap.services.protocol_plan import StepFit
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import ElidedLabel
from mesomap.ui.controls.record_lines import wrapping
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.words import technique_name


class StepValues(QWidget):
    """changed(position, name, value) is sent when a value was entered; None: what the protocol says again."""

    changed = Signal(int, str, object)

    def __init__(self, position: int, fit: StepFit) -> None:
        super().__init__()
        self._position = position
        mixture = " ".join(part for part in (fit.step.mixture, fit.step.mixture_words) if part)
        title = wrapping("strong", technique_name(fit.step.technique))
        self._note = wrapping("small2")
        self._by_total = fit.wish.total_ml is not None
        names = [("spacing_mm", self.tr("Spacing, mm")), ("depth_mm", self.tr("Depth, mm"))]
        volume = self.tr("In all, mL") if self._by_total else self.tr("A point, mL")
        names.append(("total_ml" if self._by_total else "volume_ml", volume))
        self._fields: dict[str, FormField] = {}
        row = QHBoxLayout()
        row.setSpacing(6)
        for name, label in names:
            editor = EntryField()
            field = FormField(label, editor)
            editor.setAccessibleName(f"{technique_name(fit.step.technique)}: {label}")
            editor.editingFinished.connect(lambda name=name: self._entered(name))
            self._fields[name] = field
            row.addWidget(field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(3)
        column.addWidget(title)
        if mixture:
            words = ElidedLabel("small2", stretchy=True)
            words.show_text(mixture)
            column.addWidget(words)
        column.addLayout(row)
        column.addWidget(self._note)
        self.show_fit(fit)

    def show_fit(self, fit: StepFit) -> None:
        """The values as they stand; a field that is being written in is left alone."""
        wish = fit.wish
        values = {
            "spacing_mm": wish.spacing_mm,
            "depth_mm": wish.dose.depth_mm,
            "volume_ml": wish.volume_ml,
            "total_ml": wish.total_ml,
        }
        for name, field in self._fields.items():
            value = values[name]
            if not (field.editor.hasFocus() and field.error()):
                field.set_text("" if value is None else f"{value:g}")
        words = {"spacing_mm": self.tr("spacing"), "depth_mm": self.tr("depth"), "volume_ml": self.tr("volume")}
        parts = []
        if fit.own:
            parts.append(self.tr("as you last used it: {0}").format(", ".join(words[name] for name in fit.own)))
        if fit.open:
            parts.append(self.tr("not stated: {0}").format(", ".join(words[name] for name in fit.open)))
        self._note.setText(" · ".join(parts))
        self._note.setVisible(bool(parts))

    def field(self, name: str) -> QLineEdit:
        """The editor of a value."""
        editor = self._fields[name].editor
        assert isinstance(editor, QLineEdit)
        return editor

    def _entered(self, name: str) -> None:
        field = self._fields[name]
        text = field.text().replace(",", ".")
        try:
            value = float(text) if text else None
        except ValueError:
            field.show_error(self.tr("“{0}” is not a number.").format(text[:12]))
            return
        field.show_error("")
        self.changed.emit(self._position, name, value)
