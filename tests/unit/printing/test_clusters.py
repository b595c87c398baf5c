"""What of a row shows in a panel: points as symbols, threading lines as lines."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.printing import ChartData
from mesomap.printing.clusters import RowPlaces, clusters_in
from mesomap.printing.options import PanelWish
from mesomap.printing.panels import Panel
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
