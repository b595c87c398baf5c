"""Tab "Products given" of the patient's page: dose of each substance by session, region and course, with its lots."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.mixing import SubstanceDose, identity
from mesomap.services.given import GivenDoses, Scope, given_doses, scopes
from mesomap.ui.after.form_parts import choice_field, on_chosen, show_choices
from mesomap.ui.controls.record_lines import RecordCard, wrapping
from mesomap.ui.mixtures.words import dose_words, lot_words
from mesomap.ui.page_context import PageContext
from mesomap.ui.words import day, region_name

_ROW_PX = 38


def tr(text: str) -> str:
    """Translate in the context of products given."""
    return QCoreApplication.translate("Given", text)


class GivenTab(QWidget):
    """A scope is chosen; its doses are added up beside what they rest on."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._scopes: dict[str, Scope] = {}
        self.scope = choice_field(tr("Add up"), {})
        on_chosen(self.scope, self._show)
        self.note = wrapping("small2")
        self.lots = wrapping("small2")
        self.table = QTableWidget(0, 3)
        self.table.setAccessibleName(tr("Doses of substances"))
        self.table.setHorizontalHeaderLabels([tr("Where"), tr("Substance"), tr("Given")])
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place in range(3):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        card = RecordCard(tr("Substances given"))
        for part in (self.scope, self.note, self.lots):
            card.body.addWidget(part)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.refresh()

    def refresh(self) -> None:
        """Read sessions and courses again."""
        try:
            found = scopes(self._context.practice, self._context.patient.id)
        except MesoMapError as error:
            self._context.say(error.sentence)
            return
        self._scopes = {scope.key: scope for scope in found}
        show_choices(self.scope, {scope.key: _scope_words(scope) for scope in found})
        self._show()

    def rows(self) -> list[tuple[str, ...]]:
        """Words of the table."""
        return [
            tuple(cell.text() for column in range(3) if (cell := self.table.item(row, column)) is not None)
            for row in range(self.table.rowCount())
        ]

    def _show(self) -> None:
        scope = self._scopes.get(self.scope.text())
        if scope is None:
            return
        try:
            given = given_doses(self._context.practice, scope)
        except MesoMapError as error:
            self._context.say(error.sentence)
            return
        atlas = self._context.desk.shelf.named(self._context.patient.body)
        rows = [(tr("In all"), dose) for dose in _told(given.doses)]
        rows += [(region_name(atlas, region), dose) for region, doses in given.by_region for dose in _told(doses)]
        self._fill(rows)
        self.note.setText(_basis(given) if rows else f"{tr('No dose can be added up.')} {_basis(given)}")
        self.lots.setText(_lots(scope))
        self.lots.setVisible(bool(self.lots.text()))

    def _fill(self, rows: list[tuple[str, SubstanceDose]]) -> None:
        self.table.setRowCount(len(rows))
        for number, (where, dose) in enumerate(rows):
            for column, words in enumerate((where, dose.name, dose_words(dose))):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.table.setItem(number, column, item)


def _told(doses: tuple[SubstanceDose, ...]) -> list[SubstanceDose]:
    """Without rows of no figure for a substance that has one: that one says "at least" then."""
    figured = {identity(dose.system, dose.code, dose.name) for dose in doses if dose.amount is not None}
    return [
        dose for dose in doses if dose.amount is not None or identity(dose.system, dose.code, dose.name) not in figured
    ]


def _scope_words(scope: Scope) -> str:
    if scope.session is not None:
        return tr("Session {0} · {1}").format(scope.session.number, day(scope.session.started_at))
    if scope.key == "all":
        return tr("Everything on record (sessions: {0})").format(len(scope.session_ids))
    return tr("Course: {0} ({1} sessions)").format(scope.name, len(scope.session_ids))


def _basis(given: GivenDoses) -> str:
    words = tr("Concentration after mixing × volume recorded at the marks; “about” where they are a pattern.")
    if given.unknown:
        missing = tr("Not in it: mixtures without recorded products, in {0} of {1} sessions.")
        words = f"{words} {missing.format(given.unknown, given.sessions)}"
    return words


def _lots(scope: Scope) -> str:
    if scope.session is None:
        return ""
    found = [
        f"{line.product_name}: {lot_words(line.lot_number, line.expiry)}"
        for mixture in scope.session.mixtures
        if mixture.details is not None
        for line in mixture.details.lines
    ]
    return " · ".join(found)
