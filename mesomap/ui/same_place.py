"""Where a person was when the practice was locked, so that the passphrase brings the same page back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from mesomap.ui.main_window import MainWindow


def way_back(window: "MainWindow") -> Callable[[], None] | None:
    """What opens the page again that is shown now; None at the patient list. Holds ids only, nothing of a record."""
    if window.charting is not None:
        return _to_session(window)
    page = window.records.page
    if page is None:
        return None
    from mesomap.ui.compare.page import ComparePage
    from mesomap.ui.pages.patient import PatientPage

    if isinstance(page, ComparePage):
        compared = page.context.patient_id
        return None if compared is None else lambda: window.records.open_comparison(compared)
    if isinstance(page, PatientPage):
        patient_id = page.context.patient_id
        if patient_id is None:
            return None
        tab = page.tabs.chosen_key()
        return lambda: window.records.open_patient(patient_id, tab)
    section = str(page.list.currentItem().data(Qt.ItemDataRole.UserRole))
    return lambda: window.records.open_practice(section)


def _to_session(window: "MainWindow") -> Callable[[], None]:
    assert window.charting is not None
    session_id, view = window.charting.model.service.session.id, window.charting.model.view_key

    def back() -> None:
        window.open_session(session_id)
        if window.charting is not None:
            window.charting.model.choose_view(view)

    return back
