"""The running figures of one region: marks come and go, only what they touch is computed again."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.areas import EMPTY
from mesomap.atlas.chart import Chart
from mesomap.atlas.records import Bools, Floats, Ints
from mesomap.coverage.details import RegionDetails, depth_counts, largest_gap_mm, mixture_volumes, overlap_mm2
from mesomap.coverage.figures import RegionFigures, Spacing
from mesomap.coverage.footprints import footprints
from mesomap.coverage.gaps import NearestGaps
from mesomap.coverage.lattice import reach_mm
from mesomap.coverage.shapes import lattice_cover, union
from mesomap.coverage.tiles import TiledArea
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark

#: The closing gap of single points is their median spacing, rounded up to the next power of this: a gap that
#: changes with every tap would mean closing every footprint anew.
GAP_STEP = 1.05
#: Points outside the region still count when their footprints may reach it: this many radii, and this far.
REACH_RADII, REACH_MM = 2.0, 5.0
_TILE_RADII = 8.0
_TILE_MM = (16.0, 80.0)


@dataclass(frozen=True, eq=False)
class Share:
    """What a mark brings to a region.

    xy (N, 2): chart positions of its injections in or near the region; own (N,): whether they lie in it.
    outline: its area in the chart; points: injections or share of "about n"; volume_ml: share, None = unknown.
    radius_mm: radius of effect in reference mm, None = not set. Footprints of a Share with neither points
    nor outline in the region may still reach in (is_own False).
    """

    mark: Mark
    xy: Floats
    own: Bools
    outline: BaseGeometry
    points: int
    volume_ml: float | None
    radius_mm: float | None
    is_own: bool


class RegionTally:
    """Figures of one region. factor: patient mm per reference mm."""

    def __init__(self, chart: Chart, factor: float) -> None:
        self._chart = chart
        self._factor = factor
        self._shares: dict[int, Share] = {}
        self._covered: TiledArea | None = None
        self._treated: TiledArea | None = None
        self._gap_mm = -1.0
        self._gaps, self._tap_gaps = NearestGaps(chart), NearestGaps(chart)
        self._taps: dict[int, Share] = {}
        self._own: dict[int, Share] = {}
        self._outlined: set[int] = set()
        self._figures: RegionFigures | None = None

    def add(self, shares: Mapping[int, Share]) -> None:
        """Marks came, each under a key of its own."""
        self._figures = None
        self._shares.update(shares)
        self._own.update({key: share for key, share in shares.items() if share.is_own})
        self._outlined.update(key for key, share in shares.items() if not share.outline.is_empty)
        taps = {key: share for key, share in shares.items() if _is_tap(share)}
        self._taps.update(taps)
        for gaps, added in ((self._gaps, shares), (self._tap_gaps, taps)):
            if added:
                gaps.add(*_listed(added))
        covered = self._covers(shares)
        for key, shapes in covered.items():
            if self._covered is None:
                self._covered = TiledArea(self._chart, _tile_mm(shares[key].radius_mm or 0.0))
            self._covered.add(key, shapes)
        if self._treated is not None:
            self._add_treated(self._treated, shares, covered)

    def remove(self, key: int) -> None:
        """A mark went."""
        if self._shares.pop(key, None) is None:
            return
        self._figures = None
        self._own.pop(key, None)
        self._outlined.discard(key)
        self._gaps.remove(key)
        if self._taps.pop(key, None) is not None:
            self._tap_gaps.remove(key)
        for area in (self._covered, self._treated):
            if area is not None:
                area.remove(key)

    def figures(self) -> RegionFigures:
        """The figures as they stand now."""
        if self._figures is None:
            self._figures = self._computed()
        return self._figures

    def details(self) -> RegionDetails:
        """The figures, and those that take longer and are only wanted when somebody looks at this region."""
        figures = self.figures()
        own = self._own.values()
        return RegionDetails(
            figures=figures,
            mixtures=mixture_volumes((share.mark.dose.mixture, share.volume_ml) for share in own),
            depths=depth_counts((share.mark.dose.depth_mm, share.points) for share in own),
            largest_gap_mm=None if figures.treated_cm2 is None else self._largest_gap_mm(),
            overlap_cm2=None if figures.covered_cm2 is None else self._overlap_mm2() * self._factor**2 / 100.0,
        )

    def shapes(self) -> tuple[BaseGeometry, BaseGeometry]:
        """Treated and covered skin, chart mm; empty where nothing is known."""
        self.figures()
        treated, covered = (EMPTY if area is None else area.shape() for area in (self._treated, self._covered))
        return treated, covered

    def gaps_mm(self) -> Floats:
        """Distance (N,) of every single injection of the region to its nearest neighbour, patient mm."""
        return self._gaps.counted_mm() * self._factor

    def _largest_gap_mm(self) -> float | None:
        """Patient mm; None when the spacing of an area here is not known."""
        drawn: list[tuple[BaseGeometry, float]] = []
        for share in self._own.values():
            if isinstance(share.mark, AreaRecord):
                if share.mark.spacing_mm is None:
                    return None
                gap = reach_mm(share.mark.spacing_mm / self._factor, share.mark.lattice)
                drawn.append((share.outline, gap))
        if self._treated is None:
            return None
        # Around single points the rim of their footprints is no gap: only skin between them is searched.
        between: BaseGeometry = shapely.MultiPoint(self._tap_gaps.positions()).convex_hull
        searched = self._treated.shape().intersection(between)
        for key in self._outlined:
            searched = searched.union(self._shares[key].outline)
        gap_mm = largest_gap_mm(self._chart, searched, self._gaps.positions(), drawn)
        return None if gap_mm is None else gap_mm * self._factor

    def _overlap_mm2(self) -> float:
        shapes: list[BaseGeometry] = []
        for key, drawn in self._covers(self._shares).items():
            single = isinstance(self._shares[key].mark, InjectionSet)
            shapes += drawn if single else [union(drawn)]
        return overlap_mm2(self._chart, shapes)

    def _covers(self, shares: Mapping[int, Share]) -> dict[int, list[BaseGeometry]]:
        """Footprints of the marks that have a radius of effect."""
        known = {key: share.radius_mm for key, share in shares.items() if share.radius_mm is not None}
        covers = self._footprints({key: (shares[key].xy, radius) for key, radius in known.items()})
        for key, radius in known.items():
            mark, outline = shares[key].mark, shares[key].outline
            if isinstance(mark, AreaRecord) and mark.spacing_mm is not None and not outline.is_empty:
                spacing = mark.spacing_mm / self._factor
                covers[key] = lattice_cover(self._chart, outline, spacing, mark.lattice, radius)
        return covers

    def _footprints(self, wanted: Mapping[int, tuple[Floats, float]]) -> dict[int, list[BaseGeometry]]:
        """Footprints by key of positions (N, 2) and their radius; marks of one radius are drawn together."""
        drawn: dict[int, list[BaseGeometry]] = {}
        for radius in {radius for _, radius in wanted.values()}:
            keys = [key for key, (xy, r) in wanted.items() if r == radius and len(xy)]
            if not keys:
                continue
            shapes = footprints(self._chart.metric, np.concatenate([wanted[key][0] for key in keys]), radius)
            ends = np.cumsum([len(wanted[key][0]) for key in keys])
            for key, part in zip(keys, np.split(shapes, ends[:-1]), strict=True):
                drawn[key] = list(part)
        return drawn

    def _computed(self) -> RegionFigures:
        own = list(self._own.values())
        volumes = [share.volume_ml for share in own]
        known = [volume for volume in volumes if volume is not None]
        square = self._factor**2 / 100.0
        covered = 0.0 if self._covered is None else self._covered.area_mm2()
        treated = self._treated_mm2() if own else None
        radii = {s.radius_mm * self._factor for s in own if s.radius_mm is not None}
        return RegionFigures(
            region_id=self._chart.region.id,
            marks=len(own),
            about_points=sum(share.points for share in own),
            volume_ml=sum(known) if known else None,
            volume_complete=len(known) == len(volumes),
            treated_cm2=None if treated is None else treated * square,
            covered_cm2=None if any(_unknown(share) for share in own) else covered * square,
            region_cm2=self._chart.region.area_cm2 * self._factor**2,
            spacing_mm=self._spacing(own),
            radii_mm=tuple(sorted(round(radius, 6) for radius in radii)),
            has_pattern=any(share.mark.origin.is_pattern for share in own),
            depths_mm=tuple(sorted({s.mark.dose.depth_mm for s in own if s.mark.dose.depth_mm is not None})),
            mixtures=tuple(sorted({share.mark.dose.mixture for share in own if share.mark.dose.mixture})),
            has_area=any(isinstance(share.mark, AreaRecord) for share in own),
            points_complete=all(not isinstance(s.mark, AreaRecord) or s.mark.about_n is not None for s in own),
        )

    def _spacing(self, own: list[Share]) -> Spacing | None:
        """Nearest-neighbour spacing of the injections; of area records alone the spacing that was set."""
        found = Spacing.of(self.gaps_mm())
        if found is not None:
            return found
        set_mm = [s.mark.spacing_mm for s in own if isinstance(s.mark, AreaRecord) and s.mark.spacing_mm]
        return Spacing(float(np.median(set_mm)), min(set_mm), max(set_mm)) if set_mm else None

    def _treated_mm2(self) -> float | None:
        """Fill outlines, and footprints of single points closed by their median spacing; None if unknown."""
        if not self._taps and not self._outlined:
            return None
        gaps = self._tap_gaps.mm()
        gap = _stepped(float(np.median(gaps))) if len(gaps) else 0.0
        if self._treated is None or gap != self._gap_mm:
            self._gap_mm = gap
            widest = max((share.radius_mm or 0.0 for share in self._taps.values()), default=0.0)
            self._treated = TiledArea(self._chart, max(_tile_mm(widest), 3 * gap), gap)
            self._add_treated(self._treated, self._shares, {})
        area = self._treated.area_mm2()
        # single points without radius and neighbour mark no area
        return area if area > 0 else None

    def _add_treated(
        self, treated: TiledArea, shares: Mapping[int, Share], drawn: Mapping[int, list[BaseGeometry]]
    ) -> None:
        """Add the marks' part of the treated area. drawn: footprints that are known already."""
        missing = {key: share for key, share in shares.items() if _is_tap(share) and key not in drawn}
        radii = {key: share.radius_mm or self._gap_mm / 2 for key, share in missing.items()}
        shapes = self._footprints({key: (missing[key].xy, r) for key, r in radii.items() if r > 0})
        for key, share in shares.items():
            single = shapes.get(key) or drawn.get(key, []) if _is_tap(share) else []
            if single or not share.outline.is_empty:
                treated.add(key, single, [] if share.outline.is_empty else [share.outline])


def _listed(shares: Mapping[int, Share]) -> tuple[Ints, Floats, Bools]:
    """Keys, chart positions and own flags of all points."""
    keys = np.repeat(np.array(list(shares), dtype=np.int64), [len(share.xy) for share in shares.values()])
    xy = np.concatenate([share.xy for share in shares.values()])
    return keys, xy, np.concatenate([share.own for share in shares.values()])


def _is_tap(share: Share) -> bool:
    return isinstance(share.mark, InjectionSet) and not share.mark.outline and len(share.xy) > 0


def _unknown(share: Share) -> bool:
    return share.radius_mm is None or (isinstance(share.mark, AreaRecord) and share.mark.spacing_mm is None)


def _stepped(gap_mm: float) -> float:
    """The next power of GAP_STEP, 0 for no gap (and for less than a hundredth of a mm)."""
    if gap_mm < 0.01:
        return 0.0
    return GAP_STEP ** math.ceil(round(math.log(gap_mm, GAP_STEP), 9))


def _tile_mm(radius_mm: float) -> float:
    return min(max(_TILE_RADII * radius_mm, _TILE_MM[0]), _TILE_MM[1])


def near_region(chart: Chart, xy: Floats, radius_mm: Floats) -> Bools:
    """Which chart positions (N, 2) lie in the region or so near that their footprints may matter to it.

    radius_mm (N,): radii of effect, NaN where not set.
    """
    reach = REACH_MM + REACH_RADII * np.where(np.isnan(radius_mm), REACH_MM, radius_mm)
    away = np.asarray(shapely.distance(chart.polygon, np.asarray(shapely.points(xy))))
    near: Bools = away <= reach
    return near
