"""A mark placed in a file from a landmark of the atlas."""

import numpy as np
import pytest

from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.atlas.landmarks import landmarks_of
from mesomap.domain.errors import BadInputError
from mesomap.exchange.fields import Field
from mesomap.exchange.places import PlaceReader, middle_of
from mesomap.exchange.strict_json import Json


@pytest.fixture(scope="module")
def body() -> Atlas:
    return open_atlas()


def placed(body: Atlas, landmark: str, offset: list[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    reader = PlaceReader(body, same_version=True)
    place: Json = {"landmark": landmark, "offset_mm": list(offset)}
    reader.add(Field("marks[0].places[0]", place))
    return np.asarray(body.position(SkinArray.of(reader.resolve()))[0])


@pytest.mark.parametrize("name", ["canthus_lateral.left", "navel.mid", "L4.mid", "patella_upper.right"])
def test_a_landmark_of_the_atlas_is_where_the_mark_lies(body: Atlas, name: str) -> None:
    key, _, side = name.rpartition(".")
    marks = landmarks_of(body)
    assert np.allclose(placed(body, name, [0, 0, 0]), marks.xyz_mm[marks.row(key, side)], atol=0.01)


def test_an_offset_runs_along_the_body_axes(body: Atlas) -> None:
    start, moved = placed(body, "navel.mid", [0, 0, 0]), placed(body, "navel.mid", [20, -30, 0])
    assert np.linalg.norm((moved - start)[:2] - [20, -30]) < 5.0


def test_a_region_goes_before_a_landmark_of_the_same_id(body: Atlas) -> None:
    middle = middle_of(body, "glabella.mid")[0]
    assert np.allclose(placed(body, "glabella.mid", [0, 0, 0]), middle, atol=0.01)


@pytest.mark.parametrize("name", ["canthus_lateral.mid", "canthus_lateral", "elbow"])
def test_an_unknown_landmark_is_refused_by_name(body: Atlas, name: str) -> None:
    with pytest.raises(BadInputError, match="is not a landmark"):
        placed(body, name, [0, 0, 0])
