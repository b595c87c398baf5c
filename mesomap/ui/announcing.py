"""What screen readers are told without being asked: what was recorded, how many points there are, why not."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from mesomap.domain.marks import InjectionSet
from mesomap.ui.session_model import SessionModel
from mesomap.ui.words import view_name

#: Edits that follow each other faster than this are told once.
_PAUSE_MS = 150


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader say a text; urgent: at once, before what it is saying now."""
    event = QAccessibleAnnouncementEvent(widget, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


class Announcer(QObject):
    """Follows a session: told(text) is what was announced last; the canvas is named after what it shows."""

    told = Signal(str)

    def __init__(self, model: SessionModel, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._model, self._canvas = model, canvas
        self._due = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._due.timeout.connect(self._tell)
        self._naming = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._naming.timeout.connect(self._name)
        model.marks_changed.connect(self._due.start)
        model.marks_changed.connect(self._naming.start)
        model.session_taken.connect(self._naming.start)
        model.view_changed.connect(lambda _key: self._naming.start())
        self._naming.start()

    def _tell(self) -> None:
        """The last action and all points: "Placed, 142 points"."""
        marks = self._model.marks
        count = sum(mark.count if isinstance(mark, InjectionSet) else mark.about_n or 0 for mark in marks)
        words = ", ".join(part for part in (self._model.last_action, self._points(count)) if part)
        announce(self._canvas, words)
        self.told.emit(words)

    def _name(self) -> None:
        """ "Face, front, 142 points, 4 regions": what shows in this view."""
        model = self._model
        scene, marks = model.scene(model.view_key), model.marks
        regions = {region for row in set(scene.points.mark.tolist()) for region in marks[row].region_ids}
        areas = {area.mark_id for area in scene.areas if not area.path.isEmpty()}
        if areas:
            regions |= {region for mark in marks if mark.id in areas for region in mark.region_ids}
        named = self.tr("1 region") if len(regions) == 1 else self.tr("{0} regions").format(len(regions))
        where = view_name(model.atlas, model.view_key)
        self._canvas.setAccessibleName(", ".join((where, self._points(scene.visible_count), named)))

    def _points(self, count: int) -> str:
        return self.tr("1 point") if count == 1 else self.tr("{0} points").format(count)
