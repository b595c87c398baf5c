"""Steps of undo and redo in the language of the window; the record and its audit keep the English name."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

#: Names that the commands give their steps.
_NAMES = (
    QT_TRANSLATE_NOOP("Steps", "As last time"),
    QT_TRANSLATE_NOOP("Steps", "Brush"),
    QT_TRANSLATE_NOOP("Steps", "Change complaint"),
    QT_TRANSLATE_NOOP("Steps", "Change dose"),
    QT_TRANSLATE_NOOP("Steps", "Change mark"),
    QT_TRANSLATE_NOOP("Steps", "Confirm"),
    QT_TRANSLATE_NOOP("Steps", "Draw complaint"),
    QT_TRANSLATE_NOOP("Steps", "Draw complaint as last time"),
    QT_TRANSLATE_NOOP("Steps", "Draw up"),
    QT_TRANSLATE_NOOP("Steps", "Edit frame"),
    QT_TRANSLATE_NOOP("Steps", "Edit session"),
    QT_TRANSLATE_NOOP("Steps", "Erase"),
    QT_TRANSLATE_NOOP("Steps", "Erase complaint"),
    QT_TRANSLATE_NOOP("Steps", "Fan"),
    QT_TRANSLATE_NOOP("Steps", "Fill"),
    QT_TRANSLATE_NOOP("Steps", "Mirror"),
    QT_TRANSLATE_NOOP("Steps", "Move"),
    QT_TRANSLATE_NOOP("Steps", "Move planned"),
    QT_TRANSLATE_NOOP("Steps", "Paste"),
    QT_TRANSLATE_NOOP("Steps", "Place"),
    QT_TRANSLATE_NOOP("Steps", "Place by brush"),
    QT_TRANSLATE_NOOP("Steps", "Place by fill"),
    QT_TRANSLATE_NOOP("Steps", "Place by import"),
    QT_TRANSLATE_NOOP("Steps", "Place by line"),
    QT_TRANSLATE_NOOP("Steps", "Place by repeat"),
    QT_TRANSLATE_NOOP("Steps", "Place by stamp"),
    QT_TRANSLATE_NOOP("Steps", "Plan after protocol"),
    QT_TRANSLATE_NOOP("Steps", "Plan as last time"),
    QT_TRANSLATE_NOOP("Steps", "Prepare mixture"),
    QT_TRANSLATE_NOOP("Steps", "Reopen"),
    QT_TRANSLATE_NOOP("Steps", "Set mixture"),
    QT_TRANSLATE_NOOP("Steps", "Skip"),
    QT_TRANSLATE_NOOP("Steps", "Stamp"),
    QT_TRANSLATE_NOOP("Steps", "Strokes"),
    QT_TRANSLATE_NOOP("Steps", "Trigger point"),
    QT_TRANSLATE_NOOP("Steps", "Whole area"),
)


def step_words(name: str) -> str:
    """A step by its name; a name that is not known here, as of another version, is left as it is."""
    return QCoreApplication.translate("Steps", name) if name in _NAMES else name
