"""Ways along the skin: what a pen drew in a view, straight lines, and places at even spacing on them."""

from collections.abc import Sequence

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.records import Floats
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import check_dose_values
from mesomap.domain.place import SkinPoint

#: Places looked at on a straight line at least.
LINE_LOOKS = 49
#: Strokes and lines are followed in steps of this, mm of the view or chart.
STROKE_STEP_MM = 0.5


def stroke_runs(atlas: Atlas, view_key: str, stroke_mm: Sequence[tuple[float, float]]) -> list[SkinArray]:
    """The skin under a stroke drawn in a view, in close steps; one run for each part that lies on the body."""
    corners = np.array(stroke_mm, dtype=np.float64).reshape(-1, 2)
    if len(corners) < 2:
        xy = corners
    else:
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
        places = np.linspace(0.0, along[-1], max(2, int(along[-1] / STROKE_STEP_MM) + 1))
        xy = np.column_stack([np.interp(places, along, corners[:, k]) for k in range(2)])
    places_on_skin = atlas.locate(view_key, xy)
    on = atlas.region_at(places_on_skin) >= 0
    breaks = np.flatnonzero(np.diff(on.astype(np.int8))) + 1
    parts = np.split(np.arange(len(xy)), breaks)
    return [places_on_skin[part] for part in parts if len(part) and on[part[0]]]


def straight_run(atlas: Atlas, view_key: str, a: SkinPoint, b: SkinPoint) -> SkinArray:
    """The straight line from a to b on the skin, a and b included: in a chart that holds it whole, else as
    the view shows it (places beside the body left out; only the two ends where it hides one of them).
    """
    ends = SkinArray.of([a, b])
    for chart in atlas.charts_of(a):
        start, end = chart.to_chart(ends)
        if np.isfinite(end).all():
            found = chart.from_chart(_between(start, end))
            if bool((found.tri >= 0).all()):
                return found
    seen = atlas.project(view_key, ends)
    if not seen.visible.all():
        return ends
    start, end = seen.xy
    found = atlas.locate(view_key, _between(start, end)[1:-1])
    return SkinArray.of([a, *found.points(), b])


def _between(start: Floats, end: Floats) -> Floats:
    """Places (N, 2) on the straight line of a plane, both ends included."""
    looks = max(LINE_LOOKS, int(np.hypot(*(end - start)) / STROKE_STEP_MM) + 1)
    places: Floats = start + np.linspace(0.0, 1.0, looks)[:, None] * (end - start)
    return places


def factors(atlas: Atlas, scale: PatientScale, places: SkinArray) -> Floats:
    """Patient mm per reference mm at each place (N,)."""
    rows, back = np.unique(np.maximum(atlas.region_at(places), 0), return_inverse=True)
    found: Floats = np.array([scale.factor(atlas.regions[row].fixed_scale) for row in rows.tolist()])[back]
    return found


def run_lengths_mm(atlas: Atlas, scale: PatientScale, run: SkinArray) -> Floats:
    """Patient mm (N,) from the start of a run of close places to each of them."""
    if len(run) < 2:
        return np.zeros(len(run))
    chords = np.linalg.norm(np.diff(atlas.position(run), axis=0), axis=1)
    factor = factors(atlas, scale, run)
    total: Floats = np.concatenate([[0.0], np.cumsum(chords * (factor[1:] + factor[:-1]) / 2)])
    return total


def line_points(
    atlas: Atlas, scale: PatientScale, view_key: str, ends: tuple[SkinPoint, SkinPoint], spacing_mm: float
) -> tuple[tuple[SkinPoint, ...], float]:
    """Places on the straight line between two ends, and its length in patient mm.

    The first place is the entry, the last the end of the line; between them the steps are even, as near to
    spacing_mm as a whole number of steps allows. Raises BadInputError for an impossible spacing.
    """
    check_dose_values(depth_mm=None, volume_ml=None, spacing_mm=spacing_mm)
    run = straight_run(atlas, view_key, *ends)
    length = float(run_lengths_mm(atlas, scale, run)[-1])
    steps = max(1, round(length / spacing_mm))
    if length == 0.0:
        return (ends[0],), 0.0
    inner = evenly(atlas, scale, run, length / steps)[1:steps]
    return (ends[0], *inner, ends[1]), length


def evenly(
    atlas: Atlas, scale: PatientScale, run: SkinArray, spacing_mm: float, first_mm: float = 0.0
) -> tuple[SkinPoint, ...]:
    """Places on a run every spacing_mm (patient mm) along the skin, the first at first_mm from its start."""
    along = run_lengths_mm(atlas, scale, run)
    wanted = np.arange(first_mm, along[-1] + 1e-9, spacing_mm)
    rows = np.searchsorted(along, wanted - 1e-9)
    before = np.maximum(rows - 1, 0)
    nearer = np.where(wanted - along[before] < along[rows] - wanted, before, rows)
    return run[nearer.astype(np.int64)].points()
