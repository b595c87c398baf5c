"""Whole areas: several regions charted at once, with a volume for each point or one for all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from mesomap.commands.chart_marks import ChartMarks
from mesomap.commands.together import Together
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Mark, Origin
from mesomap.domain.technique import technique
from mesomap.services.charting import ChartingService
from mesomap.services.fill_preview import FillPreview


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaDose:
    """What a whole area is charted with.

    volume_ml: of each point; total_ml: of all of it, goes before volume_ml. spacing_mm, margin_mm in patient mm;
    spacing_mm None (density techniques only): the area is known, how many points it took is not.
    """

    dose: Dose
    volume_ml: float | None
    total_ml: float | None
    spacing_mm: float | None
    lattice: Lattice = Lattice.HEX
    margin_mm: float = 0.0


def preview_region(service: ChartingService, region_id: str, wish: AreaDose) -> FillPreview:
    """What one region of the area would record. Raises BadInputError, NotFoundError.

    Without a spacing: outline and size, no points.
    """
    if wish.spacing_mm is not None:
        return service.preview_fill(
            region_id,
            wish.dose,
            wish.volume_ml,
            spacing_mm=wish.spacing_mm,
            lattice=wish.lattice,
            margin_mm=wish.margin_mm,
        )
    if not technique(wish.dose.technique).is_density:
        raise BadInputError("Enter the spacing first: this technique is charted by single points.")
    from mesomap.coverage.fill import outline_on_skin  # late: needs the geometry libraries

    chart = service.atlas.chart(region_id)
    factor = service.scale.factor(chart.region.fixed_scale)
    return FillPreview(
        region_id=region_id,
        points=(),
        outline=outline_on_skin(chart, chart.polygon),
        total_ml=None,
        area_cm2=chart.metric.area_mm2(chart.polygon) * factor * factor / 100.0,
    )


def total_of(previews: Sequence[FillPreview], wish: AreaDose) -> float | None:
    """Volume of the whole area in mL; None when neither a total nor a volume and a count are known."""
    if wish.total_ml is not None:
        return wish.total_ml
    if wish.volume_ml is None or wish.spacing_mm is None:
        return None
    return wish.volume_ml * sum(part.count for part in previews)


def record_whole_area(
    service: ChartingService, previews: Sequence[FillPreview], wish: AreaDose, at: datetime
) -> tuple[Mark, ...]:
    """Record the regions that were shown, as one step: an area record or a set of points for each.

    A total is divided by the number of points (without a spacing by the size) of the regions, so that each region
    can be counted, changed and repeated by itself. Raises BadInputError.
    """
    marks = marks_of(service, previews, wish, at)
    # a total beside the technique's usual volume of a point is for this once
    total = wish.total_ml if wish.volume_ml is None else None
    remembered = (wish.dose, wish.volume_ml, wish.spacing_mm, total)
    service.run(Together("Whole area", [ChartMarks("Whole area", marks)]), remembered)
    return marks


def marks_of(
    service: ChartingService, previews: Sequence[FillPreview], wish: AreaDose, at: datetime
) -> tuple[Mark, ...]:
    """The marks of the regions that were shown, not recorded yet; a total is divided among them."""
    shares = _shares(previews, wish)
    return tuple(_mark(service, part, wish, share, at) for part, share in zip(previews, shares, strict=True))


def _shares(previews: Sequence[FillPreview], wish: AreaDose) -> list[float | None]:
    """mL of each region."""
    total = total_of(previews, wish)
    if total is None:
        return [None] * len(previews)
    sizes = [part.area_cm2 if wish.spacing_mm is None else float(part.count) for part in previews]
    return [total * size / sum(sizes) for size in sizes]


def _mark(service: ChartingService, part: FillPreview, wish: AreaDose, share: float | None, at: datetime) -> Mark:
    if technique(wish.dose.technique).is_density:
        return AreaRecord(
            id=uuid4(),
            session_id=service.session.id,
            outline=part.outline,
            region_ids=(part.region_id,),
            dose=wish.dose,
            lattice=wish.lattice,
            spacing_mm=wish.spacing_mm,
            about_n=part.count or None,
            total_ml=share,
            origin=Origin.FILL,
            done_at=at,
            entered_at=at,
        )
    return InjectionSet(
        id=uuid4(),
        session_id=service.session.id,
        points=part.points,
        dose=wish.dose,
        volume_ml=wish.volume_ml if wish.total_ml is None else None,
        given_total_ml=share if wish.total_ml is not None else None,
        origin=Origin.FILL,
        done_at=at,
        entered_at=at,
        outline=part.outline,
        region_ids=(part.region_id,),
        spacing_mm=wish.spacing_mm,
    )
