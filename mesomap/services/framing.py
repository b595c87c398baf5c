"""The frame of a session: edits one field at a time, choices that the practice used before, late charting."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mesomap.commands.frame import EditFrame
from mesomap.domain.clock import now
from mesomap.domain.indication import frame_words, indications
from mesomap.domain.marks import Mark
from mesomap.domain.session import Frame, Session, SessionStatus
from mesomap.services.practitioners import Practitioner, with_first
from mesomap.services.visit_time import LATE_AFTER, entered_at, is_late

if TYPE_CHECKING:
    from mesomap.atlas import Atlas
    from mesomap.services.charting import ChartingService
    from mesomap.services.practice import Practice

#: Fields of the frame whose texts come back as choices.
REMEMBERED = ("place", "antisepsis", "anaesthesia", "reaction")
_SETTING = "frame."
_WINDOW = "window."
_MOST_REMEMBERED = 8
#: Longer words are what happened this once, no choice for the next time.
_LONGEST_REMEMBERED = 40
_FRAME_FIELDS = frozenset(field.name for field in fields(Frame))


def edit_frame(service: "ChartingService", **values: Any) -> None:
    """Change what surrounds the session as one step; names are those of Session and Frame. Raises BadInputError.

    Texts come back as choices of the practice; practitioner and qualification together join its list. Marks that do
    not say when they were done follow the start of a session charted late.
    """
    before = service.session
    after = _edited(before, values)
    command = EditFrame(before, after, now(), _redated(service.marks, before, after))
    service.run(command, settings=_memory(service.practice, before, after))


def check_frame(session: Session, **values: Any) -> None:
    """Refuse what edit_frame() would refuse. Raises BadInputError."""
    EditFrame(session, _edited(session, values), now()).changes()


def _edited(before: Session, values: Mapping[str, Any]) -> Session:
    of_frame = {name: value for name, value in values.items() if name in _FRAME_FIELDS}
    of_session = {name: value for name, value in values.items() if name not in _FRAME_FIELDS}
    return replace(before, frame=replace(before.frame, **of_frame), **of_session)


def indication_values(keys: Sequence[str], own: str, language: str = "en") -> dict[str, Any]:
    """Values of the frame for keys of the list and own words: the words of both are what is shown and printed."""
    known = indications()
    names = [known[key].name(language) for key in keys if key in known]
    parts = [*names, *([own.strip()] if own.strip() else [])]
    return {"indication": ", ".join(parts), "indication_keys": tuple(keys)}


def choose_indications(service: "ChartingService", keys: Sequence[str], own: str, language: str = "en") -> None:
    """Why the session takes place, as one step. Raises BadInputError for a key that is not in the list."""
    edit_frame(service, **indication_values(keys, own, language))


def own_words(session: Session) -> str:
    """What of the indication is not a name of the chosen keys, in any language."""
    known = indications()
    names = {name for key in session.frame.indication_keys if key in known for name in known[key].names.values()}
    return ", ".join(part for part in session.indication.split(", ") if part and part not in names)


def most_used_indications(practice: "Practice") -> tuple[str, ...]:
    """Keys of the whole list, those chosen most often in this practice first, then in the order of the table."""
    counts = practice.setting(_SETTING + "indications")
    used: dict[str, int] = counts if isinstance(counts, dict) else {}
    known = list(indications())
    return tuple(sorted(known, key=lambda key: (-int(used.get(key, 0)), known.index(key))))


def choices(practice: "Practice", field: str, language: str = "en") -> tuple[str, ...]:
    """Texts to choose from for a field: those used last in this practice, then the words of the table; each once."""
    words = [word.name(language) for word in frame_words(field)]
    return tuple(dict.fromkeys([*_texts(practice, field), *words]))


def begin_session(practice: "Practice", atlas: "Atlas", patient_id: UUID) -> Session:
    """The session that begins now: a new one, or the patient's untouched draft begun a moment ago (a second tap on
    the button does not leave an empty record behind). Raises NotFoundError.
    """
    at = now()
    for session in reversed(practice.sessions(patient_id)):
        fresh = timedelta(0) <= at - entered_at(session) <= LATE_AFTER
        is_own = session.status is SessionStatus.DRAFT and session.atlas == atlas.ref and not is_late(session)
        if fresh and is_own and not practice.history(session.id) and not practice.marks(session.id):
            return session
    return practice.new_session(patient_id, atlas)


def last_frame(practice: "Practice", session: Session) -> Session | None:
    """The patient's session before this one that says why it took place; None when there is none."""
    before = [one for one in practice.sessions(session.patient_id) if one.number < session.number]
    named = [one for one in before if one.indication and one.status is not SessionStatus.VOIDED]
    return max(named, key=lambda one: one.started_at, default=None)


# -- inside


def _redated(marks: Sequence[Mark], before: Session, after: Session) -> tuple[tuple[Mark, Mark], ...]:
    """Marks whose time of treatment is that of the visit, and how they are dated when its start changes."""
    if before.started_at == after.started_at or not (is_late(before) or is_late(after)):
        return ()
    pairs = []
    for mark in marks:
        unsaid = mark.done_at == mark.entered_at or (is_late(before) and mark.done_at == before.started_at)
        done_at = after.started_at if is_late(after) else mark.entered_at
        if unsaid and done_at != mark.done_at:
            pairs.append((mark, replace(mark, done_at=done_at)))
    return tuple(pairs)


def _texts(practice: "Practice", field: str) -> tuple[str, ...]:
    kept = practice.setting(_SETTING + field)
    return tuple(str(text) for text in kept) if isinstance(kept, list) else ()


def _memory(practice: "Practice", before: Session, after: Session) -> dict[str, Any]:
    """Settings kept with the step: what was newly entered comes first among the choices."""
    found: dict[str, Any] = {}
    for name in REMEMBERED:
        text = getattr(after.frame, name)
        if text and text != getattr(before.frame, name):
            parts = text.split(", ")
            own = [part for part in parts if part not in _table_names(name) and len(part) <= _LONGEST_REMEMBERED]
            found[name] = list(dict.fromkeys([*own, *_texts(practice, name)]))[:_MOST_REMEMBERED]
    new = [key for key in after.frame.indication_keys if key not in before.frame.indication_keys]
    if new:
        counts = practice.setting(_SETTING + "indications")
        used = dict(counts) if isinstance(counts, dict) else {}
        found["indications"] = used | {key: int(used.get(key, 0)) + 1 for key in new}
    who = Practitioner(after.practitioner, after.frame.qualification)
    if who.name and who != Practitioner(before.practitioner, before.frame.qualification):
        found["practitioners"] = with_first(practice, who)
    return {f"{_WINDOW}{_SETTING}{name}": value for name, value in found.items()}


def _table_names(field: str) -> frozenset[str]:
    return frozenset(name for word in frame_words(field) for name in word.names.values())
