"""A protocol fitted to one body: where its points would lie, how many, how much of each mixture, how many syringes.

All of it is an estimate from even patterns on the regions at the patient's scale; what is recorded is what is done.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from uuid import UUID

from mesomap.atlas import Atlas
from mesomap.commands.plan import LayPlan
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Dose, InjectionSet, Mark
from mesomap.domain.plan import PlannedMark, PlanOutcome, place_count
from mesomap.domain.protocol import Protocol, ProtocolStep
from mesomap.domain.session import Mixture
from mesomap.domain.technique import technique
from mesomap.services.charted_already import area_charted, is_free
from mesomap.services.charting import ChartingService
from mesomap.services.fill_preview import FillPreview
from mesomap.services.last_session import dose_again
from mesomap.services.planning import region_order
from mesomap.services.remembered import Remembered
from mesomap.services.whole_area import AreaDose, marks_of, preview_region

#: Largest pattern in points that is laid for one region: more is a spacing typed wrong.
MOST_POINTS = 20_000


@dataclass(frozen=True, slots=True)
class StepFit:
    """A step on this body. regions: ids it has, from head to foot; lacking: names of the protocol it has not.

    wish: with what it is charted. own: values (spacing_mm, depth_mm, volume_ml) that the protocol leaves open and that
    stand as the practice last used the technique; open: those that nobody has stated.
    """

    step: ProtocolStep
    regions: tuple[str, ...]
    lacking: tuple[str, ...]
    wish: AreaDose
    own: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def can_be_laid(self) -> bool:
        """Whether a pattern can be laid: a point technique needs a spacing."""
        return bool(self.regions) and (self.wish.spacing_mm is not None or technique(self.step.technique).is_density)


@dataclass(frozen=True, slots=True)
class Part:
    """A step in one region, as it would be planned."""

    fit: StepFit
    preview: FillPreview

    @property
    def is_about(self) -> bool:
        """Whether its points are an estimate from area and spacing."""
        return technique(self.fit.step.technique).is_density

    @property
    def total_ml(self) -> float | None:
        """mL of a part whose volume is given for each point; None when it is not known or given for the whole step."""
        if self.fit.wish.total_ml is not None or self.fit.wish.volume_ml is None or self.fit.wish.spacing_mm is None:
            return None
        return self.fit.wish.volume_ml * self.preview.count


@dataclass(frozen=True, slots=True)
class MixtureNeed:
    """What a plan would take of one mixture. about: an area is among it; complete: every step states its volume."""

    letter: str
    words: str
    points: int
    about: bool
    total_ml: float
    complete: bool

    def syringes(self, syringe_ml: float) -> int:
        """How many syringes of this size hold the volume that is known."""
        return syringes(self.total_ml, syringe_ml)


def syringes(total_ml: float, syringe_ml: float) -> int:
    """Number of syringes of syringe_ml that hold total_ml. Raises BadInputError for a syringe of no size.

    Volumes are sums of entered figures: what floating point adds beyond a ten-thousandth of a mL fills no syringe.
    """
    if not 0.1 <= syringe_ml <= 100:
        raise BadInputError(f"A syringe of {syringe_ml:g} mL is not possible. Enter 0.1 to 100 mL.")
    full = (Decimal(str(round(total_ml, 4))) / Decimal(str(syringe_ml))).to_integral_value(ROUND_CEILING)
    return int(full)


def regions_of_step(atlas: Atlas, step: ProtocolStep) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Regions of a step that the body has, from head to foot, and the names in the step that it has not."""
    known = {region.id: region for region in atlas.regions}
    found: dict[str, None] = {}
    lacking: list[str] = []
    for name in step.regions:
        own = [name] if name in known else [r for r in known if r.rpartition(".")[0] == name]
        if own:
            found |= dict.fromkeys(own)
        else:
            lacking.append(name)
    order = sorted(found, key=lambda region_id: region_order(atlas, known[region_id]))
    return tuple(order), tuple(lacking)


def lacking_words(fits: Sequence[StepFit]) -> str:
    """One plain sentence on the regions that this body lacks; "" when it has them all."""
    names = tuple(dict.fromkeys(name for fit in fits for name in fit.lacking))
    if not names:
        return ""
    shown = ", ".join(f"“{name}”" for name in names[:6]) + (" …" if len(names) > 6 else "")
    return f"This body has no region {shown}. The rest of the protocol is planned; nothing is put in its place."


def fitted(
    service: ChartingService, protocol: Protocol, entered: Mapping[int, Mapping[str, float | None]] | None = None
) -> tuple[StepFit, ...]:
    """The steps of a protocol on the session's body.

    entered: values typed at the chair by position of the step (spacing_mm, depth_mm, volume_ml, total_ml); they go
    before those of the protocol, and these before what the practice last used with the technique.
    """
    return tuple(_fit(service, step, (entered or {}).get(row, {})) for row, step in enumerate(protocol.steps))


def _fit(service: ChartingService, step: ProtocolStep, entered: Mapping[str, float | None]) -> StepFit:
    technique(step.technique)
    remembered = service.remembered(step.technique) or Remembered()
    stated = {
        "spacing_mm": step.spacing_mm,
        "depth_mm": step.depth_mm,
        "volume_ml": step.volume_ml,
        "total_ml": step.total_ml,
    }
    stated |= {name: value for name, value in entered.items() if value is not None}
    values = dict(stated)
    own: list[str] = []
    for name in ("spacing_mm", "depth_mm", "volume_ml"):
        if values[name] is None and not (name == "volume_ml" and values["total_ml"] is not None):
            values[name] = getattr(remembered, name)
            if values[name] is not None:
                own.append(name)
    still_open = [name for name in ("spacing_mm", "depth_mm", "volume_ml") if values[name] is None]
    if values["total_ml"] is not None and "volume_ml" in still_open:
        still_open.remove("volume_ml")
    dose = Dose(technique=step.technique, mixture=step.mixture or None, depth_mm=values["depth_mm"])
    if stated["depth_mm"] is None:
        dose = replace(dose, insertion=remembered.insertion)
    dose = dose_again(replace(dose, needle=remembered.needle, intended_layer=remembered.intended_layer))
    regions, lacking = regions_of_step(service.atlas, step)
    wish = AreaDose(
        dose=dose, volume_ml=values["volume_ml"], total_ml=values["total_ml"], spacing_mm=values["spacing_mm"]
    )
    return StepFit(step, regions, lacking, wish, tuple(own), tuple(still_open))


def parts_of(service: ChartingService, fits: Sequence[StepFit]) -> tuple[Part, ...]:
    """Every step in every region it can be laid in. Takes a moment for large areas. Raises BadInputError.

    A region too small for the pattern is left out.
    """
    found: list[Part] = []
    for fit in fits:
        if not fit.can_be_laid:
            continue
        for region_id in fit.regions:
            preview = preview_region(service, region_id, fit.wish)
            if preview.count > MOST_POINTS:
                raise BadInputError(
                    f"A spacing of {fit.wish.spacing_mm:g} mm gives {preview.count} points in one region. "
                    "Enter a larger one."
                )
            if preview.count or fit.wish.spacing_mm is None:
                found.append(Part(fit, preview))
    return tuple(found)


def needs_of(parts: Sequence[Part]) -> tuple[MixtureNeed, ...]:
    """Points and volume by mixture, in the order of the letters; "" = without a mixture."""
    found: dict[str, MixtureNeed] = {}
    totalled: set[int] = set()
    for part in parts:
        step, wish = part.fit.step, part.fit.wish
        known = found.get(step.mixture) or MixtureNeed(step.mixture, step.mixture_words, 0, False, 0.0, True)
        given = part.total_ml
        if wish.total_ml is not None:
            given = wish.total_ml if id(part.fit) not in totalled else 0.0
            totalled.add(id(part.fit))
        found[step.mixture] = replace(
            known,
            words=known.words or step.mixture_words,
            points=known.points + part.preview.count,
            about=known.about or technique(step.technique).is_density,
            total_ml=known.total_ml + (given or 0.0),
            complete=known.complete and given is not None,
        )
    return tuple(found[letter] for letter in sorted(found))


def planned_marks(
    service: ChartingService, protocol_id: UUID, parts: Sequence[Part], region_ids: Collection[str] | None = None
) -> tuple[PlannedMark, ...]:
    """The parts in these regions (None = all) as planned marks; what is charted or planned there already is left out.

    The source of a mark planned from a protocol is the protocol.
    """
    held = (*service.marks, *(planned.mark for planned in service.planned))
    at = now()
    found: list[PlannedMark] = []
    by_fit: dict[int, list[Part]] = {}
    for part in parts:
        by_fit.setdefault(id(part.fit), []).append(part)
    for group in by_fit.values():
        # A total of the step is that of all its regions: one that is left out takes its share with it.
        for mark in marks_of(service, [part.preview for part in group], group[0].fit.wish, at):
            wanted = region_ids is None or set(mark.region_ids) <= set(region_ids)
            if wanted and _still_free(service, mark, held):
                found.append(_planned(service.session.id, protocol_id, mark))
    return tuple(found)


def _planned(session_id: UUID, protocol_id: UUID, mark: Mark) -> PlannedMark:
    return PlannedMark(
        id=mark.id,
        session_id=session_id,
        mark=mark,
        source_mark_id=protocol_id,
        outcomes=(PlanOutcome.PLANNED,) * place_count(mark),
    )


def _still_free(service: ChartingService, mark: Mark, held: Sequence[Mark]) -> bool:
    """Whether the session holds nothing like it there yet, charted or planned."""
    if isinstance(mark, InjectionSet):
        return bool(is_free(service.atlas, mark, mark.points, held).all())
    return not area_charted(service.atlas, mark, mark.outline, mark.region_ids, held)


def lay_protocol(
    service: ChartingService, protocol: Protocol, parts: Sequence[Part], region_ids: Collection[str] | None = None
) -> tuple[PlannedMark, ...]:
    """Put the parts in these regions on the body as a plan; one step. Raises BadInputError when nothing is left.

    A letter that the session has no name for takes that of the protocol over.
    """
    planned = planned_marks(service, protocol.id, parts, region_ids)
    used = {plan.mark.dose.mixture for plan in planned}
    names = {
        step.mixture: Mixture(letter=step.mixture, name=step.mixture_words)
        for step in reversed(protocol.steps)
        if step.mixture in used and step.mixture_words
    }
    service.run(LayPlan(service.session, planned, tuple(names.values()), title="Plan after protocol"))
    return planned
