"""What the figures of a session rest on, in words: reference body, radii of effect, charts, and what lies beyond."""

from mesomap.atlas import Atlas
from mesomap.coverage.figures import Tally
from mesomap.ui.words import tr


def basis_words(tally: Tally, atlas: Atlas, scale_basis: str) -> str:
    """What the figures of the session rest on. scale_basis: of the patient's scale, "" = the reference body."""
    radii = tally.total.radii_mm
    basis = scale_basis or tr("reference body")
    effect = ""
    if radii:
        named = "–".join(f"{radius:.1f}" for radius in dict.fromkeys((radii[0], radii[-1])))
        effect = tr("radius {0} mm assumed").format(named)
    parts = [basis, effect, _chart_words(tally, atlas), _spill_words(tally)]
    return tr("Estimate: {0}").format(", ".join(part for part in parts if part))


def _chart_words(tally: Tally, atlas: Atlas) -> str:
    """How true the charts under the figures are: the worst of the regions charted."""
    errors = [atlas.region(row.region_id).accuracy.area_error_p95 for row in tally.rows]
    return tr("charts ±{0} %").format(f"{max(errors) * 100:.1f}") if errors else ""


def _spill_words(tally: Tally) -> str:
    """Covered skin beyond the regions listed, so that the total can be understood."""
    spilled = tally.spilled_cm2
    return tr("{0} cm² covered beyond these regions").format(f"{spilled:.1f}") if spilled >= 0.05 else ""
