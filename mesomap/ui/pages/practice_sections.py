"""The sections of the practice's page, in their order."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from mesomap.domain.person import Role
from mesomap.ui.page_context import parts

#: Key, title, module and class within mesomap.ui, what its controls ask for.
SECTIONS = parts(
    ("about", QT_TRANSLATE_NOOP("PracticePage", "This practice"), "pages.practice_about:PracticeAbout", Role.READ),
    ("products", QT_TRANSLATE_NOOP("PracticePage", "Products and lots"), "shelf.products_section:ProductsSection",
     Role.CHART),
    ("recall", QT_TRANSLATE_NOOP("PracticePage", "Recall"), "shelf.recall_section:RecallSection", Role.READ),
    ("questions", QT_TRANSLATE_NOOP("PracticePage", "Questions"), "pages.practice_questions:PracticeQuestions",
     Role.ADMINISTER),
    ("consent_texts", QT_TRANSLATE_NOOP("PracticePage", "Consent texts"), "pages.practice_texts:ConsentTexts",
     Role.ADMINISTER),
    ("advice_sheets", QT_TRANSLATE_NOOP("PracticePage", "Advice sheets"), "pages.practice_texts:AdviceSheets",
     Role.ADMINISTER),
    ("protocols", QT_TRANSLATE_NOOP("PracticePage", "Protocols"), "courses.protocols_section:ProtocolsSection",
     Role.CHART),
    ("due", QT_TRANSLATE_NOOP("PracticePage", "Planned sessions"), "courses.due_section:DueSection", Role.READ),
    ("backups", QT_TRANSLATE_NOOP("PracticePage", "Backups"), "backups.section:BackupsSection", Role.ADMINISTER),
    ("find", QT_TRANSLATE_NOOP("PracticePage", "Find and count"), "find.find_section:FindSection", Role.READ),
    ("numbers", QT_TRANSLATE_NOOP("PracticePage", "Numbers"), "find.numbers_section:NumbersSection", Role.READ),
    ("people", QT_TRANSLATE_NOOP("PracticePage", "People"), "trust.people_section:PeopleSection", Role.ADMINISTER),
    ("audit", QT_TRANSLATE_NOOP("PracticePage", "Audit"), "trust.audit_section:AuditSection", Role.READ),
    ("rights", QT_TRANSLATE_NOOP("PracticePage", "Rights"), "trust.rights_section:RightsSection", Role.ADMINISTER),
)  # fmt: skip
