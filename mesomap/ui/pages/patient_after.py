"""Tab "After" of the patient's page: follow-ups, adverse events, scales, measures, sheets and notes."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from mesomap.ui.after.events import Events
from mesomap.ui.after.follow_ups import FollowUps
from mesomap.ui.after.measures import Measures
from mesomap.ui.after.notes import Notes
from mesomap.ui.after.scales import Scales
from mesomap.ui.after.section import Section
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.track import Track
from mesomap.ui.page_context import PageContext


class PatientAfter(QWidget):
    """A track of sections; each is made when it is first opened."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._makers: dict[str, tuple[str, Callable[[PageContext], Section]]] = {
            "follow_ups": (self.tr("Follow-up"), FollowUps),
            "events": (self.tr("Adverse events"), Events),
            "scales": (self.tr("Scales"), Scales),
            "measures": (self.tr("Measures"), Measures),
            "notes": (self.tr("Sheets and notes"), Notes),
        }
        self._made: dict[str, Section] = {}
        self._stack = QStackedWidget()
        self.sections = reads(Track())
        self.sections.setFixedHeight(50)
        for key, (word, _maker) in self._makers.items():
            self.sections.add(key, word)
        self.sections.chosen.connect(self.show_section)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.sections)
        column.addWidget(self._stack, 1)
        self.show_section("follow_ups")

    def show_section(self, key: str) -> Section:
        """Open a section; one that was open before is brought up to date."""
        section = self._made.get(key)
        if section is None:
            section = self._made[key] = self._makers[key][1](self._context)
            self._stack.addWidget(section)
        else:
            section.refresh()
        self._stack.setCurrentWidget(section)
        self.sections.show_chosen(key)
        return section

    def refresh(self) -> None:
        """Read the open section again."""
        section = self._stack.currentWidget()
        if isinstance(section, Section):
            section.refresh()
