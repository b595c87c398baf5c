"""Read-back over the whole window: the next region of the plan in large letters, one key to go on."""

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mesomap.domain.plan import PlanOutcome
from mesomap.render.picture import PictureStore
from mesomap.services.assistant import ReadBack
from mesomap.services.planning import PlanCount
from mesomap.services.region_counts import region_counts
from mesomap.ui.assistant import Assistant
from mesomap.ui.canvas.glance import Glance
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.pages.read_out import Counts, ReadOut
from mesomap.ui.session_model import SessionModel
from mesomap.ui.session_plan import progress_words
from mesomap.ui.words import region_name, spoken_name

#: Hides the content, here as everywhere.
_HIDE = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)


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
        self._who = ElidedLabel("title")
        self._allergy = StateChip("amber", "alert")
        self._allergy.setFixedHeight(36)
        self._next = ElidedLabel("title", stretchy=True)
        self._said = plain_label("title")
        self.pedal, self.leave_button = QPushButton(), IconButton("close", self.tr("Leave (Esc)"))
        self.back_button = QPushButton(self.tr("Back"))
        self.skip_button = QPushButton(self.tr("Skip"))
        self.done_button = QPushButton(self.tr("Done, next"))
        self._keys = ElidedLabel("small2", stretchy=True)
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
        head.addWidget(self._who)
        head.addWidget(self._allergy)
        head.addStretch(1)
        head.addWidget(self.leave_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        self.done_button.setProperty("kind", "primary")
        for button, stretch in ((self.back_button, 2), (self.skip_button, 2), (self.done_button, 3)):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            button.setMinimumWidth(120)
            buttons.addWidget(button, stretch)
        foot = QWidget()
        foot.setFixedHeight(64)
        buttons.setContentsMargins(0, 0, 0, 0)
        foot.setLayout(buttons)
        words = QVBoxLayout()
        words.setContentsMargins(36, 20, 28, 24)
        words.setSpacing(10)
        words.addLayout(head)
        words.addWidget(self.readout, 1)
        coming = QHBoxLayout()
        coming.setSpacing(12)
        coming.addWidget(self._next, 1)
        coming.addWidget(self.pedal)
        words.addLayout(coming)
        words.addWidget(self.counts)
        words.addWidget(self._said)
        words.addWidget(foot)
        words.addWidget(self._keys)
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
        # First of all: Qt passes the focus on while it hides a part that has it.
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.left.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Left, or the page behind it was closed: the window is as large as before."""
        super().hideEvent(event)
        if not self.assistant.active:
            return
        self.assistant.stop()
        if not self._was_full:
            window = self.window()
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
            window.setGeometry(self._before)

    # -- keys

    def event(self, event: QEvent) -> bool:
        """A pedal may send any key, F1 and F6 too: shortcuts of the page behind are not looked at, but hiding it is."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.keyCombination() == _HIDE:
                return super().event(event)
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, ahead: bool, /) -> bool:
        """Tab goes round among the buttons, as what is behind is covered; unless a pedal sends it."""
        if self.assistant.learning or self.assistant.pedal == Qt.Key.Key_Tab:
            return False
        here = QApplication.focusWidget()
        if here is not self and (here is None or not self.isAncestorOf(here)):
            return super().focusNextPrevChild(ahead)
        own = [self.pedal, self.back_button, self.skip_button, self.done_button, self.leave_button]
        ring = [button for button in own if button.isVisible() and button.isEnabled()]
        at = next((number for number, button in enumerate(ring) if button is here), -1 if ahead else 0)
        ring[(at + (1 if ahead else -1)) % len(ring)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

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
        word = self.tr("Allergy: {0}") if len(patient.allergies) == 1 else self.tr("Allergies: {0}")
        self._allergy.setVisible(bool(patient.allergies))
        self._allergy.show_text(word.format(", ".join(patient.allergies)))
        self._who.show_text(spoken_name(patient), 220)
        self._say("")
        self._show_pedal()
        if model.plan.exists:
            self._show_plan(item)
        else:
            self._show_last(item)
        self.glance.show_place(item)

    def _show_plan(self, item: ReadBack | None) -> None:
        total = self._model.plan.planning.total()
        settled = self.tr("All of the plan is settled. Escape leaves.")
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
        self._keys.show_text(
            self.tr("Space: done, next · S: skip · Backspace: back · arrows: look at another region · Escape: leave")
        )

    def _show_last(self, item: ReadBack | None) -> None:
        self.readout.show_item(item, self.tr("Nothing charted yet. What is charted last is read back here."))
        self._next.show_text("")
        # Counted anew, as the tally may take its time: nothing waits for it here.
        counts = region_counts(self._model.atlas, self._model.marks, self._model.service.scale)
        here = next((count for count in counts if item is not None and count.region_id == item.region_id), None)
        about = "≈" if any(count.about for count in counts) else ""
        cells = (
            (str(here.points) if here is not None else "0", self.tr("points here")),
            (about + str(sum(count.points for count in counts)), self.tr("points in all")),
        )
        self.counts.show_cells(cells, ", ".join(f"{number} {word}" for number, word in cells))
        for button in (self.back_button, self.skip_button, self.done_button):
            button.hide()
        self._keys.show_text(self.tr("Escape: leave"))


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
