"""The session as the window sees it: one doorway from widgets to the charting service."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainterPath

from mesomap.atlas import SkinArray
from mesomap.coverage.figures import Tally
from mesomap.domain.change import Change
from mesomap.domain.complaint import Complaint
from mesomap.domain.errors import BadInputError, MesoMapError, NotWritableError
from mesomap.domain.marks import AreaRecord, Mark, Origin
from mesomap.domain.place import SkinPoint
from mesomap.domain.session import Session
from mesomap.domain.technique import technique
from mesomap.render.footprints import FootprintPaths
from mesomap.render.marks_in_view import MarkProjector, ViewScene
from mesomap.render.pain_drawing import ComplaintProjector
from mesomap.render.regions import regions_of
from mesomap.services import ChartingService, FillPreview
from mesomap.services.first_view import first_view
from mesomap.services.planning import repeat
from mesomap.services.session_to_come import SessionToCome
from mesomap.ui.dose_choice import FIRST_FAVOURITES, DoseChoice
from mesomap.ui.earlier_ghosts import EarlierGhosts
from mesomap.ui.edit_words import step_words
from mesomap.ui.last_time import LastTime, amount_words, first_choice
from mesomap.ui.live_tally import LiveTally
from mesomap.ui.session_plan import SessionPlan
from mesomap.ui.words import clock, region_name


class SessionModel(QObject):
    """Holds what is chosen; asks the service to act; tells the widgets what changed."""

    #: The service, made before its session, has one now: what hangs on a session is to be made anew.
    session_taken = Signal()
    marks_changed = Signal()
    complaints_changed = Signal()
    choice_changed = Signal()
    view_changed = Signal(str)
    overlays_changed = Signal()
    asked_for = Signal(str)
    tool_suggested = Signal(str)
    saved = Signal(str, bool)
    told = Signal(str)

    def __init__(self, service: ChartingService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.service = service
        self.atlas = service.atlas
        self.overlays = dict.fromkeys(("coverage", "regions", "guides", "complaint"), True)
        self.overlays |= dict.fromkeys(("heat", "numbers", "last_session", "mirror"), False)
        self.last_time = LastTime(service)
        self.view_key = self._begun_at = self._first_view()
        self.ghosts = EarlierGhosts(service, self.last_time)
        self.plan = SessionPlan(service)
        self.figures = LiveTally(service, self)
        self.regions = regions_of(self.atlas)
        self.favourites = self._kept_favourites()
        self.last_action = ""
        self.last_region = ""
        self._refused = False
        self.pain = ComplaintProjector(self.atlas)
        self._projector = MarkProjector(self.atlas, service.scale)
        self._scenes: dict[str, ViewScene] = {}
        self._footprints = FootprintPaths(self.atlas)
        self.choice = first_choice(service, self.last_time)
        service.on_changed(self._service_changed)

    def take_session(self, service: SessionToCome, session_id: UUID) -> None:
        """Chart this session; the model was made ahead of it, on this service. Raises as SessionToCome.load()."""
        service.load(session_id)
        self._projector = MarkProjector(self.atlas, service.scale)
        self._scenes.clear()
        self.last_time.forget()
        self.ghosts.forget()
        self.plan.forget()
        self.favourites = self._kept_favourites()
        self.choice = first_choice(service, self.last_time)
        self._begin_at_view()
        self.session_taken.emit()
        self.complaints_changed.emit()

    def _kept_favourites(self) -> list[str]:
        kept = self.service.practice.setting("favourites")
        return list(kept) if isinstance(kept, list) else list(FIRST_FAVOURITES)

    def _first_view(self) -> str:
        return first_view(self.service, lambda: self.last_time.last.marks if self.last_time.last is not None else ())

    def _begin_at_view(self) -> None:
        self._begun_at = self._first_view()
        self.choose_view(self._begun_at)

    # -- what is shown

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Marks of the session, oldest first."""
        return self.service.marks

    @property
    def length_factor(self) -> float:
        """Patient mm per reference mm in the view on the canvas; head and neck keep the reference size."""
        return 1.0 if self.atlas.view(self.view_key).fixed_scale else self.service.session.patient_scale

    def scene(self, view_key: str) -> ViewScene:
        """Marks projected into a view; kept until they change."""
        if view_key not in self._scenes:
            self._scenes[view_key] = self._projector.scene(view_key, self.marks)
        return self._scenes[view_key]

    def know_lattices(self, marks: Sequence[Mark], previews: Sequence[FillPreview]) -> None:
        """Draw new area records by the points that were shown before: laying them out again would take long."""
        for mark, preview in zip(marks, previews, strict=False):
            if isinstance(mark, AreaRecord):
                self._projector.know_lattice(mark, SkinArray.of(preview.points))

    def footprints(self, view_key: str) -> list[tuple[QPainterPath, str | None]]:
        """Covered skin in view mm by mixture."""
        return self._footprints.paths(view_key, self.marks, self.service.practice.effect_radii_mm(), self.service.scale)

    def tally(self) -> Tally:
        """Figures of the session as they stand now, waiting for them if need be; see `figures`."""
        return self.figures.now()

    def used_letters(self) -> frozenset[str]:
        """Mixture letters that marks carry."""
        return frozenset(mark.dose.mixture for mark in self.marks if mark.dose.mixture)

    def charts_areas(self) -> bool:
        """True when the chosen technique is charted as an area, not by single points."""
        return technique(self.choice.technique).is_density

    def drawn_regions(self) -> frozenset[str]:
        """Regions whose count is "about n" because an area record lies there."""
        return frozenset(r for mark in self.marks if isinstance(mark, AreaRecord) for r in mark.region_ids)

    # -- what is chosen

    def choose_view(self, view_key: str) -> None:
        """Show another view on the canvas."""
        if view_key != self.view_key:
            self.view_key = view_key
            self.view_changed.emit(view_key)

    def choose_mixture(self, letter: str) -> None:
        """Chart with this mixture from now on."""
        self._choose(replace(self.choice, mixture=letter))

    def name_mixture(self, letter: str, name: str) -> None:
        """Record the name of a mixture."""
        known = self.service.session.mixture(letter)
        if name != (known.name if known is not None else ""):
            self.act(lambda: self.service.set_mixture(letter, name), self.tr("Named mixture {0}").format(letter))
            self.choice_changed.emit()

    def choose_technique(self, key: str) -> None:
        """Chart with this technique from now on, with the values it was last used with."""
        before = self.charts_areas()
        self._choose(self.choice.with_technique(key, self.service.remembered(key)))
        if self.charts_areas() != before:
            self.tool_suggested.emit("fill" if self.charts_areas() else "place")

    def choose_value(self, name: str, value: float | None) -> None:
        """Depth, volume or spacing of the technique; remembered with the next mark."""
        self._choose(self.choice.with_value(name, value))

    def toggle_overlay(self, key: str, on: bool | None = None) -> None:
        """Switch coverage, regions, numbers or the last session; without one it stays off, and the reason is told."""
        wanted = (not self.overlays[key]) if on is None else on
        self.overlays[key] = wanted and (key != "last_session" or self.has_last_session())
        self.service.mirror_live = self.overlays["mirror"]
        self.overlays_changed.emit()

    def star(self, key: str, on: bool) -> None:
        """Make a technique one of the five in reach, or not."""
        kept = [name for name in self.favourites if name != key]
        self.favourites = [key, *kept][:5] if on else kept
        self._guarded(lambda: self.service.practice.set_setting("favourites", self.favourites))
        self.choice_changed.emit()

    def ask_for(self, name: str) -> None:
        """Point at a value that is needed now."""
        self.asked_for.emit(name)

    def choose(self, choice: DoseChoice) -> None:
        """Chart with these values from now on."""
        self._choose(choice)

    def _choose(self, choice: DoseChoice) -> None:
        self.choice = choice
        self.choice_changed.emit()

    # -- what is done

    def place(self, skin: SkinPoint, region_id: str | None) -> None:
        """One injection at a place of skin."""
        choice = self.choice
        where = region_name(self.atlas, region_id) if region_id else ""
        self.last_region = region_id or self.last_region
        self.act(
            lambda: self.service.place([skin], choice.dose(), choice.values.volume_ml, Origin.TAP),
            self.tr("Placed a point · {0}").format(where),
        )

    def has_last_session(self) -> bool:
        """Whether there is an earlier session to show or repeat; the reason is told when there is none."""
        found: list[bool] = []
        if not self._guarded(lambda: found.append(self.last_time.last is not None)):
            return False
        if not found[0]:
            self.told.emit(self.last_time.missing_words())
        return found[0]

    def repeat_last(self, region_ids: frozenset[str]) -> bool:
        """Chart these regions as last time; one step."""
        last = self.last_time.last
        if last is None:
            return False
        copies: list[Mark] = []
        words = self.tr("As last time: {0}")
        done = self.act(
            lambda: copies.extend(repeat(self.service, last, region_ids)), lambda: words.format(amount_words(copies))
        )
        self.choice_changed.emit()
        return done

    def undo(self) -> None:
        """Take the last step back."""
        name = self.service.undo_name
        if name:
            self.act(self.service.undo, self.tr("Undone: {0}").format(step_words(name)))

    def redo(self) -> None:
        """Do the last undone step again."""
        name = self.service.redo_name
        if name:
            self.act(self.service.redo, self.tr("Done again: {0}").format(step_words(name)))

    def act(self, action: Callable[[], object], words: str | Callable[[], str]) -> bool:
        """Carry out an edit and tell everybody; False, and the reason told, when it is refused."""
        refused_before = self._refused
        if self._guarded(action):
            if refused_before:
                # The reason of before no longer stands beside what was saved.
                self.told.emit("")
            self.last_action = words if isinstance(words, str) else words()
            self.saved.emit(self.tr("Saved {0}").format(clock(datetime.now().astimezone())), True)
            self.marks_changed.emit()
            return True
        return False

    def attempt(self, action: Callable[[], object]) -> bool:
        """Do what is no edit of the record; False, and the reason told, when it is refused."""
        return self._guarded(action)

    def _guarded(self, action: Callable[[], object]) -> bool:
        try:
            action()
        except MesoMapError as error:
            if not isinstance(error, BadInputError) or isinstance(error, NotWritableError):
                self.saved.emit(self.tr("Not saved"), False)
            self.told.emit(error.sentence)
            self._refused = True
            return False
        self._refused = False
        return True

    def _service_changed(self, changes: tuple[Change, ...]) -> None:
        self._scenes.clear()
        if any(isinstance(change.record, Complaint) for change in changes):
            self.complaints_changed.emit()
        # Why the session takes place was said: go there, unless the person charted or looked elsewhere already.
        service = self.service
        begun = bool(service.marks or service.planned or service.complaints) or self.view_key != self._begun_at
        if not begun and any(isinstance(change.record, Session) for change in changes):
            self._begin_at_view()
