"""Row 17: metadata in photos."""

from tests.faults.campaign import Row
from tests.faults.odd_pictures import run_metadata

ROW = Row(17, "metadata in photos (Exif, XMP, comments, texts), eight orientations", run_metadata)
