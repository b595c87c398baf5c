"""The page that compares two visits of a patient."""

from contextlib import suppress
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.errors import DamagedError, MesoMapError
from mesomap.domain.marks import AreaRecord
from mesomap.domain.outcome import OutcomeOverTime
from mesomap.domain.session import Session, SessionStatus
from mesomap.services.comparing import Comparison, Visit, visit
from mesomap.services.outcomes import outcome_over_time
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.compare.change_sheet import ChangeSheet
from mesomap.ui.compare.half import HalfMade, made_of
from mesomap.ui.compare.heads import map_heads, who_labels
from mesomap.ui.compare.legend import DifferenceLegend
from mesomap.ui.compare.limits import LIMITS, Limits, limits_of
from mesomap.ui.compare.map_cards import MapCards
from mesomap.ui.compare.map_view import MapView
from mesomap.ui.compare.outcome_side import OutcomeSide, Side
from mesomap.ui.compare.over_time import OverTime, OverTimeCard
from mesomap.ui.compare.overlap_words import overlap_words
from mesomap.ui.compare.photo_side import PhotoSide
from mesomap.ui.compare.shown import CompareModel, Made, Mode
from mesomap.ui.compare.visit_strip import VisitStrip
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.page_bar import PageBar
from mesomap.ui.controls.toggle_chip import ToggleChip
from mesomap.ui.controls.track import Track
from mesomap.ui.page_context import PageContext
from mesomap.ui.typefaces import grown
from mesomap.ui.words import short_view_name

#: Views with marks that get a segment of their own; in large text.
_MOST_VIEWS, _MOST_IN_LARGE_TEXT = 7, 6
_SIDE_PX = 366
#: From this width of the page on photos and scores stand beside the maps unasked, and from that one on the table below
#: them; two maps stand side by side where both together are so wide.
_ROOMY_PX, _TIGHT_PX, _TWO_MAPS_PX = 1400, 1000, 940
#: Share of the height that the table has at most, and in a window lower than this, px.
_TABLE_SHARE, _LOW_TABLE_SHARE, _LOW_PX = 0.25, 0.18, 860
_AROUND_PX, _BETWEEN_PX = 16, 12
#: The comparison, the visits that count over time, how many more cannot be read, scores and measures.
_Result = tuple[Made | HalfMade, list[Visit], int, OutcomeOverTime]


class ComparePage(QWidget):
    """Strip of visits, two maps that look at the same place, what changed. back: to the patient's page."""

    back = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.context = context
        patient, practice = context.patient, context.practice
        self.bar = PageBar(self.tr("Compare visits"))
        for label in reversed(who_labels(patient)):  # what is added last comes first
            self.bar.add_middle(label)
        self._sessions = [one for one in practice.sessions(patient.id) if one.status is not SessionStatus.VOIDED]
        self._order = [session.id for session in self._sessions]
        self._visits: dict[UUID, Visit] = {}
        self._beside = BesideTheWindow(self)
        self._asked = 0
        self._view_chosen = self._tight = self._roomy = False
        self._framed: frozenset[UUID] = frozenset()
        self.atlas = context.desk.shelf.named(patient.body)
        self._readable = [one.id for one in self._sessions if self.atlas.reads(one.atlas)]
        self.model = CompareModel(self.atlas, self)
        self.strip = VisitStrip(self._sessions)
        self.strip.chosen.connect(self.show_visits)
        self._note = plain_label("small2")
        self._note.setWordWrap(True)
        self._parts, self._alone = QWidget(), plain_label("title")
        self._alone.setWordWrap(True)
        self._error = plain_label("error")
        self._error.setWordWrap(True)
        self._error.hide()
        self.modes, self.views = Track(), Track()
        self.figures, self.scores = ToggleChip(self.tr("Figures")), ToggleChip(self.tr("Scores"))
        self.over_time = OverTime(self.model, self)
        self.over_time.failed.connect(self._tell)
        self.maps = (
            MapView(self.model, self.over_time, is_after=False),
            MapView(self.model, self.over_time, is_after=True),
        )
        self.over_card = OverTimeCard(self.over_time)
        repeated_mm, moved_mm = limits_of(practice)
        self.limits = Limits(repeated_mm, moved_mm)
        self.limits.entered.connect(self._set_limits)
        self.cards = MapCards(self.maps)
        self.photos, self.outcome = PhotoSide(context), OutcomeSide()
        self.side = Side(self.photos, self.outcome)
        self.photos.changed.connect(self._show_parts)
        self._below, self._over_side = QFrame(), QFrame()
        self.legend = DifferenceLegend()
        self.sheet = ChangeSheet()
        self.table = self.sheet.table
        self._fill_bars()
        self._assemble()
        self.model.changed.connect(self._show_state)
        self.model.looked.connect(lambda: self.views.show_chosen(self.model.viewport.view_key))
        if len(self._sessions) > 1:
            # What was charted on another version of the body is said when it is chosen, and is not what one sees first.
            first = self._readable if len(self._readable) > 1 else self._order
            self.show_visits(first[-2], first[-1])
        else:
            self._show_alone()

    def _fill_bars(self) -> None:
        for mode, word in (
            (Mode.SIDE_BY_SIDE, self.tr("Side by side")),
            (Mode.OVERLAY, self.tr("Overlay")),
            (Mode.DIFFERENCE, self.tr("Difference")),
            (Mode.OVER_TIME, self.tr("Over time")),
        ):
            self.modes.add(mode, word).setAccessibleName(word)
        self.modes.chosen.connect(lambda key: self.model.choose_mode(Mode(key)))
        self.modes.show_chosen(self.model.mode)
        self.modes.setFixedHeight(50)
        self.modes.setMinimumWidth(self.modes.wanted_px())
        self.views.setFixedHeight(50)
        self.views.chosen.connect(self._choose_view)
        self._swap_button = QPushButton(self.tr("Swap"))
        self._swap_button.clicked.connect(self._swap)
        self.figures.setChecked(True)
        for chip in (self.figures, self.scores):
            chip.toggled.connect(self._show_parts)
        self.bar.add_button(self._swap_button)
        self._paper = QPushButton(self.tr("Save as PDF"))
        self._paper.clicked.connect(self._save_pdf)
        self._paper.setAccessibleName(self.tr("Save the comparison as PDF"))
        self.bar.add_button(self._paper)
        self.bar.back.connect(self.back)

    def _assemble(self) -> None:
        tracks = QHBoxLayout()
        tracks.setSpacing(12)
        tracks.addWidget(self.modes, 3)
        tracks.addWidget(self.views, 5)
        for chip in (self.figures, self.scores):
            tracks.addWidget(chip)
        self._below.setObjectName("card")
        head = QHBoxLayout()
        head.addWidget(self.legend, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.limits)

        self._over_side.setObjectName("card")
        self._over_side.setFixedWidth(grown(_SIDE_PX))
        beside = QVBoxLayout(self._over_side)
        beside.setContentsMargins(14, 12, 14, 12)
        beside.addWidget(self.over_card)
        self._over_side.hide()
        self.side.hide()
        inside = QVBoxLayout(self._below)
        inside.setContentsMargins(14, 6, 14, 8)
        inside.setSpacing(2)
        inside.addLayout(head)
        inside.addWidget(self.sheet)
        inside.addWidget(self._note)
        body = QVBoxLayout(self._parts)
        body.setContentsMargins(_AROUND_PX, 10, _AROUND_PX, 12)
        body.setSpacing(10)
        body.addWidget(self.strip)
        body.addWidget(self._error)
        body.addLayout(tracks)
        left, row = QVBoxLayout(), QHBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.cards, 1)
        left.addWidget(self._below)
        row.setSpacing(_BETWEEN_PX)
        row.addLayout(left, 1)
        for side in (self.side, self._over_side):
            row.addWidget(side)
        body.addLayout(row, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self._parts, 1)
        whole.addWidget(self._alone, 1)
        self._alone.hide()

    def _show_alone(self) -> None:
        """Nothing to compare: why, and no control that could do nothing."""
        one = self.tr("There is only one visit yet. Two visits of this patient can be compared.")
        self._alone.setText(one if self._sessions else self.tr("There is no visit yet. Two visits can be compared."))
        self._alone.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._alone.show()
        self._parts.hide()
        for button in (self._swap_button, self._paper):
            button.setEnabled(False)

    def show_visits(self, before: UUID, after: UUID) -> None:
        """Compare two visits beside the window; a failure is said in a sentence and the page stays as it was."""
        self._work(before, after, limits_of(self.context.practice), self._period(before, after))

    def _period(self, before: UUID, after: UUID) -> tuple[UUID, ...]:
        """Every visit from the earlier to the later one counts in the maps over time, where this body reads it."""
        first, last = sorted(self._order.index(key) for key in (before, after))
        return tuple(key for key in self._order[first : last + 1] if key in self._readable)

    def _work(self, before: UUID, after: UUID, limits: tuple[float, float], period: tuple[UUID, ...]) -> None:
        self._asked += 1
        asked = self._asked
        self._note.setText(self.tr("Being compared…"))

        practice, patient_id = self.context.practice, self.context.patient.id

        def work(_progress: object) -> _Result:
            counted: list[Visit] = []
            for key in period:
                with suppress(DamagedError):  # it is told how many are left out
                    counted.append(self._visit(key))
            sessions = self._session(before), self._session(after)
            shown = made_of(practice, self.atlas, lambda session: self._visit(session.id), sessions, limits)
            return shown, counted, len(period) - len(counted), outcome_over_time(practice, patient_id)

        self._beside.run(
            work, done=lambda result: self._came(asked, result, limits), failed=lambda error: self._broke(asked, error)
        )

    def _came(self, asked: int, result: _Result, limits: tuple[float, float]) -> None:
        if asked != self._asked:
            return  # another comparison was asked for meanwhile
        shown, period, damaged, outcome = result
        self.outcome.show_outcome(outcome)
        if limits != limits_of(self.context.practice):
            self.context.practice.set_setting(LIMITS, list(limits))
        self.limits.show_values(*limits)
        recorded = shown.recorded if isinstance(shown, HalfMade) else shown.comparison
        ends = recorded.before.session.id, recorded.after.session.id
        self.strip.show_chosen(*ends)
        first, last = sorted(self._order.index(one) for one in ends)
        self.over_time.take(period, unread=last - first + 1 - len(period) - damaged, damaged=damaged)
        if isinstance(shown, HalfMade):
            self.model.show_half(shown.recorded, shown.before, shown.after)
        else:
            self.model.show(shown)

    def _broke(self, asked: int, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        if asked == self._asked:
            found = self.model.comparison
            self._tell(error.sentence)
            self.limits.show_values(*limits_of(self.context.practice))
            self._note.setText(overlap_words(found) if found is not None else "")

    def _set_limits(self, repeated_mm: float, moved_mm: float) -> None:
        """Other distances, kept for this practice; impossible ones are said and put back."""
        found = self.model.comparison
        if found is not None:
            period = tuple(self.over_time.ids())
            self._work(found.before.session.id, found.after.session.id, (repeated_mm, moved_mm), period)

    def finish(self) -> None:
        """Have what was asked for now."""
        self._beside.finish()
        self.photos.finish()

    def _tell(self, sentence: str) -> None:
        """A failure in one sentence above the maps; it goes with the next comparison."""
        self._error.setText(sentence)
        self._error.show()

    def error(self) -> str:
        """The failure that is shown, "" = none."""
        return self._error.text() if self._error.isVisible() else ""

    def sentence(self) -> str:
        """What is said below the table, or instead of everything."""
        return self._alone.text() or self._note.text()

    def _visit(self, session_id: UUID) -> Visit:
        if session_id not in self._visits:
            self._visits[session_id] = visit(self.context.practice, self.atlas, self._session(session_id))
        return self._visits[session_id]

    def _session(self, session_id: UUID) -> Session:
        return next(one for one in self._sessions if one.id == session_id)

    def _swap(self) -> None:
        found = self.model.comparison or self.model.recorded
        if found is not None:
            self.show_visits(found.after.session.id, found.before.session.id)

    def _save_pdf(self) -> None:
        """Ask what goes on the pages and where to, then write them beside the window."""
        found = self.model.comparison or self.model.recorded
        if found is not None:
            from mesomap.ui.compare.paper import ask_pages  # late: photos are needed for this alone

            ask_pages(self.context, found, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the maps have it: figures, photos and scores come when they are asked for."""
        super().resizeEvent(event)
        share = _LOW_TABLE_SHARE if self.height() < _LOW_PX else _TABLE_SHARE
        self.sheet.set_most_px(round(share * self.height()))
        roomy, tight = self.width() >= grown(_ROOMY_PX), self.width() < grown(_TIGHT_PX)
        if tight is not self._tight:
            self.figures.setChecked(not tight)
        self._roomy, self._tight = roomy, tight
        self._show_parts()

    def _show_parts(self) -> None:
        """Table, photos and scores, as far as they are wanted and there is room; the legend stays with the maps."""
        over_time = self.model.mode is Mode.OVER_TIME
        aside = not over_time and not self.side.is_empty
        self._over_side.setVisible(over_time)
        compared = self.model.comparison is not None
        self._below.setVisible(not over_time and (compared or self.figures.isChecked()))
        for widget in (self.sheet, self._note):
            widget.setVisible(self.figures.isChecked())
        self.legend.setVisible(compared)
        self.limits.setVisible(compared and self.figures.isChecked())
        self.scores.setVisible(aside and not self._roomy)
        self.scores.show_words(self.side.words())
        aside = aside and (self._roomy or self.scores.isChecked())
        self.side.show_parts(on=aside)
        taken = 2 * _AROUND_PX + (self.side.width() + _BETWEEN_PX if aside else 0)
        self.cards.set_narrow(self.width() - taken < grown(_TWO_MAPS_PX))
        self.figures.setEnabled(not over_time)

    def _show_state(self) -> None:
        """Heads, views with marks, and what is known of both visits."""
        found, recorded = self.model.comparison, self.model.recorded
        if found is not None:
            sides = [(one.session, one.tally.total) for one in (found.before, found.after)]
        elif recorded is not None:
            sides = [(one.session, one.total) for one in (recorded.before, recorded.after)]
            self.cards.front = 0 if self.model.after is None else 1
        else:
            return
        self._show_views()
        period = [self._session(key) for key in self.over_time.ids()]
        self.cards.show_visits(map_heads(self.model.mode, sides, period), (sides[0][0].number, sides[1][0].number))
        self.cards.show_mode(self.model.mode)
        self.photos.show_visits(sides[0][0], sides[1][0])
        self._show_parts()
        for mode in (Mode.OVERLAY, Mode.DIFFERENCE):
            button = self.modes.button(mode)
            if button is not None:
                button.setEnabled(found is not None)
        self.modes.show_chosen(self.model.mode)
        self._error.hide()
        if found is not None:
            self._show_compared(found)
        elif recorded is not None:
            self.sheet.show_recorded(self.atlas, recorded)
            self._tell(" ".join(recorded.sentences))
            self._note.setText(self.tr("Points and volumes as they were recorded; places and areas are not compared."))

    def _show_compared(self, found: Comparison) -> None:
        """Legend, table, overlaps."""
        if self.model.before is not None and self.model.after is not None:
            self.legend.show_counts(self.model.before.fates, self.model.after.fates, found.match)
        numbers = (found.before.session.number, found.after.session.number)
        areas = [any(isinstance(mark, AreaRecord) for mark in side.marks) for side in (found.before, found.after)]
        self.legend.show_areas(numbers, (areas[0], areas[1]))
        self.sheet.show_compared(found)
        self._note.setText(overlap_words(found))

    def _show_views(self) -> None:
        counts = self.model.counts()
        most = _MOST_IN_LARGE_TEXT if self._tight else _MOST_VIEWS
        wanted = sorted(counts, key=lambda key: -self._fits(key))[:most]
        stays = self._view_chosen and self.model.viewport.view_key in counts
        if stays and self.model.viewport.view_key not in wanted:
            wanted[-1:] = [self.model.viewport.view_key]
        keys = [view.key for view in self.atlas.views if view.key in wanted]
        self.views.setVisible(bool(keys))
        if self.views.keys() != keys:
            self.views.clear()
            for key in keys:
                self.views.add(key, short_view_name(self.atlas, key))
        visits = frozenset(one.visit.session.id for one in (self.model.before, self.model.after) if one is not None)
        if wanted and not (stays and visits == self._framed):
            self.model.choose_view(self.model.viewport.view_key if stays else wanted[0])
        self._framed = visits
        self.views.show_chosen(self.model.viewport.view_key)

    def _choose_view(self, view_key: str) -> None:
        """What was treated in it, near; chosen again, all of the view, and near again."""
        self._view_chosen = True
        self.model.look_again(view_key)

    def _fits(self, view_key: str) -> float:
        """Much of both visits, drawn large."""
        x0, y0, x1, y1 = self.atlas.view(view_key).box_mm
        return float(self.model.shares(view_key) / ((x1 - x0) * (y1 - y0)) ** 0.5)
