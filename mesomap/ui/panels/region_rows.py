"""What the sheet of a region says, line by line: one value, or the patient's right and left beside each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mesomap.coverage import MixtureVolume, RegionDetails, RegionFigures, Spacing
from mesomap.ui.words import area, density, number, tr, volume

#: Shown while a figure is still being worked out: neither known nor unknown.
WAITING = "…"
UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class SideFigures:
    """One region, or the whole session, as far as it is known.

    fixed_scale: the region keeps the reference size; area_error: of its chart, a fraction, of several the worst;
    details: None while they are worked out; about: holds an area record.
    """

    fixed_scale: bool
    area_error: float
    figures: RegionFigures
    details: RegionDetails | None
    about: bool


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of the sheet. values: one a side, in the order of the sides; difference: left − right or ""."""

    label: str
    values: tuple[str, ...]
    difference: str = ""


def sheet_rows(sides: Sequence[SideFigures]) -> list[SheetRow]:
    """Lines for one side, or for right and left. Unknown is a dash, never zero."""
    whole = [side.figures for side in sides]
    rows = [
        SheetRow(tr("Marks"), tuple(str(f.marks) for f in whole)),
        _row(tr("Points"), "", [f.about_points for f in whole], _whole, [_about(side) for side in sides]),
        _row(tr("Volume"), "mL", [f.volume_ml for f in whole], volume, [_least(f.volume_complete) for f in whole]),
        _row(tr("Treated"), "cm²", [f.treated_cm2 for f in whole], area),
        SheetRow(tr("Treated, of the region"), tuple(_share(f.treated_cm2, f.region_cm2) for f in whole)),
        _row(tr("Covered"), "cm²", [f.covered_cm2 for f in whole], area),
        SheetRow(tr("Covered, of the region"), tuple(_share(f.covered_cm2, f.region_cm2) for f in whole)),
        _row(tr("Overlap, covered more than once"), "cm²", [_overlap(side) for side in sides], _small_area),
        _row(tr("Density"), "/cm²", [f.density_per_cm2 for f in whole], density),
        SheetRow(tr("Spacing, median"), tuple(_spacing(side) for side in sides)),
        SheetRow(tr("Spacing, 5th to 95th percentile"), tuple(_spread(side) for side in sides)),
        _row(tr("Largest gap"), "mm", [_gap(side) for side in sides], _tenths),
        SheetRow(tr("Chart accuracy, area"), tuple(_accuracy(side) for side in sides)),
    ]
    return rows + _mixture_rows(sides)


def basis_words(side: SideFigures, scale_basis: str) -> str:
    """What the figures rest on. scale_basis: of the session, "" for the reference body."""
    parts = [scale_basis or tr("reference body")]
    if side.fixed_scale:
        parts = [tr("reference size, as all of head, neck, hands and feet")]
    radii = side.figures.radii_mm
    if side.figures.covered_cm2 is None:
        parts.append(tr("covered unknown: no radius of effect set"))
    elif radii:
        named = "–".join(f"{radius:.1f}" for radius in dict.fromkeys((radii[0], radii[-1])))
        parts.append(tr("radius of effect {0} mm assumed").format(named))
    if side.figures.has_pattern:
        parts.append(tr("holds a pattern, not confirmed point by point"))
    return tr("Estimate: {0}").format(", ".join(parts))


def _row(
    label: str,
    unit: str,
    values: Sequence[float | str | None],
    words: Callable[[float | None], str],
    signs: Sequence[str] = ("", ""),
) -> SheetRow:
    texts = []
    for value, sign in zip(values, signs, strict=False):
        text = value if isinstance(value, str) else words(value)
        known = value is not None and not isinstance(value, str)
        texts.append(f"{sign}{text} {unit}".strip() if known else text)
    numbers = [value for value in values if value is not None and not isinstance(value, str)]
    # a difference of "at least" values says nothing
    told = len(numbers) == 2 and not any(sign == "≥ " for sign in signs)
    return SheetRow(label, tuple(texts), _difference(words(numbers[0]), words(numbers[1])) if told else "")


def _difference(right: str, left: str) -> str:
    """Left − right of the two figures as they are shown, so that anybody's sum comes out the same."""
    change = Decimal(left) - Decimal(right)
    return "0" if not change else f"{'+' if change > 0 else '−'}{abs(change)}"


def _mixture_rows(sides: Sequence[SideFigures]) -> list[SheetRow]:
    by_side = [{row.letter: row for row in side.details.mixtures} if side.details is not None else {} for side in sides]
    letters = sorted({letter for found in by_side for letter in found}, key=lambda name: (name is None, name or ""))
    rows = []
    for letter in letters:
        label = tr("Volume, mixture {0}").format(letter) if letter else tr("Volume without a mixture")
        rows.append(SheetRow(label, tuple(_mixture(found.get(letter)) for found in by_side)))
    return rows


def _mixture(row: MixtureVolume | None) -> str:
    """Volume of a mixture; "none" where it was not used, which is known."""
    if row is None:
        return tr("none")
    return UNKNOWN if row.volume_ml is None else f"{_least(row.complete)}{volume(row.volume_ml)} mL"


def _whole(value: float | None) -> str:
    return number(value, 0)


def _tenths(value: float | None) -> str:
    return number(value, 1)


def _small_area(value_cm2: float | None) -> str:
    """Two decimals below 1 cm², so that a little overlap does not read as none."""
    return number(value_cm2, 2) if value_cm2 is not None and 0 < value_cm2 < 1 else area(value_cm2)


def _about(side: SideFigures) -> str:
    return "≈" if side.about else ""


def _least(complete: bool) -> str:
    return "" if complete else "≥ "


def _share(part_cm2: float | None, whole_cm2: float) -> str:
    if part_cm2 is None or whole_cm2 <= 0:
        return UNKNOWN
    share = min(part_cm2 / whole_cm2, 1.0) * 100
    return f"{number(share, 0 if share >= 9.95 else 1)} %"


def _overlap(side: SideFigures) -> float | str | None:
    return WAITING if side.details is None else side.details.overlap_cm2


def _gap(side: SideFigures) -> float | str | None:
    return WAITING if side.details is None else side.details.largest_gap_mm


def _spacing(side: SideFigures) -> str:
    spacing = _known_spacing(side)
    return spacing if isinstance(spacing, str) else f"{number(spacing.median, 1)} mm"


def _spread(side: SideFigures) -> str:
    spacing = _known_spacing(side)
    return spacing if isinstance(spacing, str) else f"{number(spacing.p5, 1)} – {number(spacing.p95, 1)} mm"


def _known_spacing(side: SideFigures) -> Spacing | str:
    """Of the whole session it comes with the details."""
    figures = side.figures if side.details is None else side.details.figures
    if figures.spacing_mm is not None:
        return figures.spacing_mm
    return WAITING if side.details is None and not figures.region_id else UNKNOWN


def _accuracy(side: SideFigures) -> str:
    return f"±{number(side.area_error * 100, 1)} %"
