"""Filling what a loop drawn in a view holds: region by region, recorded as one step."""

from collections.abc import Sequence
from datetime import datetime

from mesomap.commands import FillRegion
from mesomap.commands.together import Together
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Mark
from mesomap.services.charting import ChartingService
from mesomap.services.fill_preview import FillPreview
from mesomap.services.view_areas import lasso_area, parts_by_region


def preview_loop(
    service: ChartingService,
    view_key: str,
    loop_mm: Sequence[tuple[float, float]],
    dose: Dose,
    volume_ml: float | None,
    *,
    spacing_mm: float,
    lattice: Lattice = Lattice.HEX,
    margin_mm: float = 0.0,
) -> tuple[FillPreview, ...]:
    """What filling the skin inside a loop (view mm) would record, region by region; empty beside the body.

    margin_mm: patient mm kept free along the rim of each part; parts that it takes up whole are left out.
    Raises BadInputError for an impossible spacing, or when the margin leaves nothing.
    """
    found: list[FillPreview] = []
    refused: BadInputError | None = None
    for part in parts_by_region(service.atlas, service.scale, view_key, lasso_area(loop_mm)):
        try:
            shown = service.preview_fill(
                part.region_id,
                dose,
                volume_ml,
                spacing_mm=spacing_mm,
                lattice=lattice,
                margin_mm=margin_mm,
                within=part.outline,
            )
        except BadInputError as error:
            refused = error
        else:
            found.append(shown)
    if refused is not None and not found:
        raise refused
    return tuple(found)


def fill_together(
    service: ChartingService,
    previews: Sequence[FillPreview],
    dose: Dose,
    volume_ml: float | None,
    *,
    spacing_mm: float,
    lattice: Lattice,
    at: datetime,
    total_ml: float | None = None,
) -> tuple[Mark, ...]:
    """Record the fills that were shown, as one step; returns them in order. Raises BadInputError when there is none.

    total_ml: of all fills together, divided by their points; goes before volume_ml, which is that of each point.
    """
    if not previews:
        raise BadInputError("The loop holds no skin. Draw it on the body.")
    points = sum(shown.count for shown in previews)
    commands = [
        FillRegion(
            session_id=service.session.id,
            region_id=shown.region_id,
            points=shown.points,
            outline=shown.outline,
            dose=dose,
            lattice=lattice,
            spacing_mm=spacing_mm,
            volume_ml=volume_ml,
            total_ml=None if total_ml is None else total_ml * shown.count / points,
            done_at=at,
            entered_at=at,
        )
        for shown in previews
    ]
    changes = service.run(Together("Fill", commands), (dose, volume_ml, spacing_mm, total_ml))
    new = (change.after for change in changes[: len(commands)])
    return tuple(mark for mark in new if isinstance(mark, (InjectionSet, AreaRecord)))
