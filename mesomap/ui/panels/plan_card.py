"""The plan of the session over the side panel: how far each region is, and what is open confirmed or skipped."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.atlas import Atlas
from mesomap.services.planning import PlanCount
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.controls.rule import rule
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.panels.over_card import OverCard
from mesomap.ui.session_plan import progress_words
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from mesomap.ui.words import region_name

_ROW_PX = 54


class ProgressBar(QWidget):
    """A thin bar: done in ink, moved with it, skipped in grey, open empty."""

    def __init__(self) -> None:
        super().__init__()
        self._count = PlanCount("")
        self.setFixedHeight(6)
        theme.changed.connect(self.update)

    def show_count(self, count: PlanCount) -> None:
        """How far it is."""
        self._count = count
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bar."""
        tokens, count = theme.tokens(), self._count
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(tokens.colour("line2"))
        painter.drawRoundedRect(whole, 3, 3)
        if not count.planned:
            return
        done = whole.width() * (count.done + count.moved) / count.planned
        settled = whole.width() * (count.done + count.moved + count.skipped) / count.planned
        for width, name in ((settled, "text3"), (done, "text")):
            painter.setBrush(tokens.colour(name))
            painter.drawRoundedRect(QRectF(0, 0, width, whole.height()), 3, 3)


class PlanRow(QWidget):
    """One region. confirmed, skipped and reopened carry its id."""

    confirmed = Signal(str)
    skipped = Signal(str)
    reopened = Signal(str)

    def __init__(self, region_id: str, name: str) -> None:
        super().__init__()
        text_px = QFontMetrics(font("strong")).height() + QFontMetrics(font("small")).height()
        self.setFixedHeight(max(_ROW_PX, text_px + 22))
        self._name, self._words = ElidedLabel("strong", stretchy=True), ElidedLabel("small", stretchy=True)
        self._region_name = name
        self._bar = ProgressBar()
        self.confirm = IconButton("check", self.tr("{0}: done as planned").format(name))
        self.skip = IconButton("close", self.tr("{0}: skip what is open").format(name))
        self.reopen = IconButton("undo", self.tr("{0}: open what was skipped again").format(name))
        self.confirm.clicked.connect(lambda: self.confirmed.emit(region_id))
        self.skip.clicked.connect(lambda: self.skipped.emit(region_id))
        self.reopen.clicked.connect(lambda: self.reopened.emit(region_id))
        words = QVBoxLayout()
        words.setContentsMargins(0, 4, 0, 6)
        words.setSpacing(1)
        for widget in (self._name, self._words, self._bar):
            words.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 0, 0)
        row.setSpacing(2)
        row.addLayout(words, 1)
        for button in (self.reopen, self.skip, self.confirm):
            row.addWidget(button)

    def show_count(self, count: PlanCount) -> None:
        """How far the region is; only what can still be done is offered."""
        words = progress_words(count)
        self._name.show_text(self._region_name)
        self._words.show_text(words)
        self._bar.show_count(count)
        self.setAccessibleName(f"{self._region_name}: {words}")
        self.setToolTip(self.accessibleName())
        again = bool(count.skipped) and not count.open
        for button, on, stays in (
            (self.confirm, count.open, True),
            (self.skip, count.open, not again),
            (self.reopen, again, False),
        ):
            # What is not offered leaves its room empty, so that the bars of all rows have one length.
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(stays)
            button.setSizePolicy(policy)
            button.setVisible(bool(on))

    def text(self) -> str:
        """How far the region is, in words."""
        return self.accessibleName()


class PlanCard(OverCard):
    """A card over the side panel. Region ids go with confirmed, skipped, reopened; all_confirmed and all_skipped mean
    what is open anywhere; deviation_asked: why the session is not as its course planned it; read_back asks for the
    assistant's view, more_asked for what of the last session is not planned yet. Escape puts the card away.
    """

    confirmed = Signal(str)
    skipped = Signal(str)
    reopened = Signal(str)
    all_confirmed = Signal()
    all_skipped = Signal()
    read_back = Signal()
    more_asked = Signal()
    deviation_asked = Signal()

    def __init__(self, atlas: Atlas, parent: QWidget) -> None:
        super().__init__(self.tr("Plan"), parent)
        self._atlas = atlas
        self._rows: dict[str, PlanRow] = {}
        self._words = plain_label("strong")
        self._words.setWordWrap(True)
        self._bar = ProgressBar()
        self._notes = plain_label("strong")
        self._notes.setWordWrap(True)
        self.all_button, self.skip_button = QPushButton(self.tr("Nothing open")), QPushButton(self.tr("Skip the rest"))
        self.read_button = QPushButton(self.tr("Read back"))
        self.read_button.setToolTip(self.tr("The next region in large letters over the whole window (F11)"))
        self.more_button = IconButton("plus", self.tr("Plan more of the last session"))
        self.deviation_button = IconButton("pen", self.tr("Not as planned: say why"))
        self.deviation_button.clicked.connect(self.deviation_asked)
        self.deviation_button.hide()
        self.all_button.setProperty("kind", "primary")
        self.all_button.clicked.connect(self.all_confirmed)
        self.skip_button.clicked.connect(self.all_skipped)
        self.read_button.clicked.connect(self.read_back)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._assemble()

    def _assemble(self) -> None:
        self.more_button.clicked.connect(self.more_asked)
        self.add_button(self.deviation_button)
        self.add_button(self.more_button)
        inner = QWidget()
        inner.setLayout(self._column)
        self.add_inset(self._words, self._bar, self._notes)
        self.whole.addWidget(rule())
        self.whole.addWidget(scrolled(inner), 1)
        for button in (self.all_button, self.skip_button, self.read_button):
            button.setMinimumHeight(48)
        pair = QHBoxLayout()
        pair.setContentsMargins(10, 0, 10, 0)
        pair.setSpacing(8)
        pair.addWidget(self.skip_button, 1)
        pair.addWidget(self.read_button, 1)
        self.add_inset(self.all_button)
        self.whole.addLayout(pair)

    def show_plan(self, counts: tuple[PlanCount, ...], total: PlanCount, when: str, notes: str) -> None:
        """How far the plan is, region by region; notes: what differs from last time and should be seen."""
        if list(self._rows) != [count.region_id for count in counts]:
            self._make_rows(counts)
        for count in counts:
            self._rows[count.region_id].show_count(count)
        about = "≈" if total.about else ""
        self.when.show_text(when)
        self._words.setText(progress_words(total))
        self._bar.show_count(total)
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))
        words = self.tr("Done as planned: {0} open").format(f"{about}{total.open}")
        self.all_button.setText(words if total.open else self.tr("Nothing open"))
        for button in (self.all_button, self.skip_button):
            button.setEnabled(bool(total.open))

    def _make_rows(self, counts: tuple[PlanCount, ...]) -> None:
        for row in self._rows.values():
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = {}
        for count in counts:
            row = PlanRow(count.region_id, region_name(self._atlas, count.region_id))
            row.confirmed.connect(self.confirmed)
            row.skipped.connect(self.skipped)
            row.reopened.connect(self.reopened)
            self._column.insertWidget(len(self._rows), row)
            self._rows[count.region_id] = row

    def row(self, region_id: str) -> PlanRow:
        """The row of a region."""
        return self._rows[region_id]

    def words(self) -> str:
        """How far the plan is, as shown."""
        return self._words.text()
