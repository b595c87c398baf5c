"""The patient's rights: restriction of use, retention, and erasure that is done again after a restore."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.errors import BadInputError, MesoMapError, NotFoundError, NotWritableError
from mesomap.domain.person import Role
from mesomap.domain.restriction import Erasure, Restriction, UseOfRestricted
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from mesomap.services.practice import Practice
    from mesomap.storage import Database
    from mesomap.storage.erasure_list import ErasureList

_log = logging.getLogger(__name__)

_RETENTION = "rights.retention_years"
_MOST_YEARS = 100
#: The reason of an erasure that a restore made necessary.
REPLAYED = "Erased again: a backup from before the erasure was restored."


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


class Erasing:
    """What erasing does to the database, and to the lists that survive a restore."""

    def __init__(self, practice: "Practice", database: "Database") -> None:
        self._practice, self._database = practice, database

    def count(self, patient_id: UUID) -> int:
        """How many records there are, or were, of a patient."""
        from mesomap.storage.erasure import records_of

        with self._database.reading() as connection:
            return records_of(connection, patient_id)

    def erase(self, entry: Erasure) -> None:
        """Note ids and files first, so that a kill half way is made good at the next opening; then erase.

        Raises NotWritableError, also when a file of the patient could not be removed: it is tried again at the next
        opening.
        """
        from mesomap.storage.erasure import files_of
        from mesomap.storage.erasure_list import ErasureList

        with self._database.reading() as connection:
            files = frozenset(files_of(connection, entry.erased_id))
        noted = self._noted(self._folders())
        self._write_lists(noted | ErasureList(frozenset({entry.erased_id}), files))
        try:
            self._database.erase_patient(entry.erased_id, entry)
        except MesoMapError:
            # Nothing was erased, and nothing is to be erased at the next opening.
            self._write_lists(noted)
            raise
        self._practice.forget_book()
        left = self._remove(files)
        if left:
            raise NotWritableError(
                f"The records are erased, but {left} photo files could not be removed. Check the permissions of "
                f"“{self._database.home.photos}”; it is tried again when the practice is opened."
            )

    def replay(self) -> int:
        """Erase again whom a restored backup brought back; returns how many patients.

        Looks only at the lists of the home folder: the second folder may be slow. What cannot be written now is tried
        at the next opening.
        """
        home = self._database.home
        noted = self._noted([home.root, home.backups])
        again = 0
        for patient_id in sorted(noted.ids, key=str):
            try:
                self._practice.patient(patient_id)
                entry = Erasure(
                    erased_id=patient_id, reason=REPLAYED, records=self.count(patient_id), **entering(self._practice)
                )
                self.erase(entry)
                again += 1
            except NotFoundError:
                continue
            except MesoMapError as error:
                _log.info("not erased again: %s", type(error).__name__)
        left = self._remove(noted.files)
        if again or left:
            _log.info("%d patients erased again after a restore, %d files left", again, left)
        return again

    def _remove(self, files: Iterable[str]) -> int:
        """Take files out of the folder of photos; returns how many could not be."""
        left = 0
        for name in files:
            try:
                # Only plain names: nothing outside the folder of photos.
                (self._database.home.photos / Path(name).name).unlink(missing_ok=True)
            except OSError:
                left += 1
        return left

    def _folders(self) -> list[Path]:
        home = self._database.home
        second = self._practice.backups.second_folder
        return [home.root, home.backups, *([second] if second is not None else [])]

    def _noted(self, folders: list[Path]) -> "ErasureList":
        """What any of the lists says."""
        from mesomap.storage.erasure_list import ErasureList, read_erasures

        key = self._database.subkey("erasure")
        found = ErasureList()
        for folder in folders:
            found |= read_erasures(folder, key)
        return found

    def _write_lists(self, erased: "ErasureList") -> None:
        """The list beside the database must be written; those beside backups as far as they can be."""
        from mesomap.storage.erasure_list import write_erasures

        key = self._database.subkey("erasure")
        first, *others = self._folders()
        write_erasures(first, key, erased)
        for folder in others:
            try:
                write_erasures(folder, key, erased)
            except MesoMapError as error:
                _log.info("list of erasures not written beside backups: %s", type(error).__name__)
