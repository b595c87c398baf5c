"""A patient's photographs: taken in, listed, named, laid on each other."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.person import Role
from mesomap.domain.photo import LaidBy, Photo, PhotoAlignment, PlacePair, TimeSource
from mesomap.domain.session import Session, SessionStatus
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from mesomap.photos.beside import PhotoWorker
    from mesomap.photos.fit import Fit
    from mesomap.photos.taken import Taken
    from mesomap.services.practice import Practice
    from mesomap.storage.photo_files import PhotoFiles

#: No digital camera wrote an earlier time; a clock may run ahead by so much.
_FIRST_YEAR, _AHEAD = 1990, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A photo whose files are written and whose record is not: that is entered in the window's thread.

    taken: without its bytes, which would be let go of in the window's thread. byte_count, kept_sha256: of what is kept;
    sha256: of what came in.
    """

    taken: "Taken"
    byte_count: int
    name: str
    sha256: str
    kept_sha256: str
    file: str
    thumbnail: str
    file_time: datetime | None


def prepare(
    files: "PhotoFiles",
    worker: "PhotoWorker",
    patient_id: UUID,
    data: bytes,
    name: str = "",
    file_time: datetime | None = None,
) -> Prepared:
    """Read a picture and write its encrypted files, durably; safe in any thread. name: of the file it came from.

    Raises BadInputError for what is no picture, NotWritableError when the disk is full.
    """
    return _written(files, worker.take_in(data, name), patient_id, data, name, file_time)


def prepare_here(
    files: "PhotoFiles", patient_id: UUID, data: bytes, name: str = "", file_time: datetime | None = None
) -> Prepared:
    """The same in this process: only for pictures that the program drew itself."""
    from mesomap.photos.taking import take_in  # late: brings the decoders into this process

    return _written(files, take_in(data, name), patient_id, data, name, file_time)


def _written(
    files: "PhotoFiles", taken: "Taken", patient_id: UUID, data: bytes, name: str, file_time: datetime | None
) -> Prepared:
    sha256 = hashlib.sha256(data).hexdigest()
    whole, small = files.names(patient_id, sha256)
    kept = taken.kept
    if files.is_whole(whole) and files.is_whole(small):
        # It came in before. A record holds the digest of that file: another program may code the same pixels in other
        # bytes, so the file stays as it is.
        kept = files.read(whole)
    else:
        files.write_both((whole, kept), (small, taken.thumbnail))
    kept_sha256 = hashlib.sha256(kept).hexdigest()
    light = replace(taken, kept=b"", thumbnail=b"")
    return Prepared(light, len(kept), name, sha256, kept_sha256, whole, small, file_time)


class PhotoAlbum:
    """The photographs of one patient."""

    def __init__(self, practice: "Practice", patient_id: UUID) -> None:
        self._practice, self.patient_id = practice, patient_id

    def photos(self) -> tuple[Photo, ...]:
        """Those in use, by the time they were taken."""
        found = self._practice.entries(Photo, patient_id=self.patient_id)
        return tuple(photo for photo in found if not photo.withdrawn)

    def has(self, sha256: str) -> bool:
        """Whether these bytes came in before."""
        found = self._practice.entries(Photo, patient_id=self.patient_id, key=sha256)
        return any(not photo.withdrawn for photo in found)

    def enter(self, prepared: Prepared, angle: str = "") -> Photo:
        """Record a prepared photo, with the visit of its day. Raises BadInputError when it is there already."""
        if self.has(prepared.sha256):
            raise BadInputError("This photo is in the record already. It was not taken in twice.")
        taken = prepared.taken
        moment, source = _moment(taken.taken_at, prepared.file_time)
        photo = Photo(
            **entering(self._practice),
            patient_id=self.patient_id,
            session_id=self._session_of(moment),
            taken_at=moment,
            time_from=source,
            name=prepared.name[-200:],
            media_type=taken.media_type,
            sha256=prepared.sha256,
            kept_sha256=prepared.kept_sha256,
            file=prepared.file,
            thumbnail=prepared.thumbnail,
            byte_count=prepared.byte_count,
            width_px=taken.width_px,
            height_px=taken.height_px,
            orientation=taken.orientation,
            angle=angle,
            sharpness=round(taken.hints.sharpness, 2),
            hints=taken.hints.names,
        )
        self._practice.run(AddEntries((photo,), name="Take in photo"))
        return photo

    def set_angle(self, photo: Photo, angle: str) -> Photo:
        """Say from where it was taken; "" = not said."""
        after = replace(photo, angle=angle.strip())
        self._practice.run(EditEntry(photo, after, name="Angle of photo"))
        return after

    def visits(self) -> tuple[Session, ...]:
        """The patient's visits a photo may belong to, newest first; not those that were voided."""
        found = self._practice.sessions(self.patient_id)
        kept = [session for session in found if session.status is not SessionStatus.VOIDED]
        return tuple(sorted(kept, key=lambda session: session.started_at, reverse=True))

    def set_visit(self, photo: Photo, session_id: UUID | None) -> Photo:
        """Say to which visit it belongs: its marks are drawn on it. Raises BadInputError for another patient's."""
        if session_id is not None and all(session.id != session_id for session in self.visits()):
            raise BadInputError("This visit is not one of the patient's. Choose another one.")
        after = replace(photo, session_id=session_id)
        self._practice.run(EditEntry(photo, after, name="Visit of photo"))
        return after

    def withdraw(self, photo: Photo, reason: str) -> Photo:
        """Take it out of use, with a reason; its file stays. Raises BadInputError without a reason."""
        if not reason.strip():
            raise BadInputError("A photo is put away with a reason. Say why.")
        after = replace(photo, withdrawn=reason.strip())
        self._practice.run(EditEntry(photo, after, name="Put photo away"))
        return after

    # -- one photo on another

    def alignment(self, before: Photo, after: Photo) -> PhotoAlignment | None:
        """The last fit of this pair, None = there is none."""
        found = [
            one
            for one in self._practice.entries(PhotoAlignment, refers_to=before.id)
            if (one.before_id, one.after_id) == (before.id, after.id) and not one.withdrawn
        ]
        return found[-1] if found else None

    def keep_fit(self, before: Photo, after: Photo, fit: "Fit") -> PhotoAlignment:
        """Record a fit that the program found; for somebody who may only read it is made and not recorded."""
        return self._keep(self._laid(before, after, fit, LaidBy.PROGRAM, ()), only_if_allowed=True)

    def keep_pairs(self, before: Photo, after: Photo, pairs: Sequence[PlacePair]) -> PhotoAlignment:
        """Record the fit of places set by hand. Raises BadInputError."""
        return self._keep(self._laid(before, after, fit_of_pairs(pairs), LaidBy.HAND, tuple(pairs)))

    def _laid(
        self, before: Photo, after: Photo, fit: "Fit", laid_by: LaidBy, pairs: tuple[PlacePair, ...]
    ) -> PhotoAlignment:
        return PhotoAlignment(
            **entering(self._practice),
            patient_id=self.patient_id,
            before_id=before.id,
            after_id=after.id,
            laid_by=laid_by,
            scale=fit.scale,
            turn_deg=fit.turn_deg,
            dx_px=fit.dx_px,
            dy_px=fit.dy_px,
            error_px=fit.error_px,
            points=fit.points,
            agreement=fit.agreement,
            cover=fit.cover,
            pairs=pairs,
        )

    def _keep(self, entry: PhotoAlignment, *, only_if_allowed: bool = False) -> PhotoAlignment:
        if not (only_if_allowed and self._practice.people.refusal(Role.CHART)):
            self._practice.run(AddEntries((entry,), name="Lay photo on photo"))
        return entry

    def _session_of(self, moment: datetime) -> UUID | None:
        """The only visit of that day, None = none, or several."""
        day = moment.astimezone().date()
        found = [
            session.id
            for session in self._practice.sessions(self.patient_id)
            if session.started_at.astimezone().date() == day
        ]
        return found[0] if len(found) == 1 else None


def fit_of_pairs(pairs: Sequence[PlacePair]) -> "Fit":
    """The similarity of places set by hand, with their median distance. Raises BadInputError for fewer than two."""
    import numpy as np

    from mesomap.photos.fit import Fit, fit_of, similarity

    before = np.array([(pair.before_x, pair.before_y) for pair in pairs], float).reshape(-1, 2)
    after = np.array([(pair.after_x, pair.after_y) for pair in pairs], float).reshape(-1, 2)
    if len(pairs) < 2 or float(np.ptp(after, axis=0).max()) < 1 or float(np.ptp(before, axis=0).max()) < 1:
        raise BadInputError("Two different places at least are needed on both photos. Set another one.")
    fit = Fit(*fit_of(similarity(after, before)))
    error = float(np.median(np.linalg.norm(fit.apply(after) - before, axis=1)))
    return replace(fit, error_px=error, points=len(pairs))


def _moment(text: str, file_time: datetime | None) -> tuple[datetime, TimeSource]:
    """When it was taken: by the camera, else by the file, else now. A camera without a zone meant its place's own."""
    if text:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo is not None else moment.astimezone()
        if moment.year >= _FIRST_YEAR and moment <= now() + _AHEAD:
            return moment, TimeSource.CAMERA
    if file_time is not None and file_time.year >= _FIRST_YEAR and file_time <= now() + _AHEAD:
        return file_time.astimezone(UTC), TimeSource.FILE
    return now(), TimeSource.ENTERED
