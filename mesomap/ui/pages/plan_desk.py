"""The plan in the window: tool, bar, cards and what they ask of each other."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from mesomap.ui.canvas.canvas import Canvas
from mesomap.ui.canvas.held import Held
from mesomap.ui.canvas.plan_bar import PlanBar
from mesomap.ui.canvas.targeting import Targeting
from mesomap.ui.canvas.tools.plan import PlanTool
from mesomap.ui.canvas.tools.tool import Tool
from mesomap.ui.charting_keys import add_shortcut
from mesomap.ui.panels.last_time_card import LastTimeCard
from mesomap.ui.panels.plan_card import PlanCard
from mesomap.ui.plan_actions import PlanActions
from mesomap.ui.session_model import SessionModel

if TYPE_CHECKING:
    from mesomap.ui.courses.protocol_desk import ProtocolDesk
    from mesomap.ui.pages.assistant import AssistantPage


class PlanDesk(QObject):
    """Opens the card that fits: the last session to choose from, or the plan.

    tool_wanted(key), opening (a card is about to cover the panel) and finished (the keys go back) ask the page;
    counted(words by region) says what is open.
    """

    tool_wanted = Signal(str)
    opening = Signal()
    counted = Signal(dict)
    finished = Signal()

    def __init__(self, model: SessionModel, canvas: Canvas, page: QWidget) -> None:
        super().__init__(page)
        page.installEventFilter(self)
        self._model, self._canvas = model, canvas
        self.choice = LastTimeCard(model.atlas, model.last_time, page)
        self._targeting = Targeting(model)
        self.actions = PlanActions(model, self)
        self.tool = PlanTool(model, self.actions, self)
        self.bar = PlanBar(canvas)
        self.card = PlanCard(model.atlas, page)
        self._page = page
        self._held = Held(canvas, lambda: not canvas.gestures.pen_only)
        self._active = False
        self._connect()

    def _connect(self) -> None:
        self._held.held.connect(self._hold)
        self.tool.swallowed = lambda: self._held.swallows
        self.tool.region_touched.connect(lambda region_id: setattr(self._model, "last_region", region_id))
        self.bar.mode_chosen.connect(lambda mode: setattr(self.tool, "tap_skips", mode == "skip"))
        self.bar.regions_asked.connect(self.toggle_card)
        self.choice.planned.connect(self._lay)
        self.choice.confirmed.connect(self._repeat)
        self.choice.protocol_asked.connect(self._open_protocol)
        card, actions = self.card, self.actions
        card.confirmed.connect(lambda region_id: actions.confirm_regions((region_id,)))
        card.skipped.connect(lambda region_id: actions.skip_regions((region_id,)))
        card.reopened.connect(lambda region_id: actions.reopen_regions((region_id,)))
        card.all_confirmed.connect(self._confirm_all)
        card.read_back.connect(self.read_back)
        card.more_asked.connect(self._choose_more)
        card.deviation_asked.connect(lambda: self.protocol.ask_deviation(self._page))
        add_shortcut(self._page, "F11", self.read_back)
        card.all_skipped.connect(lambda: actions.skip_regions(None))
        self._model.marks_changed.connect(self._show)

    def _hold(self, at: QPointF) -> None:
        self.tool.held(self._targeting.at(self._canvas.context(), at))

    def show_for(self, tool: Tool | None) -> None:
        """The bar while the plan's tool is the active one."""
        self._active = self._held.on = tool is self.tool
        self._show()

    @property
    def cards(self) -> tuple[QWidget, ...]:
        """The cards over the panel."""
        made = (self.protocol.card,) if "protocol" in vars(self) else ()
        return (self.choice, self.card, *made)

    def toggle_card(self) -> None:
        """Open the plan; else the protocol where a course begins, the last session where it goes on. A second call puts
        it away.
        """
        if any(card.isVisible() for card in self.cards):
            for card in self.cards:
                card.hide()
            return
        if self._model.plan.exists:
            self.opening.emit()
            self._show_card()
            self.card.show()
            self.card.raise_()
            self.card.all_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        offered, has_last = self.protocol.look_up(), self._model.last_time.exists()
        if offered and (self.protocol.is_first or not has_last):
            self._open_protocol()
        elif self._model.has_last_session():
            self.choice.offer_protocol(on=offered)
            self._choose_last()

    @cached_property
    def protocol(self) -> "ProtocolDesk":
        """The protocol of the course, made when a plan is first asked for."""
        from mesomap.ui.courses.protocol_desk import ProtocolDesk

        made = ProtocolDesk(self._model, self._page)
        made.laid.connect(self._laid)
        made.last_time_asked.connect(self._choose_last)
        return made

    @cached_property
    def assistant(self) -> "AssistantPage":
        """The assistant's view, made when it is first wanted."""
        from mesomap.ui.assistant import Assistant
        from mesomap.ui.pages.assistant import AssistantPage

        made = AssistantPage(
            self._model, Assistant(self._model, self.actions, self), self._canvas.pictures(), self._page
        )
        made.left.connect(self.finished)
        return made

    def read_back(self) -> None:
        """The assistant's view over the whole window; a second call leaves it."""
        if self.assistant.isVisible():
            self.assistant.leave()
        else:
            self.opening.emit()
            self.assistant.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The assistant's view covers the page whatever its size."""
        if event.type() == QEvent.Type.Resize and watched is self._page and "assistant" in vars(self):
            self.assistant.setGeometry(self._page.rect())
        return False

    def _open_protocol(self) -> None:
        self.opening.emit()
        self.protocol.open(has_last=self._model.last_time.exists())

    def _choose_last(self) -> None:
        """The last session, shown on the body, to choose from."""
        self.opening.emit()
        self._model.toggle_overlay("last_session", True)
        self.choice.open()

    def _laid(self) -> None:
        """A plan lies on the body: the next taps settle it."""
        self._model.toggle_overlay("last_session", False)
        self.tool_wanted.emit(self.tool.key)
        self.finished.emit()

    def _choose_more(self) -> None:
        """The last session again, to plan what was left out of it."""
        if self._model.has_last_session():
            self.opening.emit()
            self.choice.open()

    def _repeat(self, region_ids: frozenset[str]) -> None:
        self._model.repeat_last(region_ids)
        self.finished.emit()

    def _lay(self, region_ids: frozenset[str]) -> None:
        if self.actions.lay(region_ids):
            # Both would lie on the same places; the plan is what counts now.
            self._model.toggle_overlay("last_session", False)
            self.tool_wanted.emit(self.tool.key)
        self.finished.emit()

    def _confirm_all(self) -> None:
        if self.actions.confirm_regions(None):
            self.card.hide()
            self.finished.emit()

    def _show(self) -> None:
        self.counted.emit(self._model.plan.open_words())
        shown = self._active and self._model.plan.exists
        self.bar.show_plan(self._model.plan.words() if shown else "")
        if self.card.isVisible():
            if self._model.plan.exists:
                self._show_card()
            else:
                self.card.hide()

    def _show_card(self) -> None:
        plan, last_time = self._model.plan, self._model.last_time
        protocol = self.protocol.plan_words()
        notes = "" if protocol else "\n".join(last_time.notes())
        self.card.show_plan(plan.counts(), plan.planning.total(), protocol or last_time.title(), notes)
        self.card.deviation_button.setVisible(self.protocol.in_course)
