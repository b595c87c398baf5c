"""Charting one session: every gesture becomes a command, is committed at once, and can be undone."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mesomap.commands import (
    AlsoMirrored,
    Command,
    EraseMarks,
    FillRegion,
    PlaceInjections,
    SetMixture,
    StackEntry,
    UndoStack,
)
from mesomap.commands.brush import BrushAreas
from mesomap.commands.late import ChartedLate
from mesomap.commands.plan import AlsoPlanned
from mesomap.commands.together import Together
from mesomap.domain.body_size import PatientScale
from mesomap.domain.change import Change
from mesomap.domain.clock import now
from mesomap.domain.complaint import Complaint
from mesomap.domain.errors import BadInputError, DamagedError
from mesomap.domain.marks import (
    AreaRecord,
    Dose,
    InjectionSet,
    Lattice,
    Mark,
    Origin,
    Outline,
    check_dose_values,
)
from mesomap.domain.patient import Patient
from mesomap.domain.place import SkinPoint
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Session
from mesomap.domain.technique import technique
from mesomap.services.fill_preview import FillPreview
from mesomap.services.practice import Practice
from mesomap.services.remembered import DOSE_PREFIX, Memory, Remembered
from mesomap.services.session_memory import SessionMemory
from mesomap.services.visit_time import visit_moment
from mesomap.storage import StepAction

if TYPE_CHECKING:
    from mesomap.atlas import Atlas
    from mesomap.coverage.figures import Tally
    from mesomap.coverage.tally import Tallier

#: What is charted on both sides at once while that is wanted; edits and repeated sessions are not.
_MIRRORED_LIVE = (PlaceInjections, FillRegion, BrushAreas, Together)

#: Called with the changes of a commit, an undo or a redo.
Listener = Callable[[tuple[Change, ...]], None]


class ChartingService:
    """One session under the pen.

    Memory changes only after the commit, so a failure leaves both as they were.
    """

    def __init__(self, practice: Practice, atlas: "Atlas", session_id: UUID) -> None:
        """Load the session, its marks and its undo stack.

        Raises NotFoundError; BadInputError (another body).
        """
        self.practice = practice
        self.atlas = atlas
        self.session: Session = practice.session(session_id)
        if not atlas.reads(self.session.atlas):
            own, given = self.session.atlas, atlas.ref
            raise BadInputError(
                f"Session {self.session.number} was charted on {own.id} {own.version} ({own.body}); "
                f"{given.id} {given.version} ({given.body}) cannot draw it."
            )
        self.patient: Patient = practice.patient(self.session.patient_id)
        self._memory = SessionMemory(practice, session_id)
        self._stack = self._stack_of(practice, session_id)
        #: While on, what is charted is set out on the other side too, in the same step.
        self.mirror_live = False
        self._listeners: list[Listener] = []
        self._tallier: Tallier | None = None
        self._radii: dict[str, float | None] = {}

    # -- reading -----------------------------------------------------------------------------------

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, in the order of charting."""
        return tuple(self._memory.marks.values())

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """The pain drawing: areas and trigger points, in the order they were drawn."""
        return tuple(self._memory.complaints.values())

    @property
    def planned(self) -> tuple[PlannedMark, ...]:
        """The plan of this session, open and settled."""
        return tuple(self._memory.planned.values())

    @property
    def scale(self) -> PatientScale:
        """The patient's scale, frozen when the session began."""
        return PatientScale(self.session.patient_scale, self.session.scale_basis)

    @property
    def can_undo(self) -> bool:
        """True when there is a step to take back."""
        return self._stack.to_undo is not None

    @property
    def can_redo(self) -> bool:
        """True when there is a step to do again."""
        return self._stack.to_redo is not None

    @property
    def undo_name(self) -> str:
        """Name of the step that undo would take back, "" when none."""
        return self._stack.to_undo.name if self._stack.to_undo else ""

    @property
    def redo_name(self) -> str:
        """Name of the step that redo would do again, "" when none."""
        return self._stack.to_redo.name if self._stack.to_redo else ""

    def tally(self) -> "Tally":
        """Figures by region and in total, in patient mm, cm² and mL."""
        from mesomap.coverage.tally import Tallier  # late: the window paints first

        radii = self.practice.effect_radii_mm()
        if self._tallier is None or radii != self._radii:
            self._tallier, self._radii = Tallier(self.atlas, self.scale, radii), radii
        return self._tallier.tally(self.marks)

    def remembered(self, technique_key: str) -> Remembered | None:
        """Values last used with the technique, None = ask."""
        known = self.practice.remembered(technique_key)
        return None if known is None else known.for_session(self.marks)

    def on_changed(self, listener: Listener) -> Callable[[], None]:
        """Call the listener after every commit, undo and redo; returns a function that ends this."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # -- gestures ----------------------------------------------------------------------------------

    def place(
        self,
        points: Iterable[SkinPoint],
        dose: Dose,
        volume_ml: float | None,
        origin: Origin = Origin.TAP,
        *,
        spacing_mm: float | None = None,
        total_ml: float | None = None,
        done_at: datetime | None = None,
        remark: str = "",
    ) -> InjectionSet:
        """Record point injections of one gesture; volume_ml is that of each point. Raises BadInputError.

        spacing_mm: of a pattern, to come back with the technique. total_ml: of all points, instead of volume_ml.
        """
        places = tuple(points)
        moment = now()
        command = PlaceInjections(
            session_id=self.session.id,
            points=places,
            dose=dose,
            volume_ml=volume_ml,
            origin=origin,
            done_at=done_at or moment,
            entered_at=moment,
            region_ids=self._regions_of(places),
            remark=remark,
            given_total_ml=total_ml,
        )
        mark = self._run(command, self._to_remember(dose, volume_ml, spacing_mm, total_ml))[0].after
        assert isinstance(mark, InjectionSet)
        return mark

    def preview_fill(
        self,
        region_id: str,
        dose: Dose,
        volume_ml: float | None,
        *,
        spacing_mm: float,
        lattice: Lattice = Lattice.HEX,
        margin_mm: float = 0.0,
        within: Outline = (),
    ) -> FillPreview:
        """What fill() would record.

        spacing and margin in patient mm. Raises BadInputError or NotFoundError.
        """
        from mesomap.coverage.fill import fill

        technique(dose.technique)
        check_dose_values(depth_mm=dose.depth_mm, volume_ml=volume_ml, spacing_mm=spacing_mm)
        found = fill(
            self.atlas,
            region_id,
            spacing_mm=spacing_mm,
            lattice=lattice,
            margin_mm=margin_mm,
            scale=self.scale,
            within=within,
        )
        points = found.points.points()
        total = None if volume_ml is None else volume_ml * len(points)
        return FillPreview(
            region_id=region_id, points=points, outline=found.outline, total_ml=total, area_cm2=found.area_cm2
        )

    def fill(
        self,
        region_id: str,
        dose: Dose,
        volume_ml: float | None,
        *,
        spacing_mm: float,
        lattice: Lattice = Lattice.HEX,
        margin_mm: float = 0.0,
        within: Outline = (),
        total_ml: float | None = None,
        preview: FillPreview | None = None,
        done_at: datetime | None = None,
        remark: str = "",
    ) -> Mark:
        """Record a fill: single injections of a point technique, one area record of a density technique.

        preview: the one that was shown, so that what is recorded is what was seen. Raises BadInputError.
        """
        shown = preview or self.preview_fill(
            region_id,
            dose,
            volume_ml,
            spacing_mm=spacing_mm,
            lattice=lattice,
            margin_mm=margin_mm,
            within=within,
        )
        moment = now()
        command = FillRegion(
            session_id=self.session.id,
            region_id=region_id,
            points=shown.points,
            outline=shown.outline,
            dose=dose,
            lattice=lattice,
            spacing_mm=spacing_mm,
            volume_ml=volume_ml,
            total_ml=total_ml,
            done_at=done_at or moment,
            entered_at=moment,
            remark=remark,
        )
        mark = self._run(command, self._to_remember(dose, volume_ml, spacing_mm, total_ml))[0].after
        assert isinstance(mark, (InjectionSet, AreaRecord))
        return mark

    def erase(self, what: Iterable[UUID] | Mapping[UUID, frozenset[int] | None]) -> None:
        """Erase marks by id, or single points of them (mark id → positions).

        Raises NotFoundError, BadInputError.
        """
        wanted = dict(what) if isinstance(what, Mapping) else dict.fromkeys(what)
        self._run(EraseMarks(marks=self.marks, what=wanted))

    def set_mixture(self, letter: str, name: str) -> None:
        """Name what the syringe of a letter holds; an empty name takes it away. Raises BadInputError."""
        self._run(SetMixture(self.session, letter, name))

    def run(
        self,
        command: Command,
        remember: Memory | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> tuple[Change, ...]:
        """Commit any command on this session as one step. Raises typed errors.

        settings: kept with it.
        """
        memory = {} if remember is None else self._to_remember(*remember)
        return self._run(command, memory | dict(settings or {}))

    def undo(self) -> None:
        """Take the last step back.

        Nothing to take back is no error. Raises typed errors, nothing changed then.
        """
        entry = self._stack.to_undo
        if entry is not None:
            self._replay(StepAction.UNDO, entry)

    def redo(self) -> None:
        """Do the last undone step again; none is no error. Raises typed errors, nothing changed then."""
        entry = self._stack.to_redo
        if entry is not None:
            self._replay(StepAction.REDO, entry)

    # -- inside ------------------------------------------------------------------------------------

    def _stack_of(self, practice: Practice, session_id: UUID) -> UndoStack:
        # What is signed has nothing to take back.
        entries = practice.history(session_id) if self.session.status.is_open else ()
        try:
            return UndoStack.rebuilt((entry.action.value, entry.origin, entry.name) for entry in entries)
        except ValueError as error:
            raise DamagedError(
                f"The history of session {self.session.number} does not fit together. "
                "Restore the last verified backup; nothing was changed."
            ) from error

    def _run(self, command: Command, settings: Mapping[str, Any] | None = None) -> tuple[Change, ...]:
        if self.mirror_live and isinstance(command, _MIRRORED_LIVE):
            command = AlsoMirrored(command, self._copies)
        visit = visit_moment(self.session, now())
        if visit is not None:
            command = ChartedLate(command, visit)
        if self._memory.planned:
            from mesomap.services.plan_following import followed  # late: needs the geometry libraries

            command = AlsoPlanned(command, lambda changes: followed(self.atlas, self.planned, changes))
        entry, changes = self.practice.run(command, self.session.id, settings)
        if entry is not None:
            self._stack.done(StackEntry(entry.number, entry.name))
            self._apply(changes)
        return changes

    def _copies(self, new: Sequence[Mark]) -> Sequence[Mark]:
        from mesomap.services.mirroring import mirrored  # late: needs the geometry libraries

        return mirrored(self.atlas, (*self.marks, *new), {mark.id: None for mark in new}, now())

    def _replay(self, action: StepAction, entry: StackEntry) -> None:
        changes = self.practice.replay(action, entry.step, entry.name, self.session.id)
        if action is StepAction.UNDO:
            self._stack.undone(entry.step)
        else:
            self._stack.redone(entry.step)
        self._memory.read_after_replay(changes)
        self._apply(changes)

    def _apply(self, changes: tuple[Change, ...]) -> None:
        for change in changes:
            record = change.record
            if isinstance(record, Session):
                self.session = record
            elif isinstance(record, Patient):
                self.patient = record
            else:
                self._memory.apply(change)
        for listener in tuple(self._listeners):
            listener(changes)

    def _regions_of(self, points: tuple[SkinPoint, ...]) -> tuple[str, ...]:
        """Regions of the points, in order, each once. Raises BadInputError when a point lies on no region."""
        found: dict[str, None] = {}
        for point in points:
            region = self.atlas.region_id_at(point)
            if region is None:
                raise BadInputError("This place is not skin that is charted. Tap on the body.")
            found[region] = None
        return tuple(found)

    def _to_remember(
        self, dose: Dose, volume_ml: float | None, spacing_mm: float | None, total_ml: float | None = None
    ) -> dict[str, Any]:
        """The setting that remembers these values, unless they are remembered already."""
        known = self.practice.remembered(dose.technique)
        value = Remembered.of(dose, volume_ml=volume_ml, spacing_mm=spacing_mm, total_ml=total_ml, known=known)
        return {} if value == known else {DOSE_PREFIX + dose.technique: value.as_setting()}

