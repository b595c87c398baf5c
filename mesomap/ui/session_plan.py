"""The plan of the open session as the window sees it: what is drawn of it, how far it is, in words."""

from PySide6.QtCore import QCoreApplication

from mesomap.domain.change import Change
from mesomap.domain.plan import PlannedMark, PlanOutcome
from mesomap.render.planned import PlanProjector, PlanScene
from mesomap.services import ChartingService
from mesomap.services.planning import PlanCount, Planning


def tr(text: str) -> str:
    """Translate in the context of the plan."""
    return QCoreApplication.translate("Plan", text)


class SessionPlan:
    """Reads the plan; what is asked often is kept until a change of the session."""

    def __init__(self, service: ChartingService) -> None:
        self._service = service
        self.planning = Planning(service)
        self._projector = PlanProjector(service.atlas, service.scale)
        self._scenes: dict[str, PlanScene] = {}
        self._counts: tuple[PlanCount, ...] | None = None
        service.on_changed(self._changed)

    def forget(self) -> None:
        """The service has another session now."""
        self.planning = Planning(self._service)
        self._projector = PlanProjector(self._service.atlas, self._service.scale)
        self._changed(())

    def _changed(self, _changes: tuple[Change, ...]) -> None:
        self._scenes.clear()
        self._counts = None

    @property
    def marks(self) -> tuple[PlannedMark, ...]:
        """The plan in the order of last time."""
        return self._service.planned

    @property
    def exists(self) -> bool:
        """Whether this session has a plan, open or settled."""
        return bool(self._service.planned)

    def scene(self, view_key: str) -> PlanScene:
        """The plan as it shows in a view."""
        if view_key not in self._scenes:
            self._scenes[view_key] = self._projector.scene(view_key, self.marks, self._service.marks)
        return self._scenes[view_key]

    def counts(self) -> tuple[PlanCount, ...]:
        """How far the plan is, region by region."""
        if self._counts is None:
            self._counts = self.planning.counts()
        return self._counts

    def open_in(self, region_id: str) -> PlanCount | None:
        """How far the plan is in a region; None where nothing was planned."""
        return next((count for count in self.counts() if count.region_id == region_id), None)

    def open_words(self) -> dict[str, str]:
        """12 open, by region; only regions where something is."""
        found: dict[str, str] = {}
        for count in self.counts():
            if count.open:
                about = "≈" if PlanOutcome.PLANNED in count.areas else ""
                found[count.region_id] = tr("{0} open").format(f"{about}{count.open}")
        return found

    def words(self) -> str:
        """142 of 160 done, 6 skipped, 12 open."""
        return progress_words(self.planning.total())


def progress_words(count: PlanCount) -> str:
    """142 of 160 done, 6 skipped, 2 moved, 12 open; what is none is left out, but for done. A leading ≈ with areas."""
    about = "≈ " if count.about else ""
    parts = [about + tr("{0} of {1} done").format(count.done, count.planned)]
    rest = ((tr("{0} skipped"), count.skipped), (tr("{0} moved"), count.moved), (tr("{0} open"), count.open))
    for words, number in rest:
        if number:
            parts.append(words.format(number))
    return ", ".join(parts)
