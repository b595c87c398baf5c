"""The sessions of a lot, as rows of a table."""

from collections.abc import Callable

from mesomap.domain.recall import LotSession
from mesomap.ui.controls.text_table import TextTable
from mesomap.ui.mixtures.words import ml
from mesomap.ui.shelf.words import status_words, tr
from mesomap.ui.words import day

_FIGURES = (0, 6, 7)


def headers() -> tuple[str, ...]:
    """Heads of the columns."""
    return (
        tr("Session"), tr("Date"), tr("Patient"), tr("State"), tr("Mixture"), tr("Regions"), tr("Points"),
        tr("Drawn up"),
    )  # fmt: skip


class TraceModel(TextTable[LotSession]):
    """A row a session."""

    def __init__(self, region_name: Callable[[str], str]) -> None:
        super().__init__(headers(), _FIGURES)
        self._region_name = region_name

    def cells(self, row: LotSession) -> tuple[str, ...]:
        """Words of a session."""
        name = ", ".join(part for part in (row.family_name, row.given_name) if part)
        return (
            str(row.number),
            day(row.started_at),
            f"{name} ({row.patient_number})",
            status_words(row.status),
            " ".join(row.letters),
            " · ".join(self._region_name(region) for region in row.region_ids) or "–",
            f"≈ {row.points}" if row.about else str(row.points),
            f"{'' if row.complete or row.known_ml is None else '≥ '}{ml(row.known_ml)}",
        )
