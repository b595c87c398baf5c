"""Opens the print dialog of a session and remembers what was chosen in it."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from mesomap.coverage import tally
from mesomap.domain.errors import MesoMapError
from mesomap.domain.session import Session
from mesomap.printing.chart_data import TallyOf
from mesomap.printing.options import A4, LETTER, PAPERS, PanelKind, PanelWish, PrintOptions
from mesomap.services import Practice
from mesomap.services.background import Runner
from mesomap.ui.desk import Desk
from mesomap.ui.dialogs.print_dialog import PrintDialog
from mesomap.ui.print_job import PrintChoice, PrintJob
from mesomap.ui.words import spoken_name

log = logging.getLogger(__name__)

#: Key of the setting: paper, grey, lines, marks; and of each session the panels chosen by hand.
_KEY = "print"


def open_print_dialog(
    desk: Desk,
    session: Session,
    runner: Runner,
    parent: QWidget,
    say: Callable[[str], None],
    tally_of: TallyOf = tally,
) -> PrintDialog | None:
    """Show the dialog of a session over its window; say() gets the sentence on what went out. None when locked.

    tally_of: works out the figures, or has them already.
    """
    practice, patient = desk.practice, desk.patient(session.patient_id)
    if practice is None or patient is None:
        return None
    choice = remembered_choice(practice.setting(_KEY), practice.setting(f"{_KEY}.{session.id}"))
    job = PrintJob(lambda: desk.chart_of(session.id, tally_of), runner, choice, parent)
    who = f"{spoken_name(patient)} · {session.number}"
    dialog = PrintDialog(job, who, f"chart-{session.number}.pdf", parent)
    job.setParent(dialog)
    dialog.told.connect(say)
    dialog.chosen.connect(lambda chosen: _remember(practice, session.id, chosen))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def remembered_choice(kept: Any, panels: Any = None) -> PrintChoice:
    """The choice from its settings; what is not there or makes no sense is as usual where the computer stands."""
    values = kept if isinstance(kept, dict) else {}
    usual = LETTER if QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem else A4
    kinds = {kind.value for kind in PanelKind}
    wishes = [
        PanelWish(item[0], PanelKind(item[1]))
        for item in (panels if isinstance(panels, list) else [])
        if isinstance(item, list) and len(item) == 2 and isinstance(item[0], str) and item[1] in kinds
    ]
    options = PrintOptions(
        PAPERS.get(str(values.get("paper")), usual),
        bool(values.get("grey", False)),
        tuple(wishes) or None,
        lines=values.get("lines") is True,
    )
    return PrintChoice(options, bool(values.get("marks", False)))


def _remember(practice: Practice, session_id: UUID, choice: PrintChoice) -> None:
    options = choice.options
    panels = [[wish.view_key, wish.kind.value] for wish in options.panels] if options.panels is not None else None
    try:
        look = {"paper": options.paper.key, "grey": options.grey, "lines": options.lines}
        practice.set_setting(_KEY, {**look, "marks": choice.list_marks})
        practice.set_setting(f"{_KEY}.{session_id}", panels)
    except MesoMapError as error:
        # The print itself goes on; the choice is asked again next time.
        log.info("print choice not kept: %s", type(error).__name__)
