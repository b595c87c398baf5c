"""Marks as they stand in a session file: read in two steps, because all places are found at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.marks import AreaRecord, InjectionSet, Lattice, Mark, Origin, Outline
from mesomap.domain.place import SkinPoint
from mesomap.exchange.dose_fields import DOSE_KEYS, read_dose
from mesomap.exchange.fields import Field
from mesomap.exchange.places import PlaceReader

MAX_POINTS = 100_000
_COMMON = (
    *DOSE_KEYS, "id", "origin", "done_at", "entered_at", "outline", "regions", "spacing_mm", "remark", "citation",
    "kind", "plan",
)  # fmt: skip
POINT_KEYS = (*_COMMON, "places", "volume_ml", "given_total_ml")
AREA_KEYS = (*_COMMON, "total_ml", "lattice", "about_n")

Build = Callable[[list[SkinPoint]], Mark]


@dataclass(frozen=True, slots=True)
class MarkReader:
    """Reads one mark; what it returns makes the record once the places of the whole file are known."""

    atlas: Atlas
    places: PlaceReader
    session_id: UUID
    started_at: datetime

    def read(self, mark: Field, index: int) -> Build:
        """Check the mark at this index of the list. Raises BadInputError naming the path of what is wrong."""
        kind = mark.get("kind").one_of(("points", "area"), "a kind of mark")
        return self._points(mark, index) if kind == "points" else self._area(mark, index)

    def _points(self, mark: Field, index: int) -> Build:
        mark.keys(required=("kind", "technique", "places"), allowed=POINT_KEYS)
        slots = [self.places.add(place) for place in mark.get("places").items(least=1, most=MAX_POINTS)]
        outline = self._outline(mark.get("outline")) if mark.has("outline") else []
        dose = read_dose(mark)
        volume = mark.optional("volume_ml", lambda f: f.number(0.0, 100.0, "mL"), None)
        total = mark.optional("given_total_ml", lambda f: f.number(0.0, 1000.0, "mL"), None)
        if volume is not None and total is not None:
            mark.get("given_total_ml").fail("a volume of each point is given too; keep one of them.")
        spacing = mark.optional("spacing_mm", _spacing, None)
        origin, done_at, entered_at = self._origin_and_times(mark)
        named = self._regions(mark)
        own_id, plan_id = self._id(mark, index), mark.optional("plan", Field.uuid, None)
        remark, citation = _words(mark)

        def build(found: list[SkinPoint]) -> Mark:
            points = tuple(found[slot] for slot in slots)
            return InjectionSet(
                id=own_id, session_id=self.session_id, points=points, dose=dose, volume_ml=volume,
                origin=origin, done_at=done_at, entered_at=entered_at, outline=_rings(outline, found),
                region_ids=named or self._regions_of(points), spacing_mm=spacing, remark=remark,
                citation=citation, given_total_ml=total, plan_id=plan_id,
            )  # fmt: skip

        return build

    def _area(self, mark: Field, index: int) -> Build:
        mark.keys(required=("kind", "technique", "outline", "regions"), allowed=AREA_KEYS)
        outline = self._outline(mark.get("outline"))
        dose = read_dose(mark)
        total = mark.optional("total_ml", lambda f: f.number(0.0, 1000.0, "mL"), None)
        spacing = mark.optional("spacing_mm", _spacing, None)
        about = mark.optional("about_n", lambda f: f.whole(0, 10_000_000), None)
        words = [lattice.value for lattice in Lattice]
        lattice = Lattice(mark.optional("lattice", lambda f: f.one_of(words, "a lattice"), Lattice.HEX.value))
        origin, done_at, entered_at = self._origin_and_times(mark)
        named = self._regions(mark)
        own_id, plan_id = self._id(mark, index), mark.optional("plan", Field.uuid, None)
        remark, citation = _words(mark)

        def build(found: list[SkinPoint]) -> Mark:
            return AreaRecord(
                id=own_id, session_id=self.session_id, outline=_rings(outline, found), region_ids=named,
                dose=dose, lattice=lattice, spacing_mm=spacing, about_n=about, total_ml=total, origin=origin,
                done_at=done_at, entered_at=entered_at, remark=remark, citation=citation, plan_id=plan_id,
            )  # fmt: skip

        return build

    def _id(self, mark: Field, index: int) -> UUID:
        return mark.optional("id", Field.uuid, uuid5(self.session_id, f"mark {index}"))

    def _origin_and_times(self, mark: Field) -> tuple[Origin, datetime, datetime]:
        words = [origin.value for origin in Origin]
        origin = Origin(mark.optional("origin", lambda f: f.one_of(words, "an origin"), Origin.IMPORT.value))
        done_at = mark.optional("done_at", Field.moment, self.started_at)
        return origin, done_at, mark.optional("entered_at", Field.moment, done_at)

    def _outline(self, outline: Field) -> list[list[int]]:
        rings = outline.items(least=1, most=1_000)
        return [[self.places.add(corner) for corner in ring.items(least=3, most=20_000)] for ring in rings]

    def _regions(self, mark: Field) -> tuple[str, ...]:
        if not mark.has("regions"):
            return ()
        known = [region.id for region in self.atlas.regions]
        names = [f.one_of(known, "a region") for f in mark.get("regions").items(least=1, most=len(known))]
        if len(set(names)) != len(names):
            mark.get("regions").fail("a region stands here twice.")
        return tuple(names)

    def _regions_of(self, points: tuple[SkinPoint, ...]) -> tuple[str, ...]:
        indices = dict.fromkeys(int(i) for i in self.atlas.region_at(SkinArray.of(points)))
        return tuple(self.atlas.regions[i].id for i in indices if i >= 0)


def _rings(outline: list[list[int]], found: list[SkinPoint]) -> Outline:
    return tuple(tuple(found[slot] for slot in ring) for ring in outline)


def _spacing(field: Field) -> float:
    return field.number(0.3, 200.0, "mm")


def _words(mark: Field) -> tuple[str, str]:
    return mark.optional("remark", Field.text, ""), mark.optional("citation", Field.text, "")
