"""The tabs of the patient's page, in their order."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from mesomap.domain.person import Role
from mesomap.ui.pages.page_context import Part

TABS: tuple[Part, ...] = (
    Part(
        "overview",
        str(QT_TRANSLATE_NOOP("PatientPage", "Overview")),
        "mesomap.ui.pages.patient_overview:PatientOverview",
    ),
    Part(
        "before",
        str(QT_TRANSLATE_NOOP("PatientPage", "Before")),
        "mesomap.ui.pages.patient_before:PatientBefore",
        Role.CHART,
    ),
    Part(
        "after",
        str(QT_TRANSLATE_NOOP("PatientPage", "After")),
        "mesomap.ui.pages.patient_after:PatientAfter",
        Role.CHART,
    ),
    Part("photos", str(QT_TRANSLATE_NOOP("PatientPage", "Photos")), "mesomap.ui.photos.tab:PatientPhotos"),
    Part("outcome", str(QT_TRANSLATE_NOOP("PatientPage", "Over time")), "mesomap.ui.history.outcome_tab:OutcomeTab"),
    Part(
        "course",
        str(QT_TRANSLATE_NOOP("PatientPage", "Course")),
        "mesomap.ui.courses.course_tab:PatientCourses",
        Role.CHART,
    ),
    Part("given", str(QT_TRANSLATE_NOOP("PatientPage", "Products given")), "mesomap.ui.shelf.given_tab:GivenTab"),
)
