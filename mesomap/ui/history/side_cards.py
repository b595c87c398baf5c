"""Short cards beside the visits: what is open, cautions and consents, what was given where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mesomap.atlas import Atlas
from mesomap.coverage import Tally
from mesomap.services import cautions, consents, courses, follow_ups
from mesomap.services.practice import Practice
from mesomap.services.visit_history import VisitFacts, unsigned
from mesomap.ui.before.consent_words import kind_words, state_words
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.words import day, language, region_name, tr, volume

_MOST, _MOST_REGIONS = 3, 10


@dataclass(frozen=True, slots=True)
class Line:
    """Words at the left; a figure at the right, or a chip of a kind (green, amber, red)."""

    words: str
    right: str = ""
    chip: str = ""


class ShortCard(QFrame):
    """A title with a few words at its right, and lines; not there when it has neither lines nor words of emptiness."""

    def __init__(
        self, title: str, lines: Sequence[Line], *, aside: str = "", empty: str = "", picture: QWidget | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        if not (lines or empty):
            self.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(7)
        head = QHBoxLayout()
        head.addWidget(plain_label("title", title), 1)
        head.addWidget(plain_label("small", aside))
        column.addLayout(head)
        if picture is not None:
            column.addWidget(picture)
        for line in lines:
            column.addWidget(_row(line))
        if not lines:
            words = plain_label("small2", empty)
            words.setWordWrap(True)
            column.addWidget(words)


def _row(line: Line) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    words = ElidedLabel("small2", stretchy=True)
    words.show_text(line.words)
    words.setToolTip(line.words)
    layout.addWidget(words, 1)
    if line.chip:
        chip = StateChip(line.chip, "check" if line.chip == "green" else "alert")
        chip.show_text(line.right)
        layout.addWidget(chip)
    elif line.right:
        layout.addWidget(plain_label("strong", line.right))
    return row


def tasks(practice: Practice, facts: Sequence[VisitFacts], today: date) -> list[Line]:
    """What is still to be done: unsigned sessions, follow-ups due, the next session of a course."""
    owner = facts[0].session.patient_id if facts else None
    found = [
        Line(tr("Session {0}, {1}").format(one.number, day(one.started_at.astimezone())), tr("Not signed"), "amber")
        for one in unsigned(facts)[:_MOST]
    ]
    more = len(unsigned(facts)) - _MOST
    if more > 0:
        found.append(Line(tr("and {0} more not signed").format(more)))
    if owner is None:
        return found
    found += [
        Line(tr("Follow-up"), tr("due {0}").format(day(due.on)))
        for due in follow_ups.dues(practice, owner)[:2]
        if due.on <= today
    ]
    found += [
        Line(tr("{0}, session {1}").format(one.protocol_name, one.done + 1), tr("due {0}").format(day(one.next_due)))
        for one in courses.courses_of(practice, owner)
        if one.next_due is not None and one.next_due <= today
    ]
    return found


def next_visits(practice: Practice, facts: Sequence[VisitFacts]) -> list[Line]:
    """Courses that go on: how far, and when the next session is planned."""
    owner = facts[0].session.patient_id if facts else None
    if owner is None:
        return []
    return [
        Line(
            tr("{0}, {1} of {2}").format(course.protocol_name, course.done, course.planned),
            day(course.next_due) if course.next_due else tr("no day planned"),
        )
        for course in courses.courses_of(practice, owner)
        if course.next_visit is not None
    ]


def caution_lines(practice: Practice, facts: Sequence[VisitFacts]) -> list[Line]:
    """Answered yes, changed, and how many are open; nothing is concluded."""
    if not facts:
        return []
    owner = facts[0].session.patient_id
    since = cautions.last_session_start(practice, owner)
    found = cautions.summary(practice, owner, language(), since=since)
    lines = [Line(words, tr("Yes"), "amber") for words in found.yes]
    lines += [Line(words, tr("changed")) for words in found.changed if words not in found.yes]
    if found.open:
        lines.append(Line(tr("Open questions"), str(len(found.open))))
    return lines


def consent_lines(practice: Practice, facts: Sequence[VisitFacts], today: date) -> list[Line]:
    """Every kind of consent and how it stands today."""
    if not facts:
        return []
    lines = []
    for state in consents.states(practice, facts[0].session.patient_id, today):
        bold, _more, kind = state_words(state)
        lines.append(Line(kind_words(state.kind), bold, kind if kind in ("green", "amber", "red") else "amber"))
    return lines


def dose_lines(atlas: Atlas, tallies: Sequence[Tally]) -> list[Line]:
    """mL by region over all visits as their tallies say, the largest first."""
    sums: dict[str, float] = {}
    for tally in tallies:
        for row in tally.rows:
            sums[row.region_id] = sums.get(row.region_id, 0.0) + (row.volume_ml or 0.0)
    order = sorted((key for key in sums if sums[key] > 0), key=lambda key: -sums[key])
    return [Line(region_name(atlas, key), tr("{0} mL").format(volume(sums[key]))) for key in order[:_MOST_REGIONS]]
