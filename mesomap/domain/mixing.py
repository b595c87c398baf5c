"""What a mixture holds after mixing, and how much of each substance was given: exact, units never mixed.

concentration of a substance = sum over lines of (concentration x volume drawn up) / total volume.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from mesomap.domain.exact import product, total
from mesomap.domain.mixture import MixtureDetails, MixtureLine
from mesomap.domain.substance import ConcentrationUnit, Measure, SubstanceAmount


class Unknown(StrEnum):
    """Why there is no figure for a substance."""

    NO_CONCENTRATION = "no_concentration"
    NO_VOLUME = "no_volume"
    POTENCY = "potency"
    PERCENT = "percent"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Volume:
    """A sum of volumes, mL. complete False: some part has no volume recorded, the sum is a lower limit."""

    ml: Decimal
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MixedSubstance:
    """One substance of a mixture in one measure.

    amount: in the whole mixture, in `measure`; per_ml: exactly amount / total volume. Both None with `unknown` saying
    why. complete False: the mixture holds it in another line too, with no figure or another measure, so that this
    row is not all of it.
    """

    name: str
    system: str = ""
    code: str = ""
    measure: Measure | None = None
    amount: Decimal | None = None
    per_ml: Fraction | None = None
    potency: str = ""
    unknown: Unknown | None = None
    complete: bool = True

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it the same substance in another line or mixture: its code, else its name."""
        return identity(self.system, self.code, self.name)


def identity(system: str, code: str, name: str) -> tuple[str, str]:
    """(list, code) of a coded substance, ("", folded name) of any other."""
    if system and code:
        return system.strip().casefold(), code.strip().casefold()
    return "", " ".join(name.split()).casefold()


def mixed_volume(details: MixtureDetails) -> Volume:
    """Sum of the volumes drawn up; not complete while a line has none."""
    volumes = [line.volume_ml for line in details.lines]
    return Volume(total(v for v in volumes if v is not None), bool(volumes) and None not in volumes)


@dataclass(slots=True)
class _Sum:
    substance: SubstanceAmount
    parts: list[Decimal] = field(default_factory=list)


def mixed_substances(details: MixtureDetails) -> tuple[MixedSubstance, ...]:
    """Every substance of the mixture in order of the lines, one row per substance and measure.

    Without the volume of every line there is no total, and so no concentration: such rows say NO_VOLUME.
    """
    volume = mixed_volume(details)
    sums: dict[tuple[tuple[str, str], Measure], _Sum] = {}
    gaps: dict[tuple[tuple[str, str], Unknown, str], SubstanceAmount] = {}
    for line in details.lines:
        for substance in line.substances:
            key = identity(substance.system, substance.code, substance.name)
            found = substance.per_ml
            why = _why_not(substance, line, volume)
            if why is not None or found is None or line.volume_ml is None:
                gaps.setdefault((key, why or Unknown.NO_CONCENTRATION, substance.potency), substance)
                continue
            row = sums.setdefault((key, found[0]), _Sum(substance))
            row.parts.append(product(found[1], line.volume_ml))
    rows_of: dict[tuple[str, str], int] = {}
    for known in (*(key for key, _ in sums), *(key for key, _, _ in gaps)):
        rows_of[known] = rows_of.get(known, 0) + 1
    mixed = [
        _mixed(row.substance, measure, total(row.parts), volume.ml, complete=rows_of[key] == 1)
        for (key, measure), row in sums.items()
    ]
    mixed += [
        MixedSubstance(
            name=s.name, system=s.system, code=s.code, potency=potency, unknown=why, complete=rows_of[key] == 1
        )
        for (key, why, potency), s in gaps.items()
    ]
    return tuple(mixed)


def _why_not(substance: SubstanceAmount, line: MixtureLine, volume: Volume) -> Unknown | None:
    if substance.concentration is None or substance.unit is None:
        return Unknown.POTENCY if substance.potency else Unknown.NO_CONCENTRATION
    if substance.unit is ConcentrationUnit.PERCENT:
        return Unknown.PERCENT
    if line.volume_ml is None or not volume.complete:
        return Unknown.NO_VOLUME
    return Unknown.EMPTY if not volume.ml else None


def _mixed(
    substance: SubstanceAmount, measure: Measure, amount: Decimal, volume_ml: Decimal, *, complete: bool
) -> MixedSubstance:
    return MixedSubstance(
        name=substance.name,
        system=substance.system,
        code=substance.code,
        measure=measure,
        amount=amount,
        per_ml=Fraction(amount) / Fraction(volume_ml),
        complete=complete,
    )


@dataclass(frozen=True, slots=True)
class Given:
    """How much of one mixture went into a region, a session or a course.

    complete False: marks without a volume, a lower limit. about: some of it was drawn evenly as a pattern.
    """

    ml: Decimal
    complete: bool = True
    about: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstanceDose:
    """How much of one substance was given, with what it rests on; figures of one measure are added, never others.

    amount None: `unknown` says why. complete False: a lower limit. about: part of it is a pattern, not single points.
    """

    name: str
    system: str = ""
    code: str = ""
    measure: Measure | None = None
    amount: Fraction | None = None
    potency: str = ""
    unknown: Unknown | None = None
    complete: bool = True
    about: bool = False


def doses(parts: Iterable[tuple[MixtureDetails, Given]]) -> tuple[SubstanceDose, ...]:
    """Dose of every substance over mixtures and what was given of each: amount = sum of per_ml x mL given.

    A substance with a figure in one mixture and none in another is a lower limit, and its other row says why.
    """
    found: dict[tuple[tuple[str, str], Measure | None, Unknown | None, str], SubstanceDose] = {}
    for details, given in parts:
        if not given.ml and given.complete:
            continue
        for row in mixed_substances(details):
            key = (row.identity, row.measure, row.unknown, row.potency)
            known = found.get(key)
            amount = None if row.per_ml is None else row.per_ml * Fraction(given.ml)
            if known is not None and known.amount is not None and amount is not None:
                amount += known.amount
            found[key] = SubstanceDose(
                name=known.name if known else row.name,
                system=row.system,
                code=row.code,
                measure=row.measure,
                amount=amount,
                potency=row.potency,
                unknown=row.unknown,
                complete=row.complete and given.complete and (known is None or known.complete),
                about=given.about or (known is not None and known.about),
            )
    return _lower_limits(found)


def _lower_limits(
    found: dict[tuple[tuple[str, str], Measure | None, Unknown | None, str], SubstanceDose],
) -> tuple[SubstanceDose, ...]:
    rows: dict[tuple[str, str], int] = {}
    for key, _, _, _ in found:
        rows[key] = rows.get(key, 0) + 1
    return tuple(replace(dose, complete=dose.complete and rows[key] == 1) for (key, _, _, _), dose in found.items())


def left_ml(prepared: Decimal | None, injected: Decimal, discarded: Decimal | None) -> Decimal | None:
    """prepared - injected - discarded, mL: bookkeeping, below zero when more was recorded than prepared.

    None when it is not known how much was prepared.
    """
    if prepared is None:
        return None
    return total((prepared, -injected, -(discarded or Decimal(0))))
