"""Words of the backup pages."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from mesomap.ui.words import clock, day

#: A thin bar in the colours of the application.
PROGRESS_SHEET = "QProgressBar { max-height: 6px; min-height: 6px; border: 0; border-radius: 3px; }"


def tr(text: str) -> str:
    """Translate in the context of the backup pages."""
    return QCoreApplication.translate("Backups", text)


def moment(at: datetime) -> str:
    """22 Nov 2026, 14:20 in local time."""
    local = at.astimezone()
    return f"{day(local)}, {clock(local)}"


def ago(made: datetime, at: datetime) -> str:
    """today 14:05, yesterday 14:05, 3 days ago; the date when that is long ago or in the future."""
    days = (at.astimezone().date() - made.astimezone().date()).days
    if days == 0:
        return tr("today %1").replace("%1", clock(made))
    if days == 1:
        return tr("yesterday %1").replace("%1", clock(made))
    return tr("%1 days ago").replace("%1", str(days)) if 1 < days <= 60 else moment(made)


def stage_words(stage: str) -> str:
    """What the work is at, from the names that storage reports."""
    return {
        "copy": tr("Copying…"),
        "verify": tr("Verifying the copy…"),
        "photos": tr("Photos…"),
        "second": tr("Copying to the second folder…"),
        "read": tr("Reading the backup…"),
        "unlock": tr("Opening the backup…"),
        "compare": tr("Comparing with what is here…"),
    }.get(stage, tr("Working…"))


def counted(count: int, one: str, many: str) -> str:
    """3 patients: the word for one or for many, already translated."""
    return f"{count:,} {one if count == 1 else many}"
