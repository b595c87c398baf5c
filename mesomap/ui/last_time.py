"""The last session as the window sees it: its ghosts, its regions, and repeating them."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import QCoreApplication

from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.render.marks_in_view import MarkProjector, ViewScene
from mesomap.services import ChartingService, Remembered
from mesomap.services.last_session import (
    LastSession,
    dose_again,
    each_ml,
    earlier_sessions,
    last_session,
    other_mixtures,
    to_repeat,
)
from mesomap.services.planning import region_order
from mesomap.services.region_counts import RegionCount, region_counts
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.words import day


def tr(text: str) -> str:
    """Translate in the context of the last session."""
    return QCoreApplication.translate("LastTime", text)


class LastTime:
    """Looks the last session up at first use; the open session never changes what lies before it."""

    def __init__(self, service: ChartingService) -> None:
        self._service = service
        self._scenes: dict[str, ViewScene] = {}

    def forget(self) -> None:
        """The service has another session now: look everything up again."""
        for name in ("last", "_projector", "_ghosts", "rows"):
            vars(self).pop(name, None)
        self._scenes.clear()

    @cached_property
    def last(self) -> LastSession | None:
        """The last earlier session with marks on this body, or None. Raises typed errors."""
        return last_session(self._service.practice, self._service.session, self._service.atlas)

    @cached_property
    def _projector(self) -> MarkProjector:
        return MarkProjector(self._service.atlas, self.last.scale if self.last is not None else self._service.scale)

    @cached_property
    def _ghosts(self) -> tuple[Mark, ...]:
        """Its marks, areas without a spacing: the lattice of a ghost is not drawn and would take long to lay."""
        marks = self.last.marks if self.last is not None else ()
        return tuple(replace(mark, spacing_mm=None) if isinstance(mark, AreaRecord) else mark for mark in marks)

    def scene(self, view_key: str) -> ViewScene:
        """Its marks projected into a view."""
        if view_key not in self._scenes:
            self._scenes[view_key] = self._projector.scene(view_key, self._ghosts)
        return self._scenes[view_key]

    @cached_property
    def rows(self) -> tuple[RegionCount, ...]:
        """Its regions with their counts, from head to foot, right before left."""
        if self.last is None:
            return ()
        atlas = self._service.atlas
        found = region_counts(atlas, self.last.marks, self.last.scale)
        return tuple(sorted(found, key=lambda count: region_order(atlas, atlas.region(count.region_id))))

    def exists(self) -> bool:
        """Whether there is a last session to choose from; nothing is told when there is none."""
        with suppress(MesoMapError):
            return self.last is not None
        return False

    def title(self) -> str:
        """Session 12 · 21 Nov 2026."""
        if self.last is None:
            return ""
        session = self.last.session
        return f"{tr('Session {0}').format(session.number)} · {day(session.started_at)}"

    def missing_words(self) -> str:
        """Why there is nothing to show."""
        if earlier_sessions(self._service.practice, self._service.session):
            return tr("No earlier session of this patient has marks on this body")
        return tr("No earlier session of this patient")

    def notes(self) -> tuple[str, ...]:
        """What differs from last time and should be seen before repeating."""
        if self.last is None:
            return ()
        return tuple(
            tr("{0} was {1}; here it is {2}").format(
                other.letter, other.then or tr("without a name"), other.here or tr("without a name")
            )
            for other in other_mixtures(self._service, self.last)
        )

    def coming(self, region_ids: Collection[str]) -> tuple[Mark, ...]:
        """What repeating these regions would record."""
        return to_repeat(self._service, self.last, region_ids) if self.last is not None else ()


def first_choice(service: ChartingService, last_time: LastTime) -> DoseChoice:
    """What the first mark of a session carries: what its last mark did, else the settings of the last session.

    A value that was not recorded is not made up: it is asked for, as at the first use of a technique.
    """
    letters = [mixture.letter for mixture in service.session.mixtures]
    letter = letters[0] if letters else "A"
    if service.marks:
        key = service.marks[-1].dose.technique
        return DoseChoice(mixture=letter).with_technique(key, service.remembered(key))
    last = None
    # Damage is told when the last session is asked for; a session can begin without it.
    with suppress(MesoMapError):
        last = last_time.last
    if last is None:
        return DoseChoice(mixture=letter).with_technique("papule", service.remembered("papule"))
    mark = last.marks[-1]
    values = Remembered.of(
        dose_again(mark.dose),
        volume_ml=each_ml(mark),
        spacing_mm=mark.spacing_mm,
        total_ml=mark.given_total_ml if isinstance(mark, InjectionSet) else None,
        known=service.remembered(mark.dose.technique),
    )
    return DoseChoice(mark.dose.mixture if mark.dose.mixture and not letters else letter, mark.dose.technique, values)


def amount_words(marks: Sequence[Mark]) -> str:
    """12 points, 1 area."""
    points = sum(mark.count for mark in marks if isinstance(mark, InjectionSet))
    areas = sum(isinstance(mark, AreaRecord) for mark in marks)
    parts = []
    if points:
        parts.append(tr("1 point") if points == 1 else tr("{0} points").format(points))
    if areas:
        parts.append(tr("1 area") if areas == 1 else tr("{0} areas").format(areas))
    return ", ".join(parts)
