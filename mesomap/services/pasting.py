"""Copy and paste: marks as they lie on the skin, without anything of the patient, set down again here or elsewhere."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from uuid import uuid4

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.commands.paste import PasteMarks
from mesomap.commands.plan import with_names
from mesomap.commands.records import EditSession
from mesomap.commands.together import Together
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import InjectionSet, Mark, Origin, Outline
from mesomap.domain.place import AtlasRef, SkinPoint
from mesomap.domain.session import Mixture, Session
from mesomap.services.carrying import Push, transplanted
from mesomap.services.charted_already import area_charted, is_free
from mesomap.services.charting import ChartingService
from mesomap.services.last_session import dose_again
from mesomap.services.selection import Selected, chosen, is_whole
from mesomap.services.touched import regions_of_points, regions_under

#: Reference bodies as a person calls them.
_BODIES = ("female", "male")


@dataclass(frozen=True, slots=True)
class Clip:
    """Copied marks on the skin of a body; spacings in reference mm. mixtures: names of the letters they carry."""

    atlas: AtlasRef
    marks: tuple[Mark, ...]
    mixtures: tuple[Mixture, ...] = ()

    @property
    def points(self) -> int:
        """Single points."""
        return sum(mark.count for mark in self.marks if isinstance(mark, InjectionSet))

    @property
    def areas(self) -> int:
        """Area records."""
        return sum(not isinstance(mark, InjectionSet) for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Landing:
    """What pasting records. off_body: points and areas that find no skin there; held: those charted there already."""

    marks: tuple[Mark, ...]
    off_points: int = 0
    off_areas: int = 0
    held: int = 0

    @property
    def off_words(self) -> str:
        """What finds no skin, as a sentence; nothing when all of it does."""
        parts = []
        if self.off_points:
            parts.append("1 point" if self.off_points == 1 else f"{self.off_points} points")
        if self.off_areas:
            parts.append("1 area" if self.off_areas == 1 else f"{self.off_areas} areas")
        if not parts:
            return ""
        one = self.off_points + self.off_areas == 1
        rest = "finds no skin there and is left out." if one else "find no skin there and are left out."
        return f"{' and '.join(parts)} {rest}"


def copied(charting: ChartingService, selected: Selected) -> Clip:
    """The selected marks and points. Remarks, times, needle lots and who it was stay behind.

    Raises BadInputError when nothing is selected.
    """
    marks = tuple(_bare(charting, mark, selected) for mark in charting.marks if mark.id in selected)
    if not marks:
        raise BadInputError("Nothing is selected. Select marks first, then copy them.")
    letters = {mark.dose.mixture for mark in marks}
    names = tuple(Mixture(letter=m.letter, name=m.name) for m in charting.session.mixtures if m.letter in letters)
    return Clip(charting.atlas.ref, marks, names)


def _bare(charting: ChartingService, mark: Mark, selected: Selected) -> Mark:
    moment = now()
    bare = replace(
        mark,
        id=uuid4(),
        dose=replace(dose_again(mark.dose), device=None, needle=None),
        spacing_mm=None if mark.spacing_mm is None else mark.spacing_mm / _factor(charting, mark),
        done_at=moment,
        entered_at=moment,
        remark="",
        citation="",
        plan_id=None,
    )
    if not isinstance(bare, InjectionSet) or is_whole(mark, selected):
        return bare
    assert isinstance(mark, InjectionSet)
    points = tuple(mark.points[i] for i in chosen(mark, selected))
    total = None if bare.given_total_ml is None else bare.given_total_ml * len(points) / mark.count
    return replace(bare, points=points, outline=(), spacing_mm=None, given_total_ml=total)


def _factor(charting: ChartingService, mark: Mark) -> float:
    """Patient mm per reference mm where the mark lies."""
    fixed = charting.atlas.region(mark.region_ids[0]).fixed_scale if mark.region_ids else True
    return charting.scale.factor(fixed)


# -- as text


def clip_text(clip: Clip) -> str:
    """The clip as a session file of nobody: only skin points and doses."""
    # Files are needed only once something is copied.
    from mesomap.exchange import SessionContents, session_text
    from mesomap.exchange.contents import NO_PATIENT

    session = Session(
        id=uuid4(),
        patient_id=NO_PATIENT,
        number=0,
        started_at=now(),
        atlas=clip.atlas,
        mixtures=clip.mixtures,
    )
    return session_text(SessionContents(session=session, marks=clip.marks))


def clip_of(text: bytes, atlas: Atlas) -> Clip:
    """The clip of a text. Raises BadInputError when it is none, is damaged, or lies on another body."""
    from mesomap.exchange import read_session_text

    body = _body_of(text)
    if body and body != atlas.ref.body:
        raise BadInputError(
            f"These marks were copied on the {body} body; this session is on the {atlas.ref.body} one. "
            "Marks can only be pasted on the body they were charted on."
        )
    try:
        contents = read_session_text(text, atlas)
    except BadInputError as error:
        raise BadInputError(f"What was copied cannot be pasted here. {error.sentence}") from None
    return Clip(atlas.ref, contents.marks, contents.session.mixtures)


def _body_of(text: bytes) -> str:
    """The reference body a clip was charted on; nothing where the text does not name one of ours."""
    try:
        ref = json.loads(text)["atlas"]
        return str(ref["body"]) if ref["body"] in _BODIES else ""
    except (ValueError, LookupError, TypeError):
        return ""


# -- set down


def anchor(atlas: Atlas, clip: Clip) -> SkinPoint | None:
    """The place by which the pen holds the clip: its point nearest to the middle of all; None for an empty one."""
    points = [p for m in clip.marks for p in (m.points if isinstance(m, InjectionSet) else sum(m.outline, ()))]
    if not points:
        return None
    at = atlas.position(SkinArray.of(points))
    middle = at.mean(axis=0)
    return points[int(np.argmin(np.linalg.norm(at - middle, axis=1)))]


def landing(charting: ChartingService, clip: Clip, push: Push | None = None) -> Landing:
    """What pasting would record: at the same skin, or carried along by the push from the clip's anchor.

    Points that find no skin are left out and counted; an area, or the outline of a fill, must find skin whole.
    Raises BadInputError for a clip of another body.
    """
    if not charting.atlas.reads(clip.atlas):
        raise BadInputError("What was copied lies on another body. Only marks of the same body can be pasted.")
    at = now()
    made: list[Mark] = []
    off_points = off_areas = held = 0
    for mark, (points, outline) in zip(clip.marks, _carried(charting.atlas, clip, push), strict=True):
        if isinstance(mark, InjectionSet):
            off_points += mark.count - len(points)
            copy, doubled = _pasted_set(charting, mark, points, outline, at)
            held += doubled
        else:
            off_areas += not outline
            copy = _pasted_area(charting, mark, outline, at) if outline else None
            held += bool(outline) and copy is None
        if copy is not None:
            made.append(copy)
    return Landing(tuple(made), off_points, off_areas, held)


def outline_of(atlas: Atlas, clip: Clip, push: Push | None = None) -> Landing:
    """Where the marks would lie, to be drawn under the pen: places only, whatever is charted there."""
    made: list[Mark] = []
    off_points = off_areas = 0
    for mark, (points, outline) in zip(clip.marks, _carried(atlas, clip, push), strict=True):
        if isinstance(mark, InjectionSet):
            off_points += mark.count - len(points)
            if points:
                made.append(replace(mark, points=points, outline=(), region_ids=()))
        elif outline:
            made.append(replace(mark, outline=outline, spacing_mm=None, region_ids=regions_under(atlas, outline)))
        else:
            off_areas += 1
    return Landing(tuple(made), off_points, off_areas)


def paste(charting: ChartingService, clip: Clip, push: Push | None = None) -> Landing:
    """Record the copied marks here; one step. A letter that this session neither names nor uses takes its name over.

    Copies are patterns: no needle was seen there. Raises BadInputError when nothing is left to paste; the sentence
    says why.
    """
    found = landing(charting, clip, push)
    if not found.marks and (found.off_points or found.off_areas):
        raise BadInputError("None of it finds skin there. Nothing was pasted; choose another place.")
    used = {mark.dose.mixture for mark in charting.marks}
    names = [m for m in clip.mixtures if m.name and m.letter not in used]
    named = [EditSession(change.before, change.after) for change in with_names(charting.session, names)
             if isinstance(change.before, Session) and isinstance(change.after, Session)]  # fmt: skip
    charting.run(Together("Paste", [*named, PasteMarks(found.marks)]))
    return found


def _carried(atlas: Atlas, clip: Clip, push: Push | None) -> list[tuple[tuple[SkinPoint, ...], Outline]]:
    """By mark: its points that find skin, and its outline, empty when a corner finds none."""
    sets = [mark.points if isinstance(mark, InjectionSet) else () for mark in clip.marks]
    chunks = [*sets, *(ring for mark in clip.marks for ring in mark.outline)]
    everything = SkinArray.of([point for chunk in chunks for point in chunk])
    landed = everything if push is None else transplanted(atlas, everything, push)
    ends = np.cumsum([0, *(len(chunk) for chunk in chunks)]).tolist()
    parts = iter([landed[slice(a, b)] for a, b in pairwise(ends)])
    points = [next(parts).points() for _ in sets]
    outlines: list[Outline] = []
    for mark in clip.marks:
        rings = [next(parts) for _ in mark.outline]
        whole = tuple(ring.points() for ring in rings) if all(bool((ring.tri >= 0).all()) for ring in rings) else ()
        # An area lies on the charts of its regions: a ring that no chart holds whole could not be measured.
        held = all(atlas.home_region((ring,)) is not None for ring in whole)
        outlines.append(whole if held else ())
    return list(zip(points, outlines, strict=True))


def _pasted_set(
    charting: ChartingService, mark: InjectionSet, points: tuple[SkinPoint, ...], outline: Outline, at: datetime
) -> tuple[Mark | None, int]:
    atlas = charting.atlas
    free = is_free(atlas, mark, points, charting.marks)
    left = tuple(point for point, keep in zip(points, free.tolist(), strict=True) if keep)
    doubled = len(points) - len(left)
    if not left:
        return None, doubled
    whole = len(left) == mark.count
    copy = replace(
        mark,
        id=uuid4(),
        session_id=charting.session.id,
        points=left,
        outline=outline if whole else (),
        region_ids=regions_of_points(atlas, left),
        origin=Origin.LINE if mark.origin is Origin.LINE and whole else Origin.REPEAT,
        given_total_ml=None if mark.given_total_ml is None else mark.given_total_ml * len(left) / mark.count,
        done_at=at,
        entered_at=at,
    )
    spacing = None if mark.spacing_mm is None or not copy.outline else mark.spacing_mm * _factor(charting, copy)
    return replace(copy, spacing_mm=spacing), doubled


def _pasted_area(charting: ChartingService, mark: Mark, outline: Outline, at: datetime) -> Mark | None:
    regions = regions_under(charting.atlas, outline) or mark.region_ids
    if area_charted(charting.atlas, mark, outline, regions, charting.marks):
        return None
    copy = replace(
        mark,
        id=uuid4(),
        session_id=charting.session.id,
        outline=outline,
        region_ids=regions,
        origin=Origin.REPEAT,
        done_at=at,
        entered_at=at,
    )
    spacing = None if mark.spacing_mm is None else mark.spacing_mm * _factor(charting, copy)
    return replace(copy, spacing_mm=spacing)
