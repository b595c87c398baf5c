"""Panes of the charting page for the keyboard: F6 goes to the next, Shift+F6 back; the point list is one of them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from mesomap.ui.canvas.tools.select import SelectTool
from mesomap.ui.panels.point_list import PointList
from mesomap.ui.panels.point_table import point_rows
from mesomap.ui.session_model import SessionModel


class PointLists(QObject):
    """Joins the point list to the session and to the selection of the canvas.

    choose_select: makes Select the active tool, so that the rings of what is selected show.
    """

    def __init__(
        self, model: SessionModel, select: SelectTool, choose_select: Callable[[], None], page: QWidget
    ) -> None:
        super().__init__(page)
        self._model, self._select, self._choose_select = model, select, choose_select
        self._echo = False
        self.list = PointList(model.atlas, page, model.service.scale)
        self.list.selected.connect(self._rows_selected)
        self.list.details_asked.connect(select.confirm)
        self.list.erase_asked.connect(select.delete)
        model.marks_changed.connect(self._refresh)
        model.session_taken.connect(lambda: self.list.rescale(model.service.scale))
        select.selection_changed.connect(self._selection_changed)

    def open(self, room: QRect) -> None:
        """Show the list within a part of the page."""
        wide = min(self.list.width_needed(), room.width())
        self.list.setGeometry(room.x(), room.y(), wide, room.height())
        self.list.show()
        self._refresh()
        self.list.take_over()

    def _refresh(self) -> None:
        if self.list.isVisible():
            self.list.show_rows(point_rows(self._model.atlas, self._model.marks), self._select.selected)

    def _rows_selected(self, selected: object) -> None:
        if isinstance(selected, dict) and selected != dict(self._select.selected):
            self._choose_select()
            self._echo = True
            self._select.select(selected)
            self._echo = False

    def _selection_changed(self) -> None:
        if self.list.isVisible() and not self._echo:
            self.list.show_selected(self._select.selected)


class Panes(QObject):
    """Goes from pane to pane in the order of reading; a pane that shows nothing to focus is passed over."""

    def __init__(self, panes: list[QWidget], lists: PointLists, room: Callable[[], QRect], page: QWidget) -> None:
        super().__init__(page)
        self._panes, self._lists, self._room, self._page = panes, lists, room, page
        lists.list.closed.connect(lambda: panes[2].setFocus(Qt.FocusReason.OtherFocusReason))

    def step(self, by: int) -> None:
        """Next pane (1) or the one before (-1). Leaving the point list puts it away."""
        order = [*self._panes[:3], self._lists.list, *self._panes[3:]]
        here = self._here(order)
        for steps in range(1, len(order) + 1):
            pane = order[(here + by * steps) % len(order)]
            if pane is self._lists.list:
                self.open_list()
                return
            target = pane if pane.focusPolicy() & Qt.FocusPolicy.TabFocus else _first_inside(pane)
            if target is not None:
                self._lists.list.hide()
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def open_list(self) -> None:
        """Show the point list, or put it away when it is open."""
        if self._lists.list.isVisible():
            self._lists.list.put_away()
        else:
            self._lists.open(self._room())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A tap on what was given to open_by() opens the list."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.open_list()
            return True
        return super().eventFilter(watched, event)

    def open_by(self, widget: QWidget) -> None:
        """Let a tap on this open the list."""
        widget.setCursor(Qt.CursorShape.PointingHandCursor)
        widget.setToolTip(self.tr("List all points (F6 from the canvas)"))
        widget.installEventFilter(self)

    def _here(self, order: list[QWidget]) -> int:
        focus = QApplication.focusWidget()
        for place, pane in enumerate(order):
            if focus is not None and (pane is focus or pane.isAncestorOf(focus)):
                return place
        return 2


def _first_inside(pane: QWidget) -> QWidget | None:
    """The first widget of a pane that the tab key reaches."""
    widget = pane.nextInFocusChain()
    while widget is not None and widget is not pane:
        reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if pane.isAncestorOf(widget) and reached and widget.isVisible() and widget.isEnabled():
            return widget
        widget = widget.nextInFocusChain()
    return None
