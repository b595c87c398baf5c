"""Where a person is, so that the same page comes back after the passphrase or in another size of text."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from mesomap.ui.pages.charting import ChartingPage
    from mesomap.ui.record_pages import RecordPages


class OpenSession(Protocol):
    """Opens a session in place of what is open."""

    def __call__(self, session_id: UUID, *, view: str = "", hint: str = "") -> None:
        """view: key of the view that is shown. hint: a sentence over it."""
        ...


def way_to_session(page: "ChartingPage", open_session: OpenSession) -> Callable[[], None]:
    """What opens the session of this page again, at the view it shows. Holds ids only, nothing of a record."""
    session_id, view = page.model.service.session.id, page.model.view_key
    return lambda: open_session(session_id, view=view)


def way_to_record(records: "RecordPages") -> Callable[[], None] | None:
    """What opens the page of records again that is open; None where none is. Holds ids only, nothing of a record."""
    page = records.page
    if page is None:
        return None
    from mesomap.ui.compare.page import ComparePage
    from mesomap.ui.pages.patient import PatientPage

    if isinstance(page, ComparePage):
        compared = page.context.patient_id
        return None if compared is None else lambda: records.open_comparison(compared)
    if isinstance(page, PatientPage):
        patient_id = page.context.patient_id
        if patient_id is None:
            return None
        tab = page.tabs.chosen_key()
        return lambda: records.open_patient(patient_id, tab)
    section = str(page.list.currentItem().data(Qt.ItemDataRole.UserRole))
    return lambda: records.open_practice(section)
