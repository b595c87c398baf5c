"""The sections of the practice's page, in their order."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from mesomap.ui.pages.page_context import Part

SECTIONS: tuple[Part, ...] = (
    Part(
        "about",
        str(QT_TRANSLATE_NOOP("PracticePage", "This practice")),
        "mesomap.ui.pages.practice_about:PracticeAbout",
    ),
)
