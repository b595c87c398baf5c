"""The tally of the open session, worked out beside the window: the old figures stand until the new are there."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from mesomap.coverage.details import RegionDetails
from mesomap.coverage.figures import Tally
from mesomap.coverage.kept_tallies import KeptTallies
from mesomap.coverage.tally import Tallier
from mesomap.domain.errors import MesoMapError, StoppedError
from mesomap.domain.marks import Mark
from mesomap.services import ChartingService
from mesomap.services.background import Progress
from mesomap.ui.background import BesideTheWindow

#: Figures that are old for longer than this are greyed: sooner would only flicker, ms.
_PATIENCE_MS = 150
#: The window paints the mark and what the panels say of it first: work beside it would want Python's lock at the same
#: moment, ms.
_AFTER_PAINT_MS = 40

_Radii = dict[str, float | None]


class LiveTally(QObject):
    """One tally kept up to date in one other thread; only that thread, or a caller that waited for it, touches it.

    changed: fresh figures are in `latest`; aged(old): the figures shown are, or no longer are, those of before;
    failed(sentence).
    """

    changed = Signal()
    aged = Signal(bool)
    failed = Signal(str)

    def __init__(self, service: ChartingService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._beside = BesideTheWindow(self)
        self._tallier: Tallier | None = None
        self._radii: _Radii = {}
        self._asked, self._known = 0, -1
        self._stopped = False
        self._kept = KeptTallies()
        self.latest: Tally | None = None
        self._old = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._old.timeout.connect(lambda: self.aged.emit(True))
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_PAINT_MS)
        self._soon.timeout.connect(self._start)
        self._end_listening = service.on_changed(lambda _changes: self.ask())

    def ask(self) -> None:
        """Have the figures brought up to date; many asks at once cost one piece of work, or two."""
        self._asked += 1
        if self._stopped:
            return
        if self.latest is not None and not self._old.isActive():
            self._old.start()
        if not self._beside.busy:
            self._soon.start()

    def now(self) -> Tally:
        """The figures as they stand now, waiting for them if need be. Raises typed errors."""
        self.finish()
        radii = self._service.practice.effect_radii_mm()
        if self.latest is None or self._known != self._asked or radii != self._radii:
            self._take(self._asked, self._work(self._service.marks, radii))
        assert self.latest is not None
        return self.latest

    def for_chart(self) -> KeptTallies:
        """Figures for a printed chart: those of the session as it stands, and those that the last chart asked for."""
        radii = self._service.practice.effect_radii_mm()
        if self.latest is not None and self._known == self._asked and radii == self._radii:
            service = self._service
            self._kept.know(service.atlas, service.marks, service.scale, radii, self.latest)
        return self._kept

    def details(
        self, region_id: str, done: Callable[[RegionDetails | None], None], failed: Callable[[Exception], None]
    ) -> None:
        """Have the slow figures of a region, of the whole session for "", worked out; done(None) without marks."""
        marks, radii = self._service.marks, self._service.practice.effect_radii_mm()
        self._beside.run(lambda _progress: self._details(region_id, marks, radii), done=done, failed=failed)

    def finish(self) -> None:
        """Wait for what was asked for and bring it home."""
        if self._soon.isActive():
            self._start()
        while self._beside.busy:
            self._beside.finish()

    def stop(self) -> None:
        """No more figures: the session is being left, and nobody waits for those under way."""
        if not self._stopped:
            self._stopped = True
            self._end_listening()
            self._old.stop()
            self._soon.stop()
            self._beside.let_go()

    def _start(self) -> None:
        self._soon.stop()
        asked, marks = self._asked, self._service.marks
        radii = self._service.practice.effect_radii_mm()

        def work(progress: Progress) -> Tally:
            return self._work(marks, radii, progress)

        self._beside.run(work, done=lambda tally: self._came(asked, tally), failed=self._fail)

    def _work(self, marks: tuple[Mark, ...], radii: _Radii, progress: Progress | None = None) -> Tally:
        if self._tallier is None or radii != self._radii:
            self._tallier, self._radii = Tallier(self._service.atlas, self._service.scale, radii), radii
        tallier = self._tallier
        if progress is None:
            return tallier.tally(marks)
        try:
            return tallier.tally(marks, lambda part: progress(part, ""))
        except StoppedError:
            self._tallier = None
            raise

    def _details(self, region_id: str, marks: tuple[Mark, ...], radii: _Radii) -> RegionDetails | None:
        self._work(marks, radii)
        assert self._tallier is not None
        return self._tallier.details(region_id) if region_id else self._tallier.whole()

    def _came(self, asked: int, tally: Tally) -> None:
        self._take(asked, tally)
        if asked != self._asked and not self._stopped:
            self._start()

    def _take(self, asked: int, tally: Tally) -> None:
        self._known, self.latest = asked, tally
        # Those of a moment ago, when more came meanwhile: they say that they are old until the newest are there.
        if asked == self._asked:
            self._old.stop()
            self.aged.emit(False)
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self.failed.emit(error.sentence)
