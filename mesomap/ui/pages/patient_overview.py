"""Tab "Overview" of the patient's page: visits as cards, newest first, and what is open beside them."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.session import SessionStatus
from mesomap.services.comparing import Visit, visit
from mesomap.services.visit_history import VisitFacts, fitting, visit_facts
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.courses.session_notes import SessionNotes
from mesomap.ui.history.side_cards import (
    ShortCard,
    caution_lines,
    consent_lines,
    dose_lines,
    next_visits,
    tasks,
)
from mesomap.ui.history.thumbs import SmallMap, SmallMaps
from mesomap.ui.history.visit_card import MAP_PX, VisitCard
from mesomap.ui.page_context import PageContext
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import grown

if TYPE_CHECKING:
    from mesomap.ui.history.dose_picture import DosePicture

_SIDE_PX = 316
#: Cards that a page shows at once; the others follow, so many in one turn of the event loop.
_FIRST_CARDS, _A_TURN = 8, 3
#: What follows the page comes so much later: no sooner than the page is painted.
_FOLLOW_MS = 15


class PatientOverview(QWidget):
    """Visits found by a few words; small maps and covered skin follow one by one."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._atlas = context.desk.shelf.named(context.patient.body)
        self._maps = SmallMaps(self._atlas, MAP_PX, self)
        self._maps.came.connect(self._map_came)
        self._maps.counted.connect(self._counted)
        self._facts: tuple[VisitFacts, ...] = ()
        self._visits: dict[UUID, Visit] = {}
        self._small: dict[UUID, SmallMap] = {}
        #: Visits whose tally is there.
        self._known: set[UUID] = set()
        #: Visits that this body cannot show.
        self._unread: set[UUID] = set()
        self.cards: dict[UUID, VisitCard] = {}
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Region, technique, product, lot or reason"))
        self.filter.setAccessibleName(self.tr("Show visits with these words"))
        self.filter.textChanged.connect(lambda _text: self._show_cards())
        self._count = plain_label("small2")
        self._cards, self._side = _column(10), _column(12)
        self._dose: ShortCard | None = None
        self.dose_picture: DosePicture | None = None
        self._to_come: list[VisitFacts] = []
        self._notes: SessionNotes | None = None
        self._slicer = QTimer(self, interval=0)
        self._slicer.timeout.connect(lambda: self._add_cards(_A_TURN))
        self._assemble()
        theme.changed.connect(self._redraw)
        self.refresh()

    def _assemble(self) -> None:
        cards, side = QWidget(), QWidget()
        cards.setLayout(self._cards)
        side.setLayout(self._side)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.filter, 1)
        head.addWidget(self._count)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addLayout(head)
        left.addWidget(scrolled(cards), 1)
        right = scrolled(side)
        right.setFixedWidth(grown(_SIDE_PX))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addWidget(right)

    def refresh(self) -> None:
        """Read the visits again."""
        practice, patient = self._context.practice, self._context.patient
        self._facts = visit_facts(practice, self._atlas, patient.id)
        known = {one.session.id: one for one in self._facts}
        self._visits = {
            key: kept for key, kept in self._visits.items() if key in known and kept.marks == known[key].marks
        }
        self._small = {key: small for key, small in self._small.items() if key in self._visits}
        self._known &= self._visits.keys()
        self._show_cards()
        self._show_side()
        # The page is painted first; the small maps follow it.
        QTimer.singleShot(_FOLLOW_MS, self, self._ask_maps)

    def _show_cards(self) -> None:
        _clear(self._cards)
        self.cards = {}
        self._notes = SessionNotes(self._context.practice, self._context.patient.id)
        shown = fitting(self._facts, self.filter.text())
        self._to_come = list(shown)
        self._add_cards(_FIRST_CARDS)
        if not shown:
            none = self.tr("No session yet. Press “New session” to begin one.")
            self._cards.addWidget(
                plain_label("small2", self.tr("No visit holds these words.") if self._facts else none)
            )
        self._cards.addStretch(1)
        self._count.setText(
            self.tr("{0} of {1} visits").format(len(shown), len(self._facts))
            if len(shown) < len(self._facts)
            else self._visits_words(len(shown))
        )

    def _add_cards(self, most: int) -> None:
        """Make the next cards, above the stretch at the end if it is there."""
        for facts in self._to_come[:most]:
            session_id = facts.session.id
            note = self._notes.of(session_id) if self._notes is not None else ""
            card = VisitCard(facts, self._context.open_session, note=note)
            if session_id in self._small:
                card.show_map(self._small[session_id])
            if session_id in self._unread:
                card.show_unread()
            if session_id in self._known:
                card.show_covered(self._visits[session_id].tally.total.covered_cm2)
            self._cards.insertWidget(len(self.cards), card)
            self.cards[session_id] = card
        del self._to_come[:most]
        if self._to_come:
            self._slicer.start(_FOLLOW_MS)
        else:
            self._slicer.stop()

    def _show_side(self) -> None:
        _clear(self._side)
        practice, facts, today = self._context.practice, self._facts, date.today()
        self._dose = self.dose_picture = None
        for card in (
            ShortCard(self.tr("Open"), tasks(practice, facts, today), empty=self.tr("Nothing is open.")),
            ShortCard(self.tr("Courses"), next_visits(practice, facts)),
            ShortCard(self.tr("Cautions"), caution_lines(practice, facts)),
            ShortCard(self.tr("Consents"), consent_lines(practice, facts, today)),
        ):
            self._side.addWidget(card)
        self._side.addStretch(1)
        self._show_dose()

    def _show_dose(self) -> None:
        """What was given where, once the figures of every visit are there."""
        if self._dose is not None or len(self._known) < len(self._visits) or not self._visits:
            return
        # A voided visit stays visible and is counted nowhere.
        tallies = [one.tally for one in self._visits.values() if one.session.status is not SessionStatus.VOIDED]
        aside = self._visits_words(len(tallies))
        if self._unread:
            aside = self.tr("{0} of {1} visits").format(len(tallies), len(tallies) + len(self._unread))
        lines = dose_lines(self._atlas, tallies)
        self.dose_picture = self._dose_picture() if lines else None
        self._dose = ShortCard(self.tr("Given by region"), lines, aside=aside, picture=self.dose_picture)
        self._side.insertWidget(self._side.count() - 1, self._dose)

    def _dose_picture(self) -> "DosePicture | None":
        """All visits on the view that shows most of the most of them."""
        from mesomap.ui.history.dose_picture import DosePicture  # late: the page is there long before

        visits = [one for one in self._visits.values() if one.session.status is not SessionStatus.VOIDED and one.marks]
        views = Counter(self._small[one.session.id].view_key for one in visits if one.session.id in self._small)
        if not views:
            return None
        visits.sort(key=lambda one: one.session.started_at)
        return DosePicture(self._atlas, views.most_common(1)[0][0], visits)

    def _ask_maps(self) -> None:
        for facts in self._facts:
            session = facts.session
            if session.id in self._visits:
                continue
            try:
                self._visits[session.id] = visit(self._context.practice, self._atlas, session, facts.marks)
            except MesoMapError:
                self._unread.add(session.id)
                if session.id in self.cards:
                    self.cards[session.id].show_unread()
                continue
            self._maps.ask(self._visits[session.id], theme.tokens(), self.devicePixelRatioF())
        self._show_dose()

    def _map_came(self, session_id: UUID, small: SmallMap) -> None:
        self._small[session_id] = small
        if session_id in self.cards:
            self.cards[session_id].show_map(small)

    def _counted(self, counted: Visit) -> None:
        session_id = counted.session.id
        if self._visits.get(session_id) is not counted:
            return  # read again meanwhile: the figures of the new one follow
        self._known.add(session_id)
        if session_id in self.cards:
            self.cards[session_id].show_covered(counted.tally.total.covered_cm2)
        self._show_dose()

    def _redraw(self) -> None:
        """Another theme: the small maps are drawn again."""
        self._maps.forget()
        for one in self._visits.values():
            self._maps.ask(one, theme.tokens(), self.devicePixelRatioF())

    def finish(self) -> None:
        """Have all cards and small maps now (before a picture is taken)."""
        self._add_cards(len(self._to_come))
        self._ask_maps()
        self._maps.finish()
        if self.dose_picture is not None:
            self.dose_picture.finish()

    def _visits_words(self, count: int) -> str:
        return self.tr("1 visit") if count == 1 else self.tr("{0} visits").format(count)


def _column(spacing: int) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
