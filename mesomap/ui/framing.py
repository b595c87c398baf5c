"""The frame of a session as the window edits it: every edit one step, a refusal said at its field."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.domain.session import Session
from mesomap.services.framing import (
    check_frame,
    choices,
    edit_frame,
    indication_values,
    last_frame,
    most_used_indications,
    own_words,
)
from mesomap.services.moments import read_clock, read_day, read_moment
from mesomap.services.practitioners import Practitioner, practitioners
from mesomap.services.visit_time import entered_at, is_late
from mesomap.ui.session_model import SessionModel
from mesomap.ui.words import clock, day, language


def tr(text: str) -> str:
    """Translate in the context of these words."""
    return QCoreApplication.translate("FrameWords", text)


def _problem(read: Callable[[], object]) -> str:
    """The sentence of a text that cannot be read, or nothing."""
    try:
        read()
    except MesoMapError as error:
        return error.sentence
    return ""


def when_words(session: Session, *, short: bool = False) -> str:
    """21 Nov 2026; for a session charted late: done 19 Nov 2026, 14:20 · entered 21 Nov 2026, 09:05.

    short: without the year where both are of this one.
    """
    start = session.started_at.astimezone()
    if not is_late(session):
        return day(start)
    entered = entered_at(session).astimezone()
    days = [day(start), day(entered)]
    if short and start.year == entered.year == now().year:
        days = [words.removesuffix(f" {start.year}") for words in days]
    return tr("done {0}, {1} · entered {2}, {3}").format(days[0], clock(start), days[1], clock(entered))


class Framing(QObject):
    """Reads and edits the frame of the open session."""

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model

    @property
    def session(self) -> Session:
        """The session as it stands."""
        return self.model.service.session

    def edit(self, **values: Any) -> str:
        """Record an edit as one step; the sentence why not, or nothing."""
        try:
            check_frame(self.session, **values)
        except MesoMapError as error:
            return error.sentence
        if all(self._now(name) == value for name, value in values.items()):
            return ""
        self.model.act(lambda: edit_frame(self.model.service, **values), self.tr("Changed what surrounds the session"))
        return ""

    def _now(self, name: str) -> Any:
        session = self.session
        return getattr(session, name) if hasattr(session, name) else getattr(session.frame, name)

    # -- why

    def indications(self) -> tuple[str, ...]:
        """Keys of the list, those used most first."""
        return most_used_indications(self.model.service.practice)

    def chosen(self) -> tuple[str, ...]:
        """Keys chosen for this session."""
        return self.session.frame.indication_keys

    def own_indication(self) -> str:
        """What was written beside the list."""
        return own_words(self.session)

    def toggle_indication(self, key: str) -> str:
        """Choose an indication, or no longer."""
        chosen = self.chosen()
        keys = tuple(one for one in chosen if one != key) if key in chosen else (*chosen, key)
        return self.edit(**indication_values(keys, self.own_indication(), language()))

    def set_own_indication(self, words: str) -> str:
        """Own words beside the list."""
        return self.edit(**indication_values(self.chosen(), words, language()))

    def last_indication(self) -> str:
        """Why the patient came last time, "" when that is not known."""
        return str(self._as_last().get("indication", ""))

    def last_keys(self) -> tuple[str, ...]:
        """What was picked from the list last time."""
        return tuple(self._as_last().get("indication_keys", ()))

    def repeat_indication(self) -> str:
        """The same reason as last time."""
        values = self._as_last()
        return self.edit(**values) if values else ""

    def _as_last(self) -> dict[str, Any]:
        """What was picked from the list last time, without the words beside it ("3 of 5"); else those words."""
        before = last_frame(self.model.service.practice, self.session)
        if before is None:
            return {}
        keys = before.frame.indication_keys
        return indication_values(keys, "" if keys else before.indication, language())

    # -- when

    def set_start(self, day_text: str, clock_text: str) -> tuple[str, str]:
        """When the treatment began; what is wrong with the day, and with the time."""
        at = now()
        wrong_day = _problem(lambda: read_day(day_text, at.date()))
        wrong_clock = _problem(lambda: read_clock(clock_text))
        if wrong_day or wrong_clock:
            return wrong_day, wrong_clock
        moment = read_moment(day_text, clock_text, at)
        if self._same(moment, self.session.started_at):
            return "", ""
        problem = self.edit(started_at=moment)
        return (problem, "") if moment.date() > at.date() else ("", problem)

    def set_end(self, text: str) -> str:
        """When it ended: a time of day (of the day it began), or day and time; nothing = not recorded."""
        if not text.strip():
            return self.edit(ended_at=None)
        day_text, _, clock_text = text.strip().rpartition(" ")
        start = self.session.started_at.astimezone()
        try:
            moment = read_moment(day_text or start.date().isoformat(), clock_text, now())
        except MesoMapError as error:
            return error.sentence
        # minutes are entered: an end in the minute of the start is no end before it
        if self._same(moment, start):
            moment = start
        ended = self.session.frame.ended_at
        return "" if ended is not None and self._same(moment, ended) else self.edit(ended_at=moment)

    def end_now(self) -> str:
        """It ended just now."""
        return self.edit(ended_at=now())

    @staticmethod
    def _same(one: datetime, other: datetime) -> bool:
        """Whether two moments lie in the same minute."""
        return one.replace(second=0, microsecond=0) == other.astimezone().replace(second=0, microsecond=0)

    def start_texts(self) -> tuple[str, str]:
        """Day and time of the start, as fields show them."""
        start = self.session.started_at.astimezone()
        return start.date().isoformat(), clock(start)

    def end_text(self) -> str:
        """The end as its field shows it."""
        ended = self.session.frame.ended_at
        if ended is None:
            return ""
        local = ended.astimezone()
        same_day = local.date() == self.session.started_at.astimezone().date()
        return clock(local) if same_day else f"{local.date().isoformat()} {clock(local)}"

    def late_words(self) -> str:
        """Done at and entered at, when that is not the same; else nothing."""
        return when_words(self.session) if is_late(self.session) else ""

    # -- who, where, with what

    def practitioners(self) -> tuple[Practitioner, ...]:
        """The practice's list."""
        return practitioners(self.model.service.practice)

    def choices(self, field: str) -> tuple[str, ...]:
        """What can be picked for a field, the practice's own words first."""
        return choices(self.model.service.practice, field, language())
