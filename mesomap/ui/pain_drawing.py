"""The pain drawing as the window edits it: what is selected, what the next area gets, every edit one step."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from mesomap.domain.complaint import WORST_INTENSITY, Complaint, ComplaintKind
from mesomap.domain.place import SkinPoint
from mesomap.render.pain_drawing import SeenComplaint, complaint_at, intensity_text
from mesomap.services import pain_drawing
from mesomap.services.view_areas import RegionPart
from mesomap.ui.session_model import SessionModel
from mesomap.ui.words import area, region_name, tr

Way = Sequence[tuple[float, float]]
#: Width of the brush, patient mm: at first, steps, limits.
FIRST_WIDTH_MM, WIDTH_STEP_MM, WIDTHS_MM = 30.0, 5.0, (5.0, 150.0)


class PainDrawing(QObject):
    """Holds the selection; changed is sent when it, a complaint, or what the next one gets has changed.

    Intensity and quality are those of the selected complaint; with none selected they are kept for the next one.
    """

    changed = Signal()

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.width_mm = FIRST_WIDTH_MM
        #: While the barrel button of the pen is held a tap erases.
        self.erasing = False
        self._selected: UUID | None = None
        self._intensity: int | None = None
        self._quality = ""
        self.words = ComplaintWords(model)
        model.complaints_changed.connect(self._renew)

    # -- what is shown

    def complaints(self) -> tuple[Complaint, ...]:
        """All of them, in the order they were drawn."""
        return self.model.service.complaints

    def scene(self) -> tuple[SeenComplaint, ...]:
        """Those that show in the view on the canvas."""
        return self.model.pain.scene(self.model.view_key, self.complaints())

    def selected(self) -> Complaint | None:
        """The selected one."""
        return next((one for one in self.complaints() if one.id == self._selected), None)

    def intensity(self) -> int | None:
        """Intensity of the selected one, else that of the next; None = not asked."""
        chosen = self.selected()
        return self._intensity if chosen is None else chosen.intensity

    def quality(self) -> str:
        """The patient's word for the selected one, else for the next."""
        chosen = self.selected()
        return self._quality if chosen is None else chosen.quality

    # -- what is asked

    def select(self, complaint_id: UUID | None) -> None:
        """Select one, or none."""
        if complaint_id != self._selected:
            self._selected = complaint_id
            self.changed.emit()

    def reveal(self, complaint: Complaint) -> None:
        """Select one of the list, and show the view that sees it best when this one does not see it."""
        self.select(complaint.id)
        if any(one.complaint is complaint for one in self.scene()):
            return
        corners = complaint.points or complaint.outline[0]
        for view_key, _angle in self.model.atlas.views_of(corners[len(corners) // 2]):
            if any(one.complaint is complaint for one in self.model.pain.scene(view_key, self.complaints())):
                self.model.choose_view(view_key)
                return

    def select_at(self, xy_mm: tuple[float, float], reach_mm: float) -> bool:
        """Select what lies there; at a second tap what lies below it. False, and none selected, beside all of them."""
        found = complaint_at(self.scene(), xy_mm, reach_mm, self._selected)
        self.select(None if found is None else found.id)
        return found is not None

    def erase_at(self, xy_mm: tuple[float, float], reach_mm: float) -> bool:
        """While erasing: take away what lies there. True when the tap is dealt with so."""
        if self.erasing:
            found = complaint_at(self.scene(), xy_mm, reach_mm)
            self.select(None if found is None else found.id)
            self.erase()
        return self.erasing

    def near(self, xy_mm: tuple[float, float], reach_mm: float) -> Complaint | None:
        """The trigger point within reach."""
        return complaint_at([one for one in self.scene() if not one.is_area], xy_mm, reach_mm)

    def lasso(self, loop_mm: Way) -> bool:
        """Record what a loop holds as an area."""
        return self._draw(pain_drawing.lasso(self.model.service, self.model.view_key, loop_mm))

    def brush(self, stroke_mm: Way) -> bool:
        """Record a broad stroke: it widens the selected area when it begins inside it, else it is a new one."""
        parts = pain_drawing.brushed(self.model.service, self.model.view_key, stroke_mm, self.width_mm)
        chosen = self.selected()
        below = complaint_at([one for one in self.scene() if one.is_area], stroke_mm[0], 0.0)
        if chosen is None or not parts or (below is not chosen and not self._holds(chosen, stroke_mm[0])):
            return self._draw(parts)
        return self.model.act(
            lambda: pain_drawing.extend_area(self.model.service, chosen.id, parts), self.tr("Widened the area")
        )

    def trigger_point(self, skin: SkinPoint) -> bool:
        """Record a trigger point."""
        made: list[Complaint] = []
        wish = (None if self.selected() else self._intensity, "" if self.selected() else self._quality)
        done = self.model.act(
            lambda: made.append(pain_drawing.place_trigger_point(self.model.service, skin, *wish)),
            self.tr("Placed a trigger point"),
        )
        return done and self._made(made[0])

    def set_intensity(self, intensity: int | None) -> None:
        """0 to 10, None = not asked."""
        chosen = self.selected()
        if chosen is None:
            self._intensity = intensity
            self.changed.emit()
            return
        said = self.tr("Intensity {0}").format(intensity_text(intensity))
        self.model.act(
            lambda: pain_drawing.change_complaint(self.model.service, chosen.id, intensity=intensity), said
        )

    def step_intensity(self, by: int) -> None:
        """One more or less, from 0 where it was not asked."""
        known = self.intensity()
        self.set_intensity(min(max((-1 if known is None and by > 0 else known or 0) + by, 0), WORST_INTENSITY))

    def set_quality(self, words: str) -> None:
        """How it feels, in the patient's words."""
        chosen = self.selected()
        if chosen is None:
            self._quality = words.strip()
            self.changed.emit()
            return
        self.model.act(
            lambda: pain_drawing.change_complaint(self.model.service, chosen.id, quality=words.strip()),
            self.tr("Changed the complaint"),
        )

    def step_width(self, by: int) -> None:
        """A broader or narrower brush."""
        low, high = WIDTHS_MM
        self.width_mm = min(max(self.width_mm + by * WIDTH_STEP_MM, low), high)
        self.changed.emit()

    def can_repeat(self) -> bool:
        """Whether nothing is drawn yet and an earlier session has a drawing."""
        return not self.complaints() and bool(pain_drawing.last_drawing(self.model.service))

    def repeat(self) -> bool:
        """The outlines of last time; intensities are asked anew."""
        service = self.model.service
        return self.model.act(
            lambda: pain_drawing.repeat_drawing(service, pain_drawing.last_drawing(service)),
            self.tr("Drew the complaint as last time"),
        )

    def erase(self) -> bool:
        """Take the selected one away; undo brings it back."""
        chosen = self.selected()
        if chosen is None:
            self.model.told.emit(self.tr("Tap an area or a trigger point first"))
            return False
        return self.model.act(
            lambda: pain_drawing.erase_complaint(self.model.service, chosen.id), self.tr("Erased a complaint")
        )

    # -- inside

    def _draw(self, parts: Sequence[RegionPart]) -> bool:
        made: list[Complaint] = []
        wish = (None if self.selected() else self._intensity, "" if self.selected() else self._quality)
        done = self.model.act(
            lambda: made.append(pain_drawing.draw_area(self.model.service, parts, *wish)), self.tr("Drew the complaint")
        )
        return done and self._made(made[0])

    def _made(self, complaint: Complaint) -> bool:
        """The new one is selected, so that the next tap on the scale is its intensity."""
        self._intensity, self._quality = None, ""
        self._selected = complaint.id
        self.changed.emit()
        return True

    def _holds(self, complaint: Complaint, xy_mm: tuple[float, float]) -> bool:
        return complaint_at([one for one in self.scene() if one.complaint is complaint], xy_mm, 0.0) is not None

    def _renew(self) -> None:
        if self.selected() is None:
            self._selected = None
        self.changed.emit()


class ComplaintWords:
    """What a complaint says, in words and figures."""

    def __init__(self, model: SessionModel) -> None:
        self._model = model
        self._areas: dict[UUID, tuple[Complaint, float]] = {}

    def area_cm2(self, complaint: Complaint) -> float:
        """Its skin, the patient's cm²; an estimate. Worked out once for each record."""
        known = self._areas.get(complaint.id)
        if known is None or known[0] is not complaint:
            found = pain_drawing.area_cm2(self._model.atlas, self._model.service.scale, complaint)
            known = self._areas[complaint.id] = (complaint, found)
        return known[1]

    def place(self, complaint: Complaint) -> str:
        """Lumbar, left + 1."""
        names = [region_name(self._model.atlas, region) for region in complaint.region_ids]
        more = tr("{0} + {1}").format(names[0], len(names) - 1) if len(names) > 1 else ""
        return more or (names[0] if names else "")

    def size(self, complaint: Complaint) -> str:
        """12.4 cm², or what a trigger point is."""
        if complaint.kind is ComplaintKind.TRIGGER_POINT:
            return tr("trigger point")
        return f"{area(self.area_cm2(complaint))} cm²"

    def spoken(self, complaint: Complaint) -> str:
        """Everything it says, for screen readers."""
        names = ", ".join(region_name(self._model.atlas, region) for region in complaint.region_ids)
        said = tr("intensity {0} of {1}").format(intensity_text(complaint.intensity), WORST_INTENSITY)
        parts = [names, self.size(complaint), said, complaint.quality]
        return ", ".join(part for part in parts if part)
