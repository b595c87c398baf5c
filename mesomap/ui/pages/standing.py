"""Cautions and consents that stand out, over an open session."""

import logging
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from mesomap.domain.errors import MesoMapError
from mesomap.ui.after_paint import after_paint
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.before.standing_strip import StandingStrip
from mesomap.ui.desk import Desk
from mesomap.ui.pages.charting import ChartingPage
from mesomap.ui.words import language

if TYPE_CHECKING:
    from mesomap.services.standing import StandingOut

log = logging.getLogger(__name__)


def attach_standing(
    page: ChartingPage, desk: Desk, beside: BesideTheWindow, is_open: Callable[[], bool], more: Callable[[], None]
) -> None:
    """Put the strip on an open session. What it says is read beside the window: it costs the opening nothing.

    is_open: whether the page still is. more: opens cautions and consents of the patient.
    """
    practice, session = desk.practice, page.model.service.session
    if practice is None:
        return

    def read(_progress: object) -> "StandingOut":
        # Rules and records of cautions are needed for this alone.
        from mesomap.services.standing import standing_out

        return standing_out(practice, session.patient_id, language(), on=date.today(), session_id=session.id)

    def show(found: "StandingOut") -> None:
        if is_open():
            strip = StandingStrip()
            # Beside the panel, not above it: the rows of its tally are few enough.
            page.beside_panel.insertWidget(0, strip)
            strip.show_standing(found)
            strip.clicked.connect(more)

    def broke(error: Exception) -> None:
        if isinstance(error, MesoMapError):
            log.info("no strip: %s", type(error).__name__)
        elif desk.practice is practice:
            raise_again(error)

    after_paint(page).then(lambda: beside.run(read, done=show, failed=broke))
