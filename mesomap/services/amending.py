"""After signing: opened again with a reason, taken out of use with a reason, and the history of both."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from mesomap.commands import Command, EditSession
from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.commands.records import ImportSession
from mesomap.commands.together import Together
from mesomap.domain.amendment import Amendment, AmendmentKind
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Mark
from mesomap.domain.person import Role
from mesomap.domain.session import Session, SessionStatus
from mesomap.domain.signature import Signature
from mesomap.services.courses import place_of, without_session
from mesomap.services.entering import entering
from mesomap.services.signing import parts_of, signatures

if TYPE_CHECKING:
    from mesomap.atlas import Atlas
    from mesomap.services.practice import Practice


def amend(practice: "Practice", session_id: UUID, reason: str) -> Session:
    """Open a signed session again; it has to be signed anew. Raises BadInputError (no reason, not signed)."""
    session = practice.session(session_id)
    if session.status not in (SessionStatus.SIGNED, SessionStatus.AMENDED):
        raise BadInputError(f"Session {session.number} is {session.status}; only a signed one is amended.")
    practice.people.require(Role.SIGN)
    after = replace(session, status=SessionStatus.AMENDING)
    entry = _amendment(practice, session, AmendmentKind.AMEND, reason)
    practice.run(Together("Amend", (EditSession(session, after, name="Amend"), AddEntries((entry,)))))
    return after


def void(
    practice: "Practice",
    session_id: UUID,
    reason: str,
    *,
    right_patient: UUID | None = None,
    atlas: "Atlas | None" = None,
) -> Session | None:
    """Take a session out of use and out of its course; it stays visible.

    right_patient: make a correct copy there, as a draft; returns it.
    atlas: the body of the session, needed for the copy (the scale is that of the right patient). Raises BadInputError
    (no reason, voided already, the right patient is charted on another body), NotFoundError.
    """
    session = practice.session(session_id)
    if session.status is SessionStatus.VOIDED:
        raise BadInputError(f"Session {session.number} is voided already.")
    practice.people.require(Role.SIGN)
    after = replace(session, status=SessionStatus.VOIDED)
    edit = EditSession(session, after, name="Void")
    if right_patient is None:
        entry = _amendment(practice, session, AmendmentKind.VOID, reason)
        practice.run(Together("Void", (edit, AddEntries((entry,)), *_out_of_course(practice, session_id))))
        return None
    if atlas is None:
        raise ValueError("a copy needs the body of the session")
    copy, command = _copy(practice, session, right_patient, atlas)
    gone = _amendment(practice, session, AmendmentKind.VOID, reason, other=copy)
    made = _amendment(practice, copy, AmendmentKind.COPY, reason, other=session)
    practice.run(Together("Void", (edit, command, AddEntries((gone, made)), *_out_of_course(practice, session_id))))
    return copy


def _out_of_course(practice: "Practice", session_id: UUID) -> tuple[Command, ...]:
    """A void session is none of its course any more: its place there is open again."""
    place = place_of(practice, session_id)
    if place is None:
        return ()
    return (EditEntry(place.course, without_session(place.course, session_id), name="Leave course"),)


def _amendment(
    practice: "Practice", session: Session, kind: AmendmentKind, reason: str, other: Session | None = None
) -> Amendment:
    entry = Amendment(
        patient_id=session.patient_id,
        session_id=session.id,
        kind=kind,
        reason=reason.strip(),
        version=len(practice.signed_documents(session.id)),
        other_session_id=None if other is None else other.id,
        **entering(practice),
    )
    entry.check()
    return entry


def _copy(practice: "Practice", session: Session, patient_id: UUID, atlas: "Atlas") -> tuple[Session, Command]:
    """The session on the right patient: the same places, doses and times, entered now."""
    patient = practice.patient(patient_id)
    if patient.id == session.patient_id:
        raise BadInputError("This session is on that patient already. Choose the right patient.")
    if patient.body != session.atlas.body:
        raise BadInputError(
            f"Patient {patient.number} is charted on the {patient.body} body, the session on the "
            f"{session.atlas.body} one: it cannot be copied. Void it without a copy and chart it anew."
        )
    at = now()
    scale = atlas.scale_for(patient.height_cm, patient.weight_kg)
    origin = f"Copied from session {session.number}, which was on another patient."
    copy = replace(
        session,
        id=uuid4(),
        patient_id=patient.id,
        number=practice.next_session_number(),
        status=SessionStatus.DRAFT,
        patient_scale=scale.length,
        scale_basis=scale.basis,
        remark="\n".join(part for part in (session.remark, origin) if part),
        frame=replace(session.frame, entered_at=at),
    )
    parts = parts_of(practice, session)
    marks = tuple(replace(mark, id=uuid4(), session_id=copy.id, entered_at=at, plan_id=None) for mark in parts.marks)
    complaints = tuple(replace(one, id=uuid4(), session_id=copy.id, entered_at=at) for one in parts.complaints)
    return copy, ImportSession(copy, marks, complaints=complaints, name="Copy session")


# -- history


@dataclass(frozen=True, slots=True)
class MapDiff:
    """What one version of the map has that the other has not. changed: (old, new)."""

    added: tuple[Mark, ...] = ()
    removed: tuple[Mark, ...] = ()
    changed: tuple[tuple[Mark, Mark], ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when the maps are the same."""
        return not (self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class Version:
    """One signing: who, when, why it was opened for it, and what changed since the one before.

    head: names of the fields of the session itself that changed.
    """

    number: int
    signature: Signature | None
    at: datetime
    reason: str = ""
    diff: MapDiff = MapDiff()
    head: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


def map_diff(old: Iterable[Mark], new: Iterable[Mark]) -> MapDiff:
    """Marks by their id: which came, which went, which say something else."""
    before, after = {mark.id: mark for mark in old}, {mark.id: mark for mark in new}
    return MapDiff(
        tuple(mark for key, mark in after.items() if key not in before),
        tuple(mark for key, mark in before.items() if key not in after),
        tuple((before[key], mark) for key, mark in after.items() if key in before and before[key] != mark),
    )


def amendments(practice: "Practice", session_id: UUID) -> tuple[Amendment, ...]:
    """Why the session was opened again, voided, or copied, in order."""
    return practice.entries(Amendment, session_id=session_id)


def versions(practice: "Practice", session_id: UUID) -> tuple[Version, ...]:
    """Every signed version, first first. Raises DamagedError."""
    from mesomap.storage.signed_text import signed_parts

    signed = {one.version: one for one in signatures(practice, session_id)}
    reasons = {one.version: one.reason for one in amendments(practice, session_id) if one.kind is AmendmentKind.AMEND}
    found: list[Version] = []
    before = None
    for document in practice.signed_documents(session_id):
        parts = signed_parts(document.document)
        found.append(
            Version(
                number=document.version,
                signature=signed.get(document.version),
                at=document.at,
                reason=reasons.get(document.version - 1, ""),
                diff=map_diff(before.marks, parts.marks) if before is not None else MapDiff(),
                head=_head_changes(before.session, parts.session) if before is not None else (),
                marks=parts.marks,
            )
        )
        before = parts
    return tuple(found)


def _head_changes(old: Session, new: Session) -> tuple[str, ...]:
    names = ("started_at", "indication", "practitioner", "mixtures", "remark", "frame")
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))
