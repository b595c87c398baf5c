"""Landmarks found on a photograph, the camera that they give, and a visit's marks as the photo shows them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mesomap.commands.entries import AddEntries
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import InjectionSet
from mesomap.domain.photo import LaidBy, LandmarkOnPhoto, Photo, PhotoAlignment, PhotoLandmarks
from mesomap.domain.session import SessionStatus
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from mesomap.atlas import Atlas
    from mesomap.domain.marks import Mark
    from mesomap.domain.place import SkinPoint
    from mesomap.domain.session import Session
    from mesomap.photos.camera import PhotoFit
    from mesomap.photos.fit import Fit
    from mesomap.services.practice import Practice

#: The view of a standard angle that comes first.
VIEW_OF_ANGLE = {
    "front": "head_front",
    "three_quarter_right": "head_three_quarter_right",
    "three_quarter_left": "head_three_quarter_left",
    "profile_right": "head_profile_right",
    "profile_left": "head_profile_left",
    "back": "trunk_back",
}
#: Landmarks that are seen at a sharper angle are hard to find.
_LEAST_COS = 0.2
#: An area is drawn when so much of its outline lies near the landmarks.
_TOLD_SHARE = 0.5
#: What is found most surely comes first; the rest follows.
_EASY = (
    "canthus_lateral", "cheilion", "pronasale", "canthus_medial", "alare", "subnasale", "menton", "tragus",
    "ear_lobe_low", "brow_lateral", "trichion", "glabella", "labrale_superius", "labrale_inferius", "navel",
    "suprasternale", "axilla_front", "axilla_back", "C7", "gluteal_fold", "olecranon", "heel", "toe_tip_1",
    "fingertip_3", "knuckle_2", "knuckle_5", "patella_upper", "patella_lower", "patella_lateral", "patella_medial",
    "acromion", "popliteal_crease",
)  # fmt: skip


@dataclass(frozen=True)
class PhotoSight:
    """What is drawn over a photo: atlas with the view mesomap.photos.photo_view.KEY, and the marks of its visit.

    left_out: areas that lie too far from the landmarks. Those that lie there in part are drawn whole: a part alone
    would look as if the rest had not been treated.
    """

    atlas: "Atlas"
    fit: "PhotoFit"
    marks: "tuple[Mark, ...]"
    scale: PatientScale
    left_out: int = 0

    def largest_error_mm(self) -> float:
        """What the mark that is drawn farthest from the landmarks is about off by, mm; 0 when none is drawn."""
        from mesomap.atlas import SkinArray
        from mesomap.photos.photo_view import KEY

        largest, pose = 0.0, self.atlas.view(KEY).pose
        for mark in self.marks:
            skin = SkinArray.of(_places(mark))
            seen = self.atlas.project(KEY, skin)
            drawn = skin[seen.visible if isinstance(mark, InjectionSet) else seen.cos_angle > 0]
            largest = float(self.fit.error_at(self.atlas.position(drawn, pose)).max(initial=largest))
        return largest


def _places(mark: "Mark") -> "tuple[SkinPoint, ...]":
    """Points of a set, corners of an area."""
    if isinstance(mark, InjectionSet):
        return mark.points
    return tuple(point for ring in mark.outline for point in ring)


def asked_landmarks(atlas: "Atlas", view_key: str) -> tuple[str, ...]:
    """Ids of the landmarks to be asked for on a photo of the angle of a view: those it sees, the surest first.

    Empty for an atlas without landmarks. Raises NotFoundError for an unknown view.
    """
    from mesomap.atlas.landmarks import landmarks_of

    known = landmarks_of(atlas)
    if not len(known):
        return ()
    seen = atlas.project(view_key, known.skin)
    rows = np.flatnonzero(seen.visible & (seen.cos_angle > _LEAST_COS)).tolist()
    order = {key: number for number, key in enumerate(_EASY)}

    def rank(row: int) -> tuple[int, bool, int]:
        mark = known.rows[row]
        return order.get(mark.key, len(order)), mark.estimated, row

    return tuple(known.rows[row].id for row in sorted(rows, key=rank))


def known_places(atlas: "Atlas", places: "Sequence[LandmarkOnPhoto]") -> tuple[LandmarkOnPhoto, ...]:
    """Those of landmarks that this body has; a fit rests on them, in this order."""
    from mesomap.atlas.landmarks import landmarks_of

    ids = {mark.id for mark in landmarks_of(atlas).rows}
    return tuple(place for place in places if place.landmark in ids)


def fit_of_places(atlas: "Atlas", view_key: str, places: "Sequence[LandmarkOnPhoto]") -> "PhotoFit":
    """The camera that sees these landmarks there. Those that this body does not know are left out.

    Raises BadInputError when no camera does, NotFoundError for an unknown view.
    """
    from mesomap.atlas import SkinArray
    from mesomap.atlas.landmarks import landmarks_of
    from mesomap.photos.camera import fit_camera
    from mesomap.photos.photo_view import pose_of

    view = atlas.view(view_key)
    skin = {mark.id: mark.skin for mark in landmarks_of(atlas).rows}
    known = known_places(atlas, places)
    xyz = atlas.position(SkinArray.of([skin[place.landmark] for place in known]), view.pose)
    return fit_camera(pose_of(view), xyz, np.array([(place.x, place.y) for place in known], float).reshape(-1, 2))


class PhotoLandmarkBook:
    """The landmarks on the photographs of one patient."""

    def __init__(self, practice: "Practice", patient_id: "UUID") -> None:
        self._practice, self.patient_id = practice, patient_id

    def of(self, photo: Photo) -> PhotoLandmarks | None:
        """The last landmarks set on a photo, None = there are none."""
        found = [one for one in self._practice.entries(PhotoLandmarks, refers_to=photo.id) if not one.withdrawn]
        return found[-1] if found else None

    def keep(self, photo: Photo, view_key: str, places: "Mapping[str, tuple[float, float]]") -> PhotoLandmarks:
        """Record landmarks (px of the photo, upright) by their ids. Raises BadInputError for fewer than four."""
        entry = PhotoLandmarks(
            **entering(self._practice),
            patient_id=self.patient_id,
            photo_id=photo.id,
            view=view_key,
            places=tuple(LandmarkOnPhoto(landmark=name, x=x, y=y) for name, (x, y) in places.items()),
        )
        self._practice.run(AddEntries((entry,), name="Landmarks on photo"))
        return entry

    def carried(self, photo: Photo) -> tuple[str, tuple[LandmarkOnPhoto, ...]] | None:
        """View and landmarks of another photo that lies on this one by an accepted fit, still to be confirmed.

        None when there is none. The photo nearest in time is taken; places outside the picture are left out.
        """
        from mesomap.photos.fit import Fit
        from mesomap.services.photo_album import PhotoAlbum

        photos = {one.id: one for one in PhotoAlbum(self._practice, self.patient_id).photos()}
        others = []
        for laid in self._practice.entries(PhotoAlignment, refers_to=photo.id):
            other = photos.get(laid.before_id if laid.after_id == photo.id else laid.after_id)
            if laid.withdrawn or other is None or (entry := self.of(other)) is None:
                continue
            others.append(
                (abs(other.taken_at - photo.taken_at), laid.laid_by is LaidBy.HAND, str(other.id), laid, entry)
            )
        if not others:
            return None
        *_, laid, entry = min(others, key=lambda one: one[:3])
        fit = Fit(laid.scale, laid.turn_deg, laid.dx_px, laid.dy_px)
        places = moved(entry, fit, photo, back=laid.before_id != photo.id)
        return (entry.view, places) if places else None

    def alike(self, photo: Photo) -> tuple[Photo, PhotoLandmarks] | None:
        """The photo of the same angle nearest in time that has landmarks, which the program may lay on this one."""
        from mesomap.services.photo_album import PhotoAlbum

        others = [
            (abs(other.taken_at - photo.taken_at), str(other.id), other, entry)
            for other in PhotoAlbum(self._practice, self.patient_id).photos()
            if other.id != photo.id and photo.angle and other.angle == photo.angle and (entry := self.of(other))
        ]
        return min(others, key=lambda one: one[:2])[2:] if others else None

    def session_of(self, photo: Photo) -> "Session | None":
        """The visit whose marks belong to a photo; None = it was voided, or nobody said which.

        Taking a photo in says it where its day had one visit alone.
        """
        if photo.session_id is None:
            return None
        found = self._practice.session(photo.session_id)
        return None if found.status is SessionStatus.VOIDED else found

    def sight(
        self, atlas: "Atlas", photo: Photo, landmarks: PhotoLandmarks, laid: "Fit | None" = None,
        frame_px: tuple[int, int] | None = None,
    ) -> PhotoSight:  # fmt: skip
        """What is drawn over a photo, or over it as it lies on another of frame_px (w, h).

        Raises BadInputError without a visit, when no camera fits, and when the fit is too poor to draw by.
        """
        session = self.session_of(photo)
        if session is None:
            raise BadInputError(
                "This photo belongs to no visit: there are no marks to draw. Say to which one it belongs."
            )
        return sight(
            atlas, photo, landmarks, self._practice.marks(session.id),
            PatientScale(session.patient_scale, session.scale_basis), laid, frame_px,
        )  # fmt: skip


def sight(
    atlas: "Atlas",
    photo: Photo,
    landmarks: PhotoLandmarks,
    marks: "tuple[Mark, ...]",
    scale: PatientScale,
    laid: "Fit | None" = None,
    frame_px: tuple[int, int] | None = None,
) -> PhotoSight:
    """What is drawn over a photo; needs nothing of the practice, so it is safe in any thread.

    Raises BadInputError when no camera fits, and when the fit is too poor to draw by.
    """
    fit = fit_of_places(atlas, landmarks.view, landmarks.places)
    check_good(fit)
    return sight_by(atlas, landmarks.view, fit, frame_px or (photo.width_px, photo.height_px), marks, scale, laid)


def sight_by(
    atlas: "Atlas",
    view_key: str,
    fit: "PhotoFit",
    frame_px: tuple[int, int],
    marks: "tuple[Mark, ...]",
    scale: PatientScale,
    laid: "Fit | None" = None,
) -> PhotoSight:
    """What is drawn by a fit, good or not, over a photo of frame_px (w, h), or as it lies on one of that size."""
    from mesomap.atlas import SkinArray
    from mesomap.photos.photo_view import seen_on_photo

    pose = atlas.view(view_key).pose

    def is_told(mark: "Mark") -> bool:
        if isinstance(mark, InjectionSet):
            return True
        told = fit.is_told(atlas.position(SkinArray.of(_places(mark)), pose))
        return float(told.mean()) >= _TOLD_SHARE

    drawn = tuple(mark for mark in marks if is_told(mark))
    seen = seen_on_photo(atlas, view_key, fit, frame_px, laid)
    return PhotoSight(seen, fit, drawn, scale, len(marks) - len(drawn))


def check_good(fit: "PhotoFit") -> None:
    """Raises BadInputError when marks must not be drawn by this fit."""
    if not fit.is_good:
        raise BadInputError(
            f"The fit is too poor to draw marks by: {fit.error_mm:.1f} mm on the body, the limit is "
            f"{fit.limit_mm:.1f} mm. Correct the landmark that fits the least, or set more."
        )


def moved(entry: PhotoLandmarks, fit: "Fit", photo: Photo, *, back: bool = False) -> tuple[LandmarkOnPhoto, ...]:
    """Landmarks of another photo on this one, on which it lies by a fit; back: this one lies on the other.

    Those that would lie outside this photo are left out.
    """
    xy, matrix = np.array([(one.x, one.y) for one in entry.places], float), fit.matrix
    here = np.linalg.solve(matrix[:, :2], (xy - matrix[:, 2]).T).T if back else fit.apply(xy)
    return tuple(
        LandmarkOnPhoto(landmark=one.landmark, x=x, y=y)
        for one, (x, y) in zip(entry.places, np.asarray(here).tolist(), strict=True)
        if 0 <= x < photo.width_px and 0 <= y < photo.height_px
    )
