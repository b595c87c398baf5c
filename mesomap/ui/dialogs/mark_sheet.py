"""The mark sheet: everything that the selected marks carry, to read and to change; recorded as one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.dialogs.mark_parts import MIXED, DepthPart, MarkPart, VolumePart
from mesomap.ui.dialogs.mark_words import (
    DevicePart,
    DonePart,
    LayerPart,
    MixturePart,
    NeedlePart,
    RemarkPart,
    TechniquePart,
)
from mesomap.ui.dialogs.page_sheet import PageSheet
from mesomap.ui.typefaces import text_scale

_WIDE_PX, _HIGH_PX, _LABEL_PX = 760, 780, 130


@dataclass(frozen=True, slots=True)
class MarkSubject:
    """What the sheet is about. title: how much, or what and where; history: how and when it came to be.

    shared: fields that all the marks have in common (services.mark_edits.in_common). techniques: keys to choose from;
    mixtures: names by letter.
    """

    title: str
    history: str
    shared: Mapping[str, Any]
    techniques: Sequence[str]
    mixtures: Mapping[str, str]


class MarkSheet(PageSheet):
    """Lies over the whole page. changed() after every entry: wish() has what differs. confirmed: record it."""

    changed = Signal(str)
    confirmed = Signal()

    def __init__(self, subject: MarkSubject, page: QWidget) -> None:
        super().__init__(page)
        self.setAccessibleName(subject.title)
        self._subject = subject
        self._wish: dict[str, Any] = {}
        self._errors: dict[str, QLabel] = {}
        self.depth_part, self.volume, self.layer = DepthPart(), VolumePart(), LayerPart()
        self.technique, self.mixture = TechniquePart(subject.techniques), MixturePart(subject.mixtures)
        self.needle, self.device, self.remark, self.done_at = NeedlePart(), DevicePart(), RemarkPart(), DonePart()
        self.parts: dict[str, MarkPart] = {
            "technique": self.technique,
            "mixture": self.mixture,
            "depth": self.depth_part,
            "intended_layer": self.layer,
            "volume": self.volume,
            "needle": self.needle,
            "device": self.device,
            "remark": self.remark,
            "done_at": self.done_at,
        }
        self._record, self._cancel = QPushButton(), QPushButton(self.tr("Cancel"))
        self._assemble()
        for name, part in self.parts.items():
            part.show_value(subject.shared.get(name, MIXED))
            part.changed.connect(lambda value, n=name: self._entered(n, value))
            part.refused.connect(lambda sentence, n=name: self.show_error(n, sentence))
        self._show_count()
        self.lay_out()

    def _assemble(self) -> None:
        title = plain_label("display", self._subject.title)
        title.setWordWrap(True)
        history = plain_label("small2", self._subject.history)
        history.setWordWrap(True)
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 4, 12, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(0, _LABEL_PX)
        grid.setColumnStretch(1, 1)
        for row, (name, words) in enumerate(self._captions().items()):
            label = plain_label("strong", words)
            label.setWordWrap(True)
            label.setContentsMargins(0, 14, 0, 0)
            error = self._errors[name] = plain_label("error")
            error.setWordWrap(True)
            error.hide()
            grid.addWidget(label, 2 * row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.parts[name], 2 * row, 1)
            grid.addWidget(error, 2 * row + 1, 1)
        grid.setRowStretch(2 * len(self.parts), 1)
        self._record.setProperty("kind", "primary")
        for button in (self._cancel, self._record):
            button.setMinimumSize(132, 48)
        self._cancel.clicked.connect(self.closed)
        self._record.clicked.connect(self.confirmed)
        rule = plain_label("small2", self.tr("What differs among the marks stays unless it is changed."))
        rule.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(rule, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._record)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(history)
        column.addWidget(scrolled(inner), 1)
        column.addLayout(foot)

    def _captions(self) -> dict[str, str]:
        return {
            "technique": self.tr("Technique"),
            "mixture": self.tr("Mixture"),
            "depth": self.tr("Depth"),
            "intended_layer": self.tr("Layer meant"),
            "volume": self.tr("Volume"),
            "needle": self.tr("Needle"),
            "device": self.tr("Device"),
            "remark": self.tr("Remark"),
            "done_at": self.tr("Done at"),
        }

    # -- what others ask

    def first_stop(self) -> QWidget:
        """The button that leaves all as it was."""
        return self._cancel

    def wish(self) -> dict[str, Any]:
        """Fields with their new values; those as they were are left out."""
        return dict(self._wish)

    def depth_shown(self) -> Any:
        """The Depth as it would be, MIXED when the marks differ and none was entered."""
        return self._wish.get("depth", self._subject.shared.get("depth", MIXED))

    def show_error(self, name: str, sentence: str) -> None:
        """Say under a field what cannot be; an empty sentence takes it away. Nothing is recorded meanwhile."""
        label = self._errors[name]
        label.setText(sentence)
        label.setVisible(bool(sentence))
        self.parts[name].setAccessibleDescription(sentence)
        self._show_count()

    def error(self) -> str:
        """The first sentence shown, or nothing."""
        return next((label.text() for label in self._errors.values() if label.text()), "")

    def button(self, key: str) -> QPushButton:
        """The button "record" or "cancel"."""
        return {"record": self._record, "cancel": self._cancel}[key]

    def title(self) -> str:
        """What the sheet is about."""
        return self._subject.title

    def history(self) -> str:
        """How and when it came to be."""
        return self._subject.history

    # -- inside

    def _entered(self, name: str, value: Any) -> None:
        if name in self._subject.shared and self._subject.shared[name] == value:
            self._wish.pop(name, None)
        else:
            self._wish[name] = value
        self._errors[name].setText("")
        self._errors[name].hide()
        self.changed.emit(name)
        self._show_count()

    def _show_count(self) -> None:
        count = len(self._wish)
        one, many = self.tr("Record 1 change"), self.tr("Record {0} changes").format(count)
        self._record.setText(self.tr("No change") if not count else one if count == 1 else many)
        self._record.setEnabled(bool(count) and not self.error())

    def largest(self) -> QSize:
        """Wide enough for a row of choices."""
        return QSize(round(_WIDE_PX * text_scale()), round(_HIGH_PX * text_scale()))

    def other_key(self, event: QKeyEvent) -> None:
        """Enter records."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._record.isEnabled():
            self.confirmed.emit()

    def tapped_beside(self) -> None:
        """Closes unless something was changed."""
        if not self._wish:
            self.closed.emit()
