"""What erasing a patient does to the database, and to the lists of erasures that survive a restore."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from mesomap.domain.errors import MesoMapError, NotFoundError, NotWritableError
from mesomap.domain.restriction import Erasure
from mesomap.services.entering import entering
from mesomap.services.practitioners import Staffed

if TYPE_CHECKING:
    from mesomap.services.backups import Backups
    from mesomap.storage import Database
    from mesomap.storage.erasure_list import ErasureList

_log = logging.getLogger(__name__)

#: The reason of an erasure that a restore made necessary.
REPLAYED = "Erased again: a backup from before the erasure was restored."


class Erasable(Staffed, Protocol):
    """What is asked of a practice out of which patients are erased."""

    @property
    def backups(self) -> "Backups":
        """Where its backups lie."""
        ...

    def patient(self, patient_id: UUID) -> object:
        """The patient. Raises NotFoundError."""
        ...

    def forget_book(self) -> None:
        """Read the patients anew."""
        ...


class Erasing:
    """What erasing does to the database, and to the lists that survive a restore."""

    def __init__(self, practice: Erasable, database: "Database") -> None:
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
