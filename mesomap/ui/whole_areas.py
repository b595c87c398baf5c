"""Whole areas as the window asks for them: regions chosen by name or by tap, shown first, recorded as one step."""

from collections.abc import Sequence
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, Signal

from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.services.fill_preview import FillPreview
from mesomap.services.named_areas import NamedArea, areas_of
from mesomap.services.whole_area import AreaDose, preview_region, record_whole_area, total_of
from mesomap.ui.area_names import area_name
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.fill_pattern import FillPattern
from mesomap.ui.session_model import SessionModel
from mesomap.ui.shown_fill import ShownFill
from mesomap.ui.words import area, region_name, volume

#: Setting with the totals entered last, the newest first; so many are offered.
_TOTALS, _OFFERED = "area_totals", 3
#: A region counts as shown by a view that shows this share of it.
_SHOWN_SHARE = 0.02
#: What is laid out so far is shown so often, s.
_TELL_S = 0.15


class WholeAreas(QObject):
    """The regions chosen and the total entered; changed is sent whenever what would be recorded changes.

    Regions are laid out one after the other beside the window.
    """

    changed = Signal()

    def __init__(self, model: SessionModel, pattern: FillPattern, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._pattern = pattern
        self._areas = areas_of(model.atlas)
        self._regions: list[str] = []
        self._shown: dict[str, ShownFill] = {}
        self._wish: AreaDose | None = None
        self.total_ml: float | None = None
        self._told_at = 0.0
        self._beside = BesideTheWindow(self)

    # -- what is chosen

    def offered(self) -> list[NamedArea]:
        """Areas that the shown view shows at least half of (in number of regions)."""
        # Not by their outlines: those of a whole body take half a second to make.
        seen = self._model.regions.shown(self._model.view_key, _SHOWN_SHARE)
        return [found for found in self._areas if 2 * len(seen.intersection(found.region_ids)) >= len(found.region_ids)]

    def chosen(self) -> list[NamedArea]:
        """Areas all of whose regions are chosen, without those that lie in a larger one."""
        kept: list[NamedArea] = []
        for found in sorted(self._areas, key=lambda found: -len(found.region_ids)):
            inside = any(set(found.region_ids) <= set(larger.region_ids) for larger in kept)
            if not inside and set(found.region_ids) <= set(self._regions):
                kept.append(found)
        return [found for found in self._areas if found in kept]

    def regions(self) -> tuple[str, ...]:
        """Regions chosen, in the order they were chosen."""
        return tuple(self._regions)

    def toggle_area(self, key: str) -> None:
        """Take an area in; out when all of it was chosen."""
        named = next(found for found in self._areas if found.key == key)
        if set(named.region_ids) <= set(self._regions):
            self._regions = [region for region in self._regions if region not in named.region_ids]
        else:
            self._regions += [region for region in named.region_ids if region not in self._regions]
            if self.needs_spacing():
                self._model.ask_for("spacing_mm")
        self.refresh()

    def toggle_region(self, region_id: str) -> None:
        """Take a single region in or out."""
        if region_id in self._regions:
            self._regions.remove(region_id)
        else:
            self._regions.append(region_id)
        self.refresh()

    def set_total(self, total_ml: float | None) -> None:
        """Volume of the whole area; None: that of each point counts."""
        self.total_ml = total_ml or None
        self.changed.emit()

    def clear(self) -> bool:
        """Nothing chosen any more. True when something was."""
        had = bool(self._regions)
        self._regions, self.total_ml = [], None
        self._beside.finish()
        self.refresh()
        return had

    # -- what would be recorded

    def wish(self) -> AreaDose:
        """Dose of the moment, with the total."""
        choice = self._model.choice
        return AreaDose(
            dose=choice.dose(),
            volume_ml=choice.values.volume_ml,
            total_ml=self.total_ml if self.total_ml is not None else choice.total_ml(),
            spacing_mm=choice.values.spacing_mm,
            lattice=self._pattern.lattice,
            margin_mm=self._pattern.margin_mm,
        )

    def refresh(self) -> None:
        """Lay out what is missing; drop what is not chosen or was laid out for another dose."""
        wish = self.wish()
        known = self._wish
        if known is None or _pattern(known) != _pattern(wish):
            self._shown = {}
        self._wish = wish
        self._shown = {region: shown for region, shown in self._shown.items() if region in self._regions}
        self._lay_next()
        self.changed.emit()

    def ready(self) -> bool:
        """Whether every region is laid out."""
        return bool(self._regions) and not self._missing()

    def needs_spacing(self) -> bool:
        """A point technique cannot be laid out without a spacing."""
        return self.wish().spacing_mm is None and not self._model.charts_areas()

    def shown(self) -> list[ShownFill]:
        """What is laid out so far."""
        return [self._shown[region] for region in self._regions if region in self._shown]

    def place_words(self) -> str:
        """What is chosen: names of areas, of a single region, or the number of regions."""
        named = self.chosen()
        held = {region for found in named for region in found.region_ids}
        rest = [region for region in self._regions if region not in held]
        names = [area_name(found.key) for found in named[:3]]
        if len(named) > 3:
            names.append("…")
        if len(rest) == 1:
            names.append(region_name(self._model.atlas, rest[0]))
        elif rest:
            names.append(self.tr("{0} regions").format(len(rest)))
        return " + ".join(names)

    def amount_words(self) -> str:
        """Points, volume and size of it all."""
        if self.needs_spacing():
            return self.tr("enter the spacing")
        if self._missing():
            return self.tr("laying out…")
        previews = [shown.preview for shown in self.shown()]
        count = sum(preview.count for preview in previews)
        words = []
        if count:
            about = self.tr("about {0} points") if self._model.charts_areas() else self.tr("{0} points")
            words.append(about.format(count))
        total = total_of(previews, self.wish())
        words.append(f"{volume(total)} mL" if total is not None else self.tr("volume not recorded"))
        words.append(f"{area(sum(preview.area_cm2 for preview in previews))} cm²")
        return ", ".join(words)

    def quick_totals(self) -> list[float]:
        """Totals entered last."""
        kept = self._model.service.practice.setting(_TOTALS)
        numbers = kept if isinstance(kept, list) else []
        return [float(value) for value in numbers if isinstance(value, int | float) and value > 0][:_OFFERED]

    def record(self) -> bool:
        """Record what is chosen as one step."""
        if not self._regions or self.needs_spacing():
            return False
        wanted = tuple(self._regions)
        while self._missing():
            self._lay_next()
            self._beside.finish()
        if tuple(self._regions) != wanted:
            return False
        model, wish, shown = self._model, self.wish(), self.shown()
        previews = [part.preview for part in shown]
        words = self.tr("Charted {0}").format(self.place_words())
        model.last_region = max(shown, key=lambda part: part.preview.area_cm2).region_id

        def act() -> None:
            model.know_lattices(record_whole_area(model.service, previews, wish, now()), previews)

        if not model.act(act, words):
            return False
        self._keep_total()
        self.clear()
        return True

    # -- inside

    def _missing(self) -> Sequence[str]:
        return [region for region in self._regions if region not in self._shown]

    def _lay_next(self) -> None:
        """Have the next region laid out, unless one is under way; its outcome asks for the one after it."""
        missing = self._missing()
        if missing and not self._beside.busy and not self.needs_spacing():
            region, wish, service = missing[0], self.wish(), self._model.service
            self._beside.run(
                lambda _progress: preview_region(service, region, wish),
                done=partial(self._laid, region, wish),
                failed=partial(self._refused, region),
            )

    def _laid(self, region_id: str, wish: AreaDose, preview: FillPreview) -> None:
        if region_id in self._regions and self._wish is not None and _pattern(wish) == _pattern(self._wish):
            self._shown[region_id] = ShownFill(preview, self._model.regions, whole=wish.margin_mm == 0)
        self._lay_next()
        if not self._missing() or monotonic() - self._told_at > _TELL_S:
            self._told_at = monotonic()
            self.changed.emit()

    def _refused(self, region_id: str, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        if region_id in self._regions:
            self._regions.remove(region_id)
        self._model.told.emit(error.sentence)
        self._lay_next()
        self.changed.emit()

    def _keep_total(self) -> None:
        wish = self._wish
        if wish is None or self.total_ml is None:
            return
        kept = [self.total_ml, *(value for value in self.quick_totals() if value != self.total_ml)][:_OFFERED]
        try:
            self._model.service.practice.set_setting(_TOTALS, kept)
        except MesoMapError as error:
            self._model.told.emit(error.sentence)


def _pattern(wish: AreaDose) -> tuple[object, ...]:
    """What decides where the points lie."""
    return (wish.dose.technique, wish.spacing_mm, wish.lattice, wish.margin_mm)
