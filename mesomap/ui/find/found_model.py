"""The sessions found, as rows of a table."""

from PySide6.QtCore import QCoreApplication

from mesomap.domain.finding import FoundSession
from mesomap.ui.controls.text_table import TextTable
from mesomap.ui.words import day, volume

_FIGURES = (0, 5, 6, 7)


def tr(text: str) -> str:
    """Translate in the context of finding."""
    return QCoreApplication.translate("Find", text)


def headers() -> tuple[str, ...]:
    """Heads of the columns."""
    return (
        tr("Session"),
        tr("Date"),
        tr("Patient"),
        tr("Practitioner"),
        tr("Indication"),
        tr("Points"),
        tr("≈ Points"),
        tr("mL"),
    )


class FoundModel(TextTable[FoundSession]):
    """A row a session."""

    def __init__(self) -> None:
        super().__init__(headers(), _FIGURES)

    def cells(self, row: FoundSession) -> tuple[str, ...]:
        """Words of a session."""
        name = ", ".join(part for part in (row.family_name, row.given_name) if part)
        return (
            str(row.number),
            day(row.started_at.astimezone()),
            f"{name} · {row.patient_number}",
            row.practitioner or "–",
            row.indication or "–",
            str(row.points),
            str(row.about_points) if row.about_points else "",
            volume(row.volume_ml),
        )
