"""The charting page: assembles bar, strip, canvas, tools and panel, and wires them to the session model."""

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from mesomap.domain.technique import technique
from mesomap.ui.announcing import Announcer
from mesomap.ui.canvas.atlas_switches import add_atlas_switches
from mesomap.ui.canvas.brush_bar import BrushBar
from mesomap.ui.canvas.canvas import Canvas
from mesomap.ui.canvas.floating import Floating
from mesomap.ui.canvas.ghost_bar import GhostBar
from mesomap.ui.canvas.heat_legend import HeatLegend
from mesomap.ui.canvas.selection_bar import SelectionBar
from mesomap.ui.canvas.tool_cards import ToolCards
from mesomap.ui.canvas.tools.brush import BrushTool
from mesomap.ui.canvas.tools.erase import EraseTool
from mesomap.ui.canvas.tools.line import LineTool
from mesomap.ui.canvas.tools.measure import MeasureTool
from mesomap.ui.canvas.tools.place import PlaceTool
from mesomap.ui.canvas.tools.select import SelectTool
from mesomap.ui.canvas.tools.tool import Tool
from mesomap.ui.charting_keys import ChartingActions, add_shortcut, handle_key, next_technique
from mesomap.ui.complaint_mode import ComplaintMode
from mesomap.ui.dialogs.key_card import open_key_card
from mesomap.ui.dosing import Dosing
from mesomap.ui.editing import Editing
from mesomap.ui.figures_shown import FiguresShown
from mesomap.ui.loops_ahead import LoopsAhead
from mesomap.ui.mark_sheets import MarkSheets
from mesomap.ui.own_zone_mode import OwnZoneMode
from mesomap.ui.pages.charting_layout import lay_out
from mesomap.ui.pages.plan_desk import PlanDesk
from mesomap.ui.panels.dose_panel import DosePanel
from mesomap.ui.panels.side_panel import SidePanel
from mesomap.ui.panels.tally_panel import TallyPanel, Totals
from mesomap.ui.panels.technique_picker import InfoCard, TechniquePicker
from mesomap.ui.panels.tool_bar import ToolBar
from mesomap.ui.panels.top_bar import TopBar
from mesomap.ui.panels.view_strip import ViewStrip
from mesomap.ui.panes import Panes, PointLists
from mesomap.ui.paste_desk import PasteDesk
from mesomap.ui.selection_shown import SelectionShown
from mesomap.ui.session_frame import SessionFrame
from mesomap.ui.session_model import SessionModel
from mesomap.ui.strokes import Strokes
from mesomap.ui.words import view_name


class ChartingPage(QWidget):
    """One open session.

    ahead: the page is made before its session is known (see spare_page.py); begin() follows when the model has one.
    What a part of the page keeps of a session it looks up when needed, or anew at the model's session_taken.
    """

    left = Signal()

    def __init__(self, model: SessionModel, parent: QWidget | None = None, *, ahead: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.model = model
        # What hangs on its signals holds it in turn, where Python's collector does not look: it goes with the page.
        self.destroyed.connect(model.deleteLater)
        self.editing = Editing(model, self)
        self.top = TopBar()
        self.canvas = Canvas(model)
        self.strip = ViewStrip(model, self.canvas.pictures())
        self.floating = Floating(self.canvas)
        self.heat_legend = HeatLegend(model, self.canvas.heat, self.canvas)
        self.ghost_bar = GhostBar(model, self.canvas, self.heat_legend.card)
        self.tools_bar = ToolBar()
        self.dose = DosePanel()
        self.dosing = Dosing(model, self.dose, self)
        self.tally = TallyPanel(model.atlas)
        self.totals = Totals()
        self.panel = SidePanel(self.dose, self.tally, self.totals)
        FiguresShown(model, self.tally, self.totals, self)
        self.picker = TechniquePicker(self)
        self.info = InfoCard(self)
        self.plan = PlanDesk(model, self.canvas, self)
        self.last_time = self.plan.choice
        self.tools: dict[str, Tool] = {
            tool.key: tool
            for tool in (
                PlaceTool(model, self),
                EraseTool(model, self),
                MeasureTool(model, self),
                self.plan.tool,
            )
        }
        self.select = SelectTool(model, self.editing, self)
        self.tools[self.select.key] = self.select
        self.selection_bar = SelectionBar(self.canvas)
        self.pasting = PasteDesk(model, self.select, self.selection_bar, self.canvas, self)
        self.tools[self.pasting.tool.key] = self.pasting.tool
        self.mark_sheets = MarkSheets(model, self.editing, self, self.select.select)
        self.selection = SelectionShown(self.editing, self.select, self.selection_bar, self.mark_sheets, self)
        self.strokes = Strokes(model, self)
        self.brush = BrushTool(model, self.strokes, self)
        self.tools[self.brush.key] = self.brush
        self.tools[LineTool.key] = LineTool(model, self.strokes, self)
        self.brush_bar = BrushBar(self.canvas)
        self.cards = ToolCards(model, self.strokes, self.canvas, self)
        self.tools.update(self.cards.tools)
        self._tool_before = "place"
        self.complaint = ComplaintMode(model, self)
        self.own_zones = OwnZoneMode(model, self.canvas, self)
        self.loops = LoopsAhead(model, self)
        self.tools[self.own_zones.tool.key] = self.own_zones.tool
        self.frame = SessionFrame(model, self.top, self.canvas, self)
        self.points = PointLists(model, self.select, lambda: self.use_tool("select"), self)
        panes = [self.top, self.strip, self.canvas, self.tools_bar, self.dose, self.tally]
        self.panes = Panes(panes, self.points, lambda: self.canvas.geometry().adjusted(12, 66, -12, -12), self)
        self.panes.open_by(self.floating.title_card())
        self.announcer = Announcer(model, self.canvas)
        self.beside_panel = lay_out(self, self.top, self.strip, self.canvas, self.tools_bar, self.panel)
        self.canvas.resized.connect(self.floating.arrange)
        self._connect()
        self.actions_of_keys = self._key_actions()
        self.begin(figures=not ahead)

    def _connect(self) -> None:
        model = self.model
        self.top.back.connect(self.left)
        self.top.undo.connect(model.undo)
        self.top.redo.connect(model.redo)
        self.canvas.undo_asked.connect(model.undo)
        self.canvas.redo_asked.connect(model.redo)
        self.canvas.zoom_changed.connect(self.floating.show_zoom)
        self.canvas.told.connect(self.floating.hint)
        self.canvas.pen_seen.connect(lambda: self.tools_bar.show_pen_only(True))
        self.canvas.gestures.erasing.connect(self._erase_while)
        self.floating.zoom_in.connect(lambda: self.canvas.zoom_by(1.25))
        self.floating.zoom_out.connect(lambda: self.canvas.zoom_by(0.8))
        self.floating.fit.connect(self.canvas.fit)
        self.floating.overlay.connect(model.toggle_overlay)
        self.strip.chosen.connect(model.choose_view)
        self.tools_bar.tool_chosen.connect(self.use_tool)
        self.tools_bar.mirror.connect(self.mirror)
        self.tools_bar.last_time.connect(self.plan.toggle_card)
        self.plan.opening.connect(self._make_room)
        self.plan.counted.connect(self.tally.show_plan)
        self.plan.tool_wanted.connect(self.use_tool)
        self.pasting.tool_wanted.connect(self.use_tool)
        self.plan.finished.connect(self._back_to_canvas)
        self.complaint.chosen.connect(self.use_tool)
        self.own_zones.tool_wanted.connect(self.use_tool)
        self.frame.complaint.connect(lambda: self.use_tool("complaint"))
        self.complaint.entered.connect(self._back_to_canvas)
        self.cards.entered.connect(self._back_to_canvas)
        self.cards.refused.connect(self.floating.hint)
        self.tools_bar.pen_only.connect(lambda on: setattr(self.canvas.gestures, "pen_only", on))
        self.canvas.gestures.hovered.connect(self._show_skin)
        self.dose.entered.connect(self._back_to_canvas)
        self.dose.refused.connect(self.floating.hint)
        self.dose.picker_asked.connect(self.open_picker)
        self.dose.info_asked.connect(self.open_info)
        self.picker.chosen.connect(model.choose_technique)
        self.picker.starred.connect(model.star)
        self.brush.width_changed.connect(lambda _width: self._show_brush())
        self.brush_bar.stepped.connect(self.brush.step_width)
        # The canvas paints the mark in the same turn as the tap; what the panels say of it comes in the next.
        self._marks_due = QTimer(self, singleShot=True, interval=0)
        self._marks_due.timeout.connect(self._show_marks)
        model.marks_changed.connect(self._marks_due.start)
        model.figures.failed.connect(self.floating.hint)
        model.choice_changed.connect(self._show_choice)
        model.view_changed.connect(lambda _key: QTimer.singleShot(0, self, self._show_view))  # painted first
        add_atlas_switches(self.floating.overlays, model.atlas)
        model.overlays_changed.connect(lambda: self.floating.show_overlays(model.overlays))
        model.asked_for.connect(self.dose.ask_for)
        model.tool_suggested.connect(self._suggest_tool)
        model.saved.connect(lambda text, good: self.top.show_saved(text, good=good))
        model.told.connect(self.floating.hint)

    def _key_actions(self) -> ChartingActions:
        model = self.model
        for keys, act in (
            ("Ctrl+Z", model.undo),
            ("Ctrl+Shift+Z", model.redo),
            ("Ctrl+Y", model.redo),
            ("Ctrl+I", self.frame.open),
            ("F1", self.show_keys),
            ("Alt+Left", lambda: self.ghost_bar.step(1)),
            ("Alt+Right", lambda: self.ghost_bar.step(-1)),
            ("Ctrl+S", lambda: self.floating.hint(self.tr("Everything is saved as you go"))),
        ):
            add_shortcut(self, keys, act)
        return ChartingActions(
            tool=self.use_tool,
            to_tool=self._to_tool,
            overlay=model.toggle_overlay,
            mixture=model.choose_mixture,
            technique_step=lambda by: model.choose_technique(
                next_technique(model.choice.technique, model.favourites, by)
            ),
            value_step=self.dose.nudge,
            view_step=self.step_view,
            zoom=self.canvas.zoom_at_pen,
            fit=self.canvas.fit,
            mirror=self.mirror,
            last_time=self.plan.toggle_card,
            overview=self.show_keys,
            confirm=self._confirm,
            revert=self._revert,
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """A page that is left wants no more figures; a window that is put away does."""
        if not event.spontaneous():
            self.model.figures.stop()
            self.loops.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plain keys that no text field wanted."""
        if not handle_key(self.actions_of_keys, event):
            super().keyPressEvent(event)

    def show_keys(self) -> None:
        """All keys on one card."""
        open_key_card(self, self.tools_bar, self.floating.overlays).closed.connect(self._back_to_canvas)

    def _back_to_canvas(self) -> None:
        """After a value was entered the single-letter keys work again."""
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_tool(self, key: Qt.Key, shift: bool) -> bool:
        tool = self.canvas.tool()
        return (tool is not None and tool.key_pressed(key, shift)) or self.canvas.key_pen.key(key, shift)

    def _confirm(self) -> None:
        tool = self.canvas.tool()
        if tool is not None:
            tool.confirm()

    def _revert(self) -> None:
        tool = self.canvas.tool()
        cards = [card for card in (self.picker, self.info, *self.plan.cards) if card.isVisible()]
        if cards:
            for card in cards:
                card.hide()
        elif self.dosing.put_away():
            return
        elif tool is not None and not tool.revert() and self.complaint.is_on():
            self.complaint.leave()

    def _put_away_cards(self) -> None:
        self.dosing.put_away()
        for card in (self.picker, self.info, *self.plan.cards):
            card.hide()

    # -- what others ask

    def use_tool(self, key: str) -> None:
        """Make a tool the active one."""
        self.tools["complaint"] = self.complaint.tool()
        if self.canvas.tool() is not self.tools[key]:
            self.canvas.use_tool(self.tools[key])
        self.tools_bar.show_tool(key)
        self.cards.show_for(self.tools[key])
        if hint := self.tools_bar.hint_of(key):
            self.floating.hint(hint)
        self.plan.show_for(self.tools[key])
        self.pasting.show_for(self.tools[key])
        self._place_cards()
        self.complaint.tool_used(key, self._put_away_cards)
        self.own_zones.tool_used(key)
        self.loops.tool_used(key)
        self._show_brush()

    def _erase_while(self, held: bool) -> None:
        """The barrel button of the pen: erase while it is held, then back to the tool before."""
        if self.complaint.erase_while(held):
            return
        if held:
            self._tool_before = next((key for key, tool in self.tools.items() if tool is self.canvas.tool()), "place")
        self.use_tool("erase" if held else self._tool_before)

    def _suggest_tool(self, key: str) -> None:
        tool = self.canvas.tool()
        if not self.select.selected and tool is not self.brush and not self.cards.stays(tool):
            self.use_tool(key)

    def mirror(self) -> None:
        """Set the selection, or else the last gesture, out on the other side."""
        self.editing.mirror(self.select.selected)

    def open_picker(self) -> None:
        """All techniques, over the panel."""
        self._put_away_cards()
        self._place_cards()
        self.picker.open_with(self.model.favourites, self.model.choice.technique)

    def open_info(self) -> None:
        """What the sources say about the chosen technique, beside the panel."""
        self.picker.hide()
        self.info.show_technique(technique(self.model.choice.technique))
        self._place_cards()

    def _make_room(self) -> None:
        """A card is about to cover the panel."""
        self._put_away_cards()
        self._place_cards()

    def step_view(self, by: int) -> None:
        """Next or previous view of the strip."""
        order = self.strip.order()
        self.model.choose_view(order[(order.index(self.model.view_key) + by) % len(order)])

    # -- what is shown

    def begin(self, *, figures: bool = True) -> None:
        """Show the session of the model, with the tool that fits its choice. figures: have them worked out."""
        self._show_all()
        self.use_tool("fill" if self.model.charts_areas() else "place")
        if figures:
            QTimer.singleShot(0, self, self.model.figures.ask)

    def _show_all(self) -> None:
        self.top.show_patient(self.model.service.patient)
        self.top.show_saved(self.tr("Saved"))
        self.floating.show_overlays(self.model.overlays)
        self._show_choice()
        self._show_view()
        QTimer.singleShot(0, self, self._show_marks)

    def _show_marks(self) -> None:
        service = self.model.service
        self.floating.overlays.offer_complaint(bool(service.complaints))
        self.top.show_undo(service.undo_name or None, service.redo_name or None)
        self.tools_bar.show_last(self.model.last_action)
        self.dosing.show_mixtures()
        self._show_skin()
        self._show_view()

    def _show_skin(self) -> None:
        target = self.canvas.target()
        self.dosing.show_region(target.region_id if target is not None else None)

    def _show_choice(self) -> None:
        self.dosing.show_choice()
        self.selection.show()
        self._show_brush()

    def _show_brush(self) -> None:
        swath = self.canvas.tool() is self.brush and self.model.charts_areas()
        self.brush_bar.show_width(self.brush.width_mm if swath else None)

    def _show_view(self) -> None:
        key = self.model.view_key
        count = self.model.scene(key).visible_count
        words = self.tr("%n point(s)", "", count)
        self.floating.show_title(view_name(self.model.atlas, key), words.replace("(s)", "" if count == 1 else "s"))

    # -- layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Widths of strip and panel after the design's table."""
        width = event.size().width()
        self.strip.fit(width)
        self.panel.fit(width)
        super().resizeEvent(event)
        self._place_cards()

    def _place_cards(self) -> None:
        # By widths, as the layout follows a new size of the window only later.
        left, width = self.width() - self.panel.width(), self.panel.width()
        top = self.top.height()
        self.picker.setGeometry(left + 8, top + 8, width - 16, self.height() - top - 16)
        for card in self.plan.cards:
            card.setGeometry(self.picker.geometry())
        self.complaint.card.setGeometry(self.picker.geometry())
        self.info.setGeometry(left - 332, top + 66, 320, min(560, self.height() - top - 150))
        beside = self.strip.width() + 8
        self.dosing.set_room(QRect(beside, top + 66, left - beside - 8, self.height() - top - 150))
