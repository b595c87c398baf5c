"""Words over the maps: whose they are; one visit, two on one map, or a stretch of the course."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel

from mesomap.coverage import RegionFigures
from mesomap.domain.patient import Patient
from mesomap.domain.session import Session
from mesomap.services.change_cells import points_words, volume_words
from mesomap.ui.compare.shown import Mode
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.typefaces import font
from mesomap.ui.words import day, patient_line, spoken_name, tr, volume

#: Room for name, age, sex and number.
_WHO_PX = 520


def who_labels(patient: Patient) -> tuple[QLabel, QLabel]:
    """Who it is. A long name gives way, never the number that tells two people apart."""
    name, line = ElidedLabel("title"), plain_label("title", patient_line(patient, date.today()))
    name.show_text(spoken_name(patient), _WHO_PX - QFontMetrics(font("title")).horizontalAdvance(line.text()))
    return name, line


def head_words(session: Session, total: RegionFigures) -> str:
    """Number, day, points and volume of a visit."""
    return tr("Visit {0} · {1} · {2} points · {3} mL").format(
        session.number, day(session.started_at.astimezone()), points_words(total), volume_words(total, volume)
    )


def map_heads(mode: Mode, sides: Sequence[tuple[Session, RegionFigures]], period: Sequence[Session]) -> tuple[str, str]:
    """The words over both maps. period: the visits that a map over time counts, by time."""
    first, second = (head_words(*side) for side in sides)
    if mode is Mode.OVER_TIME:
        ends = (period[0].number, period[-1].number) if period else tuple(session.number for session, _ in sides)
        second = tr("{0} to {1} · {2} visits").format(*ends, len(period))
    elif mode in (Mode.OVERLAY, Mode.DIFFERENCE):
        # One map shows both.
        parts = [(session.number, day(session.started_at.astimezone())) for session, _ in sides]
        second = tr("Visit {0} · {1} and visit {2} · {3}").format(*parts[0], *parts[1])
    return first, second
