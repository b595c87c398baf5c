"""Signing a session: the canonical document, its digest signed with the person's key, and the PDF as signed.

prepare() gathers what will be signed, so that the PDF can be made of it beside the window; sign() commits all of it in
one step, and refuses when the session changed in the meantime.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from mesomap.commands import EditSession
from mesomap.commands.entries import AddEntries
from mesomap.commands.together import Together
from mesomap.domain.attachment import Attachment
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.person import Person, Role
from mesomap.domain.session import Session, SessionStatus
from mesomap.domain.signature import Meaning, Signature, statement
from mesomap.domain.signed_document import SignedDocument
from mesomap.services.pin import pin_fits

if TYPE_CHECKING:
    from mesomap.services.practice import Practice
    from mesomap.storage.signed_text import SignedParts

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A session about to be signed. after: as it will stand; its signature is made already."""

    before: Session
    after: Session
    document: bytes
    signature: Signature


def may_sign(practice: "Practice") -> tuple[Person, ...]:
    """People who sign, who is at the computer first."""
    known = [person for person in practice.people.active() if person.may(Role.SIGN)]
    current = practice.people.current
    return tuple(sorted(known, key=lambda person: current is None or person.id != current.id))


def parts_of(practice: "Practice", session: Session) -> "SignedParts":
    """The session with all that is signed with it."""
    from mesomap.storage.signed_text import SignedParts

    session_id = session.id
    return SignedParts(
        session, practice.marks(session_id), practice.complaints(session_id), practice.planned(session_id)
    )


def prepare(
    practice: "Practice", session_id: UUID, person: Person, pin: str, missing: Sequence[str] = ()
) -> Prepared:
    """Make the document and the signature of a person under it.

    missing: what was left open, kept with the signature. Raises NotFoundError; BadInputError (signed already, wrong
    PIN, may not sign); DamagedError (key).
    """
    from mesomap.storage.signed_text import signed_text

    session = practice.session(session_id)
    if not session.status.is_open:
        raise BadInputError(f"Session {session.number} is {session.status}. Amend it to change anything.")
    practice.people.require(Role.SIGN)
    _check_signer(person, pin)
    after = replace(session, status=_after(session.status))
    version = len(practice.signed_documents(session_id)) + 1
    document = signed_text(practice.patient(session.patient_id), parts_of(practice, session), version)
    at = now()
    meaning = Meaning.CHARTED if version == 1 else Meaning.AMENDED
    digest = hashlib.sha256(document).hexdigest()
    text = statement(
        session_id=session_id,
        version=version,
        document_sha256=digest,
        name=person.name,
        qualification=person.qualification,
        meaning=meaning,
        signed_at=at,
    )
    signature = Signature(
        id=uuid4(),
        entered_at=at,
        entered_by=person.name,
        patient_id=session.patient_id,
        session_id=session_id,
        person_id=person.id,
        name=person.name,
        qualification=person.qualification,
        meaning=meaning,
        signed_at=at,
        version=version,
        document_sha256=digest,
        public_key=person.public_key,
        signature=practice.people.signature_of(person, text),
        missing=tuple(missing),
    )
    return Prepared(session, after, document, signature)


def _check_signer(person: Person, pin: str) -> None:
    if not person.may(Role.SIGN):
        raise BadInputError(f"{person.name} may not sign. Somebody who may has to sign with their own PIN.")
    if not person.pin_hash:
        raise BadInputError(f"{person.name} has no PIN yet. Set one under Practice, People: the PIN signs.")
    if not pin_fits(person.pin_hash, pin):
        raise BadInputError("The PIN is not right. Nothing was signed.")


def _after(status: SessionStatus) -> SessionStatus:
    return SessionStatus.SIGNED if status is SessionStatus.DRAFT else SessionStatus.AMENDED


def sign(practice: "Practice", prepared: Prepared, pdf: bytes) -> Session:
    """Commit the signing with the PDF as signed; returns the session. Raises BadInputError when it changed since."""
    from mesomap.storage.signed_text import signed_text

    session, signature = practice.session(prepared.before.id), prepared.signature
    again = signed_text(practice.patient(session.patient_id), parts_of(practice, session), signature.version)
    if session != prepared.before or again != prepared.document:
        raise BadInputError("The session was changed in the meantime. Nothing was signed; look at it and sign again.")
    paper = Attachment(PDF, pdf)
    document = SignedDocument(
        session_id=session.id,
        version=signature.version,
        document=prepared.document,
        at=signature.signed_at,
        pdf_digest=paper.digest,
    )
    practice.run(
        Together(
            "Sign",
            (EditSession(session, prepared.after, name="Sign"), AddEntries((signature,))),
            attachments=(paper,),
            signed=document,
        )
    )
    return prepared.after


# -- reading


def signatures(practice: "Practice", session_id: UUID) -> tuple[Signature, ...]:
    """All signatures under a session, first first."""
    return tuple(sorted(practice.entries(Signature, session_id=session_id), key=lambda one: one.version))


def last_signature(practice: "Practice", session_id: UUID) -> Signature | None:
    """The signature that holds now, or None."""
    found = signatures(practice, session_id)
    return found[-1] if found else None


def signed_pdf(practice: "Practice", session_id: UUID, version: int) -> bytes:
    """The PDF as it was signed. Raises NotFoundError or DamagedError."""
    for document in practice.signed_documents(session_id):
        if document.version == version:
            return practice.attachment(document.pdf_digest).data
    raise NotFoundError(f"There is no signed version {version} of this session.")


def find_by_code(practice: "Practice", code: str) -> Signature | None:
    """The signature of a verification code as printed; None when there is none."""
    plain = "".join(code.upper().split()).replace("-", "").translate(str.maketrans("ILO", "110"))
    found = practice.entries(Signature, key=plain) if plain else ()
    return found[-1] if found else None
