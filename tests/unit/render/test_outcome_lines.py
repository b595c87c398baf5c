"""Scores over time: what is missing is not joined over, and no figure lies on a name."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from mesomap.domain.outcome import OutcomeLine, OutcomeOverTime, Treatment
from mesomap.render.outcome_lines import OutcomeLook, _ways, draw_outcome, outcome_height
from mesomap.render.tokens import LIGHT

_SOLID, _DASHED = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
_BEGAN = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _outcome(scored: list[int], treated: int = 6) -> OutcomeOverTime:
    """A line with values at these visits of a course, a fortnight apart, and nothing else."""
    values = tuple((_BEGAN + timedelta(days=14 * visit), 10.0 - visit) for visit in scored)
    line = OutcomeLine("Girth", None, "Neck", "cm", None, None, values)
    visits = tuple(Treatment(_BEGAN + timedelta(days=14 * visit, hours=1), visit + 1, "") for visit in range(treated))
    return OutcomeOverTime((line,), visits, (), ())


@pytest.mark.parametrize(
    ("scored", "ways"),
    [
        ([0, 1, 2, 3, 4, 5], [(0, 6, _SOLID)]),
        ([0, 1, 3, 4, 5], [(0, 2, _SOLID), (1, 3, _DASHED), (2, 5, _SOLID)]),
        ([0, 2, 4], [(0, 2, _DASHED), (1, 3, _DASHED)]),
        ([3], []),
        ([], []),
    ],
)
def test_a_line_is_dashed_over_a_treatment_without_a_value(
    scored: list[int], ways: list[tuple[int, int, Qt.PenStyle]]
) -> None:
    outcome = _outcome(scored)
    assert _ways(outcome.lines[0], outcome) == ways


@pytest.mark.usefixtures("qapp")
def test_the_figure_of_the_highest_value_keeps_off_the_name() -> None:
    """Drawn with the name and without: the difference is the name, and no other ink lies in its place."""
    outcome = _outcome([0, 1, 2])
    named, nameless = (_drawn(outcome, name) for name in ("Girth of the neck, cm, by the practitioner", ""))
    inked = [
        (x, y)
        for y in range(named.height())
        for x in range(named.width())
        if named.pixelColor(x, y) != nameless.pixelColor(x, y)
    ]
    assert inked
    paper = QColor(Qt.GlobalColor.white)
    assert all(nameless.pixelColor(x, y) == paper for x, y in inked)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("day", ["9 Nov 2026", "a day with a very long name 2026"])
def test_no_day_runs_over_the_edges_of_the_picture(day: str) -> None:
    image = _drawn(_outcome([0, 1, 2]), "", day)
    paper = QColor(Qt.GlobalColor.white)
    assert all(image.pixelColor(x, y) == paper for x in (0, image.width() - 1) for y in range(image.height()))


def _drawn(outcome: OutcomeOverTime, name: str, day: str = "") -> QImage:
    font = QFont()
    font.setPixelSize(13)
    look = OutcomeLook(
        LIGHT, 1.0, font, font, lambda _line: name, lambda _at: day, "session", "follow-up", "event", "none"
    )
    image = QImage(640, round(outcome_height(outcome, 1.0)), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw_outcome(painter, QRectF(image.rect()), outcome, look)
    painter.end()
    return image
