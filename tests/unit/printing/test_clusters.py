"""What of a row shows in a panel: points as symbols, threading lines as lines."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from mesomap.atlas.bodies import shipped_body
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.printing import ChartData
from mesomap.printing.clusters import RowPlaces, clusters_in
from mesomap.printing.options import PanelWish
from mesomap.printing.panels import Panel
from mesomap.render.picture import pictured
from tests.unit.printing.conftest import COMMON


@pytest.mark.parametrize(
    ("technique", "origin", "symbols"),
    [("linear_retrograde", Origin.LINE, 0), ("linear_retrograde", Origin.TAP, 4), ("papule", Origin.LINE, 4)],
)
def test_only_threading_lines_lose_their_symbols_never_their_shape(
    small_atlas: Any, make_data: Callable[..., ChartData], technique: str, origin: Origin, symbols: int
) -> None:
    places = small_atlas.locate("body_front", np.array([[40.0 + 12 * i, 5.0] for i in range(4)]))
    line = InjectionSet(
        id=UUID(int=9),
        points=places.points(),
        dose=Dose(technique=technique, mixture="A", depth_mm=2.0),
        volume_ml=0.02,
        origin=origin,
        region_ids=("chest.left",),
        **COMMON,
    )
    data = make_data(marks=(line,))
    panel = Panel(PanelWish("body_front"), small_atlas.view("body_front").box_mm)
    (cluster,) = clusters_in(small_atlas, panel, RowPlaces(small_atlas, data.rows), 1.0)
    assert len(cluster.points) == symbols
    assert cluster.hull.area > 0


def test_nothing_hangs_in_the_air_above_a_cropped_body(make_data: Callable[..., ChartData]) -> None:
    """The view of neck and décolleté ends at the mouth: cheeks and forehead have no place in it."""
    atlas = shipped_body("female")
    box = atlas.view("neck_decollete").box_mm
    panel = Panel(PanelWish("neck_decollete"), box)
    marks = []
    for number, region_id in enumerate(("cheek_malar.left", "forehead.mid", "neck_lateral.left"), start=1):
        middle = atlas.region_outline("head_front", region_id).representative_point()
        places = atlas.locate("head_front", np.array([[middle.x + dx, middle.y] for dx in (-3.0, 0.0, 3.0)]))
        marks.append(
            InjectionSet(
                id=UUID(int=number),
                points=places.points(),
                dose=Dose(technique="papule", mixture="A", depth_mm=2.0),
                volume_ml=0.02,
                origin=Origin.TAP,
                region_ids=(region_id,),
                **COMMON,
            )
        )
    one = make_data().rows[0]
    rows = [
        replace(one, number=number, region_id=mark.region_ids[0], marks=(mark,))
        for number, mark in enumerate(marks, start=1)
    ]
    found = clusters_in(atlas, panel, RowPlaces(atlas, rows), 1.0)
    for cluster in found:
        within = np.array([cluster.hull.representative_point().coords[0]])
        assert pictured(atlas, "neck_decollete", within).all()
        assert pictured(atlas, "neck_decollete", cluster.points).all()
    assert {cluster.row.region_id for cluster in found} == {"neck_lateral.left"}
