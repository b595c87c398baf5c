"""Skin that the present view sees askew: the view offered sees it squarely, and large."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF

from mesomap.app.application import make_application
from mesomap.atlas import Atlas, open_atlas
from mesomap.coverage import fill
from mesomap.domain.place import SkinPoint
from mesomap.services import ChartingService, Practice
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.session_model import STEEP_DEG, SessionModel
from tests.records import CHEAP

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def steep_places(body: Atlas, region_id: str, view_key: str) -> list[SkinPoint]:
    """Places of the region that the view just sees, at a steep angle."""
    places = fill(body, region_id, spacing_mm=3.0).points.points()
    return [place for place in places if dict(body.views_of(place)).get(view_key, 0.0) > STEEP_DEG]


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_view_of_the_head_is_offered_for_skin_of_the_head(home: Path, side: str) -> None:
    make_application()
    body = open_atlas()
    region_id = f"cheek_preauricular.{side}"
    with Practice.create(home, "a sentence is best", cost=CHEAP) as practice:
        patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
        model = SessionModel(ChartingService(practice, body, practice.new_session(patient.id, body).id))
        places = steep_places(body, region_id, "head_front")
        offered = {model.better_view("head_front", Target(QPointF(), (0.0, 0.0), place, region_id)) for place in places}
    assert offered
    for better in offered:
        assert better is not None
        assert better.startswith("Face")
        assert side in better
