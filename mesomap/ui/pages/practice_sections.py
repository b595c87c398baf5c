"""The sections of the practice's page, in their order."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from mesomap.domain.person import Role
from mesomap.ui.pages.page_context import Part

SECTIONS: tuple[Part, ...] = (
    Part(
        "about",
        str(QT_TRANSLATE_NOOP("PracticePage", "This practice")),
        "mesomap.ui.pages.practice_about:PracticeAbout",
    ),
    Part(
        "products",
        str(QT_TRANSLATE_NOOP("PracticePage", "Products and lots")),
        "mesomap.ui.shelf.products_section:ProductsSection",
        Role.CHART,
    ),
    Part("recall", str(QT_TRANSLATE_NOOP("PracticePage", "Recall")), "mesomap.ui.shelf.recall_section:RecallSection"),
    Part(
        "questions",
        str(QT_TRANSLATE_NOOP("PracticePage", "Questions")),
        "mesomap.ui.pages.practice_questions:PracticeQuestions",
        Role.ADMINISTER,
    ),
    Part(
        "consent_texts",
        str(QT_TRANSLATE_NOOP("PracticePage", "Consent texts")),
        "mesomap.ui.pages.practice_texts:ConsentTexts",
        Role.ADMINISTER,
    ),
    Part(
        "advice_sheets",
        str(QT_TRANSLATE_NOOP("PracticePage", "Advice sheets")),
        "mesomap.ui.pages.practice_texts:AdviceSheets",
        Role.ADMINISTER,
    ),
    Part(
        "protocols",
        str(QT_TRANSLATE_NOOP("PracticePage", "Protocols")),
        "mesomap.ui.courses.protocols_section:ProtocolsSection",
        Role.CHART,
    ),
    Part(
        "due",
        str(QT_TRANSLATE_NOOP("PracticePage", "Planned sessions")),
        "mesomap.ui.courses.due_section:DueSection",
    ),
    Part(
        "backups",
        str(QT_TRANSLATE_NOOP("PracticePage", "Backups")),
        "mesomap.ui.backups.section:BackupsSection",
        Role.ADMINISTER,
    ),
    Part("find", str(QT_TRANSLATE_NOOP("PracticePage", "Find and count")), "mesomap.ui.find.find_section:FindSection"),
    Part(
        "numbers",
        str(QT_TRANSLATE_NOOP("PracticePage", "Numbers")),
        "mesomap.ui.find.numbers_section:NumbersSection",
    ),
    Part(
        "people",
        str(QT_TRANSLATE_NOOP("PracticePage", "People")),
        "mesomap.ui.trust.people_section:PeopleSection",
        Role.ADMINISTER,
    ),
    Part("audit", str(QT_TRANSLATE_NOOP("PracticePage", "Audit")), "mesomap.ui.trust.audit_section:AuditSection"),
    Part(
        "rights",
        str(QT_TRANSLATE_NOOP("PracticePage", "Rights")),
        "mesomap.ui.trust.rights_section:RightsSection",
        Role.ADMINISTER,
    ),
)
