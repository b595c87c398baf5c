"""Read-back over the whole window: the next region of the plan in large letters, one key to go on."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mesomap.domain.plan import PlanOutcome
from mesomap.render.picture import PictureStore
from mesomap.services.assistant import ReadBack
from mesomap.services.planning import PlanCount
from mesomap.ui.assistant import Assistant
from mesomap.ui.canvas.glance import Glance
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.chips import draw_letter
from mesomap.ui.panels.top_bar import ElidedLabel, plain_label
from mesomap.ui.session_model import SessionModel
from mesomap.ui.session_plan import progress_words
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from mesomap.ui.words import region_name, region_words, side_word

#: Letters that are read across a room, px.
_REGION_PX, _LINE_PX, _COUNT_PX = 60, 48, 72


class ReadOut(QWidget):
    """What is to be said, in large letters."""

    def __init__(self, model: SessionModel, assistant: Assistant) -> None:
        super().__init__()
        self._model, self._assistant = model, assistant
        self._item: ReadBack | None = None
        self._headline = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_item(self, item: ReadBack | None, headline: str) -> None:
        """An entry; without one the headline alone."""
        self._item, self._headline = item, headline
        self.setAccessibleName(self._assistant.spoken(item) if item is not None else headline)
        self.update()

    def text(self) -> str:
        """What is said."""
        return self.accessibleName()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Region and side, then a line each."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.colour("text"))
        item = self._item
        if item is None:
            painter.setFont(font("display", _LINE_PX))
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRectF(self.rect()), flags, self._headline)
            return
        y = self._paint_region(painter, item)
        painter.setFont(font("figure", _LINE_PX))
        for line in self._assistant.lines(item):
            y = self._paint_line(painter, y, line)
        if item.dose.mixture:
            self._paint_mixture(painter, y, item.dose.mixture)

    def _paint_region(self, painter: QPainter, item: ReadBack) -> float:
        name, side = region_words(self._model.atlas, item.region_id)
        word = side_word(side)
        whole = f"{name} – {word}" if word else name
        made: QFont = font("display", _REGION_PX)
        painter.setFont(made)
        metrics = QFontMetrics(made)
        lines = [whole]
        if metrics.horizontalAdvance(whole) > self.width() and word:
            lines = [name, word]
        y = 0.0
        for line in lines:
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(QRectF(0, y, self.width(), metrics.height()), Qt.AlignmentFlag.AlignLeft, shown)
            y += metrics.height() * 0.98
        return y + 14

    def _paint_line(self, painter: QPainter, y: float, line: str) -> float:
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, y, self.width(), metrics.height()), Qt.AlignmentFlag.AlignLeft, shown)
        return y + metrics.height() * 1.04

    def _paint_mixture(self, painter: QPainter, y: float, letter: str) -> None:
        metrics = painter.fontMetrics()
        side = metrics.height() * 0.86
        draw_letter(painter, QRectF(0, y + 6, side, side), letter)
        known = self._model.service.session.mixture(letter)
        painter.setPen(theme.tokens().colour("text"))
        painter.setFont(font("figure", _LINE_PX))
        name = known.name if known is not None else ""
        room = self.width() - side - 18
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(side + 18, y, room, metrics.height() * 1.1), Qt.AlignmentFlag.AlignVCenter, shown)


class Counts(QWidget):
    """How much is done and how much is open, large."""

    def __init__(self) -> None:
        super().__init__()
        self._cells: tuple[tuple[str, str], ...] = ()
        self.setFixedHeight(118)
        theme.changed.connect(self.update)

    def show_cells(self, cells: tuple[tuple[str, str], ...], spoken: str) -> None:
        """Number and word of each cell."""
        self._cells = cells
        self.setAccessibleName(spoken)
        self.update()

    def text(self) -> str:
        """What the counts say."""
        return self.accessibleName()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Number over word."""
        tokens = theme.tokens()
        painter = QPainter(self)
        x = 0.0
        for number, word in self._cells:
            painter.setFont(font("display", _COUNT_PX))
            painter.setPen(tokens.colour("text"))
            wide = painter.fontMetrics().horizontalAdvance(number)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(QRectF(x, 0, wide + 4, 86), flags, number)
            painter.setFont(font("title", 18))
            painter.setPen(tokens.colour("text2"))
            wide = max(wide, painter.fontMetrics().horizontalAdvance(word))
            painter.drawText(QRectF(x, 88, wide + 4, 28), Qt.AlignmentFlag.AlignLeft, word)
            x += wide + 44


class AssistantPage(QWidget):
    """Covers its parent while it is open. left says that it was left; the window fills the screen meanwhile."""

    left = Signal()

    def __init__(self, model: SessionModel, assistant: Assistant, store: PictureStore, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._model, self.assistant = model, assistant
        self._page = parent
        self._was_full, self._before = False, parent.window().geometry()
        self.readout, self.counts = ReadOut(model, assistant), Counts()
        self.glance = Glance(model, store)
        self._who = ElidedLabel("title", stretchy=True)
        self._next = ElidedLabel("title", stretchy=True)
        self._said = plain_label("title")
        self.pedal, self.leave_button = QPushButton(), IconButton("close", self.tr("Leave (Esc)"))
        self.back_button = QPushButton(self.tr("Back (Backspace)"))
        self.skip_button = QPushButton(self.tr("Skip (S)"))
        self.done_button = QPushButton(self.tr("Done, next (Space)"))
        self._assemble()
        for button, act in (
            (self.pedal, self._learn),
            (self.leave_button, self.leave),
            (self.back_button, assistant.back),
            (self.skip_button, assistant.skip),
            (self.done_button, assistant.confirm),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(act)
        assistant.changed.connect(self._show)
        self.hide()

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._who, 1)
        head.addWidget(self.pedal)
        head.addWidget(self.leave_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        self.done_button.setProperty("kind", "primary")
        for button, stretch in ((self.back_button, 2), (self.skip_button, 2), (self.done_button, 3)):
            button.setFixedHeight(64)
            button.setMinimumWidth(120)
            buttons.addWidget(button, stretch)
        words = QVBoxLayout()
        words.setContentsMargins(36, 20, 28, 24)
        words.setSpacing(10)
        words.addLayout(head)
        words.addWidget(self.readout, 1)
        words.addWidget(self._next)
        words.addWidget(self.counts)
        words.addWidget(self._said)
        words.addLayout(buttons)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(words, 58)
        whole.addWidget(self.glance, 42)

    # -- open and leave

    def open(self) -> None:
        """Cover the window, fill the screen, take the keys."""
        window = self.window()
        self._was_full, self._before = window.isFullScreen(), window.geometry()
        if not self._was_full:
            window.showFullScreen()
        self.setGeometry(self._page.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.assistant.start()

    def leave(self) -> None:
        """Back to charting, in the window as it was."""
        self.assistant.stop()
        self.hide()
        if not self._was_full:
            self.window().setWindowState(self.window().windowState() & ~Qt.WindowState.WindowFullScreen)
            self.window().setGeometry(self._before)
        self.left.emit()

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every plain key is for this page; nothing behind it hears of it."""
        meaning = self.assistant.key(event.key(), repeated=event.isAutoRepeat())
        acts = {
            "confirm": self.assistant.confirm,
            "back": self.assistant.back,
            "skip": self.assistant.skip,
            "previous": lambda: self.assistant.look(-1),
            "next": lambda: self.assistant.look(1),
            "leave": self.leave,
        }
        if meaning in acts:
            acts[meaning]()
        elif meaning == "refused":
            self._say(self.tr("That key means something else here. Press the pedal again, or choose another key."))
            self._show_pedal()
        elif meaning == "learned":
            self._say("")
            self._show_pedal()
        event.accept()

    def _learn(self) -> None:
        self.assistant.learning = True
        self._show_pedal()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_pedal(self) -> None:
        pedal = self.assistant.pedal
        if self.assistant.learning:
            self.pedal.setText(self.tr("Press the pedal now …"))
        elif pedal is None:
            self.pedal.setText(self.tr("Foot pedal: choose its key"))
        else:
            name = QKeySequence(pedal).toString(QKeySequence.SequenceFormat.NativeText)
            self.pedal.setText(self.tr("Foot pedal: {0}").format(name))

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))

    # -- what is shown

    def _show(self) -> None:
        model, item = self._model, self.assistant.current
        patient = model.service.patient
        allergies = self.tr("Allergies: {0}").format(", ".join(patient.allergies)) if patient.allergies else ""
        name = " ".join(part for part in (patient.given_name, patient.family_name) if part)
        self._who.show_text(" · ".join(part for part in (name, allergies) if part))
        self._say("")
        self._show_pedal()
        if model.plan.exists:
            self._show_plan(item)
        else:
            self._show_last(item)
        self.glance.show_place(item)

    def _show_plan(self, item: ReadBack | None) -> None:
        total = self._model.plan.planning.total()
        settled = self.tr("All of the plan is settled. Esc leaves.")
        self.readout.show_item(item, settled)
        coming = self.assistant.following
        self._next.show_text(
            self.tr("Then: {0}").format(region_name(self._model.atlas, coming.region_id)) if coming is not None else ""
        )
        cells = _cells(total, self.tr("done"), self.tr("open"), self.tr("skipped"))
        self.counts.show_cells(cells, progress_words(total))
        for button in (self.skip_button, self.done_button):
            button.setEnabled(item is not None)
            button.show()
        self.back_button.show()

    def _show_last(self, item: ReadBack | None) -> None:
        self.readout.show_item(item, self.tr("Nothing charted yet. What is charted last is read back here."))
        self._next.show_text("")
        tally = self._model.tally()
        region = next((row for row in tally.rows if item is not None and row.region_id == item.region_id), None)
        here = region.about_points if region is not None else 0
        cells = ((str(here), self.tr("points here")), (str(tally.total.about_points), self.tr("points in all")))
        self.counts.show_cells(cells, ", ".join(f"{number} {word}" for number, word in cells))
        for button in (self.back_button, self.skip_button, self.done_button):
            button.hide()


def _cells(total: PlanCount, done: str, left: str, skipped: str) -> tuple[tuple[str, str], ...]:
    cells = []
    for number, word, outcomes in (
        (total.done + total.moved, done, {PlanOutcome.DONE, PlanOutcome.MOVED}),
        (total.open, left, {PlanOutcome.PLANNED}),
        (total.skipped, skipped, {PlanOutcome.SKIPPED}),
    ):
        if number or word != skipped:
            cells.append((("≈" if outcomes & total.areas else "") + str(number), word))
    return tuple(cells)
