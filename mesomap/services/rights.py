"""The patient's rights: restriction of use, retention, and erasure that is done again after a restore."""

import logging
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.errors import BadInputError
from mesomap.domain.person import Role
from mesomap.domain.restriction import Erasure, Restriction, UseOfRestricted
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

_log = logging.getLogger(__name__)

_RETENTION = "rights.retention_years"
_MOST_YEARS = 100


# -- restriction


def restriction(practice: "Practice", patient_id: UUID) -> Restriction | None:
    """The restriction that holds, or None."""
    found = [one for one in practice.entries(Restriction, patient_id=patient_id) if not one.withdrawn]
    return found[-1] if found else None


def restrict(practice: "Practice", patient_id: UUID, reason: str) -> Restriction:
    """Restrict the use of a patient's records. Raises BadInputError (no reason, restricted already)."""
    if restriction(practice, patient_id) is not None:
        raise BadInputError("The records are restricted already.")
    entry = Restriction(patient_id=patient_id, reason=reason.strip(), **entering(practice))
    practice.run(AddEntries((entry,), name="Restrict records"))
    return entry


def lift(practice: "Practice", entry: Restriction, reason: str) -> None:
    """Lift a restriction; both reasons stay. Raises BadInputError without a reason."""
    if not reason.strip():
        raise BadInputError("Say in a few words why the restriction is lifted.")
    practice.run(EditEntry(entry, replace(entry, withdrawn=reason.strip()), name="Lift restriction"))


def use_restricted(practice: "Practice", patient_id: UUID, reason: str) -> None:
    """Record why restricted records are used now. Raises BadInputError without a reason."""
    entry = UseOfRestricted(patient_id=patient_id, reason=reason.strip(), **entering(practice))
    practice.run(AddEntries((entry,), name="Use restricted records"))


# -- retention


def retention_years(practice: "Practice") -> int | None:
    """Years that records are kept after the last visit, None = not set. Nothing deletes itself."""
    kept = practice.setting(_RETENTION)
    return kept if isinstance(kept, int) and not isinstance(kept, bool) and 1 <= kept <= _MOST_YEARS else None


def set_retention_years(practice: "Practice", years: int | None) -> None:
    """Set the period. Raises BadInputError outside 1 to 100 years, or without the role."""
    practice.people.require(Role.ADMINISTER)
    if years is not None and not 1 <= years <= _MOST_YEARS:
        raise BadInputError(f"{years} years are not possible. Enter 1 to {_MOST_YEARS}.")
    practice.set_setting(_RETENTION, years)


def kept_until(practice: "Practice", patient_id: UUID) -> date | None:
    """Last day of the retention period of a patient; None when no period is set or there was no visit."""
    years = retention_years(practice)
    visits = [session.started_at.date() for session in practice.sessions(patient_id)]
    if years is None or not visits:
        return None
    last = max(visits)
    try:
        return last.replace(year=last.year + years)
    except ValueError:  # 29 February
        return last.replace(year=last.year + years, day=28)


# -- erasure


def erase(practice: "Practice", patient_id: UUID, reason: str) -> Erasure:
    """Erase everything on a patient. The reason, the moment and the digests in the audit stay.

    Raises NotFoundError, BadInputError (no reason, not allowed), NotWritableError; nothing was erased then.
    """
    practice.people.require(Role.ADMINISTER)
    practice.patient(patient_id)
    if not reason.strip():
        raise BadInputError("Say in a few words why the records are erased. The reason is kept.")
    count = practice.erasing.count(patient_id)
    entry = Erasure(
        erased_id=patient_id, reason=reason.strip(), records=count, kept_until=kept_until(practice, patient_id),
        **entering(practice),
    )  # fmt: skip
    entry.check()
    practice.erasing.erase(entry)
    _log.info("records of patient %s erased, %d records", patient_id, count)
    return entry


def erasures(practice: "Practice") -> tuple[Erasure, ...]:
    """Every erasure, in order."""
    return practice.entries(Erasure)
