"""The tabs of the patient's page, in their order."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from mesomap.domain.person import Role
from mesomap.ui.page_context import parts

#: Key, title, module and class within mesomap.ui, what its controls ask for.
TABS = parts(
    ("overview", QT_TRANSLATE_NOOP("PatientPage", "Overview"), "pages.patient_overview:PatientOverview", Role.READ),
    ("before", QT_TRANSLATE_NOOP("PatientPage", "Before"), "pages.patient_before:PatientBefore", Role.CHART),
    ("after", QT_TRANSLATE_NOOP("PatientPage", "After"), "pages.patient_after:PatientAfter", Role.CHART),
    ("photos", QT_TRANSLATE_NOOP("PatientPage", "Photos"), "photos.tab:PatientPhotos", Role.READ),
    ("outcome", QT_TRANSLATE_NOOP("PatientPage", "Over time"), "history.outcome_tab:OutcomeTab", Role.READ),
    ("course", QT_TRANSLATE_NOOP("PatientPage", "Course"), "courses.course_tab:PatientCourses", Role.CHART),
    ("given", QT_TRANSLATE_NOOP("PatientPage", "Products given"), "shelf.given_tab:GivenTab", Role.READ),
)
