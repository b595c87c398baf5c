"""Rows of the audit in words of the window: kinds, actions, fields."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from mesomap.domain.entry_kinds import ENTRY_KINDS
from mesomap.services.audit_owners import Owner
from mesomap.services.paper_codes import PaperCheck, PaperFinding
from mesomap.ui.edit_words import step_words
from mesomap.ui.words import day, spoken_name


def tr(text: str) -> str:
    """Translate in the context of these words."""
    return QCoreApplication.translate("AuditWords", text)


def kind_words(kind: str) -> str:
    """What kind of record."""
    known = {
        "practice": tr("practice"),
        "patient": tr("patient"),
        "session": tr("session"),
        "injections": tr("injections"),
        "area": tr("area"),
        "complaint": tr("complaint"),
        "planned": tr("planned mark"),
    }
    return known.get(kind) or kind.replace("_", " ")


def kinds() -> tuple[str, ...]:
    """Every kind of record that may stand in an audit, in a fixed order."""
    return ("practice", "patient", "session", "injections", "area", "complaint", "planned", *sorted(ENTRY_KINDS))


def action_words(what: str) -> str:
    """What was done: the step's name, with undone or done again where it was."""
    action, colon, name = what.partition(": ")
    if action == "signed PDF kept":
        version, digest = name.split(", ")[-2:]
        return tr("Signed PDF kept: {0}, {1}…").format(version, digest[:24])
    if not colon or action not in ("do", "undo", "redo"):
        return what
    words = step_words(name)
    return {"do": words, "undo": tr("Undone: {0}").format(words), "redo": tr("Done again: {0}").format(words)}[action]


def moment_words(at: str) -> str:
    """Day, time with seconds, and offset, as recorded."""
    moment = datetime.fromisoformat(at)
    offset = moment.strftime("%z")
    return f"{day(moment)}, {moment:%H:%M:%S} {offset[:3]}:{offset[3:5]}"


def paper_words(check: PaperCheck) -> str:
    """What a code from paper says."""
    if check.finding is PaperFinding.AUDIT_FITS:
        words = tr("The audit holds this code at number {0}: the paper was printed from these records.")
        return words.format(check.number)
    if check.finding is PaperFinding.AUDIT_DIFFERS:
        words = tr(
            "The audit does not hold this code at number {0}: these are other or older records than those the paper "
            "was printed from."
        )
        return words.format(check.number)
    signature, session = check.signature, check.session
    if signature is None or session is None:
        return tr("No signed document of this practice has this code. Look at every letter.")
    when = moment_words(signature.signed_at.isoformat(timespec="seconds"))
    said = tr("Session {0}, version {1}, signed by {2} on {3}.")
    words = said.format(session.number, signature.version, signature.name, when)
    if check.finding is PaperFinding.SIGNED_DAMAGED:
        return words + " " + tr("The document that is kept is not the one that was signed.")
    if signature.version < check.latest:
        return words + " " + tr("It was amended since; version {0} holds now.").format(check.latest)
    if check.unchanged:
        return words + " " + tr("The session is still what was signed.")
    return words + " " + tr("The session differs from what was signed.")


def owner_words(owner: Owner) -> str:
    """Whose record it is: session and patient as far as there are any."""
    parts = [] if owner.session is None else [tr("Session {0}").format(owner.session.number)]
    if owner.patient is not None:
        parts.append(f"{spoken_name(owner.patient)} · {tr('ID {0}').format(owner.patient.number)}")
    return " · ".join(parts)


def field_words(path: str) -> str:
    """Name of a field; the part of a list is named by its number."""
    known = {
        "session_id": tr("belongs to session"),
        "patient_id": tr("belongs to patient"),
        "number": tr("number"),
        "family_name": tr("family name"),
        "given_name": tr("given name"),
        "birth_date": tr("date of birth"),
        "sex": tr("sex"),
        "body": tr("reference body"),
        "height_cm": tr("height, cm"),
        "weight_kg": tr("weight, kg"),
        "phototype": tr("phototype"),
        "allergies": tr("allergies"),
        "notes": tr("notes"),
        "started_at": tr("begun at"),
        "entered_at": tr("entered at"),
        "entered_by": tr("entered by"),
        "done_at": tr("done at"),
        "ended_at": tr("ended at"),
        "status": tr("status"),
        "patient_scale": tr("scale"),
        "scale_basis": tr("basis of the scale"),
        "indication": tr("indication"),
        "practitioner": tr("practitioner"),
        "qualification": tr("qualification"),
        "mixtures": tr("mixture"),
        "mixture": tr("mixture"),
        "remark": tr("remark"),
        "frame": tr("surroundings"),
        "place": tr("place"),
        "dose": tr("dose"),
        "technique": tr("technique"),
        "depth_mm": tr("depth, mm"),
        "volume_ml": tr("volume of each, mL"),
        "total_ml": tr("volume in all, mL"),
        "given_total_ml": tr("volume in all, mL"),
        "spacing_mm": tr("spacing, mm"),
        "origin": tr("charted by"),
        "region_ids": tr("regions"),
        "places": tr("places on the skin"),
        "about_n": tr("about so many points"),
        "lattice": tr("pattern"),
        "name": tr("name"),
        "roles": tr("roles"),
        "reason": tr("reason"),
        "withdrawn": tr("out of use"),
        "letter": tr("letter"),
        "public_key": tr("public key"),
        "document_sha256": tr("digest of the document"),
        "signature": tr("signature"),
        "signed_at": tr("signed at"),
        "version": tr("version"),
        "meaning": tr("meaning"),
        "missing": tr("open when signed"),
    }
    return " · ".join(known.get(part) or part.replace("_", " ") for part in path.split("."))
