"""The page that compares two visits of a patient."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from mesomap.coverage.visits import AreaOverlap
from mesomap.domain.errors import MesoMapError
from mesomap.domain.session import Session
from mesomap.services.comparing import Visit, compare, visit
from mesomap.ui.compare.change_table import ChangeTable
from mesomap.ui.compare.legend import DifferenceLegend
from mesomap.ui.compare.map_view import MapView
from mesomap.ui.compare.shown import CompareModel, Mode
from mesomap.ui.compare.visit_strip import VisitStrip
from mesomap.ui.controls.track import Track
from mesomap.ui.pages.page_bar import PageBar
from mesomap.ui.pages.page_context import PageContext
from mesomap.ui.panels.top_bar import ElidedLabel, plain_label
from mesomap.ui.words import area, day, patient_line, short_view_name, spoken_name

#: Views with marks that get a segment of their own.
_MOST_VIEWS = 7


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
        who = ElidedLabel("title")
        who.show_text(f"{spoken_name(patient)}  ·  {patient_line(patient, date.today())}", 520)
        self.bar.add_middle(who)
        self._sessions = [one for one in practice.sessions(patient.id) if one.atlas.body == patient.body]
        self._visits: dict[UUID, Visit] = {}
        self._view_chosen = False
        self.atlas = context.desk.shelf.named(patient.body)
        self.model = CompareModel(self.atlas, self)
        self.strip = VisitStrip(self._sessions)
        self.strip.chosen.connect(self.show_visits)
        self._note = plain_label("small2")
        self._note.setWordWrap(True)
        self.modes, self.views = Track(), Track()
        self.maps = (MapView(self.model, is_after=False), MapView(self.model, is_after=True))
        self._heads = (plain_label("strong"), plain_label("strong"))
        self.legend = DifferenceLegend()
        self.table = ChangeTable()
        self._assemble()
        self.model.changed.connect(self._show_state)
        self.model.looked.connect(lambda: self.views.show_chosen(self.model.viewport.view_key))
        if len(self._sessions) > 1:
            self.show_visits(self._sessions[-2].id, self._sessions[-1].id)
        else:
            self._note.setText(self.tr("There is only one visit yet. Two visits of this patient can be compared."))

    def _assemble(self) -> None:
        for mode, word in (
            (Mode.SIDE_BY_SIDE, self.tr("Side by side")),
            (Mode.OVERLAY, self.tr("Overlay")),
            (Mode.DIFFERENCE, self.tr("Difference")),
        ):
            self.modes.add(mode, word).setAccessibleName(word)
        self.modes.chosen.connect(lambda key: self.model.choose_mode(Mode(key)))
        self.modes.show_chosen(self.model.mode)
        self.modes.setFixedHeight(50)
        self.views.setFixedHeight(50)
        self.views.chosen.connect(self._choose_view)
        swap = QPushButton(self.tr("Swap"))
        swap.clicked.connect(self._swap)
        self.bar.add_button(swap)
        tracks = QHBoxLayout()
        tracks.setSpacing(12)
        tracks.addWidget(self.modes, 2)
        tracks.addWidget(self.views, 5)
        maps = QHBoxLayout()
        maps.setSpacing(12)
        self._cards = tuple(_card(head, view) for head, view in zip(self._heads, self.maps, strict=True))
        for card in self._cards:
            maps.addWidget(card, 1)
        table = QTableView()
        table.setModel(self.table)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(29)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        table.setAccessibleName(self.tr("What changed by region"))
        below = QFrame()
        below.setObjectName("card")
        inside = QVBoxLayout(below)
        inside.setContentsMargins(14, 8, 14, 8)
        inside.setSpacing(4)
        inside.addWidget(self.legend)
        inside.addWidget(table, 1)
        inside.addWidget(self._note)
        body = QVBoxLayout()
        body.setContentsMargins(16, 10, 16, 12)
        body.setSpacing(10)
        body.addWidget(self.strip)
        body.addLayout(tracks)
        body.addLayout(maps, 3)
        body.addWidget(below, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addLayout(body, 1)
        self.bar.back.connect(self.back)

    def show_visits(self, before: UUID, after: UUID) -> None:
        """Compare two visits; a failure is said in a sentence and the page stays as it was."""
        try:
            found = compare(self._visit(before), self._visit(after))
        except MesoMapError as error:
            self.context.say(error.sentence)
            return
        self.strip.show_chosen(before, after)
        self.model.show(found)

    def sentence(self) -> str:
        """What is said below the table."""
        return self._note.text()

    def _visit(self, session_id: UUID) -> Visit:
        if session_id not in self._visits:
            self._visits[session_id] = visit(self.context.practice, self.atlas, self._session(session_id))
        return self._visits[session_id]

    def _session(self, session_id: UUID) -> Session:
        return next(one for one in self._sessions if one.id == session_id)

    def _swap(self) -> None:
        found = self.model.comparison
        if found is not None:
            self.show_visits(found.after.session.id, found.before.session.id)

    def _show_state(self) -> None:
        """Heads, views with marks, legend, table, overlaps."""
        found = self.model.comparison
        if found is None or self.model.before is None or self.model.after is None:
            return
        for head, side in zip(self._heads, (found.before, found.after), strict=True):
            total = side.tally.total
            head.setText(
                self.tr("{0} · {1} · {2} points · {3} mL").format(
                    side.session.number,
                    day(side.session.started_at.astimezone()),
                    total.about_points,
                    "–" if total.volume_ml is None else f"{total.volume_ml:.2f}",
                )
            )
        self._show_views()
        self._cards[0].setVisible(self.model.mode is Mode.SIDE_BY_SIDE)
        self.legend.show_counts(self.model.before.fates, self.model.after.fates, found.match)
        self.table.show(found)
        self._note.setText(" ".join(self._sentences()))

    def _show_views(self) -> None:
        counts = self.model.counts()
        wanted = sorted(counts, key=lambda key: -self._fits(key, counts[key]))[:_MOST_VIEWS]
        keys = [view.key for view in self.atlas.views if view.key in wanted]
        if self.views.keys() != keys:
            self.views.clear()
            for key in keys:
                self.views.add(key, short_view_name(self.atlas, key))
        if wanted and (not self._view_chosen or self.model.viewport.view_key not in counts):
            self.model.choose_view(wanted[0])
        self.views.show_chosen(self.model.viewport.view_key)

    def _choose_view(self, view_key: str) -> None:
        self._view_chosen = True
        self.model.choose_view(view_key)

    def _fits(self, view_key: str, count: int) -> float:
        """Many marks, drawn large."""
        x0, y0, x1, y1 = self.atlas.view(view_key).box_mm
        return float(count / ((x1 - x0) * (y1 - y0)) ** 0.5)

    def _sentences(self) -> list[str]:
        found = self.model.comparison
        assert found is not None
        said = [] if found.shares_a_region else [self.tr("No region was treated at both visits.")]
        said.append(self._overlap(self.tr("Treated again: {0} of {1} cm² ({2})."), found.treated))
        said.append(self._overlap(self.tr("Covered again: {0} of {1} cm² ({2})."), found.covered))
        basis = self.tr("Overlaps in cm² of the reference body, an estimate. A difference of records shows no effect.")
        return [*said, basis]

    def _overlap(self, words: str, rows: tuple[AreaOverlap, ...]) -> str:
        before, both = sum(row.before_cm2 for row in rows), sum(row.both_cm2 for row in rows)
        share = f"{100 * both / before:.0f} %" if before > 0 else "–"
        return words.format(area(both), area(before), share)


def _card(head: QWidget, view: MapView) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(2, 8, 2, 2)
    column.setSpacing(6)
    row = QHBoxLayout()
    row.setContentsMargins(14, 0, 14, 0)
    row.addWidget(head)
    column.addLayout(row)
    column.addWidget(view, 1)
    return card
