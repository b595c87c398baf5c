"""Charts a visit of the demonstration as a hand would: fills, taps, corrections, breaks; the same every time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from mesomap.commands import Command, EraseMarks, FillRegion, ImportSession, NewSession, PlaceInjections
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Mark, Origin, Outline
from mesomap.domain.patient import Patient
from mesomap.domain.place import SkinPoint
from mesomap.domain.session import Frame, Mixture, Session
from mesomap.domain.technique import technique
from mesomap.services.demo_courses import Going, Part, Series
from mesomap.services.demo_frames import (
    PRACTITIONER,
    QUALIFICATION,
    REMARK,
    demo_choices,
    demo_frame,
)
from mesomap.services.demo_needles import demo_dose, with_drawn_up
from mesomap.services.practice import Practice
from mesomap.services.remembered import DOSE_PREFIX, Remembered
from mesomap.storage import StepAction

if TYPE_CHECKING:
    from mesomap.atlas import Atlas
    from mesomap.services.demo_shelf import DemoShelf

_BY_HAND = 14
_WORDS = {
    Going.UNEVEN: "Rows left out where the skin was sore; single points added.",
    Going.BY_HAND: "Points set one by one.",
    Going.INTERRUPTED: "Interrupted: the patient felt faint. Not charted further.",
    Going.LATE: "Charted afterwards from the paper note.",
    Going.CORRECTED: "One fill was charted at a wrong depth and corrected.",
    Going.UNDONE: "One point moved after a second look.",
}

_Lattice = tuple[tuple[SkinPoint, ...], Outline]


class Lattices:
    """Fills of one body, computed once for every region, spacing and scale."""

    def __init__(self, atlas: "Atlas") -> None:
        from mesomap.services.demo_pain import PainDrawings  # late: needs the geometry libraries

        self.atlas = atlas
        self.pain = PainDrawings(atlas)
        self._known: dict[tuple[str, float, float], _Lattice] = {}

    def present(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """The wanted regions that this body has; its first region when it has none of them."""
        ids = [region.id for region in self.atlas.regions]
        return tuple(region for region in wanted if region in ids) or (ids[0],)

    def of(self, region_id: str, spacing_mm: float, scale: PatientScale) -> _Lattice:
        """Points and outline of a fill of the region; no points when the region is too small."""
        from mesomap.coverage.fill import fill  # late: the window paints first

        key = (region_id, spacing_mm, scale.length)
        if key not in self._known:
            made = fill(self.atlas, region_id, spacing_mm=spacing_mm, scale=scale)
            self._known[key] = made.points.points(), made.outline
        return self._known[key]


class VisitScribe:
    """Writes one visit, step by step, with the times at which it would have been done and entered."""

    def __init__(self, practice: Practice, lattices: Lattices, seed: str, shelf: "DemoShelf | None" = None) -> None:
        self._practice = practice
        self._atlas = lattices.atlas
        self._lattices = lattices
        self._shelf = shelf
        self._seed = seed
        self._dice = Random(seed)
        self._marks: dict[UUID, Mark] = {}
        self._memory: dict[str, object] = {}

    def write(self, patient: Patient, series: Series, number: int, at: datetime, *, is_new: bool) -> Session:
        """Record visit `number` of a series that began at the given moment, and the patient when that is the first.

        Raises typed errors.

        What went in plainly is one commit, so that a demonstration is ready soon; each correction is a step of its own.
        """
        going = series.going_of(number)
        self._delay = timedelta(days=2, hours=3) if Going.LATE in going else timedelta(minutes=1)
        entered = at + self._delay if Going.LATE in going else at
        frame = demo_frame(series, at, entered, Random(f"{self._seed} frame"), interrupted=Going.INTERRUPTED in going)
        self._session = replace(self._head(patient, series, number, at), frame=frame)
        self._done_at = at + timedelta(minutes=4)
        self._memory = demo_choices()
        parts = [(part, region) for part in series.parts for region in self._lattices.present(part.regions)]
        if Going.INTERRUPTED in going:
            parts = parts[: max(1, len(parts) // 3)]
        commands: list[Command] = []
        for place, (part, region) in enumerate(parts):
            # Points set one by one: only the first region, the rest of such a visit is a pattern.
            by_hand = Going.BY_HAND in going and place == 0
            commands += self._taps(part, region, _BY_HAND) if by_hand else self._fills(part, region)
        changes = [change for command in commands for change in command.changes()]
        marks = tuple(change.after for change in changes if isinstance(change.after, (InjectionSet, AreaRecord)))
        self._marks = {mark.id: mark for mark in marks}
        self._session = with_drawn_up(self._session, marks)
        if self._shelf is not None:
            self._session = self._shelf.prepared(self._session)
        drawing = self._lattices.pain.of(self._session, series, number, entered)
        command = ImportSession(
            self._session, marks, patient if is_new else None, name="Demonstration", complaints=drawing
        )
        self._practice.run(command, settings=self._memory)
        self._afterwards(going, parts)
        return self._session

    def begin(self, patient: Patient, series: Series, number: int, at: datetime) -> None:
        """Begin a visit and chart nothing. Raises typed errors."""
        self._practice.run(NewSession(self._head(patient, series, number, at)))

    def _head(self, patient: Patient, series: Series, number: int, at: datetime) -> Session:
        scale = self._atlas.scale_for(patient.height_cm, patient.weight_kg)
        return Session(
            id=uuid4(),
            patient_id=patient.id,
            number=self._practice.next_session_number(),
            started_at=at,
            atlas=self._atlas.ref,
            patient_scale=scale.length,
            scale_basis=scale.basis,
            indication=f"{series.indication}, {number} of {series.planned}",
            practitioner=PRACTITIONER,
            frame=Frame(entered_at=at, qualification=QUALIFICATION),
            mixtures=tuple(Mixture(letter=letter, name=name) for letter, name in series.mixtures),
            remark=" ".join((REMARK, *(_WORDS[how] for how in series.going_of(number)))),
        )

    def _afterwards(self, going: tuple[Going, ...], parts: list[tuple[Part, str]]) -> None:
        sets = [mark for mark in self._marks.values() if isinstance(mark, InjectionSet) and mark.count > 5]
        if Going.UNEVEN in going and sets:
            self._erase({mark.id: self._left_out(mark) for mark in sets})
            for command in self._taps(*parts[-1], 2):
                self._run(command)
        if Going.CORRECTED in going and self._marks:
            self._correct(next(iter(self._marks.values())))
        if Going.UNDONE in going and sets:
            self._fill_twice(*parts[-1])
            self._move_a_point(sets[0])
        if Going.INTERRUPTED in going and sets:
            last = sets[-1]
            self._erase({last.id: frozenset(range(last.count // 2, last.count))})

    # -- gestures

    def _fills(self, part: Part, region: str) -> list[Command]:
        points, outline = self._lattices.of(region, part.spacing_mm, self._scale())
        if not points:
            return []
        dose = demo_dose(part, self._session)
        value = Remembered.of(dose, volume_ml=part.volume_ml, spacing_mm=part.spacing_mm)
        self._memory[DOSE_PREFIX + part.technique] = value.as_setting()
        return [self._filled(part, region, points, outline)]

    def _filled(self, part: Part, region: str, points: tuple[SkinPoint, ...], outline: Outline) -> FillRegion:
        done, entered = self._times()
        return FillRegion(
            session_id=self._session.id,
            region_id=region,
            points=points,
            outline=outline,
            dose=demo_dose(part, self._session),
            lattice=Lattice.HEX,
            spacing_mm=part.spacing_mm,
            volume_ml=part.volume_ml,
            total_ml=None,
            done_at=done,
            entered_at=entered,
            remark=REMARK,
        )

    def _taps(self, part: Part, region: str, count: int) -> list[Command]:
        """Single taps at uneven places; none of a density technique, which is not tapped."""
        points, _ = self._lattices.of(region, part.spacing_mm, self._scale())
        if technique(part.technique).is_density:
            return []
        chosen = sorted(self._dice.sample(points, min(count, len(points))))
        dose = demo_dose(part, self._session)
        return [self._tap(dose, part.volume_ml, region, self._beside(point)) for point in chosen]

    def _tap(self, dose: Dose, volume_ml: float | None, region: str, point: SkinPoint) -> Command:
        done, entered = self._times()
        return PlaceInjections(
            session_id=self._session.id,
            points=(point,),
            dose=dose,
            volume_ml=volume_ml,
            origin=Origin.TAP,
            done_at=done,
            entered_at=entered,
            region_ids=(region,),
            remark=REMARK,
        )

    def _left_out(self, mark: InjectionSet) -> frozenset[int]:
        """One or two runs of neighbouring points."""
        out: set[int] = set()
        for _ in range(self._dice.randint(1, 2)):
            length = max(1, round(mark.count * self._dice.uniform(0.05, 0.14)))
            start = self._dice.randrange(mark.count - length)
            out.update(range(start, start + length))
        return frozenset(out)

    def _correct(self, mark: Mark) -> None:
        """Erase a mark and chart it again a little deeper."""
        self._erase({mark.id: None})
        done, entered = self._times()
        deeper = replace(mark.dose, depth_mm=(mark.dose.depth_mm or 1.0) + 0.2, insertion=None)
        points = mark.points if isinstance(mark, InjectionSet) else self._lattice_of(mark)
        self._run(
            FillRegion(
                session_id=self._session.id,
                region_id=mark.region_ids[0],
                points=points,
                outline=mark.outline,
                dose=deeper,
                lattice=Lattice.HEX,
                spacing_mm=mark.spacing_mm or 1.0,
                volume_ml=mark.volume_ml if isinstance(mark, InjectionSet) else None,
                total_ml=mark.total_ml if isinstance(mark, AreaRecord) else None,
                done_at=done,
                entered_at=entered,
                remark=REMARK,
            )
        )

    def _lattice_of(self, mark: AreaRecord) -> tuple[SkinPoint, ...]:
        return self._lattices.of(mark.region_ids[0], mark.spacing_mm or 1.0, self._scale())[0]

    def _fill_twice(self, part: Part, region: str) -> None:
        """A second fill of a region by mistake, taken back at once."""
        points, outline = self._lattices.of(region, part.spacing_mm, self._scale())
        if not points:
            return
        command = self._filled(part, region, points, outline)
        entry, _changes = self._practice.run(command, self._session.id)
        if entry is not None:
            self._practice.replay(StepAction.UNDO, entry.number, entry.name, self._session.id)

    def _move_a_point(self, mark: InjectionSet) -> None:
        number = self._dice.randrange(mark.count)
        self._erase({mark.id: frozenset({number})})
        neighbour = mark.points[number - 1]
        self._run(self._tap(mark.dose, mark.volume_ml, mark.region_ids[0], self._beside(neighbour)))

    # -- inside

    def _beside(self, point: SkinPoint) -> SkinPoint:
        """Another place in the same triangle of skin, a millimetre or two away."""
        one, two = sorted((self._dice.uniform(0.05, 0.95), self._dice.uniform(0.05, 0.95)))
        return SkinPoint(point.triangle, one, two - one)

    def _erase(self, what: dict[UUID, frozenset[int] | None]) -> None:
        self._run(EraseMarks(marks=tuple(self._marks.values()), what=what))

    def _run(self, command: Command) -> None:
        _entry, changes = self._practice.run(command, self._session.id)
        for change in changes:
            after = change.after
            if isinstance(after, (InjectionSet, AreaRecord)):
                self._marks[after.id] = after
            else:
                self._marks.pop(change.record_id, None)

    def _times(self) -> tuple[datetime, datetime]:
        self._done_at += timedelta(seconds=self._dice.randint(20, 110))
        return self._done_at, self._done_at + self._delay

    def _scale(self) -> PatientScale:
        return PatientScale(self._session.patient_scale, self._session.scale_basis)
