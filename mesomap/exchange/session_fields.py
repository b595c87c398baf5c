"""What surrounds a session, and its pain drawing, as they stand in a session file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from mesomap.atlas import Atlas
from mesomap.domain.complaint import WORST_INTENSITY, Complaint, ComplaintKind, check_complaint
from mesomap.domain.indication import indications
from mesomap.domain.place import SkinPoint
from mesomap.domain.session import Frame
from mesomap.exchange.fields import Field
from mesomap.exchange.places import PlaceReader, place_in_view, place_on_skin

MAX_COMPLAINTS = 1_000
_TEXTS = ("place", "qualification", "antisepsis", "anaesthesia", "reaction")

BuildComplaint = Callable[[list[SkinPoint]], Complaint]


def read_frame(field: Field) -> Frame:
    """The frame of a session. Raises BadInputError naming the path of what is wrong."""
    field.keys(required=(), allowed=("indication_keys", "ended_at", "entered_at", *_TEXTS))
    known = list(indications())
    keys: tuple[str, ...] = ()
    if field.has("indication_keys"):
        items = field.get("indication_keys").items(most=len(known))
        keys = tuple(item.one_of(known, "an indication") for item in items)
        if len(set(keys)) != len(keys):
            field.get("indication_keys").fail("an indication stands here twice.")
    return Frame(
        indication_keys=keys,
        ended_at=field.optional("ended_at", Field.moment, None),
        entered_at=field.optional("entered_at", Field.moment, None),
        **{name: field.optional(name, Field.text, "") for name in _TEXTS},
    )


def check_end(field: Field, frame: Frame, started_at: datetime) -> Frame:
    """Refuse an end before the start; else the frame."""
    if frame.ended_at is not None and frame.ended_at < started_at:
        field.get("ended_at").fail("the end lies before the start.")
    return frame


def written_frame(frame: Frame) -> dict[str, object]:
    """The frame as it is written, without what is not recorded."""
    fields: dict[str, object] = {
        "indication_keys": list(frame.indication_keys),
        "ended_at": frame.ended_at.isoformat() if frame.ended_at else "",
        "entered_at": frame.entered_at.isoformat() if frame.entered_at else "",
    }
    fields |= {name: getattr(frame, name) for name in _TEXTS}
    return {name: value for name, value in fields.items() if value not in ("", [])}


@dataclass(frozen=True, slots=True)
class ComplaintReader:
    """Reads one complaint; what it returns makes the record once the places of the whole file are known."""

    atlas: Atlas
    places: PlaceReader
    session_id: UUID
    started_at: datetime

    def read(self, field: Field, index: int) -> BuildComplaint:
        """Check the complaint at this index of the list. Raises BadInputError naming the path."""
        kinds = [kind.value for kind in ComplaintKind]
        kind = ComplaintKind(field.get("kind").one_of(kinds, "a kind of complaint"))
        own = "outline" if kind is ComplaintKind.AREA else "place"
        field.keys(
            required=("kind", "regions", own),
            allowed=("id", "entered_at", "intensity", "quality", "remark"),
        )
        outline: list[list[int]] = []
        slots: list[int] = []
        if kind is ComplaintKind.AREA:
            rings = field.get("outline").items(least=1, most=1_000)
            outline = [[self.places.add(corner) for corner in ring.items(least=3, most=20_000)] for ring in rings]
        else:
            slots = [self.places.add(field.get("place"))]
        regions = self._regions(field.get("regions"))
        own_id = field.optional("id", Field.uuid, uuid5(self.session_id, f"complaint {index}"))
        entered = field.optional("entered_at", Field.moment, self.started_at)
        intensity = field.optional("intensity", lambda f: f.whole(0, WORST_INTENSITY), None)
        quality = field.optional("quality", Field.text, "")
        remark = field.optional("remark", Field.text, "")

        def build(found: list[SkinPoint]) -> Complaint:
            complaint = Complaint(
                id=own_id, session_id=self.session_id, kind=kind, region_ids=regions, entered_at=entered,
                outline=tuple(tuple(found[slot] for slot in ring) for ring in outline),
                points=tuple(found[slot] for slot in slots), intensity=intensity, quality=quality, remark=remark,
            )  # fmt: skip
            field.checked(lambda: check_complaint(complaint))
            return complaint

        return build

    def _regions(self, field: Field) -> tuple[str, ...]:
        known = [region.id for region in self.atlas.regions]
        names = [item.one_of(known, "a region") for item in field.items(least=1, most=len(known))]
        if len(set(names)) != len(names):
            field.fail("a region stands here twice.")
        return tuple(names)


def written_complaint(complaint: Complaint, in_views: Atlas | None) -> dict[str, object]:
    """A complaint as it is written, without what is not recorded; 0 is an intensity."""
    fields: dict[str, object] = {
        "kind": complaint.kind.value,
        "id": str(complaint.id),
        "entered_at": complaint.entered_at.isoformat(),
        "intensity": complaint.intensity,
        "quality": complaint.quality,
        "remark": complaint.remark,
        "regions": list(complaint.region_ids),
        # Outlines are borders: a rounded corner could fall off the body, so they stay exact.
        "outline": [[place_on_skin(corner) for corner in ring] for ring in complaint.outline],
    }
    for point in complaint.points:
        fields["place"] = place_on_skin(point) if in_views is None else place_in_view(in_views, point)
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [])}
