"""Parts of the forms after a treatment: day and time, the session it belongs to, a list of words to choose from."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.domain.session import Session, SessionStatus
from mesomap.services.moments import read_clock, read_day, read_moment
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.track import Track
from mesomap.ui.typefaces import grown
from mesomap.ui.words import day

_NOON = "12:00"


def tr(text: str) -> str:
    """Translate in the context of these forms."""
    return QCoreApplication.translate("AfterForms", text)


def line_field(label: str, hint: str = "", most: int = 200) -> FormField:
    """A field of one line."""
    editor = QLineEdit()
    editor.setPlaceholderText(hint)
    editor.setMaxLength(most)
    return FormField(label, editor)


def text_field(label: str, high_px: int = 72) -> FormField:
    """A field of several lines."""
    editor = QPlainTextEdit()
    editor.setTabChangesFocus(True)
    high = grown(high_px)
    editor.setStyleSheet(f"min-height:{high}px; max-height:{high}px; padding:8px 10px;")
    return FormField(label, editor)


def choice_field(label: str, words: Mapping[str, str]) -> FormField:
    """A drop-down of value → word."""
    editor = ChoiceField()
    # Long names must not make the form wider than its card.
    editor.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    editor.setMinimumContentsLength(8)
    for value, word in words.items():
        editor.addItem(word, value)
    return FormField(label, editor)


def on_chosen(field: FormField, act: Callable[[], object]) -> None:
    """Call act whenever another word of a drop-down is chosen."""
    assert isinstance(field.editor, ChoiceField)
    field.editor.currentIndexChanged.connect(lambda _index: act())


def show_choices(field: FormField, words: Mapping[str, str]) -> None:
    """Offer other words in a drop-down; what was chosen stays chosen where it is still there."""
    editor = field.editor
    assert isinstance(editor, ChoiceField)
    chosen = editor.currentData()
    editor.clear()
    for value, word in words.items():
        editor.addItem(word, value)
    editor.setCurrentIndex(max(0, editor.findData(chosen)))


def set_hint(field: FormField, hint: str) -> None:
    """Show other words in an empty field."""
    assert isinstance(field.editor, QLineEdit)
    field.editor.setPlaceholderText(hint)


class TrackField(QWidget):
    """A label above a track of words; value() is the key of the chosen one."""

    def __init__(self, label: str, words: Mapping[str, str], chosen: str) -> None:
        super().__init__()
        self.track = Track()
        self.track.setFixedHeight(50)
        for key, word in words.items():
            self.track.add(key, word).setAccessibleName(f"{label}: {word}")
        self._value = chosen
        self.track.chosen.connect(self.set_value)
        self.set_value(chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(plain_label("small2", label))
        column.addWidget(self.track)

    def value(self) -> str:
        """Key of the chosen word, "" = none."""
        return self._value

    def set_value(self, key: str) -> None:
        """Choose a word."""
        self._value = key
        self.track.show_chosen(key or None)


class MomentFields(QWidget):
    """Day and time of day beside each other; an empty time means that only the day is known."""

    def __init__(self, day_label: str, *, time_asked: bool = True) -> None:
        super().__init__()
        self.day = line_field(day_label, most=20)
        self.clock = line_field(tr("Time"), tr("not known"), most=10)
        if not time_asked:
            self.clock.hide()
        self._shown: tuple[str, str, datetime] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.day, 3)
        row.addWidget(self.clock, 2)

    def show_moment(self, moment: datetime, *, time_known: bool = True) -> None:
        """Show a moment in local time."""
        local = moment.astimezone()
        self.day.set_text(f"{local:%Y-%m-%d}")
        self.clock.set_text(f"{local:%H:%M}" if time_known else "")
        self.day.show_error("")
        self.clock.show_error("")
        self._shown = self.day.text(), self.clock.text(), moment

    @property
    def time_known(self) -> bool:
        """Whether a time was entered."""
        return bool(self.clock.text())

    def moment(self) -> datetime | None:
        """The moment entered (noon, or now if earlier, without a time); None, and said beside its field, if none."""
        if self._shown is not None and self._shown[:2] == (self.day.text(), self.clock.text()):
            # Left as it was: to the second, so that what is entered one after the other stays in order.
            return self._shown[2]
        at = now()
        on = self.day.read(lambda text: read_day(text, at.date()))
        if self.time_known and self.clock.read(read_clock) is None:
            return None
        if on is None:
            return None
        found = read_moment(f"{on:%Y-%m-%d}", self.clock.text() or _NOON, at)
        return found if self.time_known or found <= at else at


class SessionChoice(FormField):
    """The session something belongs to, or none."""

    def __init__(self, sessions: Sequence[Session]) -> None:
        editor = ChoiceField()
        editor.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        editor.setMinimumContentsLength(8)
        super().__init__(tr("Belongs to"), editor)
        self._editor = editor
        self._sessions: list[Session] = []
        self.show_sessions(sessions)

    def show_sessions(self, sessions: Sequence[Session]) -> None:
        """Offer these, the latest first; what was chosen stays chosen."""
        chosen = self._editor.currentData()
        held = [one for one in sessions if one.status is not SessionStatus.VOIDED]
        self._sessions = sorted(held, key=lambda one: one.started_at, reverse=True)
        self._editor.clear()
        self._editor.addItem(tr("no session"), "")
        for session in self._sessions:
            self._editor.addItem(session_words(session), str(session.id))
        self._editor.setCurrentIndex(max(0, self._editor.findData(chosen)))

    def choose_todays(self) -> None:
        """Choose the session that began today, if there is one: most that is entered then belongs to it."""
        today = date.today()
        found = next((one for one in self._sessions if one.started_at.astimezone().date() == today), None)
        self.choose(found.id if found is not None else None)

    def session_id(self) -> UUID | None:
        """The chosen session."""
        return UUID(self.text()) if self.text() else None

    def choose(self, session_id: UUID | None) -> None:
        """Choose a session, None = no session."""
        self._editor.setCurrentIndex(max(0, self._editor.findData(str(session_id or ""))))


def session_words(session: Session) -> str:
    """21 Nov 2026 · 12 · Mesolift."""
    parts = (day(session.started_at.astimezone()), str(session.number), session.indication)
    return " · ".join(part for part in parts if part)


def optional_day(field: FormField) -> tuple[bool, date | None]:
    """(whether it can be read, the day or None when empty); what is wrong is said beside the field."""
    if not field.text():
        field.show_error("")
        return True, None
    found = field.read(lambda text: read_day(text, date.today()))
    return found is not None, found


def attempt(act: Callable[[], object]) -> str:
    """Do it; the sentence when it is refused, "" when it was done."""
    try:
        act()
    except (BadInputError, MesoMapError) as error:
        return error.sentence
    return ""
