"""The files of photos beside a database that was found whole: there, whole, and as recorded."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from mesomap.domain.errors import DamagedError, NotFoundError
from mesomap.storage import tables
from mesomap.storage.copying import Moved
from mesomap.storage.entries import read_entries
from mesomap.storage.verify import Step, VerifyReport

if TYPE_CHECKING:
    from mesomap.domain.photo import Photo


def with_photos(report: VerifyReport, connection: Connection, folder: Path, subkey: bytes) -> VerifyReport:
    """The report with a line for each photo whose files are missing or damaged; files without a record are counted."""
    # Late: where there are no photos, nothing of them is loaded.
    from mesomap.storage.photo_files import PhotoFiles

    photos = recorded_photos(connection)
    files = PhotoFiles(folder, subkey)
    unknown = files.orphans(photos)
    counts = report.counts | ({"photo files without a record": unknown} if unknown else {})
    return replace(report, findings=(*report.findings, *files.findings(photos)), counts=counts)


def recorded_photos(connection: Connection) -> tuple["Photo", ...]:
    """All photos on record, put away or not; a database from before photos has none."""
    from mesomap.domain.photo import Photo

    if tables.entries.name not in inspect(connection).get_table_names():
        return ()
    return read_entries(connection, Photo)


def photo_findings(connection: Connection, folder: Path, subkey: bytes, step: Step) -> tuple[str, ...]:
    """One line for each photo that a copied database names and the folder does not hold as recorded. step: told before
    each; may stop the work by raising.
    """
    from mesomap.storage.photo_files import PhotoFiles

    def each() -> Iterator["Photo"]:
        for photo in recorded_photos(connection):
            step()
            yield photo

    return tuple(PhotoFiles(folder, subkey).findings(each()))


def unreadable_files(
    photos: Sequence["Photo"], folder: Path, subkey: bytes, new: Collection[str], moved: Moved
) -> frozenset[str]:
    """Names of files that the photos name and that are not in the folder, or are new in it and not what was recorded.

    moved: told of each photo; stops the work by raising.
    """
    from mesomap.storage.photo_files import PhotoFiles

    files = PhotoFiles(folder, subkey)
    found: set[str] = set()
    for photo in photos:
        for name, digest in ((photo.file, photo.kept_sha256), (photo.thumbnail, "")):
            if name in new or not (folder / name).is_file():
                try:
                    data = files.read(name)
                except (NotFoundError, DamagedError):
                    found.add(name)
                else:
                    if digest and hashlib.sha256(data).hexdigest() != digest:
                        found.add(name)
        moved(1)
    return frozenset(found)
