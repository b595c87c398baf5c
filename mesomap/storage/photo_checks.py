"""The files of photos beside a database that was found whole: there, whole, and as recorded."""

from dataclasses import replace
from typing import TYPE_CHECKING

from mesomap.storage.verify import VerifyReport

if TYPE_CHECKING:
    from mesomap.storage.database import Database


def with_photos(report: VerifyReport, database: "Database") -> VerifyReport:
    """The report with a line for each photo whose files are missing or damaged; files without a record are counted."""
    # Late: where there are no photos, nothing of them is loaded.
    from mesomap.domain.photo import Photo
    from mesomap.storage.photo_files import PhotoFiles

    photos = database.entries(Photo)
    files = PhotoFiles(database.home.photos, database.subkey("photos"))
    unknown = files.orphans(photos)
    counts = report.counts | ({"photo files without a record": unknown} if unknown else {})
    return replace(report, findings=(*report.findings, *files.findings(photos)), counts=counts)
