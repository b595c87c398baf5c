"""The list of pictures on a chart: chosen by themselves, or added, left out and put in order by hand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.atlas import Atlas
from mesomap.printing.options import PanelKind, PanelWish
from mesomap.printing.panel_drawing import panel_title
from mesomap.printing.panels import MOST_WISHES
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.words import language

_BUTTON_PX = 40


class PrintViews(QWidget):
    """Rows with up, down and leave out; a field to add one. changed(wishes) is sent by the person, None = by itself."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._atlas: Atlas | None = None
        self._wishes: tuple[PanelWish, ...] = ()
        self._by_hand = self._hurts = False
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._state = plain_label("small2")
        self._state.setWordWrap(True)
        self._again = QPushButton(self.tr("Choose by itself"))
        self._again.clicked.connect(lambda: self.changed.emit(None))
        self._add = ChoiceField()
        self._add.setAccessibleName(self.tr("Add a view"))
        # As wide as the column, not as its longest entry.
        self._add.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._add.setMinimumContentsLength(12)
        self._add.activated.connect(self._added)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._state)
        column.addLayout(self._rows)
        column.addWidget(self._add)
        column.addWidget(self._again)

    def show_wishes(self, atlas: Atlas, wishes: Sequence[PanelWish], *, by_hand: bool, hurts: bool) -> None:
        """Show the panels of the chart; by_hand: the person chose them. hurts: there is a pain drawing to add."""
        self._hurts = hurts
        if (self._atlas, self._wishes, self._by_hand) == (atlas, tuple(wishes), by_hand):
            return
        self._atlas, self._wishes, self._by_hand = atlas, tuple(wishes), by_hand
        self._state.setText(
            self.tr("Chosen by hand.") if by_hand else self.tr("Chosen by itself: the views that see the marks best.")
        )
        self._again.setVisible(by_hand)
        held = self.focusWidget().accessibleName() if self.focusWidget() is not None else ""
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for index in range(len(self._wishes)):
            self._rows.addWidget(self._row(index))
        self._fill_field()
        self._hold(held)

    def titles(self) -> list[str]:
        """Names of the panels in order."""
        return [self._title(wish) for wish in self._wishes]

    def button(self, index: int, name: str) -> IconButton:
        """The button "up", "down" or "out" of a row."""
        row = self._rows.itemAt(index)
        widget = row.widget() if row is not None else None
        found = widget.findChild(IconButton, name) if widget is not None else None
        if found is None:
            raise IndexError(index)
        return found

    def field(self) -> ChoiceField:
        """The field that adds a view."""
        return self._add

    def _title(self, wish: PanelWish) -> str:
        assert self._atlas is not None
        return panel_title(self._atlas, wish, language())

    def _row(self, index: int) -> QWidget:
        title = self._title(self._wishes[index])
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        label = ElidedLabel("strong", stretchy=True)
        label.show_text(title)
        line.addWidget(label, 1)
        last = len(self._wishes) - 1
        for name, icon, words, possible in (
            ("up", "up", self.tr("{0}: earlier"), index > 0),
            ("down", "down", self.tr("{0}: later"), index < last),
            ("out", "close", self.tr("{0}: leave out"), last > 0),
        ):
            button = IconButton(icon, words.format(title), size=_BUTTON_PX)
            button.setObjectName(name)
            button.setEnabled(possible)
            button.clicked.connect(lambda _checked=False, n=name, i=index: self._act(n, i))
            line.addWidget(button)
        return row

    def _act(self, name: str, index: int) -> None:
        wishes = list(self._wishes)
        wish = wishes.pop(index)
        if name != "out":
            wishes.insert(index + (1 if name == "down" else -1), wish)
        self.changed.emit(tuple(wishes))

    def _fill_field(self) -> None:
        assert self._atlas is not None
        self._add.clear()
        self._add.addItem(self.tr("Add a view…"), None)
        kinds = [PanelKind.MARKS, PanelKind.DETAIL, *([PanelKind.COMPLAINT] if self._hurts else [])]
        wished = [PanelWish(view.key, kind) for kind in kinds for view in self._atlas.views]
        for wish in wished:
            if wish not in self._wishes:
                self._add.addItem(self._title(wish), wish)
        self._add.setEnabled(len(self._wishes) < MOST_WISHES)

    def _added(self, place: int) -> None:
        wish = self._add.itemData(place)
        if isinstance(wish, PanelWish):
            self.changed.emit((*self._wishes, wish))

    def _hold(self, name: str) -> None:
        """The keyboard stays at the button it was at, wherever its row went."""
        for button in self.findChildren(IconButton):
            if name and button.accessibleName() == name and button.isEnabled():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
