"""The pain drawings of the demonstration's pain patients: all of them invented."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.body_size import PatientScale
from mesomap.domain.complaint import Complaint, ComplaintKind
from mesomap.domain.marks import Outline
from mesomap.domain.place import SkinPoint
from mesomap.domain.session import Session
from mesomap.services.demo_courses import Series
from mesomap.services.demo_frames import REMARK
from mesomap.services.view_areas import lasso_area, parts_by_region


@dataclass(frozen=True, slots=True)
class _Area:
    """An area drawn by hand about the middle of a region (or about the midline beside it): half axes in view mm."""

    region: str
    half_width_mm: float
    half_height_mm: float
    intensity: int
    quality: str
    midline: bool = False


#: Indication → areas, and regions of trigger points.
_DRAWINGS: dict[str, tuple[tuple[_Area, ...], tuple[str, ...]]] = {
    "Low back pain": (
        (
            _Area("paravertebral_lumbar.left", 78.0, 30.0, 7, "dull, pulling", midline=True),
            _Area("sacroiliac.right", 34.0, 58.0, 4, "burning"),
        ),
        ("sacroiliac.right", "paravertebral_lumbar.left"),
    ),
    "Neck pain": (
        (
            _Area("trapezius.left", 52.0, 30.0, 6, "pulling"),
            _Area("paravertebral_cervical.right", 20.0, 34.0, 3, ""),
        ),
        ("trapezius.left",),
    ),
    "Knee pain, right": (
        (_Area("knee_medial.right", 26.0, 32.0, 5, "stabbing"), _Area("knee_front.right", 30.0, 20.0, 3, "")),
        (),
    ),
}
#: How the first intensity changes from visit to visit: up and down, as people say it. It proves nothing.
_CHANGES = (0, 0, -1, 1, -2, 0)


class PainDrawings:
    """The pain drawings of one body; each area is laid on the skin once."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._ids = {region.id for region in atlas.regions}
        self._laid: dict[_Area, tuple[tuple[str, ...], Outline]] = {}

    def of(self, session: Session, series: Series, number: int, entered_at: datetime) -> tuple[Complaint, ...]:
        """That of visit `number`; none when the course is not one of pain or the body lacks the regions."""
        areas, points = _DRAWINGS.get(series.indication, ((), ()))
        drawn = []
        for area in areas:
            regions, outline = self._lay(area)
            if outline:
                drawn.append(
                    Complaint(
                        id=uuid4(),
                        session_id=session.id,
                        kind=ComplaintKind.AREA,
                        region_ids=regions,
                        entered_at=entered_at,
                        outline=outline,
                        intensity=area.intensity + _CHANGES[(number - 1) % len(_CHANGES)],
                        quality=area.quality,
                        remark=REMARK,
                    )
                )
        drawn += [
            Complaint(
                id=uuid4(),
                session_id=session.id,
                kind=ComplaintKind.TRIGGER_POINT,
                region_ids=(region,),
                entered_at=entered_at,
                points=(self._middle(region),),
                intensity=8 if number % 2 else None,
                remark=REMARK,
            )
            for region in points
            if region in self._ids
        ]
        return tuple(drawn)

    def _middle(self, region_id: str) -> SkinPoint:
        chart = self._atlas.chart(region_id)
        middle = chart.polygon.centroid
        if not chart.polygon.contains(middle):
            middle = chart.polygon.representative_point()
        return chart.from_chart(np.array([[middle.x, middle.y]])).points()[0]

    def _lay(self, area: _Area) -> tuple[tuple[str, ...], Outline]:
        """Regions and outline of an area drawn in the view that sees its middle best."""
        if area.region not in self._ids:
            return (), ()
        if area not in self._laid:
            middle = self._middle(area.region)
            view_key = self._atlas.views_of(middle)[0][0]
            x, y = self._atlas.project(view_key, SkinArray.of([middle])).xy[0]
            turns = np.linspace(0.0, 2 * np.pi, 40, endpoint=False)
            # a hand draws no ellipse
            wobble = 1 + 0.07 * np.sin(3 * turns + 1) + 0.04 * np.cos(5 * turns)
            loop = np.column_stack(
                [
                    (0.0 if area.midline else x) + area.half_width_mm * wobble * np.cos(turns),
                    y + area.half_height_mm * wobble * np.sin(turns),
                ]
            )
            parts = parts_by_region(self._atlas, PatientScale(), view_key, lasso_area(loop.tolist()))
            parts = tuple(sorted(parts, key=lambda part: -part.area_cm2))
            outline = tuple(ring for part in parts for ring in part.outline)
            self._laid[area] = tuple(part.region_id for part in parts), outline
        return self._laid[area]
