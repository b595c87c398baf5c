"""Covering eyes or face: nothing of the picture is left under a cover, and nothing beside it is touched."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from mesomap.domain.photo_mask import MaskPlace, MaskShape
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.fit import Fit
from mesomap.photos.levels import levels
from mesomap.photos.masking import COVER, cover, place_by_landmarks
from tests.pictures import face, saved

Floats = NDArray[np.float64] | float
PLACES = st.builds(
    MaskPlace,
    shape=st.sampled_from([MaskShape.EYES, MaskShape.FACE]),
    x=st.floats(-40, 140),
    y=st.floats(-40, 140),
    half_width=st.floats(2, 120),
    half_height=st.floats(2, 60),
    turn_deg=st.floats(-180, 180),
)


def _inside(place: MaskPlace, x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Whether the middles of pixels lie in the shape."""
    turn = math.radians(place.turn_deg)
    dx, dy = x + 0.5 - place.x, y + 0.5 - place.y
    u, v = dx * math.cos(turn) + dy * math.sin(turn), dy * math.cos(turn) - dx * math.sin(turn)
    if place.shape is MaskShape.EYES:
        return np.asarray((np.abs(u) <= place.half_width) & (np.abs(v) <= place.half_height))
    return np.asarray((u / place.half_width) ** 2 + (v / place.half_height) ** 2 <= 1)


def _pixels_inside(place: MaskPlace, width: int, height: int) -> NDArray[np.bool_]:
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    return _inside(place, x, y)


@settings(deadline=None, max_examples=60)
@given(PLACES, st.integers(1, 90), st.integers(1, 70))
def test_no_value_of_the_picture_survives_under_a_cover(place: MaskPlace, width: int, height: int) -> None:
    # All values are below the grey of the cover, so that every survivor would be seen.
    picture = np.random.default_rng(width * 100 + height).integers(0, 25, (height, width, 3)).astype(np.uint8)
    found = cover(picture, [place])
    changed = (found != picture).any(axis=2)
    assert (found[_pixels_inside(place, width, height)] == COVER).all()
    # What is covered is covered whole, everything else is as it was.
    assert (found[changed] == COVER).all()
    assert (found[~changed] == picture[~changed]).all()
    assert picture.max() < 25


@settings(deadline=None, max_examples=8)
@given(st.floats(-25, 25), st.floats(0.7, 1.4), st.sampled_from([MaskShape.EYES, MaskShape.FACE]))
def test_laid_on_another_photo_the_cover_goes_along(turn_deg: float, scale: float, shape: MaskShape) -> None:
    # A signal colour under the cover: nothing of it may come through turning, scaling and halving.
    picture = np.full((300, 240, 3), 200, np.uint8)
    place = MaskPlace(shape, 120, 140, 60, 30, 12.0)
    picture[_pixels_inside(place, 240, 300)] = (255, 0, 255)
    fit = Fit(scale, turn_deg, 20.0, 10.0)
    for seen in levels(saved(Image.fromarray(picture), "PNG"), 1, (320, 340), fit.matrix.tolist(), None, [place]):
        magenta = (seen[..., 2].astype(int) - seen[..., 1] > 30) & (seen[..., 0].astype(int) - seen[..., 1] > 30)
        assert not magenta.any()


def test_an_upright_photo_is_covered_where_it_is_seen_and_not_where_its_file_is() -> None:
    # Orientation 6: the file lies on its side; the cover is meant in the upright picture.
    data = saved(face(300, 200), quality=95)
    place = MaskPlace(MaskShape.EYES, 100, 40, 80, 20)
    with PhotoWorker() as worker:
        (width, height, raw), *_ = worker.levels(data, 6, (200, 300), covers=[place])
    seen = np.frombuffer(raw, np.uint8).reshape(height, width, 4)
    assert (width, height) == (200, 300)
    assert (seen[40, 30:170, :3] == COVER).all()
    assert not (seen[100:, :, :3] == COVER).all(axis=2).any()


def test_landmarks_place_a_band_over_both_eyes_and_an_oval_over_the_face() -> None:
    known = {
        "canthus_lateral.right": (100.0, 200.0), "canthus_lateral.left": (280.0, 200.0),
        "trichion.mid": (190.0, 60.0), "menton.mid": (190.0, 430.0),
    }  # fmt: skip
    eyes = place_by_landmarks(MaskShape.EYES, known)
    whole = place_by_landmarks(MaskShape.FACE, known)
    assert eyes is not None
    assert whole is not None
    assert (eyes.x, eyes.y, eyes.turn_deg) == (190, 200, 0)
    assert all(_inside(eyes, x, 200) for x in (100, 190, 280))
    assert all(_inside(whole, *known[key]) for key in known)
    tilted = place_by_landmarks(MaskShape.EYES, {**known, "canthus_lateral.left": (280.0, 260.0)})
    assert tilted is not None
    assert tilted.turn_deg == math.degrees(math.atan2(60, 180))


def test_from_the_side_one_eye_and_the_root_of_the_nose_are_enough_and_less_is_not() -> None:
    side = {"canthus_lateral.left": (300.0, 200.0), "nasion.mid": (220.0, 190.0)}
    eyes = place_by_landmarks(MaskShape.EYES, side)
    assert eyes is not None
    assert all(_inside(eyes, *place) for place in side.values())
    assert place_by_landmarks(MaskShape.EYES, {"canthus_lateral.left": (1.0, 1.0)}) is None
    assert place_by_landmarks(MaskShape.FACE, side) is None
    assert place_by_landmarks(MaskShape.NOTHING, side) is None
    same = {"canthus_lateral.left": (5.0, 5.0), "canthus_lateral.right": (5.0, 5.0)}
    assert place_by_landmarks(MaskShape.EYES, same) is None


@given(
    st.floats(-180, 180), st.floats(0.2, 8), st.floats(-500, 2000), st.floats(-500, 2000), st.floats(0.75, 1.3),
    st.floats(-0.1, 0.1),
)  # fmt: skip
def test_however_a_face_lies_its_cover_covers_it(
    turn_deg: float, scale: float, dx: float, dy: float, wide: float, aside: float
) -> None:
    # A frontal face in mm, wider or narrower, its chin a little aside; then laid anywhere in the picture.
    mm = {
        "canthus_lateral.right": (-45.0 * wide, 0.0), "canthus_lateral.left": (45.0 * wide, 0.0),
        "nasion.mid": (0.0, -3.0), "glabella.mid": (0.0, -15.0), "trichion.mid": (-60 * aside, -70.0),
        "menton.mid": (115 * aside, 115.0), "zygion.right": (-66.0 * wide, 25.0), "zygion.left": (66.0 * wide, 25.0),
        "brow.right": (-30.0 * wide, -14.0), "lid.left": (30.0 * wide, 12.0),
    }  # fmt: skip
    fit = Fit(scale, turn_deg, dx, dy)
    names = list(mm)
    px = dict(zip(names, fit.apply(np.array([mm[name] for name in names])).tolist(), strict=True))
    known = {name: (x, y) for name, (x, y) in px.items()}
    eyes = place_by_landmarks(MaskShape.EYES, known)
    whole = place_by_landmarks(MaskShape.FACE, known)
    assert eyes is not None
    assert whole is not None
    for name in ("canthus_lateral.right", "canthus_lateral.left", "brow.right", "lid.left"):
        # Pixels are asked for by their corner.
        assert _inside(eyes, known[name][0] - 0.5, known[name][1] - 0.5), name
    for name in names:
        assert _inside(whole, known[name][0] - 0.5, known[name][1] - 0.5), name
